"""The training loop, and a record of every step that it took."""

# torch leaves backward without types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import torch
from torch import Tensor

from linreg.data import Data, data_iter, synthetic_data
from linreg.lesson import Lesson
from linreg.loss import squared_loss
from linreg.model import init_params, linreg
from linreg.optim import sgd

Update: TypeAlias = Callable[
    [Iterable[Tensor], float, int], None
]
"""What :func:`linreg.optim.sgd` is: parameters, learning rate, batch size."""


@dataclass(frozen=True)
class Trace:
    """Everything that one training run did.

    A run that diverges is recorded as it is, with inf and nan.

    Attributes
    ----------
    features, labels
        The data, shapes (n, p) and (n, 1).
    true_w, true_b
        What the labels were made with, shapes (p, 1) and (1,).
    w, b
        Parameters before every step and after the last, shapes (steps + 1, p) and
        (steps + 1,).
    grad_w, grad_b
        Gradient of the batch's mean loss at every step, shapes (steps, p) and (steps,).
    loss
        Mean loss of the batch before every step, shape (steps,).
    epoch_loss
        Mean loss over all data after every epoch, shape (epochs,).
    batches
        The row numbers of every step's batch, in the order in which they were dealt.
    """

    features: Tensor
    labels: Tensor
    true_w: Tensor
    true_b: Tensor
    w: Tensor
    b: Tensor
    grad_w: Tensor
    grad_b: Tensor
    loss: Tensor
    epoch_loss: Tensor
    batches: tuple[Tensor, ...]

    @property
    def num_steps(self) -> int:
        """Number of updates in the whole run."""
        return len(self.loss)

    @property
    def steps_per_epoch(self) -> int:
        """Number of updates in one pass over the data."""
        return self.num_steps // len(self.epoch_loss)

    def params(self, step: int) -> tuple[Tensor, Tensor]:
        """Return w (p, 1) and b (1,) as they were before a step; -1 is after the last."""
        return self.w[step].reshape(-1, 1), self.b[
            step
        ].reshape(1)


@dataclass
class Record:
    """Collects a :class:`Trace` while the loop runs.

    Attributes
    ----------
    params
        The w (p, 1) and b (1,) that are trained, read again before every update.
    data
        Features (n, p) and labels (n, 1).
    """

    params: tuple[Tensor, Tensor]
    data: Data
    w: list[Tensor] = field(default_factory=list)
    b: list[Tensor] = field(default_factory=list)
    grad_w: list[Tensor] = field(default_factory=list)
    grad_b: list[Tensor] = field(default_factory=list)
    loss: list[Tensor] = field(default_factory=list)
    epoch_loss: list[Tensor] = field(default_factory=list)

    def step(self, loss: Tensor) -> None:
        """Note the parameters, the batch's losses and their mean gradient."""
        self._note_params()
        w, b = self.params
        assert w.grad is not None
        assert b.grad is not None
        self.grad_w.append(w.grad.flatten() / len(loss))
        self.grad_b.append(b.grad.squeeze() / len(loss))
        self.loss.append(loss.detach().mean())

    def epoch(self) -> None:
        """Note the mean loss over all data."""
        features, labels = self.data
        with torch.no_grad():
            y_hat = linreg(features, *self.params)
            loss = squared_loss(y_hat, labels)
        self.epoch_loss.append(loss.mean())

    def trace(
        self,
        true: tuple[Tensor, Tensor],
        batches: tuple[Tensor, ...],
    ) -> Trace:
        """Close the record, after the last update."""
        self._note_params()
        return Trace(
            *self.data,
            *true,
            w=torch.stack(self.w),
            b=torch.stack(self.b),
            grad_w=torch.stack(self.grad_w),
            grad_b=torch.stack(self.grad_b),
            loss=torch.stack(self.loss),
            epoch_loss=torch.stack(self.epoch_loss),
            batches=batches,
        )

    def _note_params(self) -> None:
        w, b = self.params
        self.w.append(w.detach().flatten().clone())
        self.b.append(b.detach().squeeze().clone())


def fit(
    lesson: Lesson, record: Record, update: Update
) -> None:
    """Go round the loop: data, model, loss, gradient, update.

    Parameters
    ----------
    lesson
        Says how many epochs, how large a batch, how fast.
    record
        Holds the parameters and the data, and notes what becomes of them.
    update
        :func:`linreg.optim.sgd`, or another.
    """
    (w, b), data = record.params, record.data
    for _ in range(lesson.num_epochs):
        for X, y in data_iter(lesson.batch_size, *data):
            y_hat = linreg(X, w, b)
            loss = squared_loss(y_hat, y)
            loss.sum().backward()
            record.step(loss)
            update([w, b], lesson.lr, len(y))
        record.epoch()


def train(lesson: Lesson, update: Update = sgd) -> Trace:
    """Make the lesson's data, train on it, and record the run.

    Parameters
    ----------
    lesson
        Everything that the run depends on: the same lesson gives the same bits.
    update
        What changes the parameters.

    Returns
    -------
    Trace
        Every step of the run. The caller's random state is left as it was.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(lesson.seed)
        w = torch.tensor(lesson.true_w).reshape(-1, 1)
        data = synthetic_data(
            w,
            lesson.true_b,
            lesson.num_examples,
            lesson.noise_std,
        )
        record = Record(init_params(len(w)), data)
        batches = _deal_again(lesson)
        fit(lesson, record, update)
    return record.trace(
        (w, torch.tensor([lesson.true_b])), batches
    )


def _deal_again(lesson: Lesson) -> tuple[Tensor, ...]:
    """Deal the row numbers as the loop is about to deal the rows.

    ``data_iter`` is the loop's only use of chance: from the same random state it deals
    row numbers in the order in which it will deal the examples.
    """
    rows = torch.arange(lesson.num_examples)
    with torch.random.fork_rng(devices=[]):
        return tuple(
            batch
            for _ in range(lesson.num_epochs)
            for batch, _ in data_iter(
                lesson.batch_size, rows, rows
            )
        )


def report(trace: Trace) -> list[str]:
    """Say how a run went, line by line, as a terminal prints it.

    A line an epoch, then a table: what was learned, the truth, and truth less learned.
    """
    lines = [
        f"epoch {epoch}, loss {loss:.6g}"
        for epoch, loss in enumerate(
            trace.epoch_loss.tolist(), start=1
        )
    ]
    names = [f"w{i + 1}" for i in range(len(trace.true_w))]
    learned = torch.cat([trace.w[-1], trace.b[-1:]])
    true = torch.cat([trace.true_w.flatten(), trace.true_b])
    columns = (learned, true, true - learned)
    lines.append(_table_row("", "learned", "true", "error"))
    for name, *values in zip(
        [*names, "b"],
        *(column.tolist() for column in columns),
        strict=True,
    ):
        cells = (
            f"{value:.4f}"
            if abs(value) < 1e5
            else f"{value:.1e}"
            for value in values
        )
        lines.append(_table_row(name, *cells))
    return lines


def _table_row(name: str, *cells: str) -> str:
    return f"{name:<3}" + "".join(
        f"{cell:>11}" for cell in cells
    )
