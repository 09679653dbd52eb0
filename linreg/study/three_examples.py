"""Three examples of one feature as points in space: their labels, and the predictions of a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import torch
from torch import Tensor

from linreg.gradient import gradient
from linreg.single_feature import least_squares, predict
from linreg.study.single_run import SingleRun

CANDIDATES = 10
"""Training examples of which three are taken, the first ones."""

LEAST_ANGLE = 0.35
"""Angle of both columns, in radians, from which on they are seen to span a plane."""

LEAST_ERROR = 1e-3
"""Length of the error, as a share of the labels' size, from which on it is drawn."""


BESIDE = 0.9
"""Distance of a line beside the best one, in lengths of the least error."""


@dataclass(frozen=True)
class ThreeExamples:
    """Three examples in float64, each of shape (3,).

    Attributes
    ----------
    x, y
        Features and labels.
    """

    x: Tensor
    y: Tensor

    @cached_property
    def best(self) -> tuple[float, float]:
        """The w and b of least squares."""
        w, b = least_squares(self.x[:, None], self.y[:, None])
        return w.item(), b.item()

    @property
    def shadow(self) -> Tensor:
        """The predictions of least squares, shape (3,)."""
        return self.predictions(*self.best)

    @property
    def above(self) -> Tensor:
        """The way from the shadow to the labels, shape (3,)."""
        return self.y - self.shadow

    @property
    def distance(self) -> float:
        """Length of that way."""
        return float(self.above.norm())

    @property
    def angle(self) -> float:
        """Angle between the column x and the column of ones, in radians."""
        cosine = self.x.sum() / (3**0.5 * self.x.norm().clamp(min=1e-12))
        return torch.arccos(cosine.clamp(-1, 1)).item()

    @property
    def is_seen(self) -> bool:
        """Whether the columns span a plane for the eye, and the labels do not lie on it."""
        return self.angle >= LEAST_ANGLE and self.distance >= LEAST_ERROR * self.y.norm().item()

    def predictions(self, w: float, b: float) -> Tensor:
        """Return the predictions of a line, shape (3,)."""
        return predict(self.x, *(torch.tensor(value, dtype=torch.float64) for value in (w, b)))

    def beside_best(self) -> tuple[float, float]:
        """Return the w and b of a line beside the best one, whose predictions lie near its own."""
        w, b = self.best
        return w + BESIDE * self.distance / self.x.norm().item(), b - BESIDE * self.distance / 3

    def gradients(self, w: float, b: float) -> tuple[float, float]:
        """Return the gradients for w and b of the mean half square over the three examples."""
        line = (torch.tensor(value, dtype=torch.float64) for value in ([[w]], [b]))
        grad_w, grad_b = gradient(self.x[:, None], self.y[:, None], *line)
        return grad_w.item(), grad_b.item()

    def last_above(self) -> ThreeExamples:
        """Return the same examples, that one last whose label is highest above the line."""
        last = int(self.above.argmax())
        order = [row for row in range(3) if row != last] + [last]
        return ThreeExamples(self.x[order], self.y[order])


def three_examples(run: SingleRun) -> ThreeExamples | None:
    """Return the first three training examples, or others where these would not be seen.

    Returns
    -------
    ThreeExamples or None
        None where no three of the first ten are seen, as without noise.
    """
    x, y = run.x_train.flatten(), run.y_train.flatten()
    for rows in combinations(range(min(CANDIDATES, len(x))), 3):
        three = ThreeExamples(x[list(rows)], y[list(rows)])
        if three.is_seen:
            return three.last_above()
    return None
