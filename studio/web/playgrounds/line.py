"""The line that a reader moves through the examples of the chapter on the loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch

from linreg.lesson import Lesson
from linreg.study.losses import mean_loss
from linreg.study.profile import single_profile
from linreg.study.single_run import run_single
from studio.web.playgrounds.axes import Axes, shown
from visuals.numbers import Num, places_of
from visuals.plots import padded
from visuals.scales import round_factor

MOST_EXAMPLES = 10
"""Examples of the line, as in the film."""

LEFT_OF_B, END_OF_LINE, RIGHT_OF_END = -0.08, 1.04, 1.14
"""Ends of the x axis and, between them, the line's, in greatest features."""

AIR = 0.22
"""Room above and below the examples, as a share of their span."""

KEY_STEPS = 100
"""Presses of an arrow key from one end of the drawing to the other, about."""

PIECES = 60
"""Pieces of the drawn parabola."""


@dataclass(frozen=True)
class LinePlayground:
    """A line through few examples, flat at first, with the bias that training found.

    Attributes
    ----------
    x, y
        The examples.
    w, b
        The line at first.
    end
        The x at which the line ends.
    step, digits
        Number that an arrow key adds, and digits behind the point of weight and bias.
    rising
        Whether the examples rise to the right.
    plot, curve
        Axes of the examples, and of the loss over the weight.
    """

    x: list[float]
    y: list[float]
    w: float
    b: float
    end: float
    step: float
    digits: int
    rising: bool
    plot: Axes
    curve: Axes

    @property
    def data(self) -> dict[str, Any]:
        """Numbers that the script computes with."""
        return asdict(self)

    @property
    def errors(self) -> list[float]:
        """Errors of the line at first."""
        return [self.w * x + self.b - y for x, y in zip(self.x, self.y, strict=True)]

    @property
    def loss(self) -> float:
        """Half the mean of their squares."""
        return loss_of(self.x, self.y, self.w, self.b)

    @property
    def parabola(self) -> list[tuple[float, float]]:
        """Points of the loss over the weight, in pixels."""
        low, high = self.curve.across
        weights = [low + (high - low) * k / PIECES for k in range(PIECES + 1)]
        losses = [loss_of(self.x, self.y, w, self.b) for w in weights]
        points = zip(weights, losses, strict=True)
        return [(self.curve.x(w), self.curve.y(loss)) for w, loss in points]

    @property
    def readouts(self) -> list[str]:
        """Weight, bias, mean square and loss as text."""
        places = (str(Num(value, self.digits)) for value in (self.w, self.b))
        return [*places, shown(2 * self.loss), shown(self.loss)]


def loss_of(x: Sequence[float], y: Sequence[float], w: float, b: float) -> float:
    """Return the mean half square of a line, in double precision."""
    data = (torch.tensor(part, dtype=torch.float64).reshape(-1, 1) for part in (x, y))
    weight, bias = (torch.tensor([value], dtype=torch.float64) for value in (w, b))
    return mean_loss((next(data), next(data)), weight.reshape(1, 1), bias).item()


def line_playground(lesson: Lesson) -> LinePlayground:
    """Return the line through the first training examples with one feature."""
    profile = single_profile(run_single(lesson.single_feature), MOST_EXAMPLES)
    x, y, b = profile.x.tolist(), profile.labels.flatten().tolist(), profile.b.item()
    right = max(x) or 1.0
    end = END_OF_LINE * right
    low, high = padded([*y, b], AIR, least=1e-3)
    steepest = (high - low) / end
    corners = [(first, last) for first in (low, high) for last in (low, high)]
    step = round_factor(min(high - low, steepest) / KEY_STEPS)
    return LinePlayground(
        x=x,
        y=y,
        w=0.0,
        b=b,
        end=end,
        step=step,
        digits=places_of(step, 1),
        rising=profile.lowest_at >= 0,
        plot=Axes((LEFT_OF_B * right, RIGHT_OF_END * right), (low, high)),
        curve=Axes(
            (-steepest, steepest),
            (0.0, max(loss_of(x, y, (last - first) / end, first) for first, last in corners)),
        ),
    )
