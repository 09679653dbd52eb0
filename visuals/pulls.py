"""Pull and lever: the residuals of a batch pull its line, and what is left turns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Create,
    FadeIn,
    Line,
    ValueTracker,
    VGroup,
    VMobject,
)
from torch import Tensor

from linreg.analysis import balanced_line, gradient
from linreg.model import linreg
from linreg.training import Trace
from visuals.cloud import Cloud
from visuals.formula import ROLES_IN_TRAINING, formula
from visuals.layout import GAP, Slot
from visuals.plots import LABEL_GAP, Chart, Points, padded
from visuals.readout import Readout
from visuals.squares import Residuals
from visuals.theme import Dot, Pace, Stroke, theme
from visuals.typography import Math, Words

MOST_PULLS = 10
"""Examples that are drawn; more would hide each other."""

FILLED = 0.35
"""Opacity of a rectangle that counts as positive; several may lie on each other."""

LABEL_ROOM = 0.18
"""Air left and right of the examples, as a share of their span."""


class Levers(Residuals):
    """Horizontal segments from x = 0 to each label: the input, as the arm of its pull."""

    def _mark(self) -> VMobject:
        return VMobject(color=theme.DATA, stroke_width=Stroke.THIN)

    def _corners(self, start: Points, end: Points) -> list[Points]:
        del end  # the prediction's height is the turn's, not the lever's
        return [self._pivot(start), start]

    def _pivot(self, point: Points) -> Points:
        """Return the point of x = 0 at the height of another."""
        return np.array([self.chart.at(0.0, 0.0)[0], point[1], 0.0])


class Turns(Levers):
    """Rectangles of pull by lever: their signed areas, averaged, are the gradient for w.

    A positive one is filled, a negative one is hollow.
    """

    def follow(self) -> Self:
        """Put every rectangle where the prediction is now, and fill it by its sign."""
        super().follow()
        products = (np.asarray(self.y_hat(), dtype=float) - self.y) * self.x
        for mark, product in zip(self, products, strict=True):
            mark.set_fill(opacity=FILLED if product > 0 else 0)
        return self

    def _mark(self) -> VMobject:
        return VMobject(color=theme.LOSS, stroke_width=Stroke.THIN, fill_color=theme.LOSS)

    def _corners(self, start: Points, end: Points) -> list[Points]:
        return [self._pivot(start), start, end, self._pivot(end), self._pivot(start)]


class BatchFit:
    """A line over one feature of a batch, moved by trackers; the other weights stay.

    Parameters
    ----------
    X, y
        Features (n, p) and labels (n, 1).
    w, b
        Parameters to start from, (p, 1) and (1,).

    Attributes
    ----------
    feature
        Number, from 0, of the feature whose weight the batch turns most.
    slope, bias
        Trackers of its weight and of the bias.
    """

    def __init__(self, X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> None:  # noqa: N803
        self.X, self.y, self.w = X, y, w.clone()
        grad_w, _ = gradient(X, y, w, b)
        self.feature = int(grad_w.abs().argmax())
        self.slope = ValueTracker(w[self.feature].item())
        self.bias = ValueTracker(b.item())

    @classmethod
    def first(cls, trace: Trace) -> Self:
        """Take the examples that a run sees first, at the parameters it starts from."""
        rows = torch.cat(trace.batches[: trace.steps_per_epoch])[:MOST_PULLS]
        return cls(trace.features[rows], trace.labels[rows], *trace.params(0))

    def params(self) -> tuple[Tensor, Tensor]:
        """Return w (p, 1) and b (1,) of now."""
        self.w[self.feature] = float(self.slope.get_value())
        return self.w, torch.tensor([float(self.bias.get_value())])

    def predictions(self) -> npt.NDArray[np.float64]:
        """Return the predictions of now, shape (n,)."""
        return np.asarray(linreg(self.X, *self.params()).flatten(), dtype=float)

    def mean_pull(self) -> float:
        """Return the gradient for the bias."""
        return gradient(self.X, self.y, *self.params())[1].item()

    def mean_turn(self) -> float:
        """Return the gradient for the weight."""
        return gradient(self.X, self.y, *self.params())[0][self.feature].item()

    def heights(self) -> npt.NDArray[np.float64]:
        """Return all that a chart must hold: labels, predictions of now, and balanced ones."""
        w, (slope, bias) = self.w.clone(), self.balanced()
        w[self.feature] = slope
        balanced = linreg(self.X, w, torch.tensor([bias]))
        return np.concatenate([self.y.flatten(), self.predictions(), balanced.flatten()])

    def balanced(self) -> tuple[float, float]:
        """Return the slope and the bias at which both are zero."""
        slope, bias = balanced_line(self.X, self.y, *self.params(), self.feature)
        return slope.item(), bias.item()


class PulledLine(VGroup):
    """The examples of a batch, the line, and the residuals that pull it.

    Parameters
    ----------
    slot
        The room for the chart.
    fit
        The batch and the line.

    Attributes
    ----------
    chart, dots, line, pulls
        The parts.
    levers, turns, pivot
        What the pulls act on; not in the group until it is shown.
    """

    def __init__(self, slot: Slot, fit: BatchFit) -> None:
        self.fit = fit
        x, y = fit.X[:, fit.feature].numpy(), fit.y.flatten().numpy()
        self.chart = Chart(
            slot,
            padded([*x, 0.0], LABEL_ROOM),
            padded(fit.heights()),
            Math(f"x_{fit.feature + 1}"),
            Math("y"),
        )
        self.line = self.chart.tracked_line(fit.slope, fit.bias)
        self.dots = Cloud(self.chart, x, y, radius=Dot.SAMPLE).set_z_index(1)
        self.pulls = Residuals(self.chart, x, y, fit.predictions).tracked()
        self.levers = Levers(self.chart, x, y, fit.predictions).tracked()
        self.turns = Turns(self.chart, x, y, fit.predictions).tracked()
        self.pivot = Line(
            self.chart.at(0, self.chart.y_range[0]),
            self.chart.at(0, self.chart.y_range[1]),
            color=theme.MUTED,
            stroke_width=Stroke.THIN,
        )
        super().__init__(self.chart, self.dots, self.line, self.pulls)

    def name_parts(self, pull: Words, lever: Words) -> VGroup:
        """Put their names at the pull and the lever of the example that is farthest out."""
        one = int(np.abs(self.pulls.x).argmax())
        out = np.sign(self.pulls.x[one]) * RIGHT
        segment, arm = self.pulls[one], self.levers[one]
        above = self.fit.predictions()[one] > self.pulls.y[one]
        pull.set_fill(theme.LOSS).next_to(segment, out, buff=LABEL_GAP)
        lever.set_fill(theme.DATA).next_to(arm, DOWN if above else UP, buff=LABEL_GAP)
        return VGroup(pull, lever)

    def pull_readout(self, name: Words) -> VGroup:
        """Return the live gradient for the bias behind its formula, under a name."""
        expression = "{{ (partial L)/(partial b) : grad }} = 1/n sum_i {{ r_i : error }} ="
        return _readout(name, expression, self.fit.mean_pull)

    def turn_readout(self, name: Words) -> VGroup:
        """Return the live gradient for the weight behind its formula, under a name."""
        number = self.fit.feature + 1
        expression = (
            f"{{{{ (partial L)/(partial w_{number}) : grad }}}} = "
            f"1/n sum_i {{{{ r_i : error }}}} {{{{ x_(i {number}) : x }}}} ="
        )
        return _readout(name, expression, self.fit.mean_turn)

    def lift(self, run_time: float = Pace.SWEEP) -> Animation:
        """Move the line until the pulls cancel."""
        lifted = self.fit.bias.get_value() - self.fit.mean_pull()
        return ApplyMethod(self.fit.bias.set_value, lifted, run_time=run_time)

    def turn(self, run_time: float = Pace.SWEEP) -> Animation:
        """Turn the line until pull times lever cancels too."""
        slope, bias = self.fit.balanced()
        return AnimationGroup(
            ApplyMethod(self.fit.slope.set_value, slope),
            ApplyMethod(self.fit.bias.set_value, bias),
            run_time=run_time,
        )

    def show_levers(self, run_time: float = Pace.MOVE) -> Animation:
        """Draw the pivot and the lever of every pull."""
        return AnimationGroup(
            FadeIn(self.turns), Create(self.pivot), Create(self.levers), run_time=run_time
        )


def _readout(name: Words, expression: str, value: Callable[[], float]) -> VGroup:
    label = formula(expression, ROLES_IN_TRAINING)
    readout = Readout(value, label=label, color=theme.GRADIENT).tracked()
    return VGroup(name, readout).arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)
