from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from visuals.label_room import room_around
from visuals.layout import Slot
from visuals.pipeline import Station
from visuals.ring import Ring

WIDE, TALL = Slot(-6.4, 6.4, -3, 2.5), Slot(-1.5, 1.5, -5, 5)


def nearest(ring: Ring, point: np.ndarray) -> Station:
    """Return the station whose box is nearest to a point."""

    def distance(station: Station) -> float:
        box = ring.stops[station].box
        half = np.array([box.width, box.height, 0.0]) / 2
        return room_around(box.get_center(), half, point[None])

    return min(Station, key=distance)


@pytest.mark.parametrize(("slot", "is_column"), [(WIDE, False), (TALL, True)])
def test_arrows_lead_from_each_station_to_the_next(slot: Slot, is_column: bool) -> None:
    ring = Ring(slot)
    assert ring.is_column is is_column
    order = [*Station, Station.MODEL]
    for station, following in pairwise(order):
        start, end = ring.arrows[station].get_start(), ring.arrows[station].get_end()
        assert nearest(ring, start) is station
        assert nearest(ring, end) is following


def test_a_ring_without_code_stays_in_its_slot() -> None:
    ring = Ring(WIDE)
    assert ring.get_left()[0] >= WIDE.left
    assert ring.get_right()[0] <= WIDE.right
    assert ring.get_bottom()[1] >= WIDE.bottom - 0.02
    assert ring.get_top()[1] <= WIDE.top + 0.02
