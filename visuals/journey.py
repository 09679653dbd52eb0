"""One minibatch on its way round the ring: what it is at each station, at any step of the run."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Line,
    ManimColor,
    Restore,
    ValueTracker,
    VGroup,
    VMobject,
)

from fastcairo import DotCloud
from linreg.analysis import gradient
from linreg.model import linreg
from linreg.training import Trace
from visuals.cloud import Cloud
from visuals.layout import Slot
from visuals.numbers import integer
from visuals.pipeline import Station
from visuals.plots import Chart, Points, TickLabel, padded
from visuals.ring import Ring
from visuals.squares import ResidualSquares
from visuals.theme import Dot, Size, Stroke, theme
from visuals.typography import Math, Words

MOST_SHOWN = 12
"""Of a larger batch only so many examples are drawn."""

ABOVE_RING = 1
"""Depth of what is drawn in the windows: the ring is drawn anew when it changes colour."""

PILE_STEP = 0.2
PILE_ROWS = 2

TALL_PILE = 6
"""Rows of a pile that travels: it is narrow, to keep clear of the words on both sides."""

PAST = 0.8
"""Opacity of a picture that is past: on a panel every role still has a contrast of 3 to 1."""

BESIDE = 0.15
"""Space between an arrow and what passes beside it."""

COMPASS_ROOM = 0.85
"""Width that the names of the gradient's directions take from its window."""

LINE_SHARE = 0.5
"""Share of its window that a line takes whose name stands beside it."""

NAME_STEP = 0.36
"""Distance of two names one above the other."""

SPECK = 0.06
"""What is smaller than this, in scene units, looks like nothing."""


