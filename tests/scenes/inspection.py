"""Looks at a chapter's frame as a strict viewer would, and says what is wrong with it."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from manim import Mobject, VMobject

from visuals.code import CodeText
from visuals.layout import safe_area
from visuals.numbers import Num
from visuals.plots import TickLabel
from visuals.readout import Readout
from visuals.stage import LectureScene
from visuals.theme import Size
from visuals.typography import Typeset

Box = tuple[float, float, float, float]  # left, bottom, right, top

SLACK = 0.011
"""How far boxes may run into each other, in scene units: a pixel and a half at 1080p."""

SEEN = 0.05
"""The least opacity that a viewer notices."""

STRUCTURE = {"0", "1", "2"}
"""The digits that formulas are made of: 1/2, the square, indices from 1, N(0, 1)."""

Text = Typeset | CodeText | Readout


@dataclasses.dataclass(frozen=True)
class Shown:
    """A text that is on the screen, with the boxes of its visible glyphs."""

    mobject: Text
    boxes: tuple[Box, ...]

    @property
    def name(self) -> str:
        mobject = self.mobject
        if isinstance(mobject, Readout):
            return f"readout {mobject.shown}"
        return getattr(mobject, "text", mobject.source)

    @property
    def box(self) -> Box:
        left, bottom, right, top = zip(*self.boxes, strict=True)
        return min(left), min(bottom), max(right), max(top)


def texts(scene: LectureScene) -> list[Shown]:
    """Return every text of which a glyph can be seen."""
    found = []
    for root in scene.mobjects:
        for mobject in _texts_in(root):
            boxes = tuple(_box(leaf) for leaf in mobject.get_family() if _is_seen(leaf))
            if boxes:
                found.append(Shown(mobject, boxes))
    return found


def _texts_in(mobject: Mobject) -> Iterator[Text]:
    if isinstance(mobject, Typeset | CodeText | Readout):
        yield mobject
    else:
        for part in mobject.submobjects:
            yield from _texts_in(part)


def _is_seen(leaf: Mobject) -> bool:
    return (
        isinstance(leaf, VMobject)
        and len(leaf.points) > 0
        and (
            leaf.get_fill_opacity() > SEEN
            or (leaf.get_stroke_opacity() > SEEN and leaf.stroke_width > 0)
        )
        and leaf.width * leaf.height > 0
    )


def _box(leaf: Mobject) -> Box:
    low, high = leaf.points.min(axis=0), leaf.points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def outside(scene: LectureScene) -> list[str]:
    """Name the texts that leave the safe area."""
    area = safe_area()
    return [
        f"{shown.name!r} at {np.round(shown.box, 2)}"
        for shown in texts(scene)
        if shown.box[0] < area.left - SLACK
        or shown.box[1] < area.bottom - SLACK
        or shown.box[2] > area.right + SLACK
        or shown.box[3] > area.top + SLACK
    ]


def overlapping(scene: LectureScene) -> list[str]:
    """Name the pairs of texts of which two glyphs touch."""
    return [
        f"{one.name!r} and {other.name!r}"
        for one, other in itertools.combinations(texts(scene), 2)
        if _meet(one.box, other.box)
        and any(_meet(a, b) for a, b in itertools.product(one.boxes, other.boxes))
    ]


def _meet(one: Box, other: Box) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > SLACK
        and min(one[3], other[3]) - max(one[1], other[1]) > SLACK
    )


def too_small(scene: LectureScene) -> list[str]:
    """Name the texts that are smaller than the smallest size."""
    found = []
    for shown in texts(scene):
        for typeset in shown.mobject.get_family():
            if isinstance(typeset, Typeset) and typeset.em < Size.TICK * 0.99:
                found.append(f"{shown.name!r} at {typeset.em:.3f}")
    return found


class Ledger:
    """Every number that the package computed: what a frame may show.

    Row numbers are any integers from 0 on, so that one of them is no evidence. A sequence of them
    is, where the package dealt the rows in this order.

    Parameters
    ----------
    scene
        The chapter, with its lesson, its trace and its own illustrations.
    computed
        What the functions of ``linreg`` returned while the chapter ran.
    """

    def __init__(self, scene: LectureScene, computed: list[object]) -> None:
        known = [scene.lesson.model_dump(), _fields(scene.trace), computed, scene.illustrations]
        values = np.array(list(_numbers(known)), dtype=float)
        self.finite = np.unique(values[np.isfinite(values)])
        self._rows = torch.cat(scene.trace.batches).tolist()

    def holds(self, value: float) -> bool:
        """Say whether the package computed a value; a sign may stand apart from it."""
        return not math.isfinite(value) or self._has(value) or self._has(-value)

    def lacks(self, values: list[float]) -> list[float]:
        """Return those numbers of one text that the package did not compute."""
        lacking = [value for value in values if not self.holds(value)]
        size = len(values)
        if size > 1 and lacking:
            starts = range(len(self._rows) - size + 1)
            if any(self._rows[start : start + size] == values for start in starts):
                return []
        return lacking

    def _has(self, value: float) -> bool:
        spot = int(np.searchsorted(self.finite, value))
        near = self.finite[max(spot - 1, 0) : spot + 1]
        return bool(np.isclose(near, value, rtol=1e-6, atol=1e-12).any())


def _fields(record: Any) -> dict[str, object]:
    own = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    return {**own, "num_steps": record.num_steps, "steps_per_epoch": record.steps_per_epoch}


def _numbers(value: object) -> Iterator[float]:
    """Yield every number inside a value, whatever holds it."""
    if isinstance(value, torch.Tensor):
        if value.is_floating_point():  # row numbers are all integers there are
            yield from value.detach().double().flatten().tolist()
        yield from value.shape
    elif isinstance(value, np.ndarray):
        yield from value.astype(float).flatten().tolist()
    elif isinstance(value, bool | str | None):
        return
    elif isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _numbers(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _numbers(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _numbers(getattr(value, field.name))


def untrue(scene: LectureScene, ledger: Ledger) -> list[str]:
    """Name the numbers on the screen that nothing computed."""
    found = []
    for shown in texts(scene):
        mobject = shown.mobject
        if isinstance(mobject, CodeText):
            continue  # its lines are compared with the source instead
        numbers = [mobject.number] if isinstance(mobject, Readout) else mobject.numbers
        typesets = [part for part in mobject.get_family() if isinstance(part, Typeset)]
        if not isinstance(mobject, TickLabel):
            lacking = ledger.lacks([number.value for number in numbers])
            found += [f"{value} in {shown.name!r}" for value in lacking]
        for typeset in typesets:
            found += [f"{digits} typed in {typeset.source!r}" for digits in _typed(typeset.source)]
    return found


def _typed(source: str) -> list[str]:
    """Return the numbers that stand in a text itself, structure apart."""
    bare = re.sub(r"%\(\w+\)s", "", source)
    bare = re.sub(r"10\^\(-?\d+\)", "", bare)  # the unit of an axis, as its ticks are
    bare = re.sub(r"\{\{|\}\}|:\s*[A-Za-z_]\w*\s*(?=\})", "", bare)
    digits = re.findall(r"(?<![A-Za-z_])\d+(?:\.\d+)?", bare)
    return [number for number in digits if number not in STRUCTURE]


def shown_numbers(scene: LectureScene) -> list[Num]:
    """Return the numbers that can be seen."""
    found: list[Num] = []
    for shown in texts(scene):
        mobject = shown.mobject
        if isinstance(mobject, Readout):
            found.append(mobject.number)
        elif isinstance(mobject, Typeset):
            found += mobject.numbers
    return found
