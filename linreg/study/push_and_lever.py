"""The pushes of the examples on one feature's line, and the line where they cancel."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from linreg.model import linreg


@dataclass(frozen=True)
class Pushes:
    """The pull of every example on a line: its push, and its push times its lever.

    Attributes
    ----------
    lever
        The feature x of every example, shape (n,).
    push
        The error y_hat - y of every example, shape (n,).
    """

    lever: Tensor
    push: Tensor

    @property
    def turn(self) -> Tensor:
        """Push times lever, the signed area that an example adds, shape (n,)."""
        return self.push * self.lever

    @property
    def grad_w(self) -> float:
        """Gradient of the mean half square for the weight: the mean of push times lever."""
        return self.turn.mean().item()

    @property
    def grad_b(self) -> float:
        """Gradient of the mean half square for the bias: the mean push."""
        return self.push.mean().item()

    @property
    def stacks(self) -> tuple[float, float]:
        """Sums of the positive and of the negative turns, both as sizes: equal at the minimum."""
        return self.turn.clamp(min=0).sum().item(), self.turn.clamp(max=0).sum().abs().item()


def pushes(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Pushes:
    """Return the push and the lever of every example on the line w x + b.

    Parameters
    ----------
    x, y
        Feature and labels, shapes (n, 1).
    w, b
        Weight and bias, of one element each.
    """
    error = linreg(x, w.reshape(1, 1), b.reshape(1)) - y
    return Pushes(x.flatten(), error.flatten())


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
