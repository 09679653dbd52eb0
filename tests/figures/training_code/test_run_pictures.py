"""Blocks show a tensor's shape and its first rows; names of epochs keep off the curve."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.training_code.epochs import EpochEnds
from linreg.lesson_file import load_lesson
from linreg.study.recording import train
from visuals.blocks import Block, common_places, shown_rows
from visuals.layout import body
from visuals.plots import Chart
from visuals.theme import Role
from visuals.typography import Words


def test_a_long_block_shows_its_first_rows_and_its_last() -> None:
    assert shown_rows(5) == list(range(5))
    assert shown_rows(64) == [0, 1, 2, 63]


def test_a_block_tells_the_shape_of_its_tensor() -> None:
    assert Block("X", torch.ones(64, 2), Role.DATA, 1).shape.text == "(64, 2)"
    assert Block("b", torch.ones(1), Role.MODEL, 1).shape.text == "(1,)"


def test_the_last_digits_of_live_numbers_stay_in_place() -> None:
    values = [1.5]
    block = Block("b", torch.tensor(values), Role.MODEL, 1, live=lambda *_: values[0], widest=-20)
    before = block.rows[0].get_right()[0]
    values[0] = -13.5
    assert block.follow().rows[0].get_right()[0] == pytest.approx(before, abs=0.02)


def test_enough_digits_for_the_largest_number() -> None:
    assert common_places(torch.tensor([0.0132, -0.0004])) == 3
    assert common_places(torch.tensor([1.6, 22.3]), 3) == 1


@pytest.mark.parametrize("height", [0.0, 0.5, 1.0])
def test_names_of_epochs_keep_off_the_curve(height: float) -> None:
    trace = train(load_lesson())
    chart = Chart(body(), (0, trace.num_steps), (-0.2, 1.0))
    steps = np.arange(trace.num_steps + 1)
    curve = chart.at(steps, np.full(len(steps), height))
    names = [part for part in EpochEnds(chart, trace, "epoch %(number)s", curve) if len(part) > 1]
    assert [name.text for name in names if isinstance(name, Words)] == [
        "epoch 1",
        "epoch 2",
        "epoch 3",
    ]
    for name in names:
        low, high = name.get_bottom()[1], name.get_top()[1]
        assert not low < curve[0, 1] < high
