"""An epoch deals every example once; drawing with replacement leaves some out."""

from __future__ import annotations

import math

import pytest
import torch

from linreg.lesson import Lesson
from linreg.study.dealing import (
    draw_with_replacement,
    examples_read,
    examples_read_so_far,
    first_epoch,
    missed,
    missed_percent,
    touched,
    touched_so_far,
)
from linreg.study.trace import Trace
from tests.linreg.conftest import changed


def test_an_epoch_touches_every_example(trace: Trace) -> None:
    rows = torch.cat(first_epoch(trace))
    assert touched(rows) == len(rows) == 1000
    assert examples_read(trace) == 3000
    assert examples_read_so_far(trace)[::100] == [0, 1000, 2000, 3000]


def test_with_replacement_about_63_percent_are_touched(lesson: Lesson) -> None:
    told = changed(lesson, num_examples=20_000)
    torch.manual_seed(11)
    expected = torch.rand(1)
    torch.manual_seed(11)
    rows = draw_with_replacement(told)
    assert torch.equal(torch.rand(1), expected)
    assert len(rows) == 20_000
    assert touched(rows) / 20_000 == pytest.approx(1 - math.exp(-1), abs=0.01)
    assert touched(torch.tensor([3, 3, 1])) == 2
    assert missed(torch.tensor([3, 3, 1]), 5) == 3


def test_the_draws_are_counted_one_by_one() -> None:
    rows = torch.tensor([3, 3, 1, 3, 0])
    assert touched_so_far(rows).tolist() == [1, 1, 2, 2, 3]
    assert missed_percent(rows, 6) == 50
    assert missed_percent(rows, 7) == 57.1
