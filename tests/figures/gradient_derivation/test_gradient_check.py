"""Both ways to the gradient lie at one height, whatever letters their names have."""

from __future__ import annotations

import pytest
from manim import DOWN, UP

from figures.gradient_derivation.gradient_check import GradientCheck
from linreg.lesson_file import load_lesson
from linreg.study.recording import train
from visuals.layout import Slot
from visuals.typography import Words


@pytest.mark.parametrize("names", [("by hand", "by PyTorch"), ("one", "by PyTorch"), ("a", "Qg")])
def test_both_halves_lie_at_one_height(names: tuple[str, str]) -> None:
    one, other = (Words(name) for name in names)
    slot = Slot(-6, 6, -3, 3)
    check = GradientCheck(slot, train(load_lesson()), one, other)
    assert one.baseline == pytest.approx(other.baseline)
    assert max(one.get_top()[1], other.get_top()[1]) == pytest.approx(slot.top)
    for part in ("listing", "ground"):
        halves = [getattr(half, part) for half in (check.by_hand, check.by_autograd)]
        for side in (UP, DOWN):
            heights = [half.get_critical_point(side)[1] for half in halves]
            assert heights[0] == pytest.approx(heights[1])
