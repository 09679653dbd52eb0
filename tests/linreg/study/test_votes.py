"""Votes of the batches: their mean is the full gradient, and their lengths compare."""

from __future__ import annotations

import math

import pytest
import torch

from linreg.lesson import Lesson
from linreg.study.recording import train
from linreg.study.trace import Trace
from linreg.study.votes import Vote, vote
from tests.linreg.conftest import changed


def made_of(*each: tuple[float, float], full: tuple[float, float] = (1.0, 0.0)) -> Vote:
    shares = torch.full((len(each),), 1 / len(each), dtype=torch.float64)
    return Vote(torch.tensor(each).double(), shares, torch.tensor(full).double())


def test_counts_and_lengths_by_hand() -> None:
    votes = made_of((3.0, 4.0), (-5.0, 0.0))
    assert votes.agreeing == 1
    assert votes.by_chance == 1
    assert votes.length == 5
    assert votes.mean.tolist() == [-1.0, 2.0]
    assert votes.head_to_tail.tolist() == [[0, 0], [1.5, 2], [-1, 2]]


def test_lengths_compare() -> None:
    long, short, none = made_of((300.0, 400.0)), made_of((0.0, 0.7)), made_of((0.0, 0.0))
    assert long.times_longer_than(short) == pytest.approx(714.2857)
    assert long.power_of_ten_longer_than(short) == 100
    assert math.isinf(long.power_of_ten_longer_than(none))
    assert none.vanishes_beside(long)
    assert not short.vanishes_beside(long)


@pytest.mark.parametrize("size", [10, 64])
def test_their_weighted_mean_is_the_full_gradient(lesson: Lesson, size: int) -> None:
    run = train(changed(lesson, batch_size=size))
    votes = vote(run, *run.params(0))
    torch.testing.assert_close(votes.mean, votes.full)
    torch.testing.assert_close(votes.head_to_tail[-1], votes.full)


def test_a_run_that_has_not_arrived_is_asked_at_the_truth(lesson: Lesson, trace: Trace) -> None:
    torch.testing.assert_close(Vote.late(trace).each, vote(trace, *trace.params(-1)).each)
    lost = train(changed(lesson, lr=2.5))
    torch.testing.assert_close(Vote.late(lost).each, vote(lost, lost.true_w, lost.true_b).each)
    assert Vote.early(trace).agreeing == 100


def test_the_running_mean_weights_batches_by_their_size() -> None:
    votes = Vote(
        torch.tensor([[2.0, 0.0], [4.0, 6.0]]).double(),
        torch.tensor([0.75, 0.25]).double(),
        torch.tensor([2.5, 1.5]).double(),
    )
    assert votes.running_mean.tolist() == [[2.0, 0.0], [2.5, 1.5]]
