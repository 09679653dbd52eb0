"""A look at a frame as a strict viewer would have it: its texts, and everything wrong with them.

For whoever makes a chapter: :func:`inspected` takes any :class:`~visuals.stage.LectureScene` at any
moment, ``./render.sh check`` asks it at the end of every beat. No film depends on it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from manim import Mobject, Scene, VMobject

from visuals.code import CodeText
from visuals.layout import safe_area
from visuals.readout import Readout
from visuals.theme import Size
from visuals.typography import Typeset

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in scene units."""

SLACK = 0.011
"""Distance by which boxes may run into each other, in scene units: 1.5 pixels at 1080p."""

SEEN = 0.05
"""The least opacity that a viewer notices."""

SMALLEST = Size.TICK * 0.99
"""The least height of an em, but for rounding."""

Text: TypeAlias = Typeset | CodeText | Readout


@dataclass(frozen=True)
class Shown:
    """A text that is on the screen, with the boxes of its visible glyphs."""

    mobject: Text
    boxes: tuple[Box, ...]

    @property
    def name(self) -> str:
        """The text, or its source."""
        mobject = self.mobject
        if isinstance(mobject, Readout):
            return f"readout {mobject.shown}"
        name: str = getattr(mobject, "text", mobject.source)
        return name

    @property
    def box(self) -> Box:
        """The box around all of its glyphs."""
        return _around(self.boxes)


@dataclass(frozen=True)
class Fault:
    """Something that is wrong with a frame.

    Attributes
    ----------
    kind
        Kind of fault: ``"outside the margins"``, ``"text over text"`` or ``"too small"``.
    text
        The texts that it concerns.
    box
        Its place.
    """

    kind: str
    text: str
    box: Box

    def __str__(self) -> str:
        """Return kind, texts and place as one line."""
        left, bottom, right, top = (f"{value:.2f}" for value in self.box)
        text = " ".join(self.text.split())
        return f"{self.kind}: {text}, x {left} to {right}, y {bottom} to {top}"


def inspected(scene: Scene) -> list[Fault]:
    """Return everything that is wrong with a scene's frame of now."""
    return [*outside(scene), *overlapping(scene), *too_small(scene)]


def outside(scene: Scene) -> list[Fault]:
    """Return the texts that leave the safe area."""
    area = safe_area()
    return [
        Fault("outside the margins", repr(shown.name), shown.box)
        for shown in texts(scene)
        if shown.box[0] < area.left - SLACK
        or shown.box[1] < area.bottom - SLACK
        or shown.box[2] > area.right + SLACK
        or shown.box[3] > area.top + SLACK
    ]


def overlapping(scene: Scene) -> list[Fault]:
    """Return the pairs of texts of which two glyphs touch, placed where they do."""
    found = []
    for one, other in itertools.combinations(texts(scene), 2):
        if not _meet(one.box, other.box):
            continue
        pairs = itertools.product(one.boxes, other.boxes)
        places = [_common(a, b) for a, b in pairs if _meet(a, b)]
        if places:
            names = f"{one.name!r} and {other.name!r}"
            found.append(Fault("text over text", names, _around(places)))
    return found


def too_small(scene: Scene) -> list[Fault]:
    """Return the texts that are smaller than the smallest size."""
    return [
        Fault("too small", f"{shown.name!r}, an em of {typeset.em:.3f}", shown.box)
        for shown in texts(scene)
        for typeset in shown.mobject.get_family()
        if isinstance(typeset, Typeset) and typeset.em < SMALLEST
    ]


def texts(scene: Scene) -> list[Shown]:
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
    if not isinstance(leaf, VMobject) or not len(leaf.points):
        return False
    filled = leaf.get_fill_opacity() > SEEN
    stroked = leaf.get_stroke_opacity() > SEEN and leaf.stroke_width > 0
    return bool((filled or stroked) and leaf.width * leaf.height > 0)


def _box(leaf: Mobject) -> Box:
    low, high = leaf.points.min(axis=0), leaf.points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _around(boxes: Iterable[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _common(one: Box, other: Box) -> Box:
    """Return the part that two boxes share."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _meet(one: Box, other: Box) -> bool:
    left, bottom, right, top = _common(one, other)
    return right - left > SLACK and top - bottom > SLACK
