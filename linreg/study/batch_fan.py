"""Gradients of batches of one size: how far they spread, and how many agree with the full one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from linreg.model import linreg
from linreg.study.dealing import first_epoch
from linreg.study.trace import Trace

WEIGHTS = slice(2)
SIZES = (1, 10, 100, 1000)
"""Batch sizes that are compared."""

DEALT = 200
"""Batches that are dealt of each of these sizes."""


@dataclass(frozen=True)
class Fan:
    """Gradients of all batches of one size, at one place of the parameter space, in float64.

    Attributes
    ----------
    batch_size
        Examples in each batch.
    num_examples
        Examples in all, n.
    each
        Gradient of every batch, shape (batches, parts). The parts are p weights and the bias,
        or those of them that were asked for.
    full
        Gradient of all examples, shape (parts,).
    single_spread
        Spread for batches of one example.
    """

    batch_size: int
    num_examples: int
    each: Tensor
    full: Tensor
    single_spread: float

    @property
    def spread(self) -> float:
        """Root mean square of the distance between a batch's gradient and the full one."""
        return spread_around(self.full, self.each)

    @property
    def expected_spread(self) -> float:
        """Spread to expect of batches that are dealt without replacement.

        The spread for one example, over the root of the batch size B, times
        sqrt((n - B) / (n - 1)), which is zero for a batch of all examples.
        """
        return float(spread_to_expect(self.single_spread, self.batch_size, self.num_examples))

    def times_wider_than(self, other: Fan) -> float:
        """Return this spread in spreads of another fan."""
        return self.spread / other.spread

    @property
    def agrees(self) -> Tensor:
        """Whether each gradient is less than a right angle from the full one, shape (batches,)."""
        return self.each @ self.full > 0

    @property
    def agreement(self) -> float:
        """Share of the batches whose gradient agrees with the full one."""
        return self.agrees.double().mean().item()


def spread_to_expect(
    single_spread: float, batch_size: npt.ArrayLike, num_examples: int
) -> npt.NDArray[np.float64]:
    """Return the spread to expect of batches that are dealt without replacement.

    Parameters
    ----------
    single_spread
        Spread for batches of one example.
    batch_size
        Examples a batch B, of any shape.
    num_examples
        Examples in all, n.

    Returns
    -------
    spread
        The spread for one example over the root of B, times sqrt((n - B) / (n - 1)).
    """
    size = np.asarray(batch_size, dtype=float)
    left = np.maximum(num_examples - size, 0.0) / max(num_examples - 1, 1)
    spread: npt.NDArray[np.float64] = single_spread * np.sqrt(left / size)
    return spread


def spread_around(middle: Tensor, each: Tensor) -> float:
    """Return the root mean square distance of vectors (k, m) from one vector (m,)."""
    return (each - middle).square().sum(dim=1).mean().sqrt().item()


def example_gradients(trace: Trace, w: Tensor, b: Tensor) -> Tensor:
    """Return the gradient of every single example's loss, shape (n, p + 1), the bias last.

    Parameters
    ----------
    trace
        The run whose examples are taken.
    w, b
        Weights (p, 1) and bias (1,).
    """
    X, y = trace.features.double(), trace.labels.double()
    error = linreg(X, w.double(), b.double()) - y
    return torch.cat([X * error, error], dim=1)


def fan(
    trace: Trace,
    batch_size: int,
    at: tuple[Tensor, Tensor],
    parts: slice = slice(None),
    num_batches: int | None = None,
) -> Fan:
    """Deal the shuffled examples in batches of one size, and return their gradients.

    Parameters
    ----------
    trace
        The run. The order of its first epoch comes first.
    batch_size
        Examples a batch, at most n. A last batch that would be shorter is left out.
    at
        Weights (p, 1) and bias (1,), as :meth:`Trace.params` returns them.
    parts
        Parts of the gradient that are wanted; ``slice(2)`` for those of two weights.
    num_batches
        Number of batches, from so many shuffles as it takes; those of one epoch unless said
        otherwise.
    """
    singles = example_gradients(trace, *at)[:, parts]
    full = singles.mean(dim=0)
    n = len(singles)
    dealt = list(_whole_batches(torch.cat(first_epoch(trace)), batch_size))
    shuffles = torch.Generator().manual_seed(0)
    while num_batches is not None and len(dealt) < num_batches:
        dealt += _whole_batches(torch.randperm(n, generator=shuffles), batch_size)
    each = torch.stack([singles[rows].mean(dim=0) for rows in dealt[:num_batches]])
    return Fan(batch_size, n, each, full, spread_around(full, singles))


def fans_at_the_start(trace: Trace) -> list[Fan]:
    """Return the gradients for the weights of batches of 1, 10, 100, ... and of all examples.

    As far as there are examples for two batches of a size; of each size so many are dealt that
    their fans can be compared.

    Parameters
    ----------
    trace
        The run, whose first parameters are taken.
    """
    n, start = len(trace.labels), trace.params(0)
    sizes = [size for size in SIZES if 2 * size <= n]
    fans = [fan(trace, size, start, WEIGHTS, DEALT) for size in sizes]
    return [*fans, fan(trace, n, start, WEIGHTS, 1)]


def _whole_batches(order: Tensor, batch_size: int) -> Iterator[Tensor]:
    """Yield the rows of all batches that are not short."""
    for start in range(0, len(order) - batch_size + 1, batch_size):
        yield order[start : start + batch_size]


def agreement_at(trace: Trace, steps: Iterable[int]) -> Tensor:
    """Return the share of the first epoch's batches that agree with the full gradient.

    Parameters
    ----------
    trace
        The run.
    steps
        Numbers of the steps whose parameters are taken; -1 is after the last.

    Returns
    -------
    share
        From 0 to 1, shape (steps,). A short last batch counts as any other.
    """
    batches = first_epoch(trace)
    shares = []
    for step in steps:
        params = trace.params(step)
        singles = example_gradients(trace, *params)
        each = torch.stack([singles[rows].mean(dim=0) for rows in batches])
        shares.append((each @ singles.mean(dim=0) > 0).double().mean())
    return torch.stack(shares)
