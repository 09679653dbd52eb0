"""Records of the slides: one a beat, in one stack a chapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from studio.film.records import Clip


@dataclass(frozen=True)
class Slide:
    """One beat of a chapter.

    Attributes
    ----------
    name
        Of its files and its address: the chapter's name and the number of the beat, from 1.
    start, end
        Its stretch of the chapter's film, exact to a frame, in seconds.
    notes
        All that is said in it, on one line; empty where nobody speaks.
    """

    name: str
    start: Fraction
    end: Fraction
    notes: str

    @property
    def clip(self) -> str:
        """Its film."""
        return f"{self.name}.mp4"

    @property
    def still(self) -> str:
        """Its last frame."""
        return f"{self.name}.jpg"


@dataclass(frozen=True)
class Stack:
    """The slides of one chapter.

    Attributes
    ----------
    number
        Of the chapter in the lecture, from 1.
    title
        Its title: any text, on one line.
    slides
        At least one.
    """

    number: int
    title: str
    slides: tuple[Slide, ...]


@dataclass(frozen=True)
class Deck:
    """All slides of an order.

    Attributes
    ----------
    title
        Of the lecture, or of the only chapter.
    language, theme
        Those of every film.
    width, height
        Of the films, in pixels.
    stacks
        The chapters, in order.
    """

    title: str
    language: str
    theme: str
    width: int
    height: int
    stacks: tuple[Stack, ...]

    @property
    def slides(self) -> list[Slide]:
        """The slides of all chapters, in order."""
        return [slide for stack in self.stacks for slide in stack.slides]


def stack_of(clip: Clip, number: int) -> Stack:
    """Return the slides of a chapter's film.

    Parameters
    ----------
    clip
        The film.
    number
        Of the chapter in the lecture, from 1.
    """

    def exact(seconds: float) -> Fraction:
        return Fraction(round(seconds * clip.frame_rate), clip.frame_rate)

    slides = tuple(
        Slide(f"{clip.name}-{count}", exact(beat.start), exact(beat.end), clip.said_in(beat))
        for count, beat in enumerate(clip.beats, start=1)
    )
    return Stack(number, clip.title, slides)


def deck_of(title: str, films: Iterable[tuple[int, Clip]]) -> Deck:
    """Return the slides of finished films.

    Parameters
    ----------
    title
        Of the lecture; empty when it is not whole.
    films
        The films, in order, each with its chapter's number in the lecture: at least one.
    """
    numbered = list(films)
    _, first = numbered[0]
    stacks = tuple(stack_of(clip, number) for number, clip in numbered)
    return Deck(
        title or ", ".join(stack.title for stack in stacks),
        first.language,
        first.theme,
        first.width,
        first.height,
        stacks,
    )
