"""Without zeroing the gradients add up, and the run passes the bottom and does not land."""

from __future__ import annotations

import pytest
import torch

from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.study.losses import noise_floor
from linreg.study.outcome import NEAR_FLOOR
from linreg.study.recording import without_zero
from linreg.study.run_losses import run_losses
from linreg.study.trace import Trace
from linreg.study.unzeroed import Swing, held_grads, passing, swing
from tests.linreg.conftest import changed


@pytest.fixture(scope="module")
def unzeroed(lesson: Lesson) -> Trace:
    return without_zero(lesson)


def swing_of(lesson: Lesson, **values: object) -> Swing:
    trace = without_zero(changed(lesson, **values), 1000)
    return swing(trace, run_losses(trace))


def test_it_passes_the_bottom_and_never_lands(lesson: Lesson, unzeroed: Trace) -> None:
    losses = run_losses(unzeroed)
    assert swing(unzeroed, losses) is Swing.MISSES
    first = passing(losses)
    assert losses[first] < losses[0] / 2
    assert losses[2 * first] > losses[0] / 2  # it has run past, up the other side
    assert (losses > 100 * NEAR_FLOOR * noise_floor(lesson)).all()


def test_at_the_bottom_the_sum_is_larger_than_at_the_start(unzeroed: Trace) -> None:
    first = passing(run_losses(unzeroed))
    sizes = unzeroed.grad_w.norm(dim=1)
    assert sizes[first - 1] > 3 * sizes[0]
    held = held_grads(unzeroed)
    added = held[first] - held[first - 1]
    assert sizes[first - 1] > 3 * added.norm() / len(unzeroed.batches[first])


def test_what_is_held_grows_by_the_gradient_of_each_batch(unzeroed: Trace) -> None:
    held = held_grads(unzeroed)
    for step in (1, 2, 8):
        rows = unzeroed.batches[step]
        batch = unzeroed.features[rows], unzeroed.labels[rows]
        by_hand, _ = gradient(*batch, *unzeroed.params(step))
        added = held[step] - held[step - 1]
        torch.testing.assert_close(added, len(rows) * by_hand.flatten(), rtol=1e-3, atol=1e-3)


def test_the_first_step_is_that_of_the_run_that_zeroes(unzeroed: Trace, trace: Trace) -> None:
    assert torch.equal(unzeroed.w[1], trace.w[1])
    assert not torch.equal(unzeroed.w[2], trace.w[2])


def test_other_runs_end_otherwise(lesson: Lesson) -> None:
    assert swing_of(lesson, lr=0) is Swing.STANDS_STILL
    assert swing_of(lesson, lr=2.5) is Swing.LEAVES
    assert swing_of(lesson, num_examples=5, batch_size=5, num_epochs=1) is Swing.UNDERWAY


def test_a_loss_that_only_falls_is_never_passed() -> None:
    assert passing(torch.tensor([4.0, 3.0, 1.0, 0.5])) == 3
    assert passing(torch.tensor([4.0, 1.0, 2.0, 0.5])) == 1
