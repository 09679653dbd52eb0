"""The spread of the labels, and the part of it that the other features make."""

from __future__ import annotations

from torch import Tensor

from linreg.model import linreg
from linreg.study.trace import Trace


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
    """Return the spread of the labels around one feature's line, a scalar.

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


def feature_spread(trace: Trace, feature: int) -> Tensor:
    """Return the standard deviation of a feature over the n examples, a scalar."""
    return trace.features[:, feature].std(correction=0)


def share_spread(trace: Trace, feature: int) -> Tensor:
    """Return the standard deviation of a feature's share w x of the labels, a scalar.

    It is the size of the weight times the feature's own.
    """
    return trace.true_w[feature].flatten()[0].abs() * feature_spread(trace, feature)
