"""A canvas that remembers what is drawn on it and redraws only the pixels that change.

Manim copies the whole background and draws every moving submobject on every frame. The canvas
compares the shapes of a frame with those it shows, marks the cells of a coarse grid that they
touched or will touch, and redraws just these cells, clipped, from the retained shapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cairo
import numpy as np
import numpy.typing as npt

from fastcairo.dot_shapes import DotsShape
from fastcairo.shapes import Box, Context, IntArray, Shape, View

__all__ = ["Canvas", "damaged_boxes", "pair_unchanged"]

Pixels = npt.NDArray[np.uint8]

CELL_WIDTH, CELL_HEIGHT = 16, 8  # pixels; even, because chroma is sampled in pairs
BRIDGED_CELLS = 3  # a gap this narrow costs less to redraw than another rectangle
FULL_REPAINT_SHARE = 0.6  # of all cells; beyond it, clipping saves nothing


class DamageGrid:
    """Cells of the canvas that have to be redrawn."""

    def __init__(self, view: View) -> None:
        self.view = view
        rows = -(-view.pixel_height // CELL_HEIGHT)
        columns = -(-view.pixel_width // CELL_WIDTH)
        self.cells = np.zeros((rows, columns), dtype=np.bool_)

    def mark(self, boxes: Sequence[Box] | IntArray) -> None:
        """Mark every cell that one of ``boxes`` touches; they lie within the canvas."""
        if isinstance(boxes, np.ndarray) and len(boxes):
            boxes = boxes[(boxes[:, 0] < boxes[:, 2]) & (boxes[:, 1] < boxes[:, 3])]
            left, right = boxes[:, 0] // CELL_WIDTH, (boxes[:, 2] - 1) // CELL_WIDTH
            top, bottom = boxes[:, 1] // CELL_HEIGHT, (boxes[:, 3] - 1) // CELL_HEIGHT
            if len(boxes) and (right - left).max() <= 1 and (bottom - top).max() <= 1:
                for row in (top, bottom):
                    for column in (left, right):
                        self.cells[row, column] = True
                return
            boxes = [Box(*box) for box in boxes.tolist()]
        for box in boxes:
            if box[0] < box[2] and box[1] < box[3]:
                self.cells[
                    box[1] // CELL_HEIGHT : (box[3] - 1) // CELL_HEIGHT + 1,
                    box[0] // CELL_WIDTH : (box[2] - 1) // CELL_WIDTH + 1,
                ] = True

    def boxes(self) -> list[Box]:
        """Return rectangles that cover the marked cells."""
        done: list[list[int]] = []
        growing: list[list[int]] = []
        below: list[list[int]] = []
        row = -1
        for next_row, first, last in self._runs():
            if next_row != row:
                growing = below if next_row == row + 1 else []
                below, row = [], next_row
            for block in growing:
                if (
                    block[3] == row
                    and abs(block[0] - first) <= BRIDGED_CELLS
                    and abs(block[2] - last) <= BRIDGED_CELLS
                ):
                    block[0], block[2] = min(block[0], first), max(block[2], last)
                    block[3] = row + 1
                    below.append(block)
                    break
            else:
                block = [first, row, last, row + 1]
                done.append(block)
                below.append(block)
        return [
            Box(
                block[0] * CELL_WIDTH,
                block[1] * CELL_HEIGHT,
                min(block[2] * CELL_WIDTH, self.view.pixel_width),
                min(block[3] * CELL_HEIGHT, self.view.pixel_height),
            )
            for block in done
        ]

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        """Return row, first column and end of each run of marked cells; small gaps are bridged."""
        padded = np.zeros((len(self.cells), self.cells.shape[1] + 2), dtype=np.bool_)
        padded[:, 1:-1] = self.cells
        # Every run has two edges, and the edges of a row follow one another.
        rows, edges = np.nonzero(padded[:, 1:] != padded[:, :-1])
        rows, first, last = rows[::2], edges[::2], edges[1::2]
        is_apart = (rows[1:] != rows[:-1]) | (first[1:] - last[:-1] > BRIDGED_CELLS)
        starts, ends = np.ones((2, len(rows)), dtype=np.bool_)
        starts[1:], ends[:-1] = is_apart, is_apart
        return zip(rows[starts].tolist(), first[starts].tolist(), last[ends].tolist(), strict=True)


def dots_near(dots: DotsShape, boxes: Sequence[Box], view: View) -> npt.NDArray[np.intp]:
    """Return the indices of the dots that may touch one of ``boxes``."""
    around = int(dots.reach) + 2
    beside = int(dots.reach_beside) + 2
    grid = DamageGrid(view)
    grid.mark(
        [
            Box(
                max(box.left - beside, 0),
                max(box.top - around, 0),
                min(box.right + beside, view.pixel_width),
                min(box.bottom + around, view.pixel_height),
            )
            for box in boxes
        ]
    )
    rows, columns = grid.cells.shape
    x, y = dots.centres
    column_of = np.clip(x // CELL_WIDTH, 0, columns - 1).astype(np.intp)
    row_of = np.clip(y // CELL_HEIGHT, 0, rows - 1).astype(np.intp)
    return np.flatnonzero(grid.cells[row_of, column_of])


def bands_of(boxes: Sequence[Box]) -> list[tuple[int, int, list[int]]]:
    """Return top, bottom and members of the bands of rows that ``boxes`` lie in.

    Boxes that have rows in common are in one band: what touches several of them is drawn once.
    """
    bands: list[tuple[int, int, list[int]]] = []
    for index in sorted(range(len(boxes)), key=lambda index: boxes[index].top):
        box = boxes[index]
        if bands and box.top < bands[-1][1]:
            top, bottom, members = bands.pop()
            bands.append((top, max(bottom, box.bottom), [*members, index]))
        else:
            bands.append((box.top, box.bottom, [index]))
    return bands


def pair_unchanged(old: Sequence[Shape], new: Sequence[Shape]) -> list[tuple[int, int]]:
    """Return pairs of indices of equal shapes, increasing in both: a common subsequence.

    Shapes outside of it came, went, or changed places in the drawing order.
    """
    positions: dict[object, list[int]] = {}
    for index, shape in enumerate(old):
        positions.setdefault(shape.key, []).append(index)
    pairs = []
    following = 0
    for index, shape in enumerate(new):
        for candidate in positions.get(shape.key, ()):
            if candidate >= following:
                pairs.append((candidate, index))
                following = candidate + 1
                break
    return pairs


def damaged_boxes(old: Sequence[Shape], new: Sequence[Shape], view: View) -> list[Box]:
    """Return the rectangles where a canvas that shows ``old`` must change to show ``new``."""
    grid = DamageGrid(view)
    mark_damage(grid, old, new)
    if np.count_nonzero(grid.cells) > FULL_REPAINT_SHARE * grid.cells.size:
        return [view.everything]
    return grid.boxes()


def mark_damage(grid: DamageGrid, old: Sequence[Shape], new: Sequence[Shape]) -> None:
    """Mark in ``grid`` what differs between ``old`` and ``new``, both back to front."""
    if len(old) == len(new):
        for before, after in zip(old, new, strict=True):
            if before is not after and before.key != after.key:
                grid.mark(after.damage_since(before))
        return
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head].key == new[head].key:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail].key == new[-1 - tail].key:
        tail += 1
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    pairs = pair_unchanged(old, new)
    kept_old, kept_new = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    grid.mark([shape.bounds for index, shape in enumerate(old) if index not in kept_old])
    grid.mark([shape.bounds for index, shape in enumerate(new) if index not in kept_new])


class Canvas:
    """Pixels, and the shapes that are known to be drawn on them.

    Parameters
    ----------
    pixels
        Array of shape (height, width, 4) that is drawn into.
    matrix
        The camera's transformation from scene units to pixels.
    view
        The same transformation with the sizes that bounds need.
    """

    def __init__(self, pixels: Pixels, matrix: cairo.Matrix, view: View) -> None:
        self.pixels = pixels
        self.view = view
        surface = cairo.ImageSurface.create_for_data(
            pixels.data, cairo.FORMAT_ARGB32, view.pixel_width, view.pixel_height
        )
        self.matrix = matrix
        self.context: Context = cairo.Context(surface)
        self.context.set_matrix(matrix)
        self.scratch = np.empty_like(pixels)
        self.scratch_context: Context = cairo.Context(
            cairo.ImageSurface.create_for_data(
                self.scratch.data, cairo.FORMAT_ARGB32, view.pixel_width, view.pixel_height
            )
        )
        self.scratch_context.set_matrix(matrix)
        self.shapes: list[Shape] = []
        self.base: Pixels | None = None

    def look_from(self, matrix: cairo.Matrix, view: View) -> None:
        """Follow the camera; a canvas whose view changes is drawn anew."""
        if view != self.view:
            self.matrix, self.view = matrix, view
            self.context.set_matrix(matrix)
            self.scratch_context.set_matrix(matrix)
            self.forget()

    def forget(self) -> None:
        """Take the pixels for unknown, so that the next frame is drawn as a whole."""
        self.base = None

    def show(self, shapes: list[Shape], below: int, base: Pixels, background: Pixels) -> list[Box]:
        """Draw ``shapes`` and return the rectangles that were redrawn.

        Parameters
        ----------
        shapes
            All shapes of the picture, back to front.
        below
            How many of them, the hindmost, are part of ``base`` already.
        base
            Pixels to draw upon.
        background
            Pixels behind all shapes; a new array means a new background.
        """
        boxes = [self.view.everything]
        if self.base is background:
            boxes = damaged_boxes(self.shapes, shapes, self.view)
        self._paint(boxes, shapes[below:], base)
        self.shapes = shapes
        self.base = background
        return boxes

    def _paint(
        self,
        boxes: list[Box],
        shapes: list[Shape],
        base: Pixels,
    ) -> None:
        """Draw ``shapes`` upon ``base`` within ``boxes``."""
        if boxes == [self.view.everything]:
            np.copyto(self.pixels, base)
            for shape in shapes:
                shape.paint(self.context)
            return
        if not boxes:
            return
        bounds = np.array([shape.bounds for shape in shapes], dtype=np.int64).reshape(-1, 4)
        areas = np.array(boxes, dtype=np.int64)[:, None, :]
        touches = (
            (bounds[:, 0] < areas[..., 2])
            & (bounds[:, 2] > areas[..., 0])
            & (bounds[:, 1] < areas[..., 3])
            & (bounds[:, 3] > areas[..., 1])
        )
        near = {
            index: dots_near(shape, boxes, self.view)
            for index, shape in enumerate(shapes)
            if isinstance(shape, DotsShape) and touches[:, index].any()
        }
        context = self.scratch_context
        for top, bottom, members in bands_of(boxes):
            places = [
                (slice(box.top, box.bottom), slice(box.left, box.right))
                for box in (boxes[member] for member in members)
            ]
            for place in places:
                self.scratch[place] = base[place]
            # Cairo decides row by row, over the whole width of a path, how it samples edges, and
            # samples the first row of a clip more coarsely. So the clip is as wide as the canvas
            # and a row taller than the band at either end, and only the boxes are taken from it.
            context.identity_matrix()
            context.rectangle(0, top - 1, self.view.pixel_width, bottom - top + 2)
            context.clip()
            context.set_matrix(self.matrix)
            for index in np.flatnonzero(touches[members].any(axis=0)).tolist():
                shape = shapes[index]
                if isinstance(shape, DotsShape):
                    shape.paint_between(context, top, bottom, near[index])
                else:
                    shape.paint(context)
            context.reset_clip()
            context.new_path()
            for place in places:
                self.pixels[place] = self.scratch[place]
