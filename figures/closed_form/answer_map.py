"""The map of the loss with the path of training, the gradient on the way, and the exact answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Self

import numpy as np
from manim import Animation, ValueTracker, VGroup

from figures.closed_form.diamond import diamond
from figures.closed_form.names_apart import AWAY, sides_apart, steps_seen
from linreg.study.exact import exact
from linreg.study.trace import Trace
from visuals.close_map import CloseMap
from visuals.formula import formula
from visuals.label_room import room_around
from visuals.layout import Slot
from visuals.live_arrow import PALE, LiveArrow
from visuals.map_frame import Frame
from visuals.map_marks import Named, bottom_mark, dot_mark
from visuals.plates import plate
from visuals.plots import Points
from visuals.readout import Readout, readout_column
from visuals.roles import ROLES_IN_TRAINING
from visuals.run import Run
from visuals.scales import round_factor
from visuals.step_path import StepPath
from visuals.theme import Radius, Size, theme
from visuals.trackers import go
from visuals.typography import Words
from visuals.weight_map import WeightMap

ARROW = 0.36
"""Length of the first gradient as it is drawn, in distances from the start to the bottom."""

BELOW = 0.18
"""Room beyond the bottom, in distances from the start to it."""

LEFT_BEHIND = (0.0, 0.4, 0.75)
"""Places on the way to the bottom at which a pale arrow is left behind."""

FARTHEST = 1.3
"""Farthest distance from its middle at which a path is shown, in reaches of the bowl's map."""

AROUND = 1.5
"""Size of the last frame, in sizes of what it holds."""

NUMBERS = 0.35
"""Room for the long numbers of the last frame, in scene units."""

CORNERS = (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)
"""Corners of a map, in halves of its size."""

FROM_EDGE = 0.12
"""Distance of words in a corner from the edge of the map, in scene units."""

LEAST = 1e-9


