"""The training from scratch and the one with PyTorch's parts, over the same batches.

A ``DataLoader`` draws a seed of its own before it shuffles, so that it never deals what
:func:`~linreg.data.data_iter` deals from the same random state. Both runs therefore take their
batches from one loader, which is seeded anew before each, and both begin with the same parameters.

``MSELoss`` at half the rate is then the half square at the whole rate, up to the last bits:
``MSELoss`` multiplies each error by 2 / batch_size before ``backward`` sums, and ``sgd`` divides by
the batch's size after it, so that float32 rounds at other places. The parameters differ by at most
a few units of the last of their seven digits.
"""

# torch leaves backward without types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

import torch
from torch import Tensor, nn

from linreg.concise import Loader, fit_concise, make_loader, make_net
from linreg.lesson import Lesson
from linreg.loss import squared_loss
from linreg.model import linreg
from linreg.optim import sgd
from linreg.study.run_losses import arrival, losses_along, run_losses
from linreg.study.trace import Trace

MOST_STEPS = 1000
"""Steps of a run that are compared, at most."""

AFTER_ARRIVAL = 2
"""Steps that are compared, at most, in steps until our own run is near the noise floor."""

HALF = 0.5
"""Factor of the rate at which ``MSELoss`` steps as the half square does."""


TINY = 1e-300
"""Loss below which a run does not fall any more."""


class Parting(Enum):
    """Difference of a run from ours."""

    NEITHER_MOVES = "neither_moves"
    FALLS_FASTER = "falls_faster"
    GROWS_FASTER = "grows_faster"
    DIFFERS = "differs"


@dataclass(frozen=True)
class ComparedRun:
    """The parameters of a run, and the loss of all examples.

    Attributes
    ----------
    lr
        Learning rate.
    params
        w_1, ..., w_p, b before every step and after the last, shape (steps + 1, p + 1).
    grads
        Gradients of the run's own loss of the batch before every step, shape (steps, p + 1).
    batch_losses
        The run's own loss of the batch before every step, shape (steps,).
    losses
        Mean **half** square of all examples before every step and after the last, float64, shape
        (steps + 1,): one measure for every run.
    """

    lr: float
    params: Tensor
    grads: Tensor
    batch_losses: Tensor
    losses: Tensor

    @property
    def num_steps(self) -> int:
        """Number of steps."""
        return len(self.grads)


def steps_compared(trace: Trace, lesson: Lesson) -> int:
    """Return the number of steps after which nothing more is seen of two runs."""
    near = arrival(run_losses(trace), lesson)
    return min(trace.num_steps, MOST_STEPS, AFTER_ARRIVAL * max(near, 1))


def scratch_run(trace: Trace, lesson: Lesson, most_steps: int = MOST_STEPS) -> ComparedRun:
    """Train with the lecture's own functions on the batches of a loader.

    Parameters
    ----------
    trace
        The lecture's run, for its data and its first parameters.
    lesson
        The lesson, for the seed, the batch's size, the rate and the epochs.
    most_steps
        Number of steps, if the epochs have more.
    """
    w, b = (param.clone().requires_grad_() for param in trace.params(0))

    def steps(loader: Loader) -> Iterator[tuple[Tensor, int]]:
        for _ in range(lesson.num_epochs):
            for X, y in loader:
                losses = squared_loss(linreg(X, w, b), y)
                losses.sum().backward()
                yield losses.mean(), len(y)
                sgd([w, b], lesson.lr, len(y))

    return _record(trace, lesson, lesson.lr, [w, b], steps, most_steps)


def concise_run(
    trace: Trace, lesson: Lesson, lr: float | None = None, most_steps: int = MOST_STEPS
) -> ComparedRun:
    """Train with PyTorch's parts on the same batches, from the same parameters.

    Parameters
    ----------
    trace, lesson, most_steps
        As for :func:`scratch_run`.
    lr
        Learning rate instead of the lesson's own.
    """
    rate = lesson.lr if lr is None else lr
    net = copied_net(*trace.params(0))

    def steps(loader: Loader) -> Iterator[tuple[Tensor, int]]:
        for loss in fit_concise(loader, net, rate, lesson.num_epochs):
            yield loss, 1

    return _record(trace, lesson, rate, list(net.parameters()), steps, most_steps)


