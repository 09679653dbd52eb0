"""The loss over all parameters of a linear model, from the moments of its data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from linreg.data import Data


@dataclass(frozen=True)
class LossSurface:
    """The mean half squared error of a data set, as a function of weights and bias.

    It is a quadratic function, so that five moments of the data say all about it, in double
    precision.

    Attributes
    ----------
    second
        Mean of x x^T, shape (p, p): the second derivatives with respect to the weights.
    mean_x
        Mean of the features, shape (p,).
    cross
        Mean of x y, shape (p,).
    mean_y, square_y
        Means of y and of y^2, shape ().
    """

    second: Tensor
    mean_x: Tensor
    cross: Tensor
    mean_y: Tensor
    square_y: Tensor

    def losses(self, w: Tensor, b: float) -> Tensor:
        """Return the loss at weights (k, p) and one bias, shape (k,)."""
        half_square = (w @ self.second * w).sum(dim=1) / 2
        rest = b * b / 2 - b * self.mean_y + self.square_y / 2
        return half_square + w @ (b * self.mean_x - self.cross) + rest

    def loss(self, w: Tensor, b: float) -> float:
        """Return the loss at weights (p,) and a bias."""
        return self.losses(w[None], b).item()

    def gradient(self, w: Tensor, b: float) -> tuple[Tensor, float]:
        """Return the gradient for weights (p,) and a bias, shapes (p,) and ()."""
        grad_w = self.second @ w + b * self.mean_x - self.cross
        return grad_w, (self.mean_x @ w + b - self.mean_y).item()

    def lowest(self, b: float) -> Tensor:
        """Return the weights of least loss at a bias, shape (p,).

        Where several do equally well, as with fewer examples than weights, the shortest.
        """
        return self._inverse @ (self.cross - b * self.mean_x)

    @cached_property
    def _inverse(self) -> Tensor:
        """The pseudoinverse of the second derivatives, which the bias does not change."""
        inverse: Tensor = torch.linalg.pinv(self.second, hermitian=True)
        return inverse


def loss_surface(data: Data) -> LossSurface:
    """Return the loss surface of features (n, p) and labels (n, 1)."""
    features, labels = data[0].double(), data[1].double().reshape(-1)
    return LossSurface(
        second=features.T @ features / len(features),
        mean_x=features.mean(dim=0),
        cross=features.T @ labels / len(features),
        mean_y=labels.mean(),
        square_y=(labels**2).mean(),
    )
