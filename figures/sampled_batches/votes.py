"""The gradients of several batches, their sum and their mean."""

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
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    VGroup,
    linear,
)

from figures.sampled_batches.arrow_chart import ArrowChart
from linreg.study.votes import Vote
from visuals.cloud import Cloud
from visuals.label_room import points_along
from visuals.layout import BEHIND, GAP, Slot, safe_area
from visuals.numbers import Num, integer
from visuals.plots import LABEL_GAP, Points
from visuals.scales import enlargement
from visuals.theme import Dim, Pace, Size, theme
from visuals.typography import Math, Typeset, Words, typst_string

BY_WEIGHT, BY_BIAS = "w_1", "b"
"""The parameters whose parts of a gradient are drawn."""

FULL = 11.0
"""Width of the full gradient's shaft."""

LEAST_SPAN = 1e-3
"""The least span of an axis, in the unit of the gradients or of a longer picture's arrows."""

SHARES = (0.45, 4.75, 0.45)
"""Heights of a picture's title, chart and note, as shares of its slot."""

JOINTS = 10
"""The most joints of a path that are marked."""

JOINT = 0.05
"""Radius of a joint, in scene units."""

INK = 400
"""Number of points along a path that words keep clear of."""


class VotePicture(VGroup):
    """The gradients of some batches, by weight one and bias, and that of all examples.

    Parameters
    ----------
    slot
        The room for all of it.
    title
        Where in the parameter space this is.
    votes
        The gradients of all batches and of all examples; all must find room, head to tail.
    count
        How many batches' gradients are drawn: the first ones.
    part
        What an axis measures, with ``%(parameter)s`` for the parameter.
    sides
        Names of the side that ``full`` points to, and of the other.
    like
        A picture that this one stands beside: its plot is as wide, if the slot has room.

    Attributes
    ----------
    chart, title, arrows, full
        The parts; ``full`` is thicker than the others. Each arrow has a label.
    side, border, names
        What lies less than a right angle from ``full``, its border, and the names of both
        sides, those that have room; not yet drawn.
    """

    def __init__(
        self,
        slot: Slot,
        title: Typeset,
        votes: Vote,
        count: int,
        part: str,
        sides: tuple[Words, Words],
        like: VotePicture | None = None,
    ) -> None:
        head, plane, _ = slot.stacked(*SHARES, gap=0.1)
        self.votes, some, full = votes, votes.each[:count].numpy(), votes.full.numpy()
        tips = np.vstack([some, votes.head_to_tail.numpy(), full])
        least, width = LEAST_SPAN, np.inf
        if like is not None:
            least *= max(like.votes.length, 1.0)
            width = like.width_of_plot
        x_label, y_label = (_with_symbols(part, parameter=name) for name in (BY_WEIGHT, BY_BIAS))
        self.chart = ArrowChart(plane, tips, x_label, y_label, least, width)
        self.title = head.place(title, shrink=False).set_x(self.middle)
        arrows = [self.chart.arrow(tip) for tip in some]
        self.arrows = VGroup(*arrows)
        self.full = self.chart.arrow(full, stroke_width=FULL, broad=True)
        self.side = self.chart.side(full).set_z_index(BEHIND)
        self.border = self.chart.across(full)
        lines = [self.border]
        self.chart.label(self.full, Math("nabla L", color=theme.GRADIENT), arrows, lines)
        for number, arrow in enumerate(arrows, start=1):
            others = [self.full, *(one for one in arrows if one is not arrow)]
            name = Math(f"bold(g)_{number}", color=theme.GRADIENT)
            self.chart.label(arrow, name, others, lines)
        self.names = VGroup(
            *(
                name
                for name, toward in zip(sides, (full, -full), strict=True)
                if self.chart.name_side(name, toward, self._drawn_points)
            )
        )
        super().__init__(self.chart, self.title, self.arrows, self.full)

    @property
    def _drawn_points(self) -> Points:
        """Points of the arrows, their labels, the border and the axes, shape (k, 3)."""
        arrows = [*self.arrows, self.full]
        rules = [
            points_along(*rule.get_start_and_end())
            for rule in (self.border, *self.chart.chart.axes)
        ]
        labels = [glyph.points for arrow in arrows for label in arrow[1:] for glyph in label]
        return np.vstack([*(arrow.drawn_points for arrow in arrows), *rules, *labels])

    @property
    def middle(self) -> float:
        """The x of the middle of the plot."""
        return float(self.chart.chart.axes[0].get_x())

    @property
    def width_of_plot(self) -> float:
        """The width of the plot itself, in scene units."""
        return float(self.chart.chart.axes[0].width)

    def enlarged(self, other: VotePicture) -> float:
        """Return how much longer the same arrow is here than on another picture."""
        one, two = (picture.chart.chart for picture in (self, other))
        units = [float(chart.axes[0].width / np.ptp(chart.x_range)) for chart in (one, two)]
        return enlargement(*units)

    def move_by(self, way: Points) -> Animation:
        """Move all of it, what is not yet drawn included."""
        VGroup(self.side, self.border, self.names).shift(way)
        return ApplyMethod(self.shift, way)

    def recede(self) -> Animation:
        """Dim all arrows but the full one, and their labels, which are still read."""
        return AnimationGroup(*(arrow.recede() for arrow in self.arrows))

    def step_back(self) -> Animation:
        """Dim the arrows, the full one too, and what says where this is; unname the sides."""
        labels = self.chart.chart.x_label, self.chart.chart.y_label
        parts = self.title, self.border, *filter(None, labels)
        words = (ApplyMethod(part.set_opacity, Dim.LABEL) for part in parts)
        return AnimationGroup(self.recede(), self.full.recede(), FadeOut(self.names), *words)

    def part_by_side(self) -> Animation:
        """Show and name the side that the full gradient points to; empty the arrows beyond it."""
        agree = self.votes.agrees.tolist()
        pairs = zip(self.arrows, agree, strict=False)
        hollow = (arrow.hollow() for arrow, agrees in pairs if not agrees)
        zero, sides = FadeOut(self.chart.zero), FadeIn(self.side, self.names)
        return AnimationGroup(zero, sides, Create(self.border), *hollow)

    def lay_head_to_tail(self) -> HeadToTail:
        """Lay the gradients of all batches, each by its share, head to tail on the chart."""
        return HeadToTail(self.chart, self.arrows, self.votes.head_to_tail.numpy())

    def subtitle(self, words: Words) -> Words:
        """Place words after the title, both in the middle of the plot if the frame has room."""
        words.next_to(self.title, RIGHT, buff=GAP)
        line = VGroup(self.title, words).set_x(self.middle)
        line.shift(LEFT * max(0.0, line.get_right()[0] - safe_area().right))
        return words

    def note(self, words: Words) -> Words:
        """Place words under the chart, in the middle of the plot if the frame has room."""
        words.next_to(self.chart, DOWN, buff=LABEL_GAP).set_x(self.middle)
        return words.shift(LEFT * max(0.0, words.get_right()[0] - safe_area().right))

    def note_path(self, words: Words, path: HeadToTail) -> Words:
        """Place words beside a path on the chart; under the chart where it has no room."""
        rules = [points_along(*rule.get_start_and_end()) for rule in self.chart.rules]
        labels = [glyph.points for label in self.full[1:] for glyph in label]
        ink = np.vstack([self.full.drawn_points, path.drawn_points, *rules, *labels])
        if not self.chart.name_near(words, path.middle, ink):
            self.note(words)
        return words


