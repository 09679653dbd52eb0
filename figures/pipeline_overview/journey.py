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
    ApplyMethod,
    FadeIn,
    FadeOut,
    Line,
    ManimColor,
    Mobject,
    Restore,
    Transform,
    TransformFromCopy,
    ValueTracker,
    VGroup,
    VMobject,
)
from manim.utils.rate_functions import ease_in_quad

from fastcairo import DotCloud
from figures.pipeline_overview.loss_slope_arrow import LossSlopeArrow
from linreg.gradient import gradient
from linreg.model import linreg
from linreg.study.trace import Trace
from visuals.cloud import Cloud
from visuals.layout import GAP
from visuals.numbers import integer
from visuals.pipeline import Station
from visuals.plots import Chart, Points, TickLabel, padded
from visuals.residuals import ResidualSquares
from visuals.ring import Ring
from visuals.scales import magnification
from visuals.theme import Radius, Size, Stroke, theme
from visuals.typography import Math, Words

MOST_SHOWN = 12
"""Of a larger batch only so many examples are drawn."""

ABOVE_RING = 1
"""Depth of what is drawn in the windows: the ring is drawn anew when it changes colour."""

BEHIND_PICTURES = 0.5
"""Depth of the lines where y is 0: above the ring, behind dots and squares."""

PILE_STEP = 0.2
PILE_ROWS = 2

TALL_PILE = 6
"""Rows of a pile that travels: it is narrow, to keep clear of the words on both sides."""

BESIDE = 0.15
"""Space between an arrow and what passes beside it."""

BESIDE_RETURN = 0.1
"""Space between the arrow back to the model and its name."""

STRIDE = 0.2
"""Distance that a mobject moves along a short arrow, in scene units."""

BESIDE_LINE = 0.04
"""Space between a line and the arrow that starts or ends there."""

LABEL_DOT = 0.045
"""Radius of the labels where the squares start."""

STEP_TIP = 0.14
"""Length of the tip of the arrow from a line to the next."""

LINE_SHARE = 0.5
"""Share of its window that a line takes whose name stands beside it."""

NAME_STEP = 0.36
"""Distance of two names one above the other."""

WORD_STEP = 0.4
"""Distance of a station's name and a word under it."""

