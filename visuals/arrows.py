"""Gradients as arrows from one origin, on axes with one unit for both directions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Animation,
    AnimationGroup,
    ApplyMethod,
    Arrow,
    DashedLine,
    FadeIn,
    GrowArrow,
    Line,
    Polygon,
    Transform,
    VGroup,
    VMobject,
)
from manim import Dot as Disc

from linreg.sampling import enlargement
from visuals.layout import GAP, Slot, safe_area
from visuals.numbers import Num, integer
from visuals.plots import LABEL_GAP, Chart, Points, Range, padded
from visuals.theme import Dim, Dot, Size, Stroke, theme
from visuals.typography import Math, Typeset, Words

BY_WEIGHT, BY_BIAS = r"partial L \/ partial w_1", r"partial L \/ partial b"

TIP = 0.22
"""Length of an arrow's head, in scene units."""

HEAD = 0.6
"""The largest share of an arrow that is its head; a shorter arrow is thinner, too."""

SHORTEST = 0.05
"""An arrow that is shorter than this, in scene units, is drawn as a dot."""

FULL = 9.0
"""Width of the full gradient's shaft."""

ZERO_LINE = 0.7
"""Opacity of the lines where a component is zero."""

SHARES = (0.45, 4.75, 0.45)
"""Heights of a picture's title, chart and note, as shares of its slot."""

LABEL_PLACES = 24
LABEL_SPACES = (0.05, 0.12, 0.2, 0.3, 0.4, 0.55, 0.7)
"""Places that are tried for a label around a tip, and their distances from it."""

LABEL_ROOM = 0.08
"""Space between a label and what is drawn."""

SAMPLES = 80
MOST_CORNERS = 500
AIR = 0.16
FITTINGS = 3
"""The numbers at the ticks take room from the plot, and with it change the ranges."""


class GradientArrow(VGroup):
    """A gradient, drawn from where it would be zero; a dot where it is too short to point.

    Parameters
    ----------
    start, end
        Points of the scene, shape (3,).
    stroke_width
        Of the shaft.
    """

    def __init__(self, start: Points, end: Points, stroke_width: float = Stroke.LINE) -> None:
        self.start, self.end = start, end
        length = float(np.linalg.norm(end - start))
        head = TIP * np.sqrt(stroke_width / Stroke.LINE)
        fitting = min(head, HEAD * length)
        self.shaft: VMobject = (
            Arrow(
                start,
                end,
                buff=0,
                color=theme.GRADIENT,
                stroke_width=stroke_width * fitting / head,
                tip_length=fitting,
                max_tip_length_to_length_ratio=1,
                max_stroke_width_to_length_ratio=1000,
            )
            if length > SHORTEST
            else Disc(end, radius=Dot.SAMPLE, color=theme.GRADIENT)
        )
        super().__init__(self.shaft)

    @property
    def ink(self) -> Points:
        """Points along the shaft, on the head and on labels, shape (k, 3)."""
        outlines = [part.points for part in self.get_family() if len(part.points)]
        return np.vstack([_along(self.start, self.end), *outlines])

    @property
    def outline(self) -> VMobject:
        """The arrow as a thin line around it, which leaves what lies in it to be seen."""
        if not isinstance(self.shaft, Arrow):
            return self.shaft.copy().set_fill(opacity=0).set_stroke(width=Stroke.THIN)
        along = self.shaft.get_unit_vector()
        aside = np.array([-along[1], along[0], 0.0])
        neck = self.end - along * self.shaft.tip.length
        half, wing = aside * self.shaft.stroke_width / 200, aside * self.shaft.tip.length / 2
        right = [self.start + half, neck + half, neck + wing]
        left = [neck - wing, neck - half, self.start - half]
        corners = [*right, self.end, *left]
        return Polygon(*corners, color=theme.GRADIENT, stroke_width=Stroke.THIN)

    def laid_along(self, start: Points, end: Points) -> Animation:
        """Let a copy of the shaft become a segment between two points, shape (3,)."""
        segment = Line(start, end, color=theme.GRADIENT, stroke_width=Stroke.LINE)
        return Transform(self.shaft.copy(), segment)

    def grow(self) -> Animation:
        """Let it grow out of its start, and its label appear."""
        shaft = self.shaft
        grown = GrowArrow(shaft) if isinstance(shaft, Arrow) else FadeIn(shaft)
        return AnimationGroup(grown, *(FadeIn(label) for label in self[1:]))


