"""The line of code of each station, with a word below each name that is not known yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np
from manim import DOWN, UP, Line, VGroup

from linreg.lesson import Lesson
from linreg.training import fit
from visuals.code import ADVANCE
from visuals.layout import Slot
from visuals.listing import Listing
from visuals.numbers import Num, integer
from visuals.pipeline import Station
from visuals.plates import PADDING
from visuals.plots import Points
from visuals.source import fitted, statement_of
from visuals.theme import Size, Stroke
from visuals.typography import Words

WORK = {
    Station.DATA: "data_iter",
    Station.MODEL: "linreg",
    Station.LOSS: "squared_loss",
    Station.GRADIENT: "backward",
    Station.UPDATE: "sgd",
}
"""A name in the line of the training loop that does the work of a station."""

MEANINGS: dict[Station, dict[str, str]] = {
    Station.DATA: {"X, y": "batch", "batch_size": "batch_of", "data": "out_of"},
    Station.MODEL: {"w": "tilts", "b": "lifts"},
    Station.LOSS: {"losses": "half_squares"},
    Station.GRADIENT: {"losses.sum()": "sum", "backward": "station.gradient"},
    Station.UPDATE: {"sgd": "station.update", "lr": "step_size", "len(y)": "divides"},
}
"""Keys of the words for the parts of each line that are new and spoken of."""

LATE = {Station.MODEL, Station.LOSS}
"""Stations whose words come with the sentence that speaks of them."""

DROP = 0.2
"""Distance of the words from the panel, in scene units."""

APART = 0.3
"""Space between two words, in scene units."""


class NamedLine(VGroup):
    """A line of code and, below it, what some of its names stand for.

    Where the line is broken, the words for its first row stand above it.

    Parameters
    ----------
    code
        The line.
    meanings
        Words for a text of the line; they take its colour.
    size
        Height of an em of the code, in scene units.
    slot
        The room for it; the panel stands at its top, or in its middle where it is broken.
    late
        Whether a later sentence brings the words.

    Attributes
    ----------
    listing
        The line on its panel.
    words
        The words, each with its lead to the code.
    at_first
        The parts that are seen from the first: all but words that a later sentence brings.
    """

    def __init__(
        self, code: str, meanings: Mapping[str, Words], size: float, slot: Slot, late: bool = False
    ) -> None:
        self.listing = Listing(code, size)
        rows = code.splitlines()
        slot.place(self.listing, y=0 if len(rows) > 1 else 1, shrink=False)
        self.words = VGroup()
        for row, line in enumerate(rows):
            found = {text: at for text in meanings if (at := _place(line, text))}
            down = DOWN if row == len(rows) - 1 else UP
            self._name(row, {found[text]: meanings[text] for text in found}, down, slot)
        super().__init__(self.listing, self.words)
        self.at_first: list[VGroup] = [self.listing] if late else [self.listing, self.words]

    def _name(
        self, row: int, meanings: Mapping[tuple[int, int], Words], way: Points, slot: Slot
    ) -> None:
        """Stand words in a line below or above the panel, each near its part of a row."""
        spans = sorted(meanings)
        parts = [self.listing.code.columns(row, *span) for span in spans]
        words = [meanings[span] for span in spans]
        edge = self.listing.panel.get_edge_center(way)[1]
        for word, x in zip(words, _spread(parts, words, slot), strict=True):
            height = word.get_center()[1] - word.baseline
            foot = edge + way[1] * DROP + (-Size.BODY * 0.75 if way[1] < 0 else Size.BODY * 0.25)
            word.move_to(np.array([x, foot + height, 0.0]))
        for part, word in zip(parts, words, strict=True):
            color = part[-1].get_fill_color()
            start = np.array([part.get_x(), edge + way[1] * Stroke.THIN / 100, 0.0])
            end = np.array([word.get_x(), edge + way[1] * (DROP - 0.06), 0.0])
            lead = Line(start, end, color=color, stroke_width=Stroke.THIN)
            self.words.add(VGroup(lead, word.set_fill(color)))


def lines_of_loop(
    slot: Slot, words: Callable[..., Words], lesson: Lesson
) -> dict[Station, NamedLine]:
    """Return the line that does the work of each station, as large as all of them fit in a slot.

    ``words`` returns words of the catalogue, with numbers.
    """
    batch = {"n": integer(lesson.batch_size)}
    numbers: dict[str, dict[str, Num]] = {
        **dict.fromkeys(("batch_of", "sum", "divides"), batch),
        "out_of": {"n": integer(lesson.num_examples)},
    }
    alone = {"batch_of": "batch_of_single"} if lesson.batch_size == 1 else {}
    code = {station: fitted(statement_of(fit, text)) for station, text in WORK.items()}
    longest = max(len(row) for line in code.values() for row in line.splitlines())
    size = min(Size.BODY, (slot.width - 2 * PADDING) / (longest * ADVANCE))
    return {
        station: NamedLine(
            code[station],
            {
                part: words(alone.get(key, key), **numbers.get(key, {}))
                for part, key in meanings.items()
            },
            size,
            slot,
            late=station in LATE,
        )
        for station, meanings in MEANINGS.items()
    }


def _place(line: str, text: str) -> tuple[int, int] | None:
    """Return the columns of a text in a line, where it is not a part of a longer name."""
    match = re.search(rf"(?<!\w){re.escape(text)}(?!\w)", line)
    return match.span() if match else None


def _spread(parts: list[VGroup], words: list[Words], slot: Slot) -> list[float]:
    """Return where words stand in a slot: apart, and on average below their parts."""
    wanted = [float(part.get_x()) for part in parts]
    places = wanted[:1]
    for (_, before), (at, word) in pairwise(zip(wanted, words, strict=True)):
        places.append(max(at, places[-1] + (before.width + word.width) / 2 + APART))
    if not words:
        return []
    off = float(np.mean(np.subtract(places, wanted)))
    least = places[-1] + words[-1].width / 2 - slot.right
    most = places[0] - words[0].width / 2 - slot.left
    off = min(max(off, least), most)
    return [place - off for place in places]
