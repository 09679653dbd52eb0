"""Losses |r|^q / q over one weight: for q = 2 the half square, for q = 1 the size of the error."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from linreg.study.profile import WeightProfile, single_profile
from linreg.study.single_run import SingleRun

NUM_EXAMPLES = 10
"""Training examples that the losses are of, the first ones."""

RISE = 0.25
"""First step of a descent, as a share of the distance that it is meant to go."""


@dataclass(frozen=True)
class PowerLoss:
    """The mean of |r|^q / q as a function of one weight.

    Attributes
    ----------
    profile
        The examples and the weight.
    """

    profile: WeightProfile

    def loss(self, w: float, q: float) -> float:
        """Return the mean of |r|^q / q at a weight."""
        return (self._errors(w).abs() ** q / q).mean().item()

    def slope(self, w: float, q: float) -> float:
        """Return its derivative: the mean of |r|^(q - 1), with the sign of r, times x."""
        error = self._errors(w)
        return (error.abs() ** (q - 1) * error.sign() * self.profile.x).mean().item()

    def lowest_at(self, q: float, low: float, high: float) -> float:
        """Return the weight between two others at which the slope changes its sign."""
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if self.slope(middle, q) < 0 else (low, middle)
        return (low + high) / 2

    def descend(self, start: float, q: float, num_steps: int, reach: float) -> Tensor:
        """Descend from a weight, by a rate whose first step is a quarter of a distance.

        Parameters
        ----------
        start
            The weight to begin with.
        q
            The exponent.
        num_steps
            Number of steps.
        reach
            Distance to go, about.

        Returns
        -------
        weights
            Before every step and after the last, shape (num_steps + 1,).
        """
        lr = RISE * reach / max(abs(self.slope(start, q)), 1e-12)
        weights = [start]
        for _ in range(num_steps):
            weights.append(weights[-1] - lr * self.slope(weights[-1], q))
        return torch.tensor(weights, dtype=torch.float64)

    def _errors(self, w: float) -> Tensor:
        return w * self.profile.x - self.profile.free_labels


def power_loss(run: SingleRun) -> PowerLoss:
    """Return the losses of the first training examples with one feature; b is held."""
    return PowerLoss(single_profile(run, NUM_EXAMPLES))
