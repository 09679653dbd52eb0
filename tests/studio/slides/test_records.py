"""Beats become slides: their stretches, notes and records."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from studio.film.records import Cue
from studio.jobs import BeatTimes
from studio.slides.converting import presentation
from studio.slides.records import Deck, deck_of
from tests.studio.film.films import clip


@pytest.fixture
def deck() -> Deck:
    return deck_of("", [(4, clip("A", 45)), (9, clip("B", 31))])


def test_every_beat_is_a_slide(deck: Deck) -> None:
    assert [slide.name for slide in deck.slides] == ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"]
    assert [(stack.number, stack.title) for stack in deck.stacks] == [
        (4, "About A"),
        (9, "About B"),
    ]
    assert (deck.slides[1].clip, deck.slides[1].still) == ("A-2.mp4", "A-2.jpg")


def test_slides_begin_and_end_with_whole_frames(deck: Deck) -> None:
    ends = [Fraction(frames, 15) for frames in (0, 10, 21, 31)]  # a third of 31 is no whole number
    starts_and_ends = [(slide.start, slide.end) for slide in deck.stacks[1].slides]
    assert starts_and_ends == list(itertools.pairwise(ends))


def test_notes_are_what_is_said_in_the_beat() -> None:
    beats = (BeatTimes("stands", 0, 1), BeatTimes("moves", 1, 2), BeatTimes("rests", 2, 3))
    cues = (Cue(0, 0.4, "First\nthis."), Cue(0.4, 0.9, "Then that."), Cue(0.9, 1.9, "Late."))
    talk = replace(clip("A", 45), beats=beats, cues=cues)
    said = [slide.notes for slide in deck_of("", [(1, talk)]).slides]
    assert said == ["First this. Then that.", "Late.", ""]


def test_a_deck_has_the_title_of_the_lecture_or_of_its_chapters(deck: Deck) -> None:
    assert deck.title == "About A, About B"
    assert deck_of("All", [(1, clip("A", 45))]).title == "All"


def test_a_chapter_in_the_schema_of_manim_slides(deck: Deck) -> None:
    record = presentation(deck.stacks[0], deck, Path("clips"))
    assert record == {
        "slides": [
            {
                "file": f"clips/A-{number}.mp4",
                "rev_file": f"clips/A-{number}.mp4",
                "notes": f"A {beat} there.",
                "direction": "vertical",
            }
            for number, beat in enumerate(("stands", "moves", "rests"), start=1)
        ],
        "resolution": [320, 180],
        "background_color": "#0F141A",
    }
