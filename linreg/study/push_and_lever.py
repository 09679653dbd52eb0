"""The pushes of the examples on one feature's line, and the line where they cancel."""

from __future__ import annotations

from torch import Tensor

from linreg.model import linreg


def balanced_line(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor, feature: int
) -> tuple[Tensor, Tensor]:
    """Return the slope and the bias at which the pushes of the examples cancel.

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