class ArrowChart(VGroup):
    """A plane of two gradient components, with the origin in it.

    Parameters
    ----------
    slot
        The room for the chart, labels and ticks included.
    tips
        Points that must be on it, shape (k, 2); those that are not finite are passed over.
    x_label, y_label
        What the axes measure.
    least
        The least span of an axis, in the gradients' unit.

    Attributes
    ----------
    chart
        The axes, ticks and labels.
    """

    def __init__(
        self,
        slot: Slot,
        tips: npt.ArrayLike,
        x_label: Typeset,
        y_label: Typeset,
        least: float,
    ) -> None:
        points = np.vstack([np.asarray(tips, dtype=float), np.zeros(2)])
        x, y = (padded(points[:, axis], AIR, least) for axis in (0, 1))
        self.chart = Chart(slot, x, y, x_label, y_label)
        for _ in range(FITTINGS):
            x, y = _one_unit(x, y, self.chart)
            self.chart = Chart(slot, x, y, x_label, y_label)
        self.zero = VGroup(
            self._rule((x[0], 0.0), (x[1], 0.0)),
            self._rule((0.0, y[0]), (0.0, y[1])),
        )
        super().__init__(self.zero, self.chart)

    @property
    def rules(self) -> tuple[Line, ...]:
        """The axes, and the two lines through the origin."""
        return (*self.zero, *self.chart.axes)

    @property
    def origin(self) -> Points:
        """Where the gradient is zero, shape (3,)."""
        return self.chart.at(0.0, 0.0)

    def arrow(self, tip: npt.ArrayLike, stroke_width: float = Stroke.LINE) -> GradientArrow:
        """Draw a gradient, shape (2,), from the origin."""
        end = self.chart.at(*np.asarray(tip, dtype=float))
        return GradientArrow(self.origin, end, stroke_width)

    def label(
        self, arrow: GradientArrow, label: Typeset, others: Sequence[GradientArrow], ray: Line
    ) -> None:
        """Put a label by an arrow's tip, where neither arrows nor axes nor a ray are."""
        ink = np.vstack([one.ink for one in (arrow, *others)])
        lines = (ray, *self.rules)
        rules = np.vstack([_along(*line.get_start_and_end()) for line in lines])
        half = np.array([label.width, label.height, 0.0]) / 2
        turns = np.linspace(0, 2 * np.pi, LABEL_PLACES, endpoint=False)
        ring = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        best, most = arrow.end, -np.inf
        for far in LABEL_SPACES:
            for place in filter(self._holds, arrow.end + ring * (half + far)):
                room = min(_room(place, half, ink), _room(place, half, rules))
                if room > most:
                    best, most = place, room
            if most > LABEL_ROOM:
                break
        arrow.add(label.move_to(best))

    def ray(self, direction: npt.ArrayLike) -> DashedLine:
        """Draw where an arrow of a direction, shape (2,), points, from the origin to the edge."""
        toward = np.asarray(direction, dtype=float)
        low, high = np.transpose([self.chart.x_range, self.chart.y_range])
        edges = np.where(toward > 0, high, low)
        reach = (edges[toward != 0] / toward[toward != 0]).min(initial=np.inf)
        end = self.chart.at(*toward * reach) if np.isfinite(reach) else self.origin
        return DashedLine(self.origin, end, color=theme.GRADIENT, stroke_width=Stroke.LINE)

    def path(self, corners: npt.ArrayLike, stroke_width: float = Stroke.LINE) -> VMobject:
        """Draw a path through points, shape (k, 2); of very many only some are corners."""
        points = np.asarray(corners, dtype=float)
        kept = np.unique(np.linspace(0, len(points) - 1, MOST_CORNERS).round().astype(int))
        path = VMobject(color=theme.GRADIENT, stroke_width=stroke_width)
        return path.set_points_as_corners(self.chart.at(*points[kept].T))

    def _holds(self, point: Points) -> bool:
        """Say whether a point of the scene lies on the plot."""
        x_axis, y_axis = self.chart.axes
        inside_x = x_axis.get_left()[0] <= point[0] <= x_axis.get_right()[0]
        return bool(inside_x and y_axis.get_bottom()[1] <= point[1] <= y_axis.get_top()[1])

    def _rule(self, start: tuple[float, float], end: tuple[float, float]) -> Line:
        return Line(
            self.chart.at(*start),
            self.chart.at(*end),
            color=theme.MUTED,
            stroke_width=Stroke.THIN,
            stroke_opacity=ZERO_LINE,
        )


