"""The ledger of numbers finds what it is for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch

from linreg.lesson_file import load_lesson
from linreg.study import losses
from linreg.study.recording import train
from tests.scenes import stage
from tests.scenes.ledger import Ledger

LESSON = load_lesson()
TRACE = train(LESSON)


@pytest.fixture(scope="module")
def scene() -> Any:
    return SimpleNamespace(lesson=LESSON, trace=TRACE, illustrations=(2.5,))


def test_the_ledger_holds_the_lesson_the_run_and_illustrations(scene: Any) -> None:
    ledger = Ledger(scene, [])
    counts = [LESSON.num_examples, LESSON.batch_size, TRACE.num_steps, TRACE.steps_per_epoch]
    results = [TRACE.w[7, 1].item(), TRACE.grad_b[3].item(), TRACE.epoch_loss[-1].item()]
    assert ledger.lacks([*counts, *results, LESSON.lr, -LESSON.true_w[1], 2.5]) == []


def test_the_ledger_lacks_integers_that_nothing_computed(scene: Any) -> None:
    ledger = Ledger(scene, [])
    counting = [float(number) for number in range(LESSON.num_examples)]
    free = ledger.lacks(counting)
    assert len(free) > 0.95 * len(counting)
    assert Ledger(scene, [int(free[10])]).lacks([free[10]]) == []


def test_the_ledger_takes_rows_in_the_order_in_which_they_were_dealt(scene: Any) -> None:
    rows = [float(row) for row in torch.cat(TRACE.batches)]
    ledger = Ledger(scene, [TRACE.batches])
    (row, *_) = ledger.lacks([100.0, 101.0, 102.0, 103.0])
    assert ledger.lacks([row]) == [row]
    assert ledger.lacks(rows[3:8]) == []
    assert ledger.lacks(rows[7:2:-1]) != []


def test_answers_are_recorded_and_arguments_are_not() -> None:
    seen: list[object] = []
    with stage.recording(seen):
        floor = losses.noise_floor(LESSON.model_copy(update={"noise_std": 0.5}))
    assert seen == [floor]
    assert floor == pytest.approx(0.125)
    losses.noise_floor(LESSON)
    assert seen == [floor]
