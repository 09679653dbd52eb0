"""The numbers in the article: each computed by the run, and formatted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch

from linreg.lesson import Lesson
from linreg.study.batch_gradients import first_gradient
from linreg.study.dealing import draw_with_replacement, touched
from linreg.study.losses import noise_floor
from linreg.study.normal import constant, percent_between
from linreg.study.outcome import outcome
from linreg.study.spreads import spread_given
from linreg.study.trace import Trace
from linreg.study.votes import vote
from visuals.numbers import Num, as_typed, integer, significant

PLACES = 4
"""Digits behind the point of a parameter, as in the table that the run prints."""


@dataclass(frozen=True)
class Parameter:
    """One row of the table: a parameter in Typst's notation, and its numbers as text."""

    formula: str
    learned: str
    true: str
    error: str


@dataclass(frozen=True)
class Numbers:
    """All numbers of the article.

    Attributes
    ----------
    values
        Numbers as text, by the names in the catalogue.
    parameters
        Each parameter after the run; its error is the learned value less the true one.
    choices
        By topic, the ending of the catalogue's key that fits this run.
    """

    values: dict[str, str]
    parameters: list[Parameter]
    choices: dict[str, str]


def numbers_of(trace: Trace, lesson: Lesson) -> Numbers:
    """Compute and format the numbers of a run for the article.

    Parameters
    ----------
    trace, lesson
        A run, and the lesson that it is of.
    """
    learned = torch.cat([trace.w[-1], trace.b[-1:]])
    true = torch.cat([trace.true_w.flatten(), trace.true_b])
    errors = learned - true
    formulas = [*(f"w_{i + 1}" for i in range(len(trace.true_w))), "b"]
    columns = (_row(column.tolist()) for column in (learned, true, errors))
    return Numbers(
        values={
            **_counts(trace, lesson),
            **_noise(trace, lesson),
            **_votes(trace),
            **_gradients(trace),
            "lr": str(as_typed(lesson.lr)),
            "floor": str(significant(noise_floor(lesson))),
            "last_loss": str(significant(trace.epoch_loss[-1].item())),
            "largest_error": str(significant(errors.abs().max().item(), 2)),
        },
        parameters=[Parameter(*row) for row in zip(formulas, *columns, strict=True)],
        choices={
            "noise": "noisy" if lesson.noise_std else "noiseless",
            "outcome": outcome(trace, lesson).value,
        },
    )


def _row(values: Iterable[float]) -> list[str]:
    return [str(Num(value, PLACES)) for value in values]


def _counts(trace: Trace, lesson: Lesson) -> dict[str, str]:
    counts = {
        "examples": lesson.num_examples,
        "batch": lesson.batch_size,
        "steps_per_epoch": trace.steps_per_epoch,
        "batches": trace.steps_per_epoch,
        "steps": trace.num_steps,
        "epochs": lesson.num_epochs,
        "touched": touched(draw_with_replacement(lesson)),
    }
    return {name: str(integer(count)) for name, count in counts.items()}


def _noise(trace: Trace, lesson: Lesson) -> dict[str, str]:
    feature = trace.features[:, 0].double()
    within = {"within_one": 1, "within_two": 2, "within_three": 3}
    return {
        "noise": str(as_typed(lesson.noise_std)),
        "peak": str(significant(constant(lesson.noise_std))) if lesson.noise_std else "",
        "mean": str(Num(feature.mean().item(), 3)),
        "deviation": str(Num(feature.std(correction=0).item(), 3)),
        "spread": str(significant(spread_given(trace, 0).item())),
        "left": str(significant(spread_given(trace, 0, taken_out=1.0).item())),
        **{name: f"{Num(percent_between(-n, n), 1)} %" for name, n in within.items()},
    }


def _votes(trace: Trace) -> dict[str, str]:
    before = vote(trace, *trace.params(0))
    at_truth = vote(trace, trace.true_w, trace.true_b)
    return {
        "agree_before": str(integer(before.agreeing)),
        "agree_true": str(integer(at_truth.agreeing)),
    }


def _gradients(trace: Trace) -> dict[str, str]:
    by_hand, by_autograd = (_row(side.tolist()) for side in first_gradient(trace))
    return {"by_hand": "; ".join(by_hand), "by_autograd": "; ".join(by_autograd)}