SPECK = 0.06
"""Size in scene units below which a picture cannot be seen."""


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
    zeros
        Where y is 0, in all windows but the gradient's; the update's is close up at first.
    goals
        The labels, where the squares start.
    before
        The line as it was before the first step.
    moved
        An arrow from the line before the first step to the line after it.
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
        self.points = Cloud(charts[Station.DATA], self.x, self.y, Radius.SAMPLE)
        self.predictions = Cloud(
            charts[Station.MODEL], self.x, self.y_hat(), Radius.SAMPLE, theme.MODEL
        )
        self.squares = ResidualSquares(charts[Station.LOSS], self.x, self.y, self.y_hat)
        self.goals = Cloud(charts[Station.LOSS], self.x, self.y, LABEL_DOT)
        self.arrow = LossSlopeArrow(ring.stops[Station.GRADIENT].window, self.gradient())
        self.whole = charts[Station.UPDATE]
        self.close_up = self._close_up()
        self.zeros = {
            station: _zero_line(self.close_up if station is Station.UPDATE else charts[station])
            for station in Station
            if station is not Station.GRADIENT
        }
        self.before = self.close_up.line(*self.weight_and_bias(0))
        self.line = self.close_up.line(*self.weight_and_bias(1))
        self.moved = self._moved()
        self.pictures: dict[Station, list[Mobject]] = {
            Station.DATA: [self.points],
            Station.MODEL: [self.predictions],
            Station.LOSS: [self.squares, self.goals],
            Station.GRADIENT: [self.arrow],
            Station.UPDATE: [self.line],
        }
        pictures = (picture for parts in self.pictures.values() for picture in parts)
        for picture in (*pictures, self.arrow.axes, self.before, self.moved):
            picture.set_z_index(ABOVE_RING)

    # What the run says

    def y_hat(self) -> npt.NDArray[np.float64]:
        """Return the predictions at the present step, shape (n,)."""
        w, b = self.trace.params(self._index())
        return np.asarray(linreg(self.features, w, b).flatten(), dtype=float)

    def weight_and_bias(self, step: int) -> tuple[float, float]:
        """Return slope and intercept of the line of feature one."""
        return self.trace.w[step, 0].item(), self.trace.b[step].item()

    def bias_moves_most(self) -> bool:
        """Say whether the first step moves the bias further than the weight of feature one."""
        (w, b), (next_w, next_b) = map(self.weight_and_bias, (0, 1))
        return abs(next_b - b) >= abs(next_w - w)

    def enlargement(self) -> float:
        """Return how many times higher the close up shows a difference of y."""
        (low, high), (near, far) = self.whole.y_range, self.close_up.y_range
        return magnification(high - low, far - near)

    def gradient(self) -> npt.NDArray[np.float64]:
        """Return the gradient of the examples shown: that weight's and the bias's, shape (2,)."""
        w, b = self.trace.params(self._index())
        by_weights, by_bias = gradient(self.features, self.labels, w, b)
        return np.array([by_weights[0].item(), by_bias.item()])

    # What moves

    def pack(self, cloud: Cloud, leaving: Station, color: ManimColor) -> DotCloud:
        """Return a pile of as many dots, where the arrow starts that leaves a station."""
        # In a column the words are above and below.
        rows = 1 if self.ring.is_column else TALL_PILE
        pile = pile_at(cloud, self.ring.arrows[leaving].get_start(), rows)
        return pile.set_stroke(color)

    def pile_beside(self, cloud: Cloud, leaving: Station) -> DotCloud:
        """Return a pile of as many dots, beside the arrow that leaves a station."""
        way, pile = self.ring.arrows[leaving], pile_at(cloud, np.zeros(3))
        pile.next_to(way, RIGHT, buff=BESIDE)
        if leaving is Station.DATA and not self.ring.is_column:
            # Beside the arc's start the code is far.
            pile.match_y(self.ring.stops[leaving].box)
        return pile

    def arrow_beside(self) -> LossSlopeArrow:
        """Return a small copy of the arrow, beside the one that leaves the gradient."""
        way = self.ring.arrows[Station.GRADIENT]
        return self.arrow.copy().scale(0.4).next_to(way, RIGHT, buff=BESIDE)

    def stride(self, leaving: Station) -> npt.NDArray[np.float64]:
        """Return how far something passes along a short arrow that leaves a station."""
        return STRIDE * self.ring.direction(leaving)

    def parameters(self) -> Math:
        """Return the name of what goes back to the model, outside of the arrow."""
        outside = RIGHT if self.ring.is_column else UP
        way = self.ring.arrows[Station.UPDATE]
        return Math("w, b", color=theme.MODEL).next_to(way, outside, buff=BESIDE_RETURN)

    def focus(self, station: Station) -> Animation:
        """Light a station of the ring; dim the others and their pictures."""
        dimmed: list[Animation] = []
        for past in list(Station)[: list(Station).index(station)]:
            for picture in self.pictures[past]:
                if not hasattr(picture, "saved_state"):
                    picture.save_state()
                    dimmed.append(_dim(picture))
        return AnimationGroup(self.ring.focus(station), *dimmed)

    def relax(self) -> Animation:
        """Light all stations but their code, and every picture that was dimmed."""
        pictures = (picture for parts in self.pictures.values() for picture in parts)
        dimmed = (picture for picture in pictures if hasattr(picture, "saved_state"))
        return AnimationGroup(self.ring.light_stations(), *map(Restore, dimmed))

    def light(self, station: Station) -> Animation:
        """Light the picture of a station."""
        return AnimationGroup(*map(Restore, self.pictures[station]))

    def name_lines(self, before: Words, after: Words) -> VGroup:
        """Put the names of both lines beside their ends, in the lines' colour."""
        names = VGroup(before, after).set_fill(theme.MODEL)
        ends = [line.get_end()[1] for line in (self.before, self.line)]
        low, high = sorted(ends)
        apart = max(high - low, NAME_STEP)
        up = ends[1] >= ends[0]
        right = max(self.before.get_right()[0], self.line.get_right()[0])
        for name, above in zip(names, (not up, up), strict=True):
            name.set_y((low + high) / 2 + (apart if above else -apart) / 2)
            name.set_x(right + BESIDE, direction=LEFT)
        return names.set_z_index(ABOVE_RING)

    def move_line(self, name: VMobject) -> Animation:
        """Move the line as the first step does; it dims where it was, with its name."""
        past = map(_dim, (self.before, name))
        return AnimationGroup(TransformFromCopy(self.before, self.line), *past)

    def note(self, words: Words, more: Words) -> None:
        """Put words over the update's box, in the background, and more words beside them."""
        box = self.ring.stops[Station.UPDATE].box
        # In a column the code of the gradient is just above.
        above = BESIDE / 2 if self.ring.is_column else BESIDE
        words.set_fill(theme.MUTED).next_to(box, UP, buff=above).align_to(box, LEFT)
        more.set_fill(theme.MUTED).next_to(words, RIGHT, buff=GAP)
        if self.ring.is_column:
            more.next_to(self.ring.arrows[Station.GRADIENT], RIGHT, buff=GAP)
        more.shift(UP * (words.baseline - more.baseline))

    def rest(self, *stations: Station) -> Animation:
        """Dim some stations and their pictures, the others as they are."""
        pictures = [picture for station in stations for picture in self.pictures[station]]
        for picture in pictures:
            if not hasattr(picture, "saved_state"):
                picture.save_state()
        return AnimationGroup(*map(self.ring.dim_station, stations), *map(_dim, pictures))

    def nothings(self) -> list[Station]:
        """Return the stations whose picture has become too small to be seen."""
        overflown = not np.isfinite(self.gradient()).all()
        sizes = {
            Station.GRADIENT: np.inf if overflown else max(self.arrow.width, self.arrow.height),
            Station.LOSS: max(square.height for square in self.squares),
        }
        return [station for station, size in sizes.items() if size < SPECK]

    def call_nothing(self, station: Station) -> Animation:
        """Say under a station's name that it is nearly zero; no axes wait for an arrow."""
        stop = self.ring.stops[station]
        word = Math("approx 0", color=station.color).align_to(stop.label, LEFT)
        word.set_y(stop.box.get_y() - WORD_STEP / 2).set_z_index(ABOVE_RING)
        rising = stop.label.animate.shift(UP * WORD_STEP / 2).build()
        gone = [FadeOut(self.arrow.axes)] if station is Station.GRADIENT else []
        return AnimationGroup(rising, FadeIn(word), *gone)

    def zoom_out(self) -> Animation:
        """Show the line, and where y is 0, on the scale of the labels."""
        line = self.whole.line(*self.weight_and_bias(1))
        zero = self.zeros[Station.UPDATE]
        return AnimationGroup(Transform(zero, _zero_line(self.whole)), Transform(self.line, line))

    def run(self, run_time: float) -> Animation:
        """Count the steps to the end of the run, slowly at first."""
        animation = ApplyMethod(self.step.set_value, self.trace.num_steps, run_time=run_time)
        animation.rate_func = ease_in_quad
        return animation

    def follow(self) -> Self:
        """Redraw every picture for the present step."""
        self.predictions.add_updater(
            lambda cloud: cloud.set_positions(cloud.chart.at(self.x, self.y_hat()))
        )
        self.squares.tracked()
        self.arrow.add_updater(lambda arrow: arrow.point(self.gradient()).follow())
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

    def _moved(self) -> VGroup:
        """Return the arrow between the lines; none where they are too close."""
        start, end = self.before.get_center(), self.line.get_center()
        if abs(end[1] - start[1]) < 2 * STEP_TIP:
            return VGroup()
        inset = np.sign(end - start) * UP * BESIDE_LINE
        arrow = Line(start + inset, end - inset, color=theme.GRADIENT, stroke_width=Stroke.LINE)
        arrow.add_tip(tip_length=STEP_TIP, tip_width=STEP_TIP)
        return VGroup(arrow)

    def _close_up(self) -> Chart:
        """Return a plane on which the line of two steps just fits."""
        x = self.whole.x_range
        ends = [b + w * at for w, b in map(self.weight_and_bias, (0, 1)) for at in x]
        y = padded(ends, share=0.35, least=1e-3)
        window = self.ring.stops[Station.UPDATE].window
        room = replace(window, right=window.left + LINE_SHARE * window.width)
        return Chart(room, x, y, ticks=0)


def _dim(picture: Mobject) -> Animation:
    """Give a picture the colour of what is past."""
    return ApplyMethod(picture.set_color, theme.MUTED)


def _zero_line(chart: Chart) -> VGroup:
    """Draw where y is 0, and name it."""
    line = chart.line(0, 0, theme.MUTED, width=Stroke.THIN)
    name = TickLabel(integer(0), size=Size.TICK, color=theme.MUTED)
    return VGroup(line, name.next_to(line, LEFT, buff=0.08)).set_z_index(BEHIND_PICTURES)


def pile_at(cloud: DotCloud, center: Points, most_rows: int = PILE_ROWS) -> DotCloud:
    """Return a copy of a cloud, its dots in a pile."""
    rows = min(most_rows, cloud.count)
    columns = -(-cloud.count // rows)
    places = np.array([[k % columns, -(k // columns), 0.0] for k in range(cloud.count)])
    middle = np.array([columns - 1, 1 - rows, 0.0]) / 2
    pile = cloud.copy().set_z_index(ABOVE_RING)
    pile.set_positions((places - middle) * PILE_STEP + center)
    return pile
