"""Losses over a data set, and the level that noise keeps them at."""

from __future__ import annotations

import torch
from numpy.random import RandomState
from torch import Tensor

from linreg.data import Data
from linreg.lesson import Lesson, SingleFeature
from linreg.loss import squared_loss
from linreg.model import linreg
from linreg.single_feature import line_data, mse_loss, predict


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


def noise_floor(lesson: Lesson | SingleFeature) -> float:
    """Return the loss to expect at the true parameters: half the variance of the noise."""
    return lesson.noise_std**2 / 2


def floor_band(noise_std: float, num_examples: int, share: float = 0.95) -> tuple[float, float]:
    """Return the range of the loss at the true parameters over data sets of one size.

    Parameters
    ----------
    noise_std
        Standard deviation of the noise, in units of the label.
    num_examples
        Number of examples n.
    share
        Share of the data sets that fall into the range; as many fall below it as above.

    Returns
    -------
    low, high
        Mean half squares.

    Notes
    -----
    The sum of the n squares over the noise's variance has a chi-square distribution with n
    degrees of freedom.
    """
    scale = noise_std**2 / (2 * num_examples)
    tail = (1 - share) / 2
    return (
        scale * chi_square_quantile(tail, num_examples),
        scale * chi_square_quantile(1 - tail, num_examples),
    )


def losses_at_truth(numbers: SingleFeature, num_examples: int, num_sets: int) -> Tensor:
    """Draw data sets of one feature, and return the loss of the true line on each.

    Parameters
    ----------
    numbers
        How the data sets are made; their seeds are the ones that follow its own.
    num_examples
        Number of examples of each data set.
    num_sets
        Number of data sets k.

    Returns
    -------
    losses
        Mean half squares, shape (k,).
    """
    losses = []
    for number in range(1, num_sets + 1):
        rng = RandomState((numbers.seed + number) % 2**32)
        truth = numbers.true_w, numbers.true_b
        x, y = line_data(*truth, num_examples, numbers.noise_std, rng)
        w, b = (torch.tensor([value], dtype=torch.float64) for value in truth)
        losses.append(mse_loss(predict(x, w, b), y) / 2)
    return torch.stack(losses)


def chi_square_quantile(probability: float, degrees: int) -> float:
    """Return the value that a chi-square variable stays below with a probability.

    Parameters
    ----------
    probability
        Between 0 and 1, both excluded.
    degrees
        Degrees of freedom, positive.
    """

    def below(value: float) -> float:
        half = torch.tensor([degrees / 2, value / 2], dtype=torch.float64)
        return float(torch.special.gammainc(half[0], half[1]))

    low, high = 0.0, float(degrees)
    while below(high) < probability:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < probability else (low, middle)
    return high
