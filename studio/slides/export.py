"""Slides of an order: found in the cache or cut anew from the films that the cache has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from scenes.manifest import CHAPTERS
from studio.failures import ChapterError
from studio.film.cutting import cut
from studio.film.pictures import last_frame
from studio.film.production import ChapterFilm, read_chapter_film
from studio.film.sound import film_sound
from studio.orders import Order
from studio.slides.paper import QUALITY, write_pdf
from studio.slides.records import Deck, deck_of
from studio.store.cache import Cache, CachedFiles, Finding, key_of
from studio.store.sources import page_sources

FOLDER = "slides"
PDF = "lecture.pdf"

TOOLS = ("av", "manim-slides", "pillow", "python-pptx")
"""The packages that the files depend on."""


Watch = Callable[[str], object]


class SlidesError(Exception):
    """Slides that cannot be made; its text is one line for the user."""


def films_of(order: Order, findings: Sequence[Finding], render: str) -> list[ChapterFilm]:
    """Return the films of an order from the cache.

    Parameters
    ----------
    order
        Chapters, lesson and quality.
    findings
        What the cache has of each chapter.
    render
        Command that renders the order's films, without the names of chapters.

    Raises
    ------
    SlidesError
        When a film is missing or older than its sources, or the voice fails.
    """
    found = list(zip(order.chapters, findings, strict=True))
    missing = [chapter.name for chapter, finding in found if not finding.entry]
    if missing:
        named = " ".join(["", *missing]) if len(missing) < len(CHAPTERS) else ""
        raise SlidesError(
            f"slides: no film of {', '.join(missing)} as it is now: run {render}{named}"
        )
    try:
        return [
            read_chapter_film(finding.entry, chapter, order.lesson)
            for chapter, finding in found
            if finding.entry
        ]
    except ChapterError as error:
        raise SlidesError(f"slides: {error}") from error


def slides_of(
    order: Order, films: Sequence[ChapterFilm], cache: Cache, *, heard: bool, watch: Watch
) -> tuple[Deck, CachedFiles]:
    """Find or make the slides of an order.

    Parameters
    ----------
    order
        The order.
    films
        The films of its chapters, in order.
    cache
        The cache that keeps the slides.
    heard
        Whether the voice is heard.
    watch
        Called with a line about each chapter that is cut.

    Returns
    -------
    deck, files
        The slides, and their files.
    """
    numbers = [CHAPTERS.index(chapter) + 1 for chapter in order.chapters]
    deck = deck_of(order.title, zip(numbers, (film.clip for film in films), strict=True))
    made_from = [[film.checksum, film.heard if heard else []] for film in films]
    key = key_of([repr(deck), made_from, page_sources(deck.language), *map(version, TOOLS)])
    files = cache.derived(
        FOLDER,
        "heard" if heard else "silent",
        key,
        lambda folder: _make(deck, films, folder, heard, watch),
    )
    return deck, files


def _make(
    deck: Deck, films: Sequence[ChapterFilm], folder: Path, heard: bool, watch: Watch
) -> None:
    from studio.slides.converting import STILLS, convert  # manim-slides and manim take seconds

    stills = folder / STILLS
    stills.mkdir()
    with TemporaryDirectory(dir=folder.parent) as name:
        clips = Path(name)
        for stack, film in zip(deck.stacks, films, strict=True):
            watch(f"{film.clip.name}: {len(stack.slides)} slides")
            sound = film_sound([(film.sounds, film.duration)]) if heard else None
            for slide in stack.slides:
                clip = clips / slide.clip
                cut(film.file, clip, slide.start, slide.end, sound)
                frame = last_frame(clip, float(slide.end - slide.start))
                picture = Image.fromarray(frame.to_ndarray(format="rgb24"))
                picture.save(stills / slide.still, quality=QUALITY, subsampling=0)
        convert(deck, clips, folder, heard=heard)
    write_pdf(folder / PDF, [stills / slide.still for slide in deck.slides], deck.title)