def copied_net(w: Tensor, b: Tensor) -> nn.Linear:
    """Return a model with the parameters w (p, 1), which become a row, and b (1,)."""
    with torch.random.fork_rng(devices=[]):
        net = make_net()
    with torch.no_grad():
        net.weight.copy_(w.T)
        net.bias.copy_(b)
    return net


def runs_between(
    trace: Trace, lesson: Lesson, count: int, most_steps: int = MOST_STEPS
) -> list[ComparedRun]:
    """Train with PyTorch's parts at the lesson's rate, at half of it, and between.

    Parameters
    ----------
    trace, lesson, most_steps
        As for :func:`scratch_run`.
    count
        Number of runs; their rates fall evenly.
    """
    shares = torch.linspace(1, HALF, count, dtype=torch.float64).tolist()
    return [concise_run(trace, lesson, share * lesson.lr, most_steps) for share in shares]


def parting(ours: ComparedRun, theirs: ComparedRun) -> Parting:
    """Say how a run from the same start differs from ours.

    Of two runs that both fall, or both grow, the one with the larger change of the logarithm of the
    loss, on average over the steps, is faster.
    """
    if torch.equal(ours.params, theirs.params):
        return Parting.NEITHER_MOVES
    finite = ours.losses.isfinite() & theirs.losses.isfinite()
    logs = [run.losses[finite].clamp(min=TINY).log() for run in (ours, theirs)]
    changes = [(log - log[0]).mean() for log in logs]
    grows = [
        not run.losses[-1].isfinite() or run.losses[-1] > run.losses[0] for run in (ours, theirs)
    ]
    if not any(grows) and changes[1] < changes[0]:
        return Parting.FALLS_FASTER
    if all(grows) and changes[1] > changes[0]:
        return Parting.GROWS_FASTER
    return Parting.DIFFERS


def digits_agree(ours: ComparedRun, theirs: ComparedRun, places: int) -> bool:
    """Say whether all parameters of both runs are equal at every step, in so many places."""
    pairs = zip(ours.params.flatten().tolist(), theirs.params.flatten().tolist(), strict=True)
    return all(f"{one:.{places}f}" == f"{other:.{places}f}" for one, other in pairs)


def own_parameters(lesson: Lesson) -> tuple[Tensor, Tensor]:
    """Return the random weight (1, 2) and bias (1,) with which a new ``nn.Linear`` begins."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(lesson.seed)
        net = make_net()
    return net.weight.detach(), net.bias.detach()


def loader_epochs(lesson: Lesson, num_epochs: int) -> list[list[Tensor]]:
    """Return the row numbers of every batch that one loader deals, epoch after epoch."""
    rows = torch.arange(lesson.num_examples)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(lesson.seed)
        loader = make_loader((rows, rows), lesson.batch_size)
        return [[batch for batch, _ in loader] for _ in range(num_epochs)]


def _record(
    trace: Trace,
    lesson: Lesson,
    lr: float,
    params: Sequence[Tensor],
    steps: Callable[[Loader], Iterator[tuple[Tensor, int]]],
    most_steps: int,
) -> ComparedRun:
    """Run a loop over the loader, and note parameters, gradients and losses.

    The loop yields before every update: the loss of the batch, and the number by which the
    gradients must be divided to be those of that loss.
    """
    before = [_flat(params)]
    grads: list[Tensor] = []
    losses: list[Tensor] = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(lesson.seed)
        loader = make_loader((trace.features, trace.labels), lesson.batch_size)
        total = lesson.num_epochs * len(loader)
        loop = steps(loader)
        for loss, size in islice(loop, min(total, most_steps)):
            if losses:
                before.append(_flat(params))
            losses.append(loss.detach())
            grads.append(_flat([param.grad for param in params if param.grad is not None]) / size)
        next(loop, None)  # the last update
    before.append(_flat(params))
    table = torch.stack(before)
    data = trace.features, trace.labels
    return ComparedRun(
        lr,
        table,
        torch.stack(grads),
        torch.stack(losses),
        losses_along(data, table[:, :-1], table[:, -1]),
    )


def _flat(parts: Sequence[Tensor]) -> Tensor:
    return torch.cat([part.detach().flatten() for part in parts])
