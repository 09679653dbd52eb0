"""The loss over the weights while features are measured in other units."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from linreg.data import Data

FLATTEST = 1e-9
"""Least curvature, as a share of the greatest: a flat direction is only very long."""


@dataclass(frozen=True)
class RescaledBowl:
    """The mean half square over the weights, each point with the bias that suits it best.

    It is a quadratic function of the weights. A feature that is multiplied by f has a weight that
    is divided by f, and a curvature that is multiplied by f^2.

    Attributes
    ----------
    covariance
        Of the features, shape (p, p): the second derivatives.
    lowest
        The weights of least loss, shape (p,).
    """

    covariance: Tensor
    lowest: Tensor

    def bottom(self, factors: Tensor) -> Tensor:
        """Return the weights of least loss for features times ``factors``, shape (p,)."""
        return self.lowest / factors

    def curvatures(self, factors: Tensor) -> Tensor:
        """Return the second derivative along each weight, shape (p,)."""
        return self.covariance.diagonal() * factors**2

    def climb(self, w: Tensor, factors: Tensor) -> float:
        """Return the loss at weights (p,) above the least one."""
        away = w * factors - self.lowest
        return (away @ self.covariance @ away / 2).item()

    def ring(self, climb: float, factors: Tensor, corners: int = 240) -> Tensor:
        """Return weights all around at which the loss is so far above the least one.

        Returns
        -------
        weights
            Shape (corners + 1, 2); the last is the first.
        """
        values, axes = torch.linalg.eigh(self.covariance)
        radii = (2 * climb / values.clamp(min=FLATTEST * float(values.max()))).sqrt()
        angle = torch.linspace(0, 2 * torch.pi, corners + 1, dtype=values.dtype)
        circle = torch.stack([angle.cos(), angle.sin()], dim=1)
        ring: Tensor = (self.lowest + (circle * radii) @ axes.T) / factors
        return ring


def measured(features: Tensor, factors: Tensor, centred: float) -> Tensor:
    """Return features (n, p) in other units, as numbers of the same shape.

    Parameters
    ----------
    features
        The features, of which the mean is known.
    factors
        What each is multiplied by, shape (p,).
    centred
        Share of the mean that is taken off before.
    """
    return (features - centred * features.mean(dim=0)) * factors


def rescaled_bowl(data: Data) -> RescaledBowl:
    """Return the bowl of features (n, p) and labels (n, 1), in double precision."""
    features, labels = data[0].double(), data[1].double()
    away = features - features.mean(dim=0)
    lowest = torch.linalg.lstsq(away, labels - labels.mean(), driver="gelsd").solution
    return RescaledBowl(away.T @ away / len(away), lowest.flatten())
