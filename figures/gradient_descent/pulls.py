"""Pull and lever: the residuals of a batch pull its line, and what is left turns it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from manim import (
    DL,
    DOWN,
    DR,
    LEFT,
    RIGHT,
    UL,
    UP,
    UR,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Create,
    FadeIn,
    Line,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
)
from torch import Tensor

from linreg.gradient import gradient
from linreg.model import linreg
from linreg.study.push_and_lever import balanced_line
from linreg.study.trace import Trace
from visuals.cloud import Cloud
from visuals.formula import formula
from visuals.label_room import points_along, room_around
from visuals.layout import Slot
from visuals.plots import LABEL_GAP, Chart, Points, padded
from visuals.readout import Readout
from visuals.residuals import Residuals
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Radius, Stroke, theme
from visuals.typography import Math, Typeset, Words

MOST_PULLS = 10
"""Examples that are drawn; more would hide each other."""

FILLED = 0.4
"""Opacity of what counts as positive; on more the edges within could not be told from it."""

LABEL_CLEARANCE = 0.07
"""Space between a label and what is drawn, in scene units."""

SIGN_ROOM = 0.1
"""The same for a sign, which must not be taken for a line."""

SIGN_PLACES = 25
"""Places of a sign that are tried across a rectangle, and as many up it."""

LEAST_SHARE = 0.05
"""A sign stands in no rectangle that is smaller than this share of the largest."""

FORMULA_NAME_GAP = 0.24
"""Space between a formula and the line that its name stands on, in scene units."""

BATCH_AIR = 0.18
"""Air left and right of the examples, as a share of their span."""


class LeverArms(Residuals):
    """Horizontal segments from x = 0 to each label: the input, as the arm of its pull."""

    def _mark(self) -> VMobject:
        return VMobject(color=theme.DATA, stroke_width=Stroke.THIN)

    def _corners(self, start: Points, end: Points) -> list[Points]:
        del end  # the prediction's height is the turn's, not the lever's
        return [self._pivot(start), start]

    def _pivot(self, point: Points) -> Points:
        """Return the point of x = 0 at the height of another."""
        return np.array([self.chart.at(0.0, 0.0)[0], point[1], 0.0])


class Turns(LeverArms):
    """Outlines of pull by lever: their signed areas, averaged, are the gradient for w."""

    def products(self) -> npt.NDArray[np.float64]:
        """Return the present signed areas, shape (n,)."""
        areas: npt.NDArray[np.float64] = (np.asarray(self.y_hat(), dtype=float) - self.y) * self.x
        return areas

    def _mark(self) -> VMobject:
        return VMobject(color=theme.LOSS, stroke_width=Stroke.THIN)

    def _corners(self, start: Points, end: Points) -> list[Points]:
        return [self._pivot(start), start, end, self._pivot(end), self._pivot(start)]


class PositiveAreas(VMobject):
    """The rectangles of positive area, filled; those of negative area stay hollow.

    It is one mobject, whose paths all run the same way round: where several rectangles lie on
    each other, the fill is no stronger.

    Parameters
    ----------
    turns
        All the rectangles.
    """

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        super().__init__(stroke_width=0, fill_color=theme.LOSS, fill_opacity=FILLED)
        self.follow()
        self.add_updater(lambda areas: areas.follow())

    def follow(self) -> Self:
        """Cover the present rectangles."""
        positive = zip(self.turns, self.turns.follow().products(), strict=True)
        paths = [mark.points for mark, product in positive if product > 0]
        self.points = np.concatenate([np.empty((0, 3)), *paths])
        return self


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
        """Return the present w (p, 1) and b (1,)."""
        self.w[self.feature] = float(self.slope.get_value())
        return self.w, torch.tensor([float(self.bias.get_value())])

    def predictions(self) -> npt.NDArray[np.float64]:
        """Return the present predictions, shape (n,)."""
        return np.asarray(linreg(self.X, *self.params()).flatten(), dtype=float)

    def mean_pull(self) -> float:
        """Return the gradient for the bias."""
        return gradient(self.X, self.y, *self.params())[1].item()

    def mean_turn(self) -> float:
        """Return the gradient for the weight."""
        return gradient(self.X, self.y, *self.params())[0][self.feature].item()

    def heights(self) -> npt.NDArray[np.float64]:
        """Return all y that a chart must hold: labels, and present and balanced predictions."""
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
    levers, turns, positive, pivot
        What the pulls act on; not in the group until it is shown.
    """

    def __init__(self, slot: Slot, fit: BatchFit) -> None:
        self.fit = fit
        x, y = fit.X[:, fit.feature].numpy(), fit.y.flatten().numpy()
        self.chart = Chart(
            slot,
            padded([*x, 0.0], BATCH_AIR),
            padded(fit.heights()),
            Math(f"x_{fit.feature + 1}"),
            Math("y"),
        )
        self.line = self.chart.tracked_line(fit.slope, fit.bias)
        self.dots = Cloud(self.chart, x, y, radius=Radius.SAMPLE).set_z_index(1)
        self.pulls = Residuals(self.chart, x, y, fit.predictions).tracked()
        self.levers = LeverArms(self.chart, x, y, fit.predictions).tracked()
        self.turns = Turns(self.chart, x, y, fit.predictions).tracked()
        self.positive = PositiveAreas(self.turns).set_z_index(-1)
        self.pivot = Line(
            self.chart.at(0, self.chart.y_range[0]),
            self.chart.at(0, self.chart.y_range[1]),
            color=theme.MUTED,
            stroke_width=Stroke.THIN,
        )
        super().__init__(self.chart, self.dots, self.line, self.pulls)

    def name_parts(self, pull: Words, lever: Words) -> VGroup:
        """Name the pull and the lever of an example far out, and sign what counts.

        A rectangle with room has its sign in it; the largest of a sign may have it beside. What
        finds no room is left out.
        """
        products = self.turns.products()
        least = LEAST_SHARE * np.abs(products).max()
        far_out = np.argsort(-np.abs(self.pulls.x))
        counting = [int(one) for one in far_out if abs(products[one]) >= least]
        names = max((self._named(one, pull, lever) for one in counting), key=len)
        signs: set[str] = set()
        for number in np.argsort(-np.abs(products)):
            symbol = "+" if products[number] > 0 else "-"
            if abs(products[number]) > least:
                sign = Math(symbol, color=theme.INK).set_stroke(theme.INK, Stroke.THIN)
                self._sign(names, sign, int(number), beside=symbol not in signs)
            signs.add(symbol)
        return names

    def _named(self, one: int, pull: Words, lever: Words) -> VGroup:
        """Return the names of an example's pull and lever that have room."""
        out = np.sign(self.pulls.x[one]) * RIGHT
        up = self.fit.predictions()[one] < self.pulls.y[one]
        mark, arm = self.pulls[one], self.levers[one]
        names = VGroup()
        beside = ((place, out) for place in (mark, mark.get_start() + out * Radius.SAMPLE))
        self._name(names, pull.copy().set_fill(theme.LOSS), beside)
        sides = ((arm, side) for side in ((UP, DOWN) if up else (DOWN, UP)))
        self._name(names, lever.copy().set_fill(theme.DATA), sides)
        return names

    def _name(
        self, names: VGroup, label: Typeset, places: Iterable[tuple[VMobject | Points, Points]]
    ) -> None:
        """Add a label to the names, on the first side of a mark or point with room, if any."""
        ink = self._drawn_points(names)
        for place, side in places:
            label.next_to(place, side, buff=LABEL_GAP)
            if _room(label, ink) > LABEL_CLEARANCE:
                names.add(label)
                return

    def _sign(self, names: VGroup, sign: Math, one: int, beside: bool) -> None:
        """Add a sign to the names, in an example's rectangle, or else, if it may, by its pull."""
        ink = self._drawn_points(names)
        low, high = self.turns[one].get_corner(DL), self.turns[one].get_corner(UR)
        shares = np.linspace(0, 1, SIGN_PLACES)
        places = (low + (high - low) * np.array([x, y, 0.0]) for x in shares for y in shares)
        best = max(places, key=lambda place: _room(sign.move_to(place), ink))
        if _room(sign.move_to(best), ink) > SIGN_ROOM:
            names.add(sign)
        elif beside:
            out = np.sign(self.pulls.x[one]) * RIGHT
            self._name(names, sign, [(self.pulls[one], out)])

    def _drawn_points(self, names: VGroup) -> Points:
        """Return points along all that is drawn, and around names, shape (k, 3)."""
        marks = (*self.pulls, *self.levers, *self.turns, self.line, self.pivot)
        shapes = [np.vstack([mark.get_start_anchors(), mark.get_end()]) for mark in marks]
        shapes += [
            np.array([name.get_corner(way) for way in (UL, UR, DR, DL, UL)]) for name in names
        ]
        edges = [points_along(*ends) for shape in shapes for ends in pairwise(shape)]
        dots = self.chart.at(self.pulls.x, self.pulls.y)
        around = [dots + Radius.SAMPLE * way for way in (UP, DOWN, LEFT, RIGHT)]
        return np.vstack([*edges, *around])

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
            FadeIn(self.turns, self.positive),
            Create(self.pivot),
            Create(self.levers),
            run_time=run_time,
        )


def past(readout: VGroup) -> Animation:
    """Dim the words and the formula of a live gradient; its number stays lit."""
    dimmed = readout.copy()
    label = dimmed[1][-1]
    assert isinstance(label, Typeset)
    VGroup(dimmed[0], label).set_fill(theme.MUTED)
    return Transform(readout, dimmed)


def _readout(name: Words, expression: str, value: Callable[[], float]) -> VGroup:
    label = formula(expression, ROLES_IN_TRAINING)
    readout = Readout(value, label=label, color=theme.GRADIENT).tracked()
    both = VGroup(name, readout).arrange(DOWN, aligned_edge=LEFT)
    readout.shift(UP * (name.baseline - FORMULA_NAME_GAP - readout.get_top()[1]))
    return both


def _room(label: VMobject, ink: Points) -> float:
    """Return how far a label is from the nearest of some points."""
    half = np.array([label.width, label.height, 0.0]) / 2
    return room_around(label.get_center(), half, ink)
