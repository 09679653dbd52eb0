"""What the lecture says about a run: gradients by hand, losses, spreads, counts."""

from __future__ import annotations

import torch
from torch import Tensor

from linreg.data import Data
from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.loss import squared_loss
from linreg.model import linreg
from linreg.study.trace import Trace


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


def batch_gradients(trace: Trace, step: int, epoch: int = 0) -> tuple[Tensor, Tensor]:
    """Return the gradient of every batch of an epoch at the parameters of one step.

    Parameters
    ----------
    trace
        The run.
    step
        Number of the step whose parameters are taken.
    epoch
        Number of the epoch whose batches are taken, from 0.

    Returns
    -------
    grad_w, grad_b
        Shapes (batches, p) and (batches,).
    """
    return gradients_at(trace, *trace.params(step), epoch)


def gradients_at(trace: Trace, w: Tensor, b: Tensor, epoch: int = 0) -> tuple[Tensor, Tensor]:
    """Return the gradient of every batch of an epoch at any parameters.

    Parameters
    ----------
    trace
        The run.
    w, b
        Weights (p, 1) and bias (1,).
    epoch
        Number of the epoch whose batches are taken, from 0.

    Returns
    -------
    grad_w, grad_b
        Shapes (batches, p) and (batches,).
    """
    first = epoch * trace.steps_per_epoch
    pairs = [
        gradient(trace.features[rows], trace.labels[rows], w, b)
        for rows in trace.batches[first : first + trace.steps_per_epoch]
    ]
    return (
        torch.stack([grad_w.flatten() for grad_w, _ in pairs]),
        torch.cat([grad_b for _, grad_b in pairs]),
    )


def unexplained(trace: Trace, feature: int) -> Tensor:
    """Return the labels less what one feature explains, shape (n,).

    What is left is the bias, the other features' share and the noise.
    """
    share = trace.features[:, feature] * trace.true_w[feature]
    return trace.labels.flatten() - share


def explained_by_others(trace: Trace, feature: int) -> Tensor:
    """Return the part of each label that is not this feature's, noise apart, shape (n,).

    Taken from the labels it leaves the one feature's line and the noise.
    """
    others = trace.true_w.clone()
    others[feature] = 0
    return (linreg(trace.features, others, trace.true_b)).flatten()


def spread_given(trace: Trace, feature: int, taken_out: float = 0.0) -> Tensor:
    """Return how far the labels spread around one feature's line, a scalar.

    Parameters
    ----------
    trace
        The run.
    feature
        Number of the feature that is known.
    taken_out
        The share of the other features' part that is taken out of the labels first, from 0
        to 1: at 1 only the noise is left.

    Returns
    -------
    spread
        Standard deviation over the n examples, in units of the label.
    """
    others = explained_by_others(trace, feature)
    left = unexplained(trace, feature) - taken_out * others
    return left.std(correction=0)


def noise_floor(lesson: Lesson) -> float:
    """Return the loss to expect at the true parameters: half the variance of the noise."""
    return lesson.noise_std**2 / 2


def balanced_line(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor, feature: int
) -> tuple[Tensor, Tensor]:
    """Find the slope and the bias at which the pulls of the examples cancel.

    The other weights stay as they are. Both gradients, for the bias and for this weight, are
    zero there: it is the least-squares line through what the others leave.

    Parameters
    ----------
    X, y
        Features (n, p) and labels (n, 1).
    w, b
        Weights (p, 1) and bias (1,).
    feature
        Number of the feature whose weight may change, from 0.

    Returns
    -------
    slope, bias
        Scalars. Where all examples have the same feature the slope stays.
    """
    x = X[:, feature]
    error = (linreg(X, w, b) - y).flatten()
    lever = x - x.mean()
    spread = lever @ lever
    turn = lever @ error / spread if spread > 0 else spread
    lift = error.mean() - turn * x.mean()
    return w[feature, 0] - turn, b[0] - lift


def first_gradient(trace: Trace) -> tuple[Tensor, Tensor]:
    """Return the gradient of the first minibatch at the first parameters, by hand.

    Returns
    -------
    by_hand, recorded
        From :func:`gradient` and from autograd, each of shape (p + 1,), the bias last.
    """
    rows = trace.batches[0]
    X, y = trace.features[rows], trace.labels[rows]
    grad_w, grad_b = gradient(X, y, *trace.params(0))
    return (
        torch.cat([grad_w.flatten(), grad_b]),
        torch.cat([trace.grad_w[0], trace.grad_b[:1]]),
    )


def largest_difference(one: Tensor, other: Tensor) -> float:
    """Return how far two tensors of one shape are apart where they differ most."""
    return (one - other).abs().max().item()


def examples_read(trace: Trace) -> int:
    """Count the examples that a run reads in all its steps, each as often as it is read."""
    return sum(len(rows) for rows in trace.batches)


def stands_still(trace: Trace) -> bool:
    """Say whether a run ends where it began, as it does at a learning rate of zero."""
    return torch.equal(trace.w[0], trace.w[-1]) and torch.equal(trace.b[0], trace.b[-1])


def distance_to_truth(trace: Trace, step: int = -1) -> float:
    """Return how far a run is from the true parameters before a step.

    In units of a weight; -1 is after the last step.
    """
    w, b = trace.params(step)
    error = torch.cat([(w - trace.true_w).flatten(), b - trace.true_b])
    return float(error.norm())


def weights_to_truth(trace: Trace) -> float:
    """Return how far the weights of a run end from the true ones, whatever the bias."""
    w, _ = trace.params(-1)
    return float((w - trace.true_w).norm())
