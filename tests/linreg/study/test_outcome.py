"""What is said of a run is what became of it."""

from __future__ import annotations

import pytest

from linreg.lesson import Lesson
from linreg.study.outcome import Outcome, finite_steps, loss_outcome, outcome
from linreg.study.recording import train
from tests.linreg.conftest import changed


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ({}, Outcome.LANDS),
        ({"noise_std": 2.0, "num_epochs": 10}, Outcome.LANDS),
        ({"num_examples": 50}, Outcome.UNDERWAY),
        ({"lr": 0.0}, Outcome.STANDS_STILL),
        ({"lr": 2.5}, Outcome.DIVERGES),
        ({"lr": 2.5, "num_examples": 50, "num_epochs": 1}, Outcome.DIVERGES),
    ],
)
def test_a_run_ends_as_its_lesson_makes_it(
    lesson: Lesson, values: dict[str, object], ends: Outcome
) -> None:
    told = changed(lesson, **values)
    assert outcome(train(told), told) is ends


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ({}, Outcome.LANDS),
        ({"num_epochs": 1}, Outcome.UNDERWAY),
        ({"noise_std": 0.0, "num_epochs": 10}, Outcome.LANDS),
        ({"lr": 0.0}, Outcome.STANDS_STILL),
        ({"lr": 2.5}, Outcome.DIVERGES),
    ],
)
def test_by_its_loss_a_run_has_landed_only_where_it_is_seen_to(
    lesson: Lesson, values: dict[str, object], ends: Outcome
) -> None:
    told = changed(lesson, **values)
    assert loss_outcome(train(told), told) is ends


def test_a_run_is_finite_until_its_loss_overflows(lesson: Lesson) -> None:
    sound = train(lesson)
    assert finite_steps(sound) == sound.num_steps
    broken = train(changed(lesson, lr=2.5))
    steps = finite_steps(broken)
    assert 0 < steps < broken.num_steps
    assert broken.loss[:steps].isfinite().all()
    assert not broken.loss[steps].isfinite()