class HeadToTail(VGroup):
    """Gradients laid head to tail: a path, with a dot at every so manieth joint.

    Parameters
    ----------
    chart
        Where they lie.
    arrows
        The first of them, as they are drawn from the origin.
    corners
        Sums of the first 0, 1, 2, ... of them, shape (k + 1, 2).

    Attributes
    ----------
    every
        How many gradients lie between two dots.
    """

    def __init__(self, chart: ArrowChart, arrows: VGroup, corners: npt.NDArray[np.float64]) -> None:
        self._chart, self._arrows, self._corners = chart, arrows, corners
        self.every = -(-(len(corners) - 1) // JOINTS)
        self.path = chart.path(corners)
        x, y = corners[:: self.every].T
        self.joints = Cloud(chart.chart, x, y, radius=JOINT, color=theme.GRADIENT)
        super().__init__(self.path, self.joints)

    @property
    def drawn_points(self) -> Points:
        """Points along the path, shape (k, 3)."""
        at = self._chart.chart.at(*self._corners.T)
        steps = np.arange(len(at))
        fine = np.linspace(0, len(at) - 1, INK)
        return np.column_stack([np.interp(fine, steps, axis) for axis in at.T])

    @property
    def middle(self) -> Points:
        """Half way from the start to the end, shape (3,)."""
        ends = self._chart.chart.at(*self._corners[[0, -1]].T)
        return np.asarray(ends.mean(axis=0), dtype=float)

    def begin(self) -> Animation:
        """Let copies of the drawn arrows become the first segments."""
        at = self._chart.chart.at(*self._corners.T)
        laid = [arrow.laid_along(*at[k : k + 2]) for k, arrow in enumerate(self._arrows)]
        return LaggedStart(*laid, lag_ratio=0.8, run_time=Pace.SWEEP)

    def go_on(self) -> Animation:
        """Draw the path to its end, and the dots as it reaches them."""
        drawn = Create(self.path), Create(self.joints)
        return AnimationGroup(*drawn, run_time=1.5 * Pace.SWEEP, rate_func=linear)


def two_parts(text: str) -> Typeset:
    """Write what the axes measure in a text that has ``%(w)s`` and ``%(b)s``."""
    return _with_symbols(text, w=BY_WEIGHT, b=BY_BIAS)


class EqualGradients(VGroup):
    """The mean of the batches' gradients and the full one, with a sign of equality between.

    Parameters
    ----------
    votes
        The gradients.
    name, other_name
        What the mean and the full gradient are called.

    Attributes
    ----------
    one, other
        A name with its components under it, and components with their name under them.
    sign
        What says that they are equal.
    """

    def __init__(self, votes: Vote, name: Words, other_name: Words) -> None:
        one, other = _components(votes.mean.tolist()), _components(votes.full.tolist())
        self.sign = Math("=", size=Size.TITLE)
        rows = VGroup(name, one, self.sign, other, other_name)
        rows.arrange(DOWN, buff=GAP / 2, aligned_edge=LEFT)
        self.sign.set_x(one.get_x())
        self.one, self.other = VGroup(name, one), VGroup(other, other_name)
        super().__init__(self.one, self.sign, self.other)


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


def _with_symbols(text: str, **symbols: str) -> Typeset:
    """Write a text in which each ``%(name)s`` stands for a symbol, as ``w_1``."""
    inline = {name: f'")${symbol}$#text("' for name, symbol in symbols.items()}
    return Typeset(f"#text({typst_string(text)})" % inline, source=text)


def _components(values: Sequence[float]) -> Math:
    """Write a gradient's components by weight one and bias."""
    w, b = (Num(value, 4) for value in values)
    return Math("(%(w)s, %(b)s)", color=theme.GRADIENT, w=w, b=b)
