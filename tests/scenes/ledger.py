"""The numbers that a chapter shows, compared with those that the package computed."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from visuals.code import CodeText
from visuals.inspection import texts
from visuals.numbers import Num
from visuals.plots import TickLabel
from visuals.readout import Readout
from visuals.stage import LectureScene
from visuals.typography import Typeset

STRUCTURE = {"0", "1", "2"}
"""The digits that formulas are made of: 1/2, the square, indices from 1, N(0, 1)."""


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
    bare = re.sub(r"\b[\d.]+em\b", "", bare)  # a size of type
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
