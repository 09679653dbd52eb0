"""The spread of batch gradients falls with the root of the size, and is zero for all examples."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.study.batch_fan import Fan, agreement_at, example_gradients, fan
from linreg.study.recording import train
from linreg.study.trace import Trace
from tests.linreg.conftest import changed

SIZES = [1, 10, 100, 1000]
ZERO = torch.zeros(2, 1), torch.zeros(1)


def test_single_gradients_are_error_times_input(trace: Trace) -> None:
    w, b = trace.params(7)
    grads = example_gradients(trace, w, b)
    X, y = trace.features[3:4].double(), trace.labels[3:4].double()
    grad_w, grad_b = gradient(X, y, w.double(), b.double())
    torch.testing.assert_close(grads[3], torch.cat([grad_w.flatten(), grad_b]))


@pytest.mark.parametrize("size", SIZES)
def test_the_fan_narrows_with_the_finite_population_factor(trace: Trace, size: int) -> None:
    many = fan(trace, size, ZERO, num_batches=1000)
    singles = example_gradients(trace, *ZERO).numpy()
    variance = np.var(singles, axis=0).sum()  # divided by n, as the formula wants it
    expected = np.sqrt(variance / size * (1000 - size) / 999)
    assert many.each.shape == (1000, 3)
    assert many.expected_spread == pytest.approx(expected, abs=1e-12)
    assert many.spread == pytest.approx(expected, rel=0.05, abs=1e-12)


@pytest.mark.parametrize("size", [1, 10, 100, 1000])
def test_one_epoch_of_batches_has_the_full_gradient_as_its_mean(trace: Trace, size: int) -> None:
    whole = fan(trace, size, trace.params(0))
    assert len(whole.each) == 1000 // size
    torch.testing.assert_close(whole.each.mean(0), whole.full)


def test_the_first_batches_are_those_of_the_run(trace: Trace) -> None:
    first = fan(trace, 10, trace.params(0)).each[0].float()
    torch.testing.assert_close(first, torch.cat([trace.grad_w[0], trace.grad_b[:1]]))


def test_parts_may_be_chosen(trace: Trace) -> None:
    all_parts, weights = (fan(trace, 10, ZERO, parts) for parts in (slice(None), slice(2)))
    assert torch.equal(weights.each, all_parts.each[:, :2])
    assert weights.spread < all_parts.spread


def test_agreement_is_a_positive_dot_product() -> None:
    each = torch.tensor([[1.0, 0.0], [-1.0, 0.1], [0.0, 1.0], [0.5, -2.0]])
    votes = Fan(1, 4, each, torch.tensor([1.0, 0.0]), 0.0)
    assert votes.agrees.tolist() == [True, False, False, True]
    assert votes.agreement == 0.5


def test_batches_agree_far_away_and_argue_near_the_minimum(trace: Trace) -> None:
    start, end = agreement_at(trace, [0, -1]).tolist()
    assert start == 1
    assert 0.4 < end < 0.8
    assert end == fan(trace, 10, trace.params(-1)).agreement


def test_one_example_has_no_spread(lesson: Lesson) -> None:
    lonely = train(changed(lesson, num_examples=1, batch_size=1))
    only = fan(lonely, 1, lonely.params(0))
    assert (only.spread, only.expected_spread, only.agreement) == (0, 0, 1)


def test_a_short_batch_is_left_out_of_the_fan(lesson: Lesson) -> None:
    run = train(changed(lesson, num_examples=23))
    assert len(fan(run, 10, run.params(0)).each) == 2
    assert agreement_at(run, [0]).shape == (1,)


def test_spreads_are_compared_by_their_quotient() -> None:
    far, near = (Fan(1, 2, at * torch.eye(2), torch.zeros(2), 0.0) for at in (3.0, 2.0))
    assert far.times_wider_than(near) == pytest.approx(1.5)