class AnswerMap:
    """The map at the bias of the exact answer, and what is drawn on it.

    Parameters
    ----------
    trace
        The run.
    alone, beside
        The room for the map in its first beat, and beside a listing.

    Attributes
    ----------
    exact
        The exact answer, and what was learned.
    close
        The map.
    path
        The path of the run.
    ends
        Weights that were learned, solved and true, shape (2,) each.
    is_within
        Whether the path ends within the width of a dot from the answer.
    factor
        How many times larger the last frame is than the one before.
    way
        Tracker from 0 to 1: the place of the dot that goes straight from the start to the bottom.
    """

    def __init__(self, trace: Trace, alone: Slot, beside: Slot) -> None:
        self.exact, self.run = exact(trace), Run(trace)
        self.solved = self.exact.solved[:-1].numpy()
        self.b = self.exact.solved[-1].item()
        self.ends = [self.run.weights[-1], self.solved, self.exact.true[:-1].numpy()]
        run = self.run
        overview = WeightMap(alone, run.surface, self.b, run.start)
        bottom = overview.lowest
        away = max(float(np.linalg.norm(run.start - bottom)), LEAST)
        self.arrow = ARROW * away / max(float(np.linalg.norm(self.gradient(run.start))), LEAST)
        middle = (overview.view.low + overview.view.high)[:2] / 2
        reach = float(overview.view.high[0] - middle[0])
        near = run.weights[np.abs(run.weights - middle).max(axis=1) < FARTHEST * reach]
        below = bottom + BELOW * (bottom - run.start)
        held = [run.start, below, run.start + self.arrow * self.gradient(run.start)]
        seen = np.vstack([near, held])
        alone, beside = (replace(slot, left=slot.left + NUMBERS) for slot in (alone, beside))
        wide = Frame.holding(seen, beside)
        self.is_within = self.exact.apart * wide.unit < 2 * Radius.MARK
        last = self._around_the_end(beside) if self.is_within else wide
        self.factor = round_factor(max(1.0, last.unit / wide.unit))
        last = replace(last, unit=self.factor * wide.unit)
        self.frames = {
            "alone": Frame.holding(seen, alone),
            "beside": wide,
            "above_the_end": replace(wide, center=last.center),
            "last": last,
        }
        self.close = CloseMap(run.surface, self.b, self.frames, overview)
        self.close.put_in("alone")
        self.path = StepPath(self.close, run.weights, step=run.step)
        self.way = ValueTracker(0)

    def gradient(self, weights: Points) -> Points:
        """Return the gradient of all examples for the weights, shape (2,)."""
        at = self.exact.solved[:-1].new_tensor(weights)
        grad_w, _ = self.run.surface.gradient(at, self.b)
        return np.asarray(grad_w.numpy())

    @property
    def here(self) -> Points:
        """The weights of the dot that goes straight to the bottom, shape (2,)."""
        return self.place(self.way.get_value())

    def place(self, way: float) -> Points:
        """Return the weights so far on the way from the start to the bottom, shape (2,)."""
        return np.asarray(self.run.start + way * (self.solved - self.run.start))

    # Marks

    def bottom_mark(self, name: Words | None = None) -> Named:
        """Return the ring at the bottom, with its name; the truth is elsewhere."""
        mark = bottom_mark(theme.INK)
        return Named(self.close, lambda: self.close.lowest, mark, name, (1.0, 0.0))

    def walker(self) -> Named:
        """Return the dot that goes straight to the bottom."""
        return Named(self.close, lambda: self.here, dot_mark())

    def arrow_of_walker(self) -> WalkersArrow:
        """Return the gradient where that dot is."""
        return WalkersArrow(self)

    def left_behind(self) -> list[WalkersArrow]:
        """Return pale arrows that stay where the dot has passed."""
        return [WalkersArrow(self, at) for at in LEFT_BEHIND]

    def gradient_readouts(self) -> VGroup:
        """Return the live numbers of the gradient where that dot is."""
        values = (lambda: self._slope(0)), (lambda: self._slope(1))
        made = []
        for k, value in enumerate(values):
            label = formula(f"{{{{ g_(w_{k + 1}) : grad }}}} =", ROLES_IN_TRAINING, Size.TITLE)
            made.append(
                Readout(value, label=label, size=Size.TITLE, color=theme.GRADIENT).tracked()
            )
        return readout_column(*made)

    def end_marks(self, names: Sequence[Words]) -> list[Named]:
        """Return the marks of what was learned, solved and true, with copies of their names."""
        texts = [name.copy() for name in names]
        for text, color in zip(texts, (theme.MODEL, theme.MODEL, theme.TRUTH), strict=True):
            text.set_fill(color)
        sizes = [np.array([text.width, text.height]) for text in texts]
        sides = sides_apart(self.frames["last"], self.ends, sizes, self.run.weights)
        marks = dot_mark(), diamond(), bottom_mark()
        return [
            Named(self.close, lambda at=at: at, mark, text, side, AWAY)  # type: ignore[misc]
            for at, mark, text, side in zip(self.ends, marks, texts, sides, strict=True)
        ]

    def put_in_corner(self, words: Words, marks: Sequence[Named]) -> VGroup:
        """Put words on a plate into the corner of the last frame that path and marks leave free."""
        frame = self.frames["last"]
        on_plate = VGroup(plate(words), words)
        half = np.array([on_plate.width, on_plate.height]) / 2
        taken = [mark.get_all_points()[:, :2] for mark in marks]
        drawn = np.vstack([frame.middle + steps_seen(frame, self.run.weights), *taken])
        corners = [
            frame.middle + np.array(side) * (frame.size / 2 - half - FROM_EDGE) for side in CORNERS
        ]
        place = max(corners, key=lambda at: room_around(at, half, drawn))
        return on_plate.move_to(np.array([*place, 0.0]))

    # What can be played

    def walk(self, run_time: float) -> Animation:
        """Let the dot go straight to the bottom."""
        return go(self.way, 1, run_time)

    def zoom_in(self, run_time: float) -> Iterator[Animation]:
        """Yield the ways to the end of the path: there, and nearer."""
        yield self.close.to_frame("above_the_end", 0.3 * run_time)
        yield self.close.to_frame("last", 0.7 * run_time)

    # Parts

    def _slope(self, k: int) -> float:
        return float(self.gradient(self.here)[k])

    def _around_the_end(self, slot: Slot) -> Frame:
        """Return the frame that holds the end of the path, the answer and the truth."""
        held = np.array(self.ends)
        middle = (held.min(axis=0) + held.max(axis=0)) / 2
        return Frame.holding(middle + AROUND * (held - middle), slot)


class WalkersArrow(LiveArrow):
    """The gradient where the dot is that goes straight to the bottom, or one that it leaves behind.

    Parameters
    ----------
    picture
        The map and the dot.
    at
        Place on the way at which it is left behind; without it the arrow goes along.
    """

    def __init__(self, picture: AnswerMap, at: float | None = None) -> None:
        self.picture, self.at = picture, at
        super().__init__(picture.close, picture.here, (0.0, 0.0), picture.arrow)

    def follow(self) -> Self:
        """Draw it where the dot is now, or was."""
        now = self.picture.way.get_value()
        way = now if self.at is None else self.at
        self.start = self.picture.place(way)
        self.vector = self.picture.gradient(self.start)
        if self.at is not None:
            self.lit.set_value(PALE if now > way else 0)
        return super().follow()
