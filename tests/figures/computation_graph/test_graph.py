"""The drawn graph is the recorded one; bars and the sum of gradients tell their numbers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import Scene
from manim.utils.family import extract_mobject_family_members

from figures.computation_graph.bars import Bars
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.nodes import OperationNode
from figures.computation_graph.tensors import (
    ERRORS,
    HALVES,
    SQUARES,
    Names,
    Tensors,
)
from figures.computation_graph.unzeroed_run import UnzeroedRun
from linreg.lesson_file import check_lesson, load_lesson
from linreg.study.computation_graph import recorded_graph
from linreg.study.recording import train
from visuals.layout import body
from visuals.numbers import Num
from visuals.plots import Points
from visuals.readout import Readout
from visuals.segments import Segments
from visuals.typography import Words

LESSON = load_lesson()


def tensors(**values: object) -> Tensors:
    lesson = check_lesson({**LESSON.model_dump(), **values})
    drawn = RecordedGraph(body(), recorded_graph(train(lesson)))
    ends = Words("total loss"), Words("gradient")
    return Tensors(drawn, body(), Names(*ends, "added up", "for each loss"))


def ends(bars: Bars) -> tuple[Points, Points]:
    """Read off where the bars of the examples begin and end, in scene units."""
    return bars.rows.points[::4, 0], bars.rows.points[3::4, 0]


def lengths(bars: Bars) -> Points:
    """Read off how long the bars are, signed, in scene units."""
    first, last = ends(bars)
    return np.asarray(last - first)


def test_an_arrow_is_drawn_for_each_input_that_is_recorded() -> None:
    drawn = tensors().drawn
    assert set(drawn.nodes) == {"w", "b", *drawn.graph.names}
    pairs = {("w", "MmBackward0"), ("b", "AddBackward0"), *pairwise(drawn.graph.names)}
    assert set(drawn.arrows) == pairs


def test_nodes_stand_in_the_order_of_the_operations() -> None:
    drawn = tensors().drawn
    x = [drawn.nodes[name].get_x() for name in ("w", *drawn.graph.names)]
    assert x == sorted(x)


@pytest.mark.parametrize("batch_size", [1, 10, 64])
@pytest.mark.parametrize("name", [ERRORS, SQUARES, HALVES])
def test_bars_are_as_long_as_their_numbers(batch_size: int, name: str) -> None:
    drawn = tensors(batch_size=batch_size)
    values = drawn.graph.operation(name).value.flatten()[:10].numpy()
    bars = drawn.values(name)
    seen = lengths(bars)
    np.testing.assert_allclose(seen / seen[-1], values / values[-1], rtol=1e-4)
    slot = drawn.desk.slot
    assert slot.left <= bars.rows.get_left()[0]
    assert bars.rows.get_right()[0] <= slot.right


def test_bars_end_where_the_axis_says() -> None:
    drawn = tensors()
    bars = drawn.values(ERRORS)
    _, marks, labels = bars.axis
    assert isinstance(marks, Segments)
    ticks = [label.tick for label in labels]
    values = drawn.graph.operation(ERRORS).value.flatten().numpy()
    read = np.interp(ends(bars)[1], marks.points[::4, 0], ticks)
    inside = (min(ticks) < values) & (values < max(ticks))
    assert inside.any()
    np.testing.assert_allclose(read[inside], values[inside], atol=1e-3)


def test_half_a_square_is_drawn_half_as_long() -> None:
    drawn = tensors()
    squares, halves = (lengths(drawn.values(name)) for name in (SQUARES, HALVES))
    np.testing.assert_allclose(halves, squares / 2, rtol=1e-5)


def test_the_gradient_for_an_error_covers_half_of_twice_the_error() -> None:
    drawn = tensors()
    made, slope = drawn.arriving(ERRORS), drawn.twice_the_errors()
    np.testing.assert_allclose(lengths(made), lengths(slope) / 2, rtol=1e-4)
    np.testing.assert_allclose(ends(made)[0], ends(slope)[0], atol=1e-6)


def test_products_are_gradients_times_features_on_the_same_scale() -> None:
    drawn = tensors()
    gradients = lengths(drawn.at_product())
    for number, feature in enumerate(drawn.features.T):
        product = lengths(drawn.at_product(number))
        np.testing.assert_allclose(product, gradients * feature.numpy(), rtol=1e-3)


@pytest.mark.parametrize("batch_size", [1, 10])
def test_bars_that_are_added_up_lie_head_to_tail_and_end_at_their_sum(batch_size: int) -> None:
    drawn = tensors(batch_size=batch_size)
    sums = [drawn.total_loss(), drawn.summed("b"), drawn.summed("w", 0), drawn.summed("w", 1)]
    for bars, _ in sums:
        starts, last = ends(bars)
        np.testing.assert_allclose(starts[1:], last[:-1], atol=1e-5)
        total = bars.total[0].points[:, 0]
        np.testing.assert_allclose([starts[0], last[-1]], [total[0], total[-1]], atol=1e-4)


def test_a_sum_of_more_than_is_drawn_is_the_sum_of_all() -> None:
    drawn = tensors(batch_size=64)
    total = float(drawn.graph.grads["b"])
    _, calculation = drawn.summed("b")
    assert calculation[-1].text == str(Num(total, 2))


def test_the_desk_keeps_clear_of_the_graph() -> None:
    drawn = tensors()
    assert drawn.desk.ground().get_top()[1] < drawn.drawn.get_bottom()[1]
    for name in drawn.graph.names:
        pointer = drawn.desk.pointer(drawn.nodes[name])
        assert pointer.get_x() == pytest.approx(drawn.nodes[name].get_x())


def test_letters_of_the_nodes_stand_on_one_line() -> None:
    nodes = [node for node in tensors().drawn.operations if isinstance(node, OperationNode)]
    lines = [node.label.baseline for node in nodes]
    np.testing.assert_allclose(lines, lines[0], atol=1e-6)


def test_a_pulse_leaves_the_labels_over_their_boxes() -> None:
    scene, drawn = Scene(), tensors().drawn
    scene.add(drawn)
    scene.add_mobjects_from_animations([drawn.pulse()])
    order = extract_mobject_family_members(scene.mobjects)
    for node in drawn.operations:
        assert order.index(node.box) < order.index(node.label)


def test_arrows_lie_on_the_wire_until_others_lead_back() -> None:
    drawn = tensors().drawn
    on_wire = [arrow for ends, arrow in drawn.arrows.items() if "b" not in ends]
    wire = drawn.places.stop(0)[1]
    np.testing.assert_allclose([arrow.get_y() for arrow in on_wire], wire, atol=1e-6)


def unzeroed() -> UnzeroedRun:
    return UnzeroedRun(body(), LESSON, Words("bottom"), Words("step"), Words("minus the sum"))


def test_a_gradient_is_put_at_the_tip_and_then_taken_in() -> None:
    told = unzeroed()
    before, after = (-told.sum.unit * told.sum.sums[count] for count in (2, 3))
    for count, whole, added in ((2.0, before, 0), (2.5, before, 1), (3.0, after, 0)):
        told.sum.count.set_value(count)
        told.sum.follow()
        np.testing.assert_allclose(told.sum.whole.vector, whole, rtol=1e-6)
        seen = told.sum.added.vector
        np.testing.assert_allclose(seen, added * (after - before), atol=1e-9)
        np.testing.assert_allclose(told.sum.added.start, told.sum.here + whole, rtol=1e-6)


def test_the_step_goes_along_the_sum() -> None:
    told = unzeroed()
    for step in (0, 4, 8):
        told.run.step.set_value(step)
        told.sum.count.set_value(step + 1)
        way = told.sum.follow().whole.vector
        moved = told.run.weights[step + 1] - told.run.weights[step]
        np.testing.assert_allclose(moved / way, [LESSON.lr / told.sum.unit] * 2, rtol=1e-3)


def test_the_map_holds_the_ends_of_all_arrows_and_their_name() -> None:
    told = unzeroed()
    view = told.weight_map.view
    (left, bottom), (right, top) = view.project([[*view.low[:2], 0.0], [*view.high[:2], 0.0]])[
        :, :2
    ]
    for step in range(told.run.num_steps):
        told.run.step.set_value(step)
        told.sum.count.set_value(step + 1)
        arrow = told.sum.follow().whole
        assert (view.low[:2] <= arrow.tip).all()
        assert (arrow.tip <= view.high[:2]).all()
        name = told.sum.name_on_plate
        assert left < name.get_left()[0] < name.get_right()[0] < right
        assert bottom < name.get_bottom()[1] < name.get_top()[1] < top


def test_the_name_of_the_sum_keeps_clear_of_the_bottom() -> None:
    told = unzeroed()
    name, bottom = told.sum.name_on_plate, told.bottom
    for step in range(told.first):
        told.run.step.set_value(step)
        for share in (0.0, 0.5, 1.0):
            told.sum.count.set_value(step + share)
            told.sum.follow()
            apart = np.abs(name.get_center() - bottom.get_center())[:2]
            sizes = np.array([name.width + bottom.width, name.height + bottom.height])
            assert (apart > sizes / 2).any(), f"step {step}"


def test_the_numbers_are_those_of_the_arrow() -> None:
    told = unzeroed()
    size = len(told.run.trace.batches[0])
    for count in (1.0, 2.25, 2.5, 3.0):
        told.sum.count.set_value(count)
        told.sum.follow()
        seen = [part.number.value for part in told.grad if isinstance(part, Readout)]
        arrows = told.sum.whole.vector + told.sum.added.vector
        np.testing.assert_allclose(seen, -size * arrows / told.sum.unit, rtol=1e-5)