class VotePicture(VGroup):
    """Some gradients, by weight one and bias, and the one that they are a sample of.

    Parameters
    ----------
    slot
        The room for all of it.
    title
        Where in the parameter space this is.
    some
        Gradients to draw, shape (k, 2).
    full
        The gradient of all examples, shape (2,).
    others
        Points that must be on the chart, shape (m, 2).
    least
        The least span of an axis.

    Attributes
    ----------
    chart, title, arrows, full
        The parts; ``full`` is thicker than the others. Each arrow has a label.
    ray
        Where ``full`` points, however short it is; not yet drawn.
    """

    def __init__(
        self,
        slot: Slot,
        title: Typeset,
        some: npt.ArrayLike,
        full: npt.ArrayLike,
        others: npt.ArrayLike,
        least: float,
    ) -> None:
        head, plane, _ = slot.stacked(*SHARES, gap=0.1)
        tips = np.vstack([np.asarray(some), np.asarray(others), np.asarray(full)[None]])
        self.chart = ArrowChart(plane, tips, Math(BY_WEIGHT), Math(BY_BIAS), least)
        self.title = head.place(title, shrink=False).set_x(self.middle)
        arrows = [self.chart.arrow(tip) for tip in np.asarray(some)]
        self.arrows = VGroup(*arrows)
        self.full = self.chart.arrow(full, stroke_width=FULL)
        self.ray = self.chart.ray(full)
        self.chart.label(self.full, Math("nabla L", color=theme.GRADIENT), arrows, self.ray)
        for number, arrow in enumerate(arrows, start=1):
            others = [self.full, *(one for one in arrows if one is not arrow)]
            name = Math(f"bold(g)_{number}", color=theme.GRADIENT)
            self.chart.label(arrow, name, others, self.ray)
        super().__init__(self.chart, self.title, self.arrows, self.full)

    @property
    def middle(self) -> float:
        """The x of the middle of the plot."""
        return float(self.chart.chart.axes[0].get_x())

    def enlarged(self, other: VotePicture) -> float:
        """Return how much longer the same arrow is here than on another picture."""
        one, two = (picture.chart.chart for picture in (self, other))
        units = [float(chart.axes[0].width / np.ptp(chart.x_range)) for chart in (one, two)]
        return enlargement(*units)

    def recede(self) -> Animation:
        """Dim the shafts of all arrows but the full one; their labels are still read."""
        shafts = (ApplyMethod(arrow[0].set_opacity, Dim.SOFT) for arrow in self.arrows)
        return AnimationGroup(*shafts)

    def subtitle(self, words: Words) -> Words:
        """Place words after the title, both in the middle of the plot if the frame has room."""
        words.next_to(self.title, RIGHT, buff=GAP)
        line = VGroup(self.title, words).set_x(self.middle)
        line.shift(LEFT * max(0.0, line.get_right()[0] - safe_area().right))
        return words

    def note(self, words: Words) -> Words:
        """Place words under the chart."""
        words.next_to(self.chart, DOWN, buff=LABEL_GAP).set_x(self.middle)
        return words


def two_parts() -> Math:
    """Write the two components of a gradient that the axes show."""
    return Math(f"({BY_WEIGHT}, {BY_BIAS})", color=theme.GRADIENT)


def named_gradient(name: Typeset, values: Sequence[float]) -> VGroup:
    """Write a gradient's components by weight one and bias under its name."""
    w, b = (Num(value, 4) for value in values)
    vector = Math("(%(w)s, %(b)s)", color=theme.GRADIENT, w=w, b=b)
    return VGroup(name, vector).arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)


def mean_formula(batches: int, even: bool) -> Math:
    """Say that the full gradient is the mean of the batches' gradients.

    Parameters
    ----------
    batches
        Their number.
    even
        Whether all batches are of one size; otherwise each counts by its share.
    """
    mean = "1 / %(count)s sum_(k=1)^%(count)s" if even else r"sum_(k=1)^%(count)s abs(cal(B)_k) / n"
    return Math(
        f"{{{{ nabla L : full }}}} = {mean} {{{{ bold(g)_k : vote }}}}",
        size=Size.TITLE,
        colors={"full": theme.GRADIENT, "vote": theme.GRADIENT},
        count=integer(batches),
    )


def _along(start: Points, end: Points) -> Points:
    """Return points along a segment, shape (k, 3)."""
    return np.linspace(start, end, SAMPLES)


def _room(place: Points, half: Points, points: Points) -> float:
    """Return how far the nearest of some points is from a box, by its centre and half size."""
    outside = np.maximum(np.abs(points - place) - half, 0.0)
    return float(np.linalg.norm(outside, axis=1).min())


def _one_unit(x: Range, y: Range, chart: Chart) -> tuple[Range, Range]:
    """Widen the narrower range until a unit is as long across as it is up."""
    width, height = chart.axes[0].width, chart.axes[1].height
    unit = max((x[1] - x[0]) / width, (y[1] - y[0]) / height)
    return _widened(x, unit * width), _widened(y, unit * height)


def _widened(span: Range, length: float) -> Range:
    middle = (span[0] + span[1]) / 2
    return middle - length / 2, middle + length / 2
