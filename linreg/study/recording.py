"""Training runs of a lesson, recorded step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor

from linreg.data import Data, data_iter, synthetic_data
from linreg.lesson import MAX_STEPS, Lesson
from linreg.loss import squared_loss
from linreg.model import init_params, linreg
from linreg.study.trace import Trace
from linreg.training import Step, fit


@dataclass
class Record:
    """Collects a :class:`Trace` from the steps of a loop.

    Attributes
    ----------
    data
        Features (n, p) and labels (n, 1).
    steps_per_epoch
        Number of updates in one pass over the data.
    """

    data: Data
    steps_per_epoch: int
    w: list[Tensor] = field(default_factory=list)
    b: list[Tensor] = field(default_factory=list)
    grad_w: list[Tensor] = field(default_factory=list)
    grad_b: list[Tensor] = field(default_factory=list)
    loss: list[Tensor] = field(default_factory=list)
    epoch_loss: list[Tensor] = field(default_factory=list)

    def follow(self, steps: Iterable[Step]) -> None:
        """Run a loop to its end, and note every step before its update."""
        for w, b, loss in steps:
            self._note_params(w, b)
            assert w.grad is not None
            assert b.grad is not None
            self.grad_w.append(w.grad.flatten() / len(loss))
            self.grad_b.append(b.grad.squeeze() / len(loss))
            self.loss.append(loss.detach().mean())
        self._note_params(w, b)

    def trace(self, true_w: Tensor, true_b: Tensor, batches: tuple[Tensor, ...]) -> Trace:
        """Return what was recorded.

        Parameters
        ----------
        true_w, true_b
            Parameters that the labels were made with, shapes (p, 1) and (1,).
        batches
            Row numbers of every step's batch.
        """
        return Trace(
            *self.data,
            true_w,
            true_b,
            w=torch.stack(self.w),
            b=torch.stack(self.b),
            grad_w=torch.stack(self.grad_w),
            grad_b=torch.stack(self.grad_b),
            loss=torch.stack(self.loss),
            epoch_loss=torch.stack(self.epoch_loss),
            batches=batches,
        )

    def _note_params(self, w: Tensor, b: Tensor) -> None:
        """Note the parameters, and the loss over all data where an epoch has just ended."""
        steps = len(self.w)
        if steps and steps % self.steps_per_epoch == 0:
            features, labels = self.data
            with torch.no_grad():
                loss = squared_loss(linreg(features, w, b), labels)
            self.epoch_loss.append(loss.mean())
        self.w.append(w.detach().flatten().clone())
        self.b.append(b.detach().squeeze().clone())


TRAINED_ON = (
    "true_w",
    "true_b",
    "num_examples",
    "noise_std",
    "batch_size",
    "lr",
    "num_epochs",
    "seed",
)
"""Keys of the lesson that a run depends on."""


def train(lesson: Lesson, lr: float | None = None) -> Trace:
    """Make the lesson's data, train on it, and record the run.

    Parameters
    ----------
    lesson
        The numbers that the run depends on, :data:`TRAINED_ON`: the same numbers give the same
        bits. No other key is read.
    lr
        Learning rate instead of the lesson's own.

    Returns
    -------
    Trace
        Every step of the run. The caller's random state is left as it was.
    """
    return _run(lesson, lesson.batch_size, lesson.num_epochs, lr)


def full_batch(lesson: Lesson, num_steps: int, lr: float | None = None) -> Trace:
    """Train on all examples at every step, from the lesson's own data and start.

    Parameters
    ----------
    lesson
        As for :func:`train`.
    num_steps
        Number of steps.
    lr
        Learning rate instead of the lesson's own.
    """
    return _run(lesson, lesson.num_examples, num_steps, lr)


def without_zero(lesson: Lesson, most_steps: int = MAX_STEPS) -> Trace:
    """Train as the lesson says, but never zero the gradients.

    For whole epochs of so many steps together at most, but for one epoch at least.
    """
    steps_per_epoch = -(-lesson.num_examples // lesson.batch_size)
    num_epochs = min(lesson.num_epochs, max(1, most_steps // steps_per_epoch))
    return _run(lesson, lesson.batch_size, num_epochs, change=never_zeroed)


def _run(
    lesson: Lesson,
    batch_size: int,
    num_epochs: int,
    lr: float | None = None,
    change: Callable[[Iterable[Step]], Iterable[Step]] = iter,
) -> Trace:
    """Train on the lesson's data from its start, and record the run.

    Parameters
    ----------
    lesson
        The numbers that the data are made with, the learning rate and the seed.
    batch_size, num_epochs
        As for :func:`~linreg.training.fit`.
    lr
        Learning rate instead of the lesson's own.
    change
        A change to the steps of the loop, made between ``backward`` and the update.
    """
    true_w = torch.tensor(lesson.true_w).reshape(-1, 1)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(lesson.seed)
        data = synthetic_data(true_w, lesson.true_b, lesson.num_examples, lesson.noise_std)
        start = torch.get_rng_state()
        record = Record(data, steps_per_epoch=-(-lesson.num_examples // batch_size))
        record.follow(change(fit(data, batch_size, lesson.lr if lr is None else lr, num_epochs)))
        # The same random state deals row numbers as the loop has dealt the examples.
        torch.set_rng_state(start)
        init_params(len(true_w))
        rows = torch.arange(lesson.num_examples)
        batches = tuple(
            batch for _ in range(num_epochs) for batch, _ in data_iter(batch_size, rows, rows)
        )
    return record.trace(true_w, torch.tensor([lesson.true_b]), batches)


def never_zeroed(steps: Iterable[Step]) -> Iterator[Step]:
    """Give each gradient back what the loop's update has zeroed.

    The loop then steps as one does whose update forgets ``zero_()``: ``backward`` adds to
    the gradients of all earlier batches, and the parameters circle the minimum.
    """
    sums: list[Tensor] = []
    for w, b, loss in steps:
        grads = [param.grad for param in (w, b) if param.grad is not None]
        for grad, before in zip(grads, sums, strict=False):  # at first nothing is before
            grad += before
        sums = [grad.clone() for grad in grads]
        yield w, b, loss
