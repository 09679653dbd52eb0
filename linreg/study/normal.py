"""The normal distribution: its density, its probabilities, and how a sample compares with it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor


def bell(x: Tensor, mu: float = 0.0, sigma: float = 1.0) -> Tensor:
    """Return exp(-(x - mu)^2 / (2 sigma^2)): the density but for its constant.

    Parameters
    ----------
    x
        Values, any shape.
    mu, sigma
        Mean and standard deviation, in units of x; ``sigma`` > 0.
    """
    return torch.exp(-((x - mu) ** 2) / (2 * sigma**2))


def constant(sigma: float = 1.0) -> float:
    """Return 1 / (sigma sqrt(2 pi)), which makes the bell's area one: the highest density."""
    return 1 / (sigma * math.sqrt(2 * math.pi))


def density(x: Tensor, mu: float = 0.0, sigma: float = 1.0) -> Tensor:
    """Return the density of N(mu, sigma^2), in one over units of x.

    Parameters
    ----------
    x, mu, sigma
        As for :func:`bell`.
    """
    return constant(sigma) * bell(x, mu, sigma)


def cdf(x: float, mu: float = 0.0, sigma: float = 1.0) -> float:
    """Return the probability that a draw from N(mu, sigma^2) is below x."""
    return (1 + math.erf((x - mu) / (sigma * math.sqrt(2)))) / 2


def probability_between(low: float, high: float, mu: float = 0.0, sigma: float = 1.0) -> float:
    """Return the probability that a draw from N(mu, sigma^2) lies between two values."""
    return cdf(high, mu, sigma) - cdf(low, mu, sigma)


def percent_between(low: float, high: float) -> float:
    """Return the percentage of draws between two values, given in sigma from mu."""
    return 100 * (cdf(high) - cdf(low))


def area_under(
    curve: Callable[[Tensor], Tensor],
    mu: float,
    sigma: float,
    up_to: float = math.inf,
) -> float:
    """Integrate a bell numerically, from eight standard deviations below its mean.

    Parameters
    ----------
    curve
        Takes and returns tensors of shape (m,).
    mu, sigma
        Mean and standard deviation; ``sigma`` > 0.
    up_to
        Right end of the area; by default eight standard deviations above the mean.
    """
    start, end = mu - 8 * sigma, min(mu + 8 * sigma, up_to)
    x = torch.linspace(start, max(start, end), 2001, dtype=torch.float64)
    return torch.trapezoid(curve(x), x).item()


def moments(values: Tensor) -> tuple[float, float]:
    """Return mean and standard deviation of a sample.

    Parameters
    ----------
    values
        Shape (n,). The deviation divides by n - 1, as :func:`torch.std` does; that of one value
        is nan.
    """
    exact = values.double()
    deviation = exact.std().item() if len(values) > 1 else math.nan
    return exact.mean().item(), deviation


def magnification(before: tuple[float, float], now: tuple[float, float]) -> float:
    """Return how many times longer a unit became when one range shrank to another."""
    return (before[1] - before[0]) / (now[1] - now[0])


@dataclass(frozen=True)
class Histogram:
    """Values counted in bins of one width, as a density.

    Attributes
    ----------
    edges
        Of the bins, ascending, shape (bins + 1,).
    bin_of
        Number of each value's bin, shape (n,).
    counts
        Values in each bin, shape (bins,).
    """

    edges: Tensor
    bin_of: Tensor
    counts: Tensor

    @property
    def unit(self) -> float:
        """Height that one value adds to its bin, so that all bars together have area one."""
        width = (self.edges[1] - self.edges[0]).item()
        return 1 / (len(self.bin_of) * width)

    @property
    def heights(self) -> Tensor:
        """Height of every bar, shape (bins,)."""
        return self.counts * self.unit

    def place_in_bin(self) -> Tensor:
        """Return how many earlier values share each value's bin, shape (n,)."""
        places = torch.zeros_like(self.bin_of)
        for number in range(len(self.counts)):
            members = self.bin_of == number
            places[members] = torch.arange(int(members.sum()))
        return places


def histogram(values: Tensor, narrower: float = 1.0) -> Histogram:
    """Count draws from N(0, 1) in bins of the width that suits their number.

    Parameters
    ----------
    values
        Shape (n,), n > 0.
    narrower
        How many times narrower than that the bins are, so that a single value can be seen.

    Notes
    -----
    Scott's rule: 3.49 sigma / n^(1/3). One edge is at zero.
    """
    width = 3.49 / narrower / len(values) ** (1 / 3)
    bin_of = torch.floor(values.double() / width).long()
    first, last = bin_of.min().item(), bin_of.max().item()
    edges = width * torch.arange(first, last + 2, dtype=torch.float64)
    bin_of = bin_of - int(first)
    return Histogram(edges, bin_of, torch.bincount(bin_of))
