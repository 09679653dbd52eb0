"""The learned plane in the cloud, and one example that training did not see."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Animation,
    AnimationGroup,
    Circle,
    Create,
    Dot,
    FadeIn,
    Line,
    ManimColor,
    VGroup,
)

from linreg.lesson import Lesson
from linreg.study.prediction import predict_unseen
from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.layout import Slot
from visuals.numbers import Num
from visuals.plane_in_cloud import PlaneInCloud
from visuals.plates import plate
from visuals.plots import Points, padded
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Radius, Stroke, theme

NAME_GAP = 0.25
SHARES = (72, 28)
"""Shares of the picture and of the table beside it."""

RING = 1.6
"""Radius of the ring round a prediction, in radii of the dot of an example."""

ON_THE_PLANE = 0.02
"""Share of the labels' range up to which a label counts as on the plane."""

FALL, FALL_TIME = 1.2, 1.2
"""Height from which the label falls, in scene units, and the seconds that it takes."""


class UnseenExample:
    """A plane in the cloud, and above the floor a new example's prediction and label.

    Parameters
    ----------
    slot
        The room.
    trace
        The run, whose last parameters place the plane.
    lesson
        The lesson of the run, from whose distribution the new example is drawn.
    beside
        A table of the parameters that place the plane, or nothing.

    Attributes
    ----------
    plane
        The cloud and the plane; the new example is not among its dots.
    is_on_plane
        Whether the label lies where the plane is, as far as can be seen.
    """

    def __init__(self, slot: Slot, trace: Trace, lesson: Lesson, beside: VGroup) -> None:
        new = predict_unseen(trace, lesson)
        features = torch.cat([trace.features, torch.tensor([new.x])])
        labels = torch.cat([trace.labels.flatten(), torch.tensor([new.y])])
        heights = [*labels.tolist(), new.y_hat, 0.0]
        near = [y for y in heights if abs(y) <= 2 * float(labels.abs().max())]
        w, b = trace.params(-1)
        self.beside = beside
        if len(beside):
            slot, room = slot.beside(*SHARES)
            room.place(beside, shrink=False)
        self.plane = PlaneInCloud(
            slot, features, labels, (float(w[0]), float(w[1])), float(b), y_range=padded(near, 0.05)
        )
        self.plane.shown.set_value((len(labels) - 1) / len(labels))
        self.plane.plane_shown.set_value(0)
        self.plane.follow()
        low, high = self.plane.view.low, self.plane.view.high
        self.is_on_plane = abs(new.error) <= ON_THE_PLANE * float(high[2] - low[2])
        x1, x2 = new.x
        foot, top = self.plane.at(x1, x2, low[2]), self.plane.at(x1, x2, new.y_hat)
        edges = self._edges(x1, x2)
        self.foot = Dot(foot, radius=Radius.SAMPLE, color=theme.DATA)
        self.ways = VGroup(*(_line(foot, edge, theme.DATA) for edge in edges))
        self.upright = _line(foot, top, theme.MODEL, Stroke.LINE)
        self.ring = Circle(RING * Radius.MARK, color=theme.MODEL, stroke_width=Stroke.LINE)
        self.ring.move_to(top)
        self.dot = Dot(self.plane.at(x1, x2, new.y), radius=Radius.MARK, color=theme.DATA)
        y_hat, y = Num(new.y_hat), Num(new.y)
        self.y_hat = formula(
            "{{ hat(y) : hat }} = {{ %(y_hat)s : w }}", ROLES_IN_TRAINING, y_hat=y_hat
        )
        self.y = formula("{{ y : y }} = {{ %(y)s : x }}", ROLES_IN_TRAINING, y=y)
        self.y_hat.next_to(self.ring, LEFT, buff=NAME_GAP)
        self.y.next_to(self.dot, RIGHT, buff=NAME_GAP)
        self.plates = plate(self.y_hat), plate(self.y)

    def appear(self) -> Animation:
        """Show the cloud, without a plane."""
        return FadeIn(self.plane)

    def show_parameters(self) -> Animation:
        """Show the parameters that place the plane."""
        return FadeIn(self.beside, run_time=Pace.QUICK)

    def place_features(self) -> Iterator[list[Animation]]:
        """Dim the cloud, and mark the new features on the floor."""
        yield [self.plane.dim_cloud(), FadeIn(self.foot, scale=2, run_time=Pace.QUICK)]
        yield [Create(way, run_time=Pace.QUICK) for way in self.ways]

    def predict(self) -> Iterator[list[Animation]]:
        """Rise from the floor to the plane, and read the height."""
        yield [Create(self.upright, run_time=Pace.QUICK)]
        yield [Create(self.ring), FadeIn(*self.plates[:1], self.y_hat)]

    def let_label_fall(self) -> Animation:
        """Let the label's dot fall from above to its height."""
        return FadeIn(self.dot, shift=FALL * DOWN, run_time=FALL_TIME)

    def name_label(self) -> Animation:
        """Read the height of the label, and light the cloud again."""
        return AnimationGroup(FadeIn(*self.plates[1:], self.y), self.plane.light_cloud())

    def _edges(self, x1: float, x2: float) -> list[Points]:
        """Return where the numbers of both features are read, on the edges that face the eye."""
        view = self.plane.view
        corner = np.where(view.axes[2][:2] > 0, view.high[:2], view.low[:2])
        low = view.low[2]
        return [self.plane.at(x1, corner[1], low), self.plane.at(corner[0], x2, low)]


def _line(start: Points, end: Points, color: ManimColor, width: float = Stroke.THIN) -> Line:
    return Line(start, end, color=color, stroke_width=width)
