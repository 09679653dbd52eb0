"""Typst's SVG as outlines, one for each glyph and rule.

The curves of a glyph are read only once. Manim's own import of SVG writes two files for each text
and reads every letter again each time it occurs, which took most of the time of a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from svgelements import Matrix, Path

Curves = npt.NDArray[np.float64]

_SVG = "{http://www.w3.org/2000/svg}"
_TARGET = "{http://www.w3.org/1999/xlink}href"
_NO_PAINT = "none"


class Outline(NamedTuple):
    """One glyph or rule.

    Attributes
    ----------
    points
        Control points of its cubic curves, shape (n, 3), in points, y upwards.
    color
        Its colour, as ``"#rrggbb"``.
    line_width
        Thickness of its line in points, or zero if it is an area.
    """

    points: Curves
    color: str
    line_width: float


def outlines(svg: str) -> list[Outline]:
    """Return the outlines of an SVG by Typst, in its order; spaces have none.

    Raises
    ------
    NotImplementedError
        If it contains an element other than groups, symbols and paths.
    """
    root = ElementTree.fromstring(svg)
    symbols = {symbol.get("id"): symbol[0].get("d", "") for symbol in root.iter(f"{_SVG}symbol")}
    return [outline for outline in _outlines(root, Matrix(), symbols) if len(outline.points)]


def _outlines(
    parent: ElementTree.Element, matrix: Matrix, symbols: dict[str | None, str]
) -> Iterator[Outline]:
    for element in parent:
        placed = Matrix(element.get("transform", "")) * matrix
        match element.tag.removeprefix(_SVG):
            case "g":
                yield from _outlines(element, placed, symbols)
            case "use":
                shift = Matrix.translate(float(element.get("x", 0)), float(element.get("y", 0)))
                curves = _curves(symbols[element.get(_TARGET, "").removeprefix("#")])
                yield _outline(element, curves, shift * placed)
            case "path":
                yield _outline(element, _curves(element.get("d", "")), placed)
            case "defs":
                pass
            case tag:
                raise NotImplementedError(f"<{tag}> in an SVG by Typst")


def _outline(element: ElementTree.Element, curves: Curves, matrix: Matrix) -> Outline:
    fill = element.get("fill", _NO_PAINT)
    is_line = fill == _NO_PAINT
    points = np.zeros_like(curves)
    points[:, :2] = curves[:, :2] @ [[matrix.a, -matrix.b], [matrix.c, -matrix.d]]
    points[:, :2] += [matrix.e, -matrix.f]
    return Outline(
        points=points,
        color=element.get("stroke", _NO_PAINT) if is_line else fill,
        line_width=float(element.get("stroke-width", 1)) if is_line else 0.0,
    )


@cache
def _curves(data: str) -> Curves:
    """Return the control points of an SVG path, as manim reads it."""
    points: Curves = VMobjectFromSVGPath(Path(data)).points
    return points.reshape(-1, 3)
