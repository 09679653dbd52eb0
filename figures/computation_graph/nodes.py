"""Nodes of the graph, and the arrows between them."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import (
    RIGHT,
    UP,
    Animation,
    Arrow,
    Circle,
    ManimColor,
    RoundedRectangle,
    Transform,
    VGroup,
    VMobject,
    there_and_back,
)

from figures.computation_graph.places import LEAF, node_size
from visuals.code import CodeText
from visuals.formula import formula
from visuals.plates import CORNER_RADIUS
from visuals.plots import Points
from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Pace, Size, Stroke, theme
from visuals.typography import MIDDLE_OF_LETTERS, Math

SYMBOLS = {
    "MmBackward0": "X @",
    "AddBackward0": "+",
    "SubBackward0": "- y",
    "PowBackward0": "** 2",
    "DivBackward0": "/ 2",
    "SumBackward0": "sum",
}
"""Operations as the code writes them, by PyTorch's name."""

CODE_SIZE = Size.BODY
"""Height of an em of the code at the graph, in scene units."""

APART = 0.13
"""Distance of each of two arrows from the line between their nodes, in scene units."""

PAST = 0.6
"""Opacity of an arrow along which nothing flows any more."""

TIP = 0.17
"""Length of an arrow's head, in scene units."""

OUT = 0.45
"""Length of an arrow to the result, in scene units."""

AIR = 0.05
"""Space between an arrow and a node, in scene units."""


class _Node(VGroup):
    """A box with a label that can be dim."""

    box: VMobject
    label: CodeText | Math

    def shine(self, opacity: float) -> Self:
        """Light outline and label, or dim them; the ground stays."""
        self.box.set_stroke(opacity=opacity)
        glyphs = self.label.rows if isinstance(self.label, CodeText) else [self.label]
        for glyph in glyphs:
            glyph.set_fill(opacity=opacity)
        return self


class OperationNode(_Node):
    """A box with an operation in it.

    Parameters
    ----------
    name
        PyTorch's name of the operation.
    place
        Its middle.
    """

    label: CodeText

    def __init__(self, name: str, place: Points) -> None:
        self.name = name
        width, height = node_size()
        self.box = RoundedRectangle(
            corner_radius=CORNER_RADIUS,
            width=width,
            height=height,
            color=theme.INK,
            stroke_width=Stroke.THIN,
            fill_color=theme.PANEL,
            fill_opacity=1,
        )
        self.label = CodeText(SYMBOLS[name], CODE_SIZE)
        super().__init__(self.box, self.label)
        self.move_to(place)
        middle, letters = self.box.get_center(), VGroup(*self.label.rows)
        up = middle[1] - MIDDLE_OF_LETTERS * CODE_SIZE - self.label.baseline
        self.label.shift(RIGHT * (middle[0] - letters.get_x()) + UP * up)

    def leave(self, opacity: float) -> Self:
        """Take the box away, and leave the operation, dim: it is done, and not recorded."""
        self.shine(opacity)
        self.box.set_stroke(opacity=0).set_fill(opacity=0)
        return self

    def stay(self) -> Self:
        """Have the box, and be lit."""
        self.shine(1)
        self.box.set_fill(opacity=1)
        return self


class ParameterNode(_Node):
    """A circle with a parameter in it.

    Parameters
    ----------
    name
        ``w`` or ``b``.
    place
        Its middle.
    """

    def __init__(self, name: str, place: Points) -> None:
        self.name = name
        self.box = Circle(
            LEAF,
            color=theme.MODEL,
            stroke_width=Stroke.LINE,
            fill_color=theme.BACKGROUND,
            fill_opacity=1,
        )
        self.label = formula(f"{{{{ {name} : {name} }}}}", ROLES_IN_TRAINING, size=Size.TITLE)
        super().__init__(self.box, self.label)
        self.move_to(place)


Node = OperationNode | ParameterNode


def edge_of(node: Node, way: Points) -> Points:
    """Return where a ray from a node's middle leaves it; the ray runs along an axis."""
    reach = abs(way[0]) * node.box.width / 2 + abs(way[1]) * node.box.height / 2
    return np.asarray(node.get_center() + way * (reach + AIR))


def pulse(node: Node, run_time: float = 0.4) -> Animation:
    """Make the outline of a node bold for a moment."""
    bold = node.box.copy().set_stroke(width=2 * Stroke.BOLD)
    return Transform(node.box, bold, rate_func=there_and_back, run_time=run_time)


def link(start: Node, end: Node, color: ManimColor) -> Arrow:
    """Return an arrow from one node to another, which lies straight above or beside it."""
    way = end.get_center() - start.get_center()
    way = way / np.linalg.norm(way)
    return _arrow(edge_of(start, way), edge_of(end, -way), color)


def arrow_out(node: Node, way: Points, color: ManimColor) -> Arrow:
    """Return a short arrow that leaves a node."""
    start = edge_of(node, way)
    return _arrow(start, start + OUT * way, color)


def step_aside(arrow: Arrow, way: Points, run_time: float = Pace.QUICK) -> Animation:
    """Move an arrow to make room for one that leads back, and dim it."""
    return Transform(arrow, arrow.copy().shift(way).set_opacity(PAST), run_time=run_time)


def _arrow(start: Points, end: Points, color: ManimColor) -> Arrow:
    return Arrow(
        start,
        end,
        buff=0,
        color=color,
        stroke_width=Stroke.LINE,
        tip_length=TIP,
        max_tip_length_to_length_ratio=1,
        max_stroke_width_to_length_ratio=100,
    )
