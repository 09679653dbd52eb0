"""A list of faults, each with its cure below it."""

from __future__ import annotations

from collections.abc import Iterable

from manim import LEFT, UP, VGroup

from visuals.theme import Size
from visuals.typography import Words

LEADING = 1.45
"""Distance of a cure's baseline from its fault's, in ems."""

PITCH = 3.4
"""Distance of two faults' baselines, in ems."""


def cure_list(pairs: Iterable[tuple[Words, Words]]) -> VGroup:
    """Return pairs of a fault and its cure on even lines."""
    listed = VGroup()
    for number, (fault, cure) in enumerate(pairs):
        line = -number * PITCH
        for words, drop in ((fault, 0.0), (cure, LEADING)):
            words.shift(UP * ((line - drop) * Size.BODY - words.baseline))
            words.align_to(listed or fault, LEFT)
        listed.add(VGroup(fault, cure))
    return listed
