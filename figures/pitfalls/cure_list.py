"""A list of faults, each with its cure below it."""

from __future__ import annotations

from collections.abc import Iterable

from manim import LEFT, UP, VGroup

from visuals.layout import GAP, is_wide
from visuals.theme import Size
from visuals.typography import Words

LEADING = 1.45
"""Distance of a cure's baseline from its fault's, in ems."""

PITCH = 3.4
"""Distance of two faults' baselines, in ems."""

ROWS_IF_TALL = 2
"""Pairs below each other where the frame is tall."""


def cure_list(pairs: Iterable[tuple[Words, Words]]) -> VGroup:
    """Return pairs of a fault and its cure on even lines, in two columns in a tall frame."""
    listed = list(pairs)
    rows = len(listed) if is_wide() else ROWS_IF_TALL
    groups = VGroup(*(VGroup(*pair) for pair in listed))
    left = 0.0
    for number, pair in enumerate(listed):
        if number and number % rows == 0:
            left = float(groups[:number].get_right()[0]) + GAP
        for words, drop in zip(pair, (0.0, LEADING), strict=True):
            line = -(number % rows * PITCH + drop) * Size.BODY
            words.shift(UP * (line - words.baseline))
            words.set_x(left, direction=LEFT)
    return groups
