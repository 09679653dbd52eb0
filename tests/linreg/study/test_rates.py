"""Rates of four kinds, a ladder that ends beyond the limit, and what the runs at them do."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
import torch

from linreg.lesson import Lesson
from linreg.study.descent import largest_rate, step_factor
from linreg.study.outcome import Outcome
from linreg.study.rates import KINDS, MOST_STEPS, RateRun, ladder, of_four_kinds, run_at
from linreg.study.trace import Trace
from tests.linreg.conftest import changed

RATES = (0.003, 0.3, 1.5, 2.5)


@pytest.fixture(scope="module")
def runs(lesson: Lesson) -> list[RateRun]:
    return [run_at(lesson, lr) for lr in RATES]


@pytest.mark.parametrize("curvature", [1.0, 1.1, 1.5, 3.0, 11.0])
def test_rates_are_of_their_kinds_at_any_curvature(curvature: float) -> None:
    rates = of_four_kinds(RATES, curvature)
    for rate, (low, high) in zip(rates, KINDS, strict=True):
        assert low <= step_factor(rate, curvature) <= high


def test_the_lessons_curvature_leaves_the_rates_as_they_are(trace: Trace) -> None:
    assert of_four_kinds(RATES, 2 / largest_rate(trace.features)) == RATES


@pytest.mark.parametrize("limit", [0.15, 1.0, 1.815, 2.0])
def test_only_the_last_rate_of_a_ladder_is_beyond_the_limit(limit: float) -> None:
    rates = ladder(limit, 8)
    assert len(rates) == 8
    assert rates[-2] <= limit < rates[-1]
    assert all(2.9 < b / a < 3.4 for a, b in pairwise(rates))


def test_the_ladder_of_the_lesson_holds_its_rate(lesson: Lesson, trace: Trace) -> None:
    assert ladder(largest_rate(trace.features), 8) == [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0]
    assert lesson.lr in ladder(largest_rate(trace.features), 8)


def test_the_four_runs_end_as_their_kinds_say(runs: list[RateRun]) -> None:
    assert [run.outcome for run in runs] == [
        Outcome.UNDERWAY,
        Outcome.LANDS,
        Outcome.LANDS,
        Outcome.DIVERGES,
    ]


def test_a_steep_batch_throws_a_run_out_after_it_had_landed(runs: list[RateRun]) -> None:
    run = runs[2]
    assert run.thrown_by is not None
    assert run.arrival < run.thrown_by
    assert run.losses[run.peak] > 1000 * run.losses[run.arrival :].min()
    assert step_factor(run.lr, run.curvature_of_batch(run.thrown_by)) == pytest.approx(
        -4.14, abs=0.01
    )
    assert run.lr < largest_rate(run.trace.features)
    assert [other.thrown_by for other in (runs[0], runs[1], runs[3])] == [None] * 3


def test_minibatches_lower_the_limit(lesson: Lesson, trace: Trace) -> None:
    """Just below the limit all examples land, and minibatches of ten do not."""
    lr = 0.99 * largest_rate(trace.features)
    whole = changed(lesson, batch_size=lesson.num_examples, num_epochs=100)
    assert run_at(lesson, lr).last_loss > 1
    assert run_at(whole, lr).last_loss < 1


def test_a_run_that_diverges_prints_inf_and_then_nan(runs: list[RateRun]) -> None:
    run = runs[3]
    assert run.overflow is not None
    infinite, undefined = run.overflow
    assert math.isfinite(run.trace.loss[infinite - 1].item())
    assert run.printed(infinite) == f"step {infinite}, loss inf"
    assert run.printed(undefined) == f"step {undefined}, loss nan"
    assert run.printed_last == "nan"
    assert run.finite_losses.isfinite().all()
    assert len(run.finite_losses) < len(run.losses)
    assert runs[0].overflow is None
    assert runs[0].finite_losses is runs[0].losses


def test_infinity_less_infinity_is_not_a_number() -> None:
    infinity = torch.tensor(3e38) * 10
    assert infinity.isinf()
    assert (infinity - infinity).isnan()


def test_a_long_run_is_cut_to_whole_epochs(lesson: Lesson) -> None:
    long = run_at(changed(lesson, num_epochs=100), 0.03)
    assert long.trace.num_steps == MOST_STEPS
    same = run_at(lesson, 0.03)
    assert torch.equal(long.trace.w[:300], same.trace.w[:300])


def test_without_noise_no_run_is_thrown_out(lesson: Lesson) -> None:
    assert run_at(changed(lesson, noise_std=0.0), 1.5).thrown_by is None