class Journey:
    """The pictures of the first minibatch, each in its station's window.

    Parameters
    ----------
    trace
        The run.
    ring
        Where the pictures are shown.

    Attributes
    ----------
    step
        The step whose parameters the pictures show.
    points, predictions, squares, arrow, line
        What the batch is at each station.
    zero
        Where a prediction of nothing lies.
    compass
        Which way the arrow's weight and bias grow.
    before
        The line as it was before the first step.
    """

    def __init__(self, trace: Trace, ring: Ring) -> None:
        self.trace, self.ring = trace, ring
        rows = trace.batches[0][:MOST_SHOWN]
        self.features = trace.features[rows]
        self.x = self.features[:, 0].numpy()
        self.labels = trace.labels[rows]
        self.y = self.labels.flatten().numpy()
        self.step = ValueTracker(0)
        charts = {station: self._chart(station) for station in Station}
        self.points = Cloud(charts[Station.DATA], self.x, self.y, Dot.SAMPLE)
        self.predictions = Cloud(
            charts[Station.MODEL], self.x, self.y_hat(), Dot.SAMPLE, theme.MODEL
        )
        self.squares = ResidualSquares(charts[Station.LOSS], self.x, self.y, self.y_hat)
        window = ring.stops[Station.GRADIENT].window
        self.compass = _compass(window)
        room = replace(window, left=window.left + COMPASS_ROOM)
        self.arrow = GradientArrow(room, self.gradient())
        self.zero = _zero_line(charts[Station.MODEL])
        self.whole = charts[Station.UPDATE]
        self.close_up = self._close_up()
        self.before = self.close_up.line(*self.weight_and_bias(0)).set_stroke(opacity=PAST)
        self.line = self.close_up.line(*self.weight_and_bias(1))
        self.pictures = {
            Station.DATA: self.points,
            Station.MODEL: self.predictions,
            Station.LOSS: self.squares,
            Station.GRADIENT: self.arrow,
            Station.UPDATE: self.line,
        }
        for picture in (*self.pictures.values(), self.before, self.compass):
            picture.set_z_index(ABOVE_RING)

    # What the run says

    def y_hat(self) -> npt.NDArray[np.float64]:
        """Return the predictions at the step of now, shape (n,)."""
        w, b = self.trace.params(self._index())
        return np.asarray(linreg(self.features, w, b).flatten(), dtype=float)

    def weight_and_bias(self, step: int) -> tuple[float, float]:
        """Return slope and intercept of the line of feature one."""
        return self.trace.w[step, 0].item(), self.trace.b[step].item()

    def gradient(self) -> npt.NDArray[np.float64]:
        """Return the gradient of the examples shown: that weight's and the bias's, shape (2,)."""
        w, b = self.trace.params(self._index())
        by_weights, by_bias = gradient(self.features, self.labels, w, b)
        return np.array([by_weights[0].item(), by_bias.item()])

    # What moves

    def pack(self, cloud: Cloud, leaving: Station, color: ManimColor) -> DotCloud:
        """Return a pile of as many dots, where the arrow starts that leaves a station."""
        pile = pile_at(cloud, self.ring.ways[leaving].get_start(), TALL_PILE)
        return pile.set_stroke(color)

    def pile_beside(self, cloud: Cloud, leaving: Station) -> DotCloud:
        """Return a pile of as many dots, beside the arrow that leaves a station."""
        way, pile = self.ring.ways[leaving], pile_at(cloud, np.zeros(3))
        return pile.next_to(way, RIGHT, buff=BESIDE)

    def arrow_beside(self) -> GradientArrow:
        """Return a small copy of the arrow, beside the one that leaves the gradient."""
        way = self.ring.ways[Station.GRADIENT]
        return self.arrow.copy().scale(0.4).next_to(way, RIGHT, buff=BESIDE)

    def focus(self, station: Station) -> Animation:
        """Light a station of the ring; dim the others and their pictures."""
        dimmed: list[Animation] = []
        for past in list(Station)[: list(Station).index(station)]:
            picture = self.pictures[past]
            if not hasattr(picture, "saved_state"):
                picture.save_state()
                dimmed.append(picture.animate.fade(1 - PAST).build())
        return AnimationGroup(self.ring.focus(station), *dimmed)

    def relax(self) -> Animation:
        """Light all stations, and every picture that was dimmed."""
        dimmed = [p for p in self.pictures.values() if hasattr(p, "saved_state")]
        return AnimationGroup(self.ring.relax(), *map(Restore, dimmed))

    def light(self, station: Station) -> Animation:
        """Light the picture of a station."""
        return Restore(self.pictures[station])

    def name_lines(self, before: Words, after: Words) -> VGroup:
        """Put the names of both lines beside their ends, the later line's name in its colour."""
        names = VGroup(before.set_fill(theme.MUTED), after.set_fill(theme.MODEL))
        ends = [line.get_right()[1] for line in (self.before, self.line)]
        low, high = sorted(ends)
        apart = max(high - low, NAME_STEP)
        up = ends[1] >= ends[0]
        right = max(self.before.get_right()[0], self.line.get_right()[0])
        for name, above in zip(names, (not up, up), strict=True):
            name.set_y((low + high) / 2 + (apart if above else -apart) / 2)
            name.set_x(right + BESIDE, direction=LEFT)
        return names.set_z_index(ABOVE_RING)

    def note(self, words: Words) -> Words:
        """Put words over the update's box."""
        box = self.ring.stops[Station.UPDATE].box
        return words.next_to(box, UP, buff=BESIDE).align_to(box, LEFT)

    def nothings(self) -> VGroup:
        """Return a word for each picture that has become too small to be seen."""
        found = VGroup()
        if max(self.arrow.width, self.arrow.height) < SPECK:
            found.add(_about_zero(theme.GRADIENT).move_to(self.arrow.slot.center))
        if max(square.height for square in self.squares) < SPECK:
            stop = self.ring.stops[Station.LOSS]
            found.add(_about_zero(theme.LOSS).next_to(stop.label, RIGHT).match_y(stop.box))
        return found.set_z_index(ABOVE_RING)

    def zoom_out(self) -> Line:
        """Return the line as it is on the scale of the labels."""
        return self.whole.line(*self.weight_and_bias(1))

    def follow(self) -> Self:
        """Let every picture follow the step from now on."""
        self.predictions.add_updater(
            lambda cloud: cloud.set_positions(cloud.chart.at(self.x, self.y_hat()))
        )
        self.squares.tracked()
        self.arrow.add_updater(lambda arrow: arrow.point(self.gradient()))
        self.line.add_updater(
            lambda line: self.whole.put_line(line, *self.weight_and_bias(self._index()))
        )
        return self

    # Parts

    def _index(self) -> int:
        return round(self.step.get_value())

    def _chart(self, station: Station) -> Chart:
        """Return the plane of a window, on one scale for all; its axes are not drawn."""
        y = padded(np.concatenate([self.y, self.y_hat()]), share=0.12)
        return Chart(self.ring.stops[station].window, padded(self.x, share=0.12), y, ticks=0)

    def _close_up(self) -> Chart:
        """Return a plane on which the line of two steps just fits."""
        x = self.whole.x_range
        ends = [b + w * at for w, b in map(self.weight_and_bias, (0, 1)) for at in x]
        y = padded(ends, share=0.35, least=1e-3)
        window = self.ring.stops[Station.UPDATE].window
        room = replace(window, right=window.left + LINE_SHARE * window.width)
        return Chart(room, x, y, ticks=0)


