"""The square and the half square of one error: one lowest point, slopes that differ by two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import torch
from manim import RIGHT, UP, Animation, ApplyMethod, ValueTracker, VGroup, linear

from linreg.loss import squared_loss
from visuals.formula import ROLES_IN_TRAINING, formula
from visuals.layout import Slot
from visuals.numbers import places_of
from visuals.plots import LABEL_GAP
from visuals.readout import Readout
from visuals.tangents import CurveDot, Plumb, Tangent
from visuals.theme import Pace, theme
from visuals.tried_lines import labelled_chart
from visuals.typography import Math

SQUARE = "({{ hat(y) : hat }} - {{ y : y }})^2"
HALF_SQUARE = SQUARE + " \\/ 2"
SLOPE = "(partial {{ ell : loss }}) / (partial {{ hat(y) : hat_of }}) = "

DIGITS = 4
"""Digits of the numbers, enough to see that one slope is twice the other."""

TOGETHER = 0.6
"""How near to its derivative a loss is written, from 0, evenly spaced, to 1."""

Loss: TypeAlias = Callable[[npt.ArrayLike], npt.NDArray[np.float64]]

LEAST_ERROR = 1.0
"""Least error that the chart makes room for."""

AIR = 1.25
"""Width of the chart, as a multiple of the error."""


def half(error: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the lecture's loss for errors of any shape."""
    errors = torch.as_tensor(np.asarray(error, dtype=float))
    return np.asarray(squared_loss(errors, torch.zeros_like(errors)))


def whole(error: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the squared error without the half."""
    return 2 * half(error)


class HalfSquare:
    """Both losses of one example against its error, each with its tangent.

    Parameters
    ----------
    slot
        The room.
    error
        The error of the example, y_hat - y.

    Attributes
    ----------
    r
        The tracker of the error.
    chart, plumb
        The axes, and the line through both dots.
    square, half
        Curve, tangent, dot and label of each loss.
    """

    def __init__(self, slot: Slot, error: float) -> None:
        self.error = error
        self.r = ValueTracker(error)
        reach = AIR * max(abs(error), LEAST_ERROR)
        labels = [_symbols(SQUARE), _symbols(HALF_SQUARE)]
        room = replace(slot, right=slot.right - max(label.width for label in labels) + LABEL_GAP)
        self.chart = labelled_chart(
            room,
            (-reach, reach),
            (0.0, float(whole(reach))),
            _symbols("{{ hat(y) : hat }} - {{ y : y }}"),
            Math("ell", color=theme.LOSS),
        )
        self.plumb = Plumb(self.chart, self.r).tracked()
        self.square = self._loss(whole, 2.0, labels[0])
        self.half = self._loss(half, 1.0, labels[1])

    def to(self, error: float, run_time: float = 1.5 * Pace.MOVE) -> Animation:
        """Move both tangents to another error."""
        return ApplyMethod(self.r.set_value, error, run_time=run_time, rate_func=linear)

    def dim_square(self) -> Animation:
        """Let the curve of the square step back behind the half square's."""
        return ApplyMethod(self.square[0].set_stroke, theme.MUTED)

    def formulas(self, above: Slot, below: Slot) -> tuple[Formulas, Formulas]:
        """Write the square, then the half square, each with its derivative and both numbers."""
        loss_places = places_of(float(whole(self.error)), DIGITS)
        slope_places = places_of(self.error, DIGITS)

        def loss_now(loss: Loss) -> Readout:
            def height() -> float:
                return float(loss(self.r.get_value()))

            return Readout(height, loss_places, Math("="), color=theme.LOSS)

        def slope_now(factor: float) -> Readout:
            def slope() -> float:
                return factor * self.r.get_value()

            return Readout(slope, slope_places, Math("="), color=theme.GRADIENT)

        return (
            Formulas(
                above,
                _symbols("{{ ell : loss }} = " + SQUARE),
                loss_now(whole),
                _symbols(SLOPE + "2 ({{ hat(y) : hat }} - {{ y : y }})"),
                slope_now(2.0),
            ),
            Formulas(
                below,
                _symbols("{{ ell : loss }} = " + HALF_SQUARE),
                loss_now(half),
                _symbols(SLOPE + "{{ hat(y) : hat }} - {{ y : y }}"),
                slope_now(1.0),
            ),
        )

    def _loss(self, loss: Loss, factor: float, label: Math) -> VGroup:
        """Draw a loss whose slope is the error times a factor: curve, tangent, dot, label."""

        def height(error: float) -> float:
            return float(np.asarray(loss(error)))

        def slope(error: float) -> float:
            return factor * error

        reach = self.chart.x_range[1]
        return VGroup(
            self.chart.curve(loss, color=theme.LOSS),
            Tangent(self.chart, self.r, height, slope).tracked(),
            CurveDot(self.chart, self.r, height).tracked(),
            label.next_to(self.chart.at(reach, loss(reach)), RIGHT, buff=LABEL_GAP),
        )


class Formulas(VGroup):
    """A loss and its derivative, one below the other, each with its number of now.

    Parameters
    ----------
    slot
        The room.
    loss, loss_now, slope, slope_now
        The equations and the live numbers that end them.

    Attributes
    ----------
    loss, loss_now, slope, slope_now
        As given.
    """

    def __init__(
        self, slot: Slot, loss: Math, loss_now: Readout, slope: Math, slope_now: Readout
    ) -> None:
        self.loss, self.loss_now = loss, loss_now
        self.slope, self.slope_now = slope, slope_now
        upper, lower = slot.stacked(1, 1)
        upper.place(loss, x=-1, y=-TOGETHER, shrink=False)
        lower.place(slope, x=-1, y=TOGETHER, shrink=False)
        for equation, number in ((loss, loss_now), (slope, slope_now)):
            equals = number[-1]
            number.shift(equation.get_right() + RIGHT * LABEL_GAP - equals.get_left())
            number.shift(UP * (equation.get_y() - equals.get_y()))
            number.tracked()
        super().__init__(loss, loss_now, slope, slope_now)


def _symbols(expression: str) -> Math:
    return formula(expression, ROLES_IN_TRAINING)
