"""Gradients of batches, compared with each other and with autograd."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from linreg.gradient import autograd, gradient
from linreg.study.trace import Trace


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


def first_gradient(trace: Trace) -> tuple[Tensor, Tensor]:
    """Return the gradient of the first batch at the first parameters, found in both ways.

    Returns
    -------
    by_hand, by_autograd
        From :func:`gradient` and from :func:`autograd`, each of shape (p + 1,), the bias last.
    """
    rows = trace.batches[0]
    X, y = trace.features[rows], trace.labels[rows]
    by_hand, by_autograd = (way(X, y, *trace.params(0)) for way in (gradient, autograd))
    return (
        torch.cat([by_hand[0].flatten(), by_hand[1]]),
        torch.cat([by_autograd[0].flatten(), by_autograd[1]]),
    )


def largest_difference(one: Tensor, other: Tensor) -> float:
    """Return how far two tensors of one shape are apart where they differ most."""
    return (one - other).abs().max().item()


def equal_places(one: Tensor, other: Tensor, digits: int = 6) -> int:
    """Return the most decimal places in which two tensors of one shape agree.

    Parameters
    ----------
    one, other
        The tensors, finite.
    digits
        Digits of the largest number that are compared at most: single precision holds six.
    """
    largest = one.abs().max().item()
    places = digits - 1 - math.floor(math.log10(largest)) if largest else digits
    pairs = list(zip(one.flatten().tolist(), other.flatten().tolist(), strict=True))
    while places > 0 and any(f"{a:.{places}f}" != f"{b:.{places}f}" for a, b in pairs):
        places -= 1
    return max(places, 0)
