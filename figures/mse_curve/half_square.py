"""The square and the half square of one error: one lowest point, slopes that differ by two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np
from manim import (
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    ManimColor,
    Restore,
    Transform,
    ValueTracker,
    VGroup,
    linear,
)
from torch import Tensor

from figures.mse_curve.tried_lines import labelled_chart
from linreg.study import error_curves
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.numbers import places_of
from visuals.plots import LABEL_GAP
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.tangents import CurveDot, Plumb, Tangent
from visuals.theme import Pace, theme
from visuals.typography import Math

SQUARE = "({{ hat(y) : hat }} - {{ y : y }})^2"
HALF_SQUARE = SQUARE + " \\/ 2"
SQUARE_SLOPE = (
    "({{ partial : grad }} " + SQUARE + ") / ({{ partial : grad_of }} {{ hat(y) : hat_of }})"
    " = 2 ({{ hat(y) : hat_now }} - {{ y : y_now }})"
)
HALF_SLOPE = (
    "({{ partial : grad }} {{ ell : loss }}) / ({{ partial : grad_of }} {{ hat(y) : hat_of }})"
    " = {{ hat(y) : hat }} - {{ y : y }}"
)

DIGITS = 4
"""Digits of the numbers, enough to see that one slope is twice the other."""

TOGETHER = 0.6
"""Closeness of a loss to its derivative, from 0 (evenly spaced) to 1."""

Loss: TypeAlias = Callable[[Tensor], Tensor]

LEAST_ERROR = 1.0
"""Least error that the chart makes room for."""

SQUARE_AIR = 1.25
"""Width of the chart, as a multiple of the error."""


class HalfSquare:
    """Both losses of one example against its error, each with its tangent.

    Parameters
    ----------
    slot
        The room.
    first
        The error of the example, y_hat - y.

    Attributes
    ----------
    first
        As given.
    r
        The tracker of the error.
    chart, plumb
        The axes, and the line through both dots with the error that it stands at.
    square, half
        Curve, tangent, dot and label of each loss.
    """

    def __init__(self, slot: Slot, first: float) -> None:
        self.first = first
        self.r = ValueTracker(first)
        reach = SQUARE_AIR * max(abs(first), LEAST_ERROR)
        labels = [_symbols(SQUARE), _symbols(HALF_SQUARE)]
        room = replace(slot, right=slot.right - max(label.width for label in labels) + LABEL_GAP)
        if not is_wide():
            # The label at the square's end stands below the strip.
            room = replace(room, top=room.top - labels[0].height)
        self.chart = labelled_chart(
            room,
            (-reach, reach),
            (0.0, error_curves.height(error_curves.square, reach)),
            _symbols("{{ hat(y) : hat }} {{ - : minus }} {{ y : y }}"),
        )
        self.plumb = VGroup(Plumb(self.chart, self.r).tracked(), self._error_now())
        self.square = self._loss(error_curves.square, labels[0], theme.INK)
        self.half = self._loss(error_curves.half_square, labels[1], theme.LOSS)

    def to(self, value: float, run_time: float = 1.5 * Pace.MOVE) -> Animation:
        """Move both tangents to another error."""
        return ApplyMethod(self.r.set_value, value, run_time=run_time, rate_func=linear)

    def recede(self) -> Animation:
        """Let the square step back."""
        # Moved together, the half square stays in front of the square.
        both = VGroup(self.square, self.half)
        target = both.copy()
        curve, tangent, dot, label = target[0]
        VGroup(curve, tangent).set_stroke(theme.MUTED)
        VGroup(dot, label).set_fill(theme.MUTED)
        return Transform(both, target)

    def formulas(self, above: Slot, below: Slot) -> tuple[Formulas, Formulas]:
        """Write the square, then the half square, each with its derivative and both numbers."""
        error = self.r.get_value
        loss_places = places_of(error_curves.height(error_curves.square, self.first), DIGITS)
        slope_places = places_of(self.first, DIGITS)

        def loss_now(loss: Loss, color: ManimColor) -> Readout:
            value = partial(_after, error, partial(error_curves.height, loss))
            return Readout(value, loss_places, Math("="), color=color)

        def slope_now(loss: Loss) -> Readout:
            value = partial(_after, error, partial(error_curves.slope, loss))
            return Readout(value, slope_places, Math("="), color=theme.GRADIENT)

        return (
            Formulas(
                above,
                _symbols(SQUARE),
                loss_now(error_curves.square, theme.INK),
                _symbols(SQUARE_SLOPE),
                slope_now(error_curves.square),
            ),
            Formulas(
                below,
                _symbols("{{ ell : loss }} = " + HALF_SQUARE),
                loss_now(error_curves.half_square, theme.LOSS),
                _symbols(HALF_SLOPE),
                slope_now(error_curves.half_square),
            ),
        )

    def _error_now(self) -> Readout:
        """Show the present error after its axis's name, as in an equation."""
        name = self.chart[-1]
        equals = Math("=")
        places = places_of(self.first, DIGITS)
        number = Readout(self.r.get_value, places, equals, color=theme.LOSS)
        place = name.get_right() + RIGHT * LABEL_GAP
        # The sign of equality stands on the line of the minus.
        place[1] = name.part("minus").get_y()
        return number.shift(place - equals.get_left()).tracked()

    def _loss(self, loss: Loss, label: Math, color: ManimColor) -> VGroup:
        """Draw a loss: curve, tangent, dot, and label at the curve's end."""
        height, slope = partial(error_curves.height, loss), partial(error_curves.slope, loss)
        end = self.chart.x_range[1]
        return VGroup(
            self.chart.curve(np.vectorize(height), color=color),
            Tangent(self.chart, self.r, height, slope).tracked(),
            CurveDot(self.chart, self.r, height).tracked(),
            label.next_to(self.chart.at(end, height(end)), RIGHT, buff=LABEL_GAP),
        )


class Formulas(VGroup):
    """A loss and its derivative, one below the other, each with its present number.

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
        loss.save_state()
        super().__init__(loss, loss_now, slope, slope_now)

    def light(self) -> Animation:
        """Give the loss back the colours of its roles."""
        return Restore(self.loss)

    def recede(self) -> Animation:
        """Let all of it step back, numbers included, until they change."""
        return AnimationGroup(*(ApplyMethod(part.set_fill, theme.MUTED) for part in self))


def _symbols(expression: str) -> Math:
    return formula(expression, ROLES_IN_TRAINING)


def _after(error: Callable[[], float], value: Callable[[float], float]) -> float:
    return value(error())
