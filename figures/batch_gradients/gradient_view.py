"""A part of the plane of gradients that a picture shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visuals.layout import Slot

AIR = 1.15
"""Half the height of the picture, in units of what it must hold."""

LEAST_REACH = 1e-6


@dataclass(frozen=True)
class GradientView:
    """A part of the plane of gradients.

    Attributes
    ----------
    middle
        Gradient in the middle of the picture, shape (2,).
    reach
        Half the height of the picture, in units of the gradient.
    """

    middle: tuple[float, float]
    reach: float

    @classmethod
    def of(cls, slot: Slot, *gradients: npt.ArrayLike) -> GradientView:
        """Return the smallest view in a slot that holds gradients, shape (n, 2), and zero."""
        every = np.vstack(
            [np.zeros((1, 2)), *(np.asarray(some).reshape(-1, 2) for some in gradients)]
        )
        low, high = every.min(axis=0), every.max(axis=0)
        across, along = (high - low) / 2
        reach = max(along, across * slot.height / slot.width, LEAST_REACH)
        right, up = (low + high) / 2
        return cls((float(right), float(up)), AIR * float(reach))
