"""Losses over a data set, and the level that noise keeps them at."""

from __future__ import annotations

from torch import Tensor

from linreg.data import Data
from linreg.lesson import Lesson
from linreg.loss import squared_loss
from linreg.model import linreg


def mean_loss(data: Data, w: Tensor, b: Tensor) -> Tensor:
    """Return the mean half squared error, a scalar in squared units of the label.

    Parameters
    ----------
    data
        Features (n, p) and labels (n, 1).
    w, b
        Weights (p, 1) and bias (1,).
    """
    features, labels = data
    return squared_loss(linreg(features, w, b), labels).mean()


def noise_floor(lesson: Lesson) -> float:
    """Return the loss to expect at the true parameters: half the variance of the noise."""
    return lesson.noise_std**2 / 2
