from __future__ import annotations

import dataclasses
import random
import subprocess
import sys

import pytest
import torch

from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.lesson_file import check_lesson
from linreg.loss import squared_loss
from linreg.model import linreg
from linreg.study.recording import train
from linreg.study.report import report
from linreg.study.trace import Trace


def test_a_run_reproduces_bit_for_bit(lesson: Lesson, trace: Trace) -> None:
    random.seed(1)
    torch.manual_seed(7)
    again = train(lesson)
    for field in dataclasses.fields(Trace):
        ours, theirs = getattr(trace, field.name), getattr(again, field.name)
        pairs = zip(ours, theirs, strict=True)
        assert all(torch.equal(a, b) for a, b in pairs), field.name


def test_another_seed_is_another_run(lesson: Lesson, trace: Trace) -> None:
    other = train(check_lesson({**lesson.model_dump(), "seed": 1}))
    assert not torch.equal(other.features, trace.features)
    assert not torch.equal(other.batches[0], trace.batches[0])


def test_the_callers_random_state_is_left_alone(lesson: Lesson) -> None:
    torch.manual_seed(3)
    expected = torch.rand(4)
    torch.manual_seed(3)
    train(lesson)
    assert torch.equal(torch.rand(4), expected)


def test_the_batches_are_those_that_were_trained_on(trace: Trace) -> None:
    for step in (0, 1, 99, 100, 299):
        rows = trace.batches[step]
        X, y = trace.features[rows], trace.labels[rows]
        w, b = trace.params(step)
        assert torch.equal(squared_loss(linreg(X, w, b), y).mean(), trace.loss[step])
        grad_w, grad_b = gradient(X, y, w, b)
        torch.testing.assert_close(grad_w.flatten(), trace.grad_w[step])
        torch.testing.assert_close(grad_b[0], trace.grad_b[step])


def test_every_step_goes_against_its_gradient(lesson: Lesson, trace: Trace) -> None:
    steps = trace.w[:-1] - lesson.lr * trace.grad_w
    torch.testing.assert_close(steps, trace.w[1:])
    torch.testing.assert_close(trace.b[:-1] - lesson.lr * trace.grad_b, trace.b[1:])


def test_it_finds_the_parameters(lesson: Lesson, trace: Trace) -> None:
    assert trace.w[-1].tolist() == pytest.approx(lesson.true_w, abs=0.01)
    assert trace.b[-1].item() == pytest.approx(lesson.true_b, abs=0.01)


def test_a_short_last_batch_counts_as_what_it_is(lesson: Lesson) -> None:
    trace = train(check_lesson({**lesson.model_dump(), "num_examples": 23, "num_epochs": 2}))
    assert [len(rows) for rows in trace.batches] == [10, 10, 3, 10, 10, 3]
    assert (trace.num_steps, trace.steps_per_epoch) == (6, 3)
    torch.testing.assert_close(trace.w[:-1] - lesson.lr * trace.grad_w, trace.w[1:])


def test_divergence_is_recorded_as_it_is(lesson: Lesson) -> None:
    trace = train(check_lesson({**lesson.model_dump(), "lr": 2.5}))
    assert len(trace.loss) == 300
    assert not torch.isfinite(trace.loss).all()
    assert torch.isfinite(trace.loss[0])
    assert any("nan" in line for line in report(trace))


def test_a_rate_of_zero_moves_nothing(lesson: Lesson) -> None:
    trace = train(check_lesson({**lesson.model_dump(), "lr": 0}))
    assert torch.equal(trace.w[0], trace.w[-1])
    assert torch.equal(trace.epoch_loss[0], trace.epoch_loss[-1])


def test_the_package_runs_without_manim() -> None:
    blocked = (
        "import sys; sys.modules['manim'] = None; sys.modules['numpy.typing'] = None\n"
        "import runpy; sys.argv = ['linreg']\n"
        "try: runpy.run_module('linreg', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code\n"
        "import linreg.study.recording"
    )
    run = subprocess.run(
        [sys.executable, "-c", blocked], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("epoch 1, loss ")


def test_the_error_is_learned_less_true(trace: Trace) -> None:
    header, *rows = report(trace)[len(trace.epoch_loss) :]
    assert header.split() == ["learned", "true", "error"]
    for row in rows:
        learned, true, error = map(float, row.split()[1:])
        assert error == pytest.approx(learned - true, abs=1.01e-4)
        assert error != 0


def test_the_command_prints_the_report(trace: Trace) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "linreg"], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == report(trace)
