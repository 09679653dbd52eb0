"""Inspections of chapters, as they lie in the cache."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linreg.lesson import SILENT
from studio.jobs import BeatTimes
from studio.orders import Order
from studio.store.cache import Entry
from studio.workers.worker import INSPECTION
from visuals.inspection import Fault
from visuals.language import catalogue
from visuals.speeches import sentence
from voice import parse_marks

EARLY = 1e-6
"""Seconds by which a sentence may come before its beat, by rounding."""


@dataclass(frozen=True)
class InspectedBeat:
    """A beat as it was inspected.

    Attributes
    ----------
    times
        Its name and times.
    still
        Picture of its last frame.
    faults
        Everything that is wrong with that.
    sentences
        Everything that is said in it, as the catalogue has it now.
    """

    times: BeatTimes
    still: Path
    faults: tuple[Fault, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Inspection:
    """A chapter as it was inspected.

    Attributes
    ----------
    frame
        Width and height of the frame in scene units.
    beats
        Its beats in order.
    """

    frame: tuple[float, float]
    beats: tuple[InspectedBeat, ...]


def inspection_order(order: Order) -> Order:
    """Return the order for an inspection of an order's chapters, which needs no voice."""
    lesson = {**order.lesson, "voice": SILENT}
    return replace(order, kind="inspection", lesson=lesson, title="")


def read_inspection(entry: Entry, language: str) -> Inspection:
    """Return an inspection from the cache, with the sentences of a language."""
    record = json.loads((entry.folder / INSPECTION).read_bytes())
    beats = [_beat(entry, values, language) for values in record["beats"]]
    width, height = record["frame"]
    return Inspection((width, height), tuple(beats))


def _beat(entry: Entry, values: dict[str, Any], language: str) -> InspectedBeat:
    times = BeatTimes(values["name"], values["start"], values["end"])
    return InspectedBeat(
        times=times,
        still=entry.folder / values["still"],
        faults=tuple(Fault(f["kind"], f["text"], tuple(f["box"])) for f in values["faults"]),
        sentences=tuple(_sentences(entry, times, language)),
    )


def _sentences(entry: Entry, beat: BeatTimes, language: str) -> Iterator[str]:
    texts = catalogue(language)
    for speech in entry.inputs.speeches:
        if beat.start - EARLY <= speech.start < beat.end - EARLY:
            text, _ = parse_marks(sentence(speech.keys, speech.numbers, texts))
            yield text
