"""A turn of the loop that is laid open is the turn that the run took."""

from __future__ import annotations

import pytest
import torch

from linreg.lesson import Lesson
from linreg.study.iteration import iterate
from linreg.study.trace import Trace


@pytest.mark.parametrize("step", [0, 1, 299])
def test_a_turn_is_the_one_that_was_recorded(trace: Trace, lesson: Lesson, step: int) -> None:
    turn = iterate(trace, step)
    size = len(turn.y)
    assert turn.loss.mean() == trace.loss[step]
    torch.testing.assert_close(turn.mean_grad_w.flatten(), trace.grad_w[step])
    torch.testing.assert_close(turn.grad_b.squeeze() / size, trace.grad_b[step])
    torch.testing.assert_close(turn.w - turn.subtracted(lesson.lr), turn.new_w)
    torch.testing.assert_close(turn.b - lesson.lr * turn.grad_b / size, turn.new_b)
