"""The loss: half the squared error of every example."""

from __future__ import annotations

from torch import Tensor


def squared_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """Halve the squared error of each example.

    Parameters
    ----------
    y_hat
        Predictions, shape (n, 1).
    y
        Labels of as many elements. They take the prediction's shape: (n,) against (n, 1)
        would broadcast to (n, n) without an error.

    Returns
    -------
    loss
        One value an example, shape (n, 1), in squared units of the label.
    """
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
