"""The loss over the weights: a bowl, its lowest point and its curvature."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from linreg.data import Data

FLATTEST = 1e-6
"""The least curvature of an ellipse that is drawn, as a share of the greatest."""


@dataclass(frozen=True)
class Bowl:
    """The mean half squared error over the weights, the bias held.

    At weights w it is (w - lowest)^T curvature (w - lowest) / 2 above its floor.

    Attributes
    ----------
    lowest
        The weights of least loss, shape (p,).
    curvature
        Second derivatives, shape (p, p): the second moments of the features.
    """

    lowest: Tensor
    curvature: Tensor

    def gradient(self, w: Tensor) -> Tensor:
        """Return the gradient at some weights, both of shape (p,)."""
        return self.curvature @ (w - self.lowest)

    def ellipse(self, height: float, corners: int) -> Tensor:
        """Return weights at which the loss is so far above its floor.

        Parameters
        ----------
        height
            In squared units of the label.
        corners
            Number of points; the last is the first.

        Returns
        -------
        points
            Shape (corners, 2). Along a direction in which the loss does not rise, as with
            fewer examples than weights, the ellipse is only very long, not endless.
        """
        values, axes = torch.linalg.eigh(self.curvature)
        flattest = FLATTEST * values.max()
        radii = (2 * height / values.clamp(min=flattest)).sqrt()
        angle = torch.linspace(0, 2 * torch.pi, corners)
        circle = torch.stack([angle.cos(), angle.sin()], dim=1)
        ellipse: Tensor = (circle * radii) @ axes.T
        return self.lowest + ellipse


def bowl(data: Data, b: Tensor) -> Bowl:
    """Return the bowl of a data set over its weights, at one bias.

    Parameters
    ----------
    data
        Features (n, p) and labels (n, 1).
    b
        The bias, shape (1,).
    """
    features, labels = data
    lowest = torch.linalg.lstsq(features, labels - b, driver="gelsd").solution
    curvature = features.T @ features / len(features)
    return Bowl(lowest.flatten(), curvature)
