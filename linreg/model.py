"""The model: a weighted sum of the features, plus a bias."""

from __future__ import annotations

import torch
from torch import Tensor


def init_params(num_features: int) -> tuple[Tensor, Tensor]:
    """Draw weights near zero and set the bias to zero.

    Parameters
    ----------
    num_features
        Number of features p.

    Returns
    -------
    w, b
        Shapes (p, 1), drawn from N(0, 0.01^2), and (1,). Both collect gradients.
    """
    shape = (num_features, 1)
    w = torch.normal(0, 0.01, shape, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    return w, b


def linreg(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Predict a label for every row of X.

    Parameters
    ----------
    X
        Features, shape (n, p).
    w, b
        Weights (p, 1) and bias (1,).

    Returns
    -------
    y_hat
        Predictions, shape (n, 1), in units of the label.
    """
    return X @ w + b