class GradientArrow(VMobject):
    """An arrow in the middle of a slot.

    Parameters
    ----------
    slot
        Its room.
    first
        The gradient that is shown first, shape (2,): it sets the scale. A longer one than fits
        is drawn as long as fits.
    """

    WIDTH = 0.07
    HEAD = 0.26
    FIRST = 0.8
    """Length of the first arrow, as a share of the slot's height."""

    def __init__(self, slot: Slot, first: npt.NDArray[np.float64]) -> None:
        self.slot = slot
        self.longest = max(float(np.hypot(*first)) / self.FIRST, 1e-12)
        super().__init__(stroke_width=0, fill_color=theme.GRADIENT, fill_opacity=1)
        self.point(first)

    def point(self, gradient: npt.NDArray[np.float64]) -> Self:
        """Show a gradient, shape (2,); one that is not finite, or nothing, is not shown."""
        size = float(np.hypot(*gradient))
        length = self.slot.height * min(size / self.longest, 1.0) if np.isfinite(size) else 0.0
        along = np.array([*gradient, 0.0]) / size if length > 0 else np.zeros(3)
        across = np.array([-along[1], along[0], 0.0])
        tail = self.slot.center - along * length / 2
        tip = self.slot.center + along * length / 2
        head = min(self.HEAD, length / 2)
        neck, half = tip - along * head, across * head / 2
        side = across * min(self.WIDTH, head / 2) / 2
        self.set_points_as_corners(
            [tail - side, neck - side, neck - half, tip, neck + half, neck + side, tail + side]
        )
        return self


def _zero_line(chart: Chart) -> VGroup:
    """Draw where y is 0, and name it."""
    line = chart.line(0, 0, theme.MUTED, width=Stroke.THIN)
    name = TickLabel(integer(0), size=Size.TICK, color=theme.MUTED)
    return VGroup(line, name.next_to(line, LEFT, buff=0.08)).set_z_index(ABOVE_RING)


def _compass(slot: Slot) -> VGroup:
    """Draw the two directions of a gradient, that of the weight and that of the bias."""
    weight, bias = (Math(name, color=theme.MUTED) for name in ("w_1", "b"))
    corner = np.array([slot.left + 0.05, slot.bottom + weight.height / 2 + 0.1, 0.0])
    ends = corner + RIGHT * 0.35, corner + UP * 0.35
    arms = (Line(corner, end, color=theme.MUTED, stroke_width=Stroke.THIN) for end in ends)
    weight.next_to(ends[0], RIGHT, buff=0.06)
    bias.next_to(ends[1], UP, buff=0.06)
    return VGroup(*arms, weight, bias)


def _about_zero(color: ManimColor) -> Math:
    return Math("approx 0", color=color)


def pile_at(cloud: DotCloud, center: Points, most_rows: int = PILE_ROWS) -> DotCloud:
    """Return a copy of a cloud, its dots in a pile."""
    rows = min(most_rows, cloud.count)
    columns = -(-cloud.count // rows)
    places = np.array([[k % columns, -(k // columns), 0.0] for k in range(cloud.count)])
    middle = np.array([columns - 1, 1 - rows, 0.0]) / 2
    pile = cloud.copy().set_z_index(ABOVE_RING)
    pile.set_positions((places - middle) * PILE_STEP + center)
    return pile
