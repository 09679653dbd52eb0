"""The cut through the loss along its steepest direction: a parabola, and steps on it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from linreg.data import Data
from linreg.study.descent import curvatures, largest_rate, step_factor
from linreg.study.losses import mean_loss


@dataclass(frozen=True)
class SteepestCut:
    """The loss over the signed distance to its lowest point, in the steepest direction.

    Full-batch descent moves along this direction as if there were no other one.

    Attributes
    ----------
    curvature
        Slope over distance: the largest curvature of the loss.
    lowest
        The least loss.
    limit
        The learning rate beyond which every step leads farther away.
    """

    curvature: float
    lowest: float
    limit: float

    def loss(self, distance: float) -> float:
        """Return the loss at a distance."""
        return self.lowest + self.curvature * distance**2 / 2

    def slope(self, distance: float) -> float:
        """Return the slope of the loss at a distance."""
        return self.curvature * distance

    def move(self, distance: float, lr: float) -> float:
        """Return the step that a learning rate takes from a distance, without its sign."""
        return lr * self.slope(distance)

    def factor(self, lr: float) -> float:
        """Return what a step multiplies the distance by."""
        return step_factor(lr, self.curvature)

    def rate(self, factor: float) -> float:
        """Return the learning rate that has a factor."""
        return (1 - factor) / self.curvature

    def distances(self, lr: float, num_steps: int, start: float = 1.0) -> list[float]:
        """Return the distances before every step and after the last.

        Parameters
        ----------
        lr
            Learning rate.
        num_steps
            Number of steps.
        start
            Distance to begin with.
        """
        distances = [start]
        for _ in range(num_steps):
            distances.append(distances[-1] - self.move(distances[-1], lr))
        return distances


def steepest_cut(data: Data) -> SteepestCut:
    """Return the cut of the loss of features (n, p) and labels (n, 1)."""
    features, _ = data
    steepest = curvatures(features)[-1].item()
    return SteepestCut(steepest, _least_loss(data), largest_rate(features))


def _least_loss(data: Data) -> float:
    """Return the loss of the least squares."""
    features, labels = (part.double() for part in data)
    X = torch.cat([features, torch.ones(len(features), 1)], dim=1)
    best: Tensor = torch.linalg.lstsq(X, labels, driver="gelsd").solution
    return mean_loss((features, labels), best[:-1], best[-1]).item()
