"""The rings begin on the line, leave it at the same rate, and thread onto it at half of it."""

from __future__ import annotations

import numpy as np
import pytest

from figures.concise_implementation.loss_runs import LossRuns
from linreg.lesson import Lesson
from linreg.lesson_file import load_lesson
from linreg.study.recording import train
from linreg.study.two_runs import runs_between, scratch_run
from tests.linreg.conftest import changed
from visuals.layout import body
from visuals.typography import Words

PIXEL = 1 / 135


@pytest.fixture(scope="module")
def short() -> Lesson:
    return changed(load_lesson(), num_epochs=1)


def test_rings_thread_onto_the_line(short: Lesson) -> None:
    trace = train(short)
    ours, theirs = scratch_run(trace, short), runs_between(trace, short, 3)
    runs = LossRuns(body(), ours, theirs, Words("step"), Words("loss"))
    runs.their_step.set_value(runs.last)

    def gaps() -> list[float]:
        rings = np.array([ring.get_center() for ring in runs.rings.follow()])
        return np.abs(rings - runs.line.corners[runs.rings.at])[:, 1].tolist()

    assert gaps()[0] == pytest.approx(0)
    assert min(gaps()[5:]) > 20 * PIXEL
    runs.swing.set_value(1)
    assert max(gaps()) < PIXEL


def test_a_diverging_run_is_cut_where_a_loss_overflows(short: Lesson) -> None:
    wild = changed(short, lr=100.0)
    trace = train(wild)
    ours, theirs = scratch_run(trace, wild), runs_between(trace, wild, 2)
    runs = LossRuns(body(), ours, theirs, Words("step"), Words("loss"))
    assert runs.last < ours.num_steps
    assert np.isfinite(runs.line.logs).all()
