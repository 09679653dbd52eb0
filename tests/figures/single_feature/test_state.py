"""A step of the run with one feature: line, counter and numbers jump together."""

from __future__ import annotations

import pytest

from figures.single_feature.plot import TrainingPlot
from figures.single_feature.state import State
from linreg.lesson_file import load_lesson
from linreg.study.single_run import run_single
from visuals.layout import body


def test_line_and_numbers_are_at_the_same_step_at_every_moment_of_a_jump() -> None:
    numbers = load_lesson().single_feature
    run = run_single(numbers)
    plot = TrainingPlot(body(), run, numbers, 0.1)
    state = State(plot, "loss", "step")
    jump = state.jump(1)
    jump.begin()
    for moment in (0.0, 0.1, 0.5, 1.0):
        jump.interpolate(moment)
        step = int(state.step.get_value())
        assert step == (moment > 0)
        assert plot.w.get_value() == pytest.approx(run.w[step].item())
        assert plot.b.get_value() == pytest.approx(run.b[step].item())
        assert plot.loss == pytest.approx(run.loss[step].item())
