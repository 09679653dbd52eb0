from __future__ import annotations

import pytest

from visuals.plates import PADDING, PLATE_BORDER, panel, plate
from visuals.theme import theme
from visuals.typography import Words


def test_a_panel_has_a_border_on_every_side() -> None:
    ground = panel(3, 2)
    assert ground.width == pytest.approx(3 + 2 * PADDING)
    assert ground.height == pytest.approx(2 + 2 * PADDING)
    assert panel(3, 2, padding=0).width == pytest.approx(3)


def test_a_plate_hides_what_lies_behind_its_label() -> None:
    label = Words("floor").shift([1, 2, 0])
    ground = plate(label)
    assert ground.get_center() == pytest.approx(label.get_center())
    assert ground.width == pytest.approx(label.width + 2 * PLATE_BORDER)
    assert ground.fill_color == theme.BACKGROUND
    assert ground.fill_opacity == 1
