"""A reader pastes the functions that the lecture shows, one below the other, and they train."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from linreg.data import data_iter, synthetic_data
from linreg.lesson import Lesson
from linreg.loss import squared_loss
from linreg.model import init_params, linreg
from linreg.optim import sgd
from linreg.study.trace import Trace
from linreg.training import fit
from visuals.listing import source_of

SHOWN = (synthetic_data, data_iter, init_params, linreg, squared_loss, sgd, fit)
IMPORTS = "from __future__ import annotations\nimport torch\n"


def test_the_pasted_loop_learns_what_the_lecture_learns(lesson: Lesson, trace: Trace) -> None:
    pasted = "\n\n".join([IMPORTS, *map(source_of, SHOWN)])
    call = f"""
data = synthetic_data(torch.tensor({list(lesson.true_w)}), {lesson.true_b}, {lesson.num_examples})
for w, b, loss in fit(data, {lesson.batch_size}, {lesson.lr}, {lesson.num_epochs}):
    pass
"""
    names: dict[str, Any] = {}
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(lesson.seed)
        exec(pasted + call, names)
    assert torch.equal(names["w"].detach().flatten(), trace.w[-1])
    assert torch.equal(names["b"].detach(), trace.b[-1:])
    assert names["w"].flatten().tolist() == pytest.approx(lesson.true_w, abs=0.01)
