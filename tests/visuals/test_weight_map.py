from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from linreg.study.loss_surface import LossSurface, loss_surface
from visuals.layout import Slot, body
from visuals.plots import Points
from visuals.step_path import MapDot, StepPath
from visuals.weight_map import MAP_ELEVATION, WeightMap


def surface(scale: float = 1.0) -> LossSurface:
    x = torch.randn(50, 2, generator=torch.Generator().manual_seed(0)).double()
    x -= x.mean(dim=0)
    y = x @ torch.tensor([[2.0], [-3.4]]).double() + 4.2
    return loss_surface((x * torch.tensor([scale, 1.0]), y))


def picture(scale: float = 1.0, slot: Slot | None = None) -> WeightMap:
    return WeightMap(slot or body(), surface(scale), b=4.2)


def from_above(weight_map: WeightMap) -> WeightMap:
    weight_map.view.azimuth.set_value(0)
    weight_map.view.elevation.set_value(MAP_ELEVATION)
    return weight_map.follow()


def weights_at(weight_map: WeightMap, places: Points) -> Points:
    """Read weights off the map as a viewer does."""
    view = weight_map.view
    middle = (view.low + view.high)[:2] / 2
    return np.asarray(middle + (places - view.center.get_location())[:, :2] / view.scale[:2])


@pytest.mark.parametrize("scale", [1.0, 0.1])
@pytest.mark.parametrize("b", [4.2, 3.5])
def test_from_above_every_ring_lies_where_the_loss_is_that_of_a_level(
    scale: float, b: float
) -> None:
    weight_map = from_above(picture(scale))
    weight_map.b.set_value(b)
    weight_map.follow()
    losses = weight_map.losses(weights_at(weight_map, weight_map.rings.points[::4]))
    off = np.abs(losses[:, None] - weight_map.levels).min(axis=1)
    # Where a ring is cut it is cut between two of its corners.
    assert off.max() < 3e-3 * weight_map.top


def test_the_start_is_within_the_rings() -> None:
    weight_map = picture()
    assert weight_map.levels[0] < weight_map.losses([0, 0])[0] < weight_map.top


def test_a_path_goes_as_far_as_its_step() -> None:
    weight_map = from_above(picture())
    path = StepPath(weight_map, [[0, 0], [1, -1], [2, -3]])
    path.step.set_value(1.5)
    path.follow()
    assert path.dot.get_center() == pytest.approx(weight_map.at(1.5, -2.0))
    ends = weights_at(weight_map, path.line.points)
    assert ends[0] == pytest.approx([0, 0], abs=1e-9)
    assert ends[-1] == pytest.approx([1.5, -2], abs=1e-9)


def test_a_run_that_diverges_waits_at_the_edge() -> None:
    weight_map = from_above(picture())
    path = StepPath(weight_map, [[0, 0], [1e300, 0], [math.inf, 0], [math.nan, math.nan]])
    for step in range(4):
        path.step.set_value(step)
        drawn = path.follow().family_members_with_points()
        assert all(np.isfinite(part.points).all() for part in drawn)
    edge = weights_at(weight_map, path.dot.get_center()[None])[0]
    assert edge[0] == pytest.approx(weight_map.view.high[0])


def test_a_dot_on_the_bowl_is_as_high_as_the_loss() -> None:
    weight_map = picture()
    weight_map.view.elevation.set_value(0)
    weight_map.follow()
    low = MapDot(weight_map, weight_map.lowest).get_center()[1]
    high = MapDot(weight_map, [0, 0]).get_center()[1]
    floor, loss = weight_map.losses([weight_map.lowest, [0, 0]])
    assert high - low == pytest.approx((loss - floor) * weight_map.view.scale[2])


@pytest.mark.parametrize("scale", [1.0, 0.1, 0.0])
@pytest.mark.parametrize("slot", [body(), Slot(-6.4, 0.0, -3.1, 2.7), Slot(-3.6, 3.6, -6, 5)])
def test_all_ink_is_in_the_slot(slot: Slot, scale: float) -> None:
    weight_map = picture(scale, slot)
    for share in (0.0, 0.5, 1.0):
        weight_map.view.azimuth.set_value(-35 * math.pi / 180 * (1 - share))
        weight_map.view.elevation.set_value((27 + 63 * share) * math.pi / 180)
        weight_map.follow()
        assert weight_map.get_left()[0] >= slot.left - 0.05
        assert weight_map.get_right()[0] <= slot.right + 0.05
        assert weight_map.get_bottom()[1] >= slot.bottom - 0.05
        # On its way the rim may pass over the gap below the header.
        assert weight_map.get_top()[1] <= slot.top + (0.3 if share == 0.5 else 0.05)


def test_a_bowl_that_rises_out_of_the_box_has_no_rings() -> None:
    weight_map = from_above(picture())
    weight_map.b.set_value(-1e6)
    weight_map.follow()
    assert weight_map.rings.width == 0
    drawn = weight_map.family_members_with_points()
    assert all(np.isfinite(part.points).all() for part in drawn)


def test_the_bowl_sinks_with_the_bias_and_keeps_its_size() -> None:
    weight_map = WeightMap(body(), surface(), b=0.0)
    before = weight_map.inside.get_center(), weight_map.inside.width
    weight_map.b.set_value(4.2)
    weight_map.follow()
    assert weight_map.inside.get_center()[1] < before[0][1]
    assert weight_map.inside.width == pytest.approx(before[1])
