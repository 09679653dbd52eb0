"""Curvatures of the loss, and the factor by which a step changes the distance to its minimum."""

from __future__ import annotations

import torch
from torch import Tensor


def curvatures(features: Tensor) -> Tensor:
    """Return the curvatures of the mean half square along its main directions.

    Parameters
    ----------
    features
        Shape (n, p).

    Returns
    -------
    curvatures
        Ascending, shape (p + 1,), in float64: the eigenvalues of the second moments of the
        features and the constant one that the bias is multiplied with.
    """
    X = torch.cat([features, torch.ones(len(features), 1)], dim=1).double()
    values: Tensor = torch.linalg.eigvalsh(X.T @ X / len(X))
    return values


def largest_rate(features: Tensor) -> float:
    """Return the learning rate beyond which full-batch descent diverges: 2 / curvature."""
    return 2 / curvatures(features)[-1].item()


def step_factor(lr: float, curvature: float) -> float:
    """Return the factor of the distance to the minimum in one step: 1 - lr x curvature.

    Between 0 and 1 a step creeps nearer, between -1 and 0 it lands on the other side, and
    beyond -1 it moves away.
    """
    return 1 - lr * curvature
