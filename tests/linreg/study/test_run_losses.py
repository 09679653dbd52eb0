"""The loss of all examples over a run: its values, its bend, and how the run ended."""

from __future__ import annotations

import torch

from linreg.lesson import Lesson
from linreg.study.losses import mean_loss, noise_floor
from linreg.study.outcome import Outcome
from linreg.study.recording import train
from linreg.study.run_losses import arrival, falls_straight, run_losses, seen_outcome
from linreg.study.trace import Trace
from tests.linreg.conftest import changed


def test_every_loss_is_the_mean_half_square_of_all_examples(trace: Trace) -> None:
    losses = run_losses(trace)
    data = trace.features, trace.labels
    assert losses.shape == (trace.num_steps + 1,)
    for step in (0, 1, 57, trace.num_steps):
        expected = mean_loss(data, *trace.params(step)).double()
        torch.testing.assert_close(losses[step], expected, rtol=1e-3, atol=0)


def test_the_loss_arrives_once_it_is_near_the_floor(trace: Trace, lesson: Lesson) -> None:
    losses, floor = run_losses(trace), noise_floor(lesson)
    step = arrival(losses, lesson)
    assert losses[step] <= 2 * floor < losses[step - 1]
    assert arrival(losses[:10], lesson) == 9


def test_a_constant_factor_is_straight() -> None:
    steps = torch.arange(60, dtype=torch.float64)
    assert falls_straight(0.9**steps)
    assert not falls_straight(0.9 ** steps[:10])
    assert not falls_straight(1.1**steps)
    assert not falls_straight(1 / (1 + steps) ** 2)
    assert not falls_straight(torch.zeros(60))


def test_a_run_ends_in_one_of_four_ways(lesson: Lesson) -> None:
    def ending(**values: object) -> Outcome:
        told = changed(lesson, **values)
        trace = train(told)
        return seen_outcome(run_losses(trace), trace, told)

    assert ending() is Outcome.LANDS
    assert ending(noise_std=0.0) is Outcome.LANDS
    assert ending(num_epochs=1) is Outcome.UNDERWAY
    assert ending(lr=0.0) is Outcome.STANDS_STILL
    assert ending(lr=2.5) is Outcome.DIVERGES
