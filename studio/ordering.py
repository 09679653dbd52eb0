"""Orders from the options of a command."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import get_args

from linreg.lesson import SILENT, SPOKEN, Lesson
from linreg.lesson_file import DEFAULT_FILE, check_lesson, chosen_file, load_lesson
from scenes.manifest import CHAPTERS, Chapter, lecture_title
from studio.naming import distinct_name, name_of_lesson
from studio.orders import Order
from studio.parsers import UsageError
from studio.quality import FILM_QUALITY, QUALITIES, SIZES, Quality
from studio.rooms import ROOT
from studio.voices import typed_voice, voice_of
from studio.web.article_page import ARTICLE
from visuals.language import catalogue
from visuals.language import languages as known_languages

THEMES: tuple[str, ...] = get_args(Lesson.model_fields["theme"].annotation)

MOST_JOBS = 256
BASE_ADDRESS = re.compile(r"(/|https?://)[^\s\"'<>()\\`{}]*")
LARGEST_CACHE = 1_000_000.0
"""In GiB."""


def orders_of(options: argparse.Namespace) -> list[Order]:
    """Return the orders of a command; all of its options are checked before anything is done.

    Parameters
    ----------
    options
        From a parser of :mod:`studio.parsers`.

    Raises
    ------
    UsageError, LessonError, LanguageError
        When the command or the lesson is wrong.
    """
    if not 1 <= options.jobs <= MOST_JOBS:
        raise UsageError(f"--jobs {options.jobs}: allowed is 1 or more, at most {MOST_JOBS}")
    if not 0 <= options.cache_limit <= LARGEST_CACHE:
        raise UsageError(
            f"--cache-limit {options.cache_limit}: allowed is 0 or more, at most {LARGEST_CACHE}"
        )
    if not BASE_ADDRESS.fullmatch(options.base):
        raise UsageError(
            f"--base {options.base!r}: allowed is an address that begins with / or https:// and "
            "has no space, quote or bracket, as in /course/linreg/"
        )
    file = options.lesson or chosen_file()
    lesson = load_lesson(file)
    axes = _axes([part for part in options.matrix if "=" in part])
    languages = axes.get("language", [options.language or lesson.language])
    themes = axes.get("theme", [options.theme or lesson.theme])
    sizes = axes.get("size", [QUALITIES[options.quality].size])
    # Names that stand behind the values of --matrix are chapters.
    named = [part for part in options.matrix if "=" not in part]
    chapters = _chapters([*options.chapters, *named])
    orders = []
    for language, theme, size in product(languages, themes, sizes):
        voice = typed_voice(options.voice) if options.voice else lesson.voice
        values = {**lesson.model_dump(), "language": language, "theme": theme, "voice": voice}
        quality = SIZES[size] if "size" in axes else QUALITIES[options.quality]
        catalogue(language)
        for chapter in chapters:
            chapter.title(language)  # a language may lack a chapter
        asked = check_lesson(values, source="command line")
        voice_of(values)  # complains before anything is done
        differing = zip((language, theme, size), (languages, themes, sizes), strict=True)
        order = Order(
            chapters=tuple(chapters),
            lesson=asked.model_dump(mode="json"),
            quality=quality,
            kind="stills" if options.stills else "film",
            folders={other: _folder(file, lesson, asked, other, quality) for other in THEMES},
            translations={
                code: folder
                for code in known_languages()
                if (folder := _folder(file, lesson, _in(code, asked), theme, quality))
                and (code in languages or (folder / ARTICLE).exists())
            },
            title=lecture_title(language) if len(chapters) == len(CHAPTERS) else "",
            base=options.base.rstrip("/") + "/",
            variant=" ".join(value for value, others in differing if len(others) > 1),
        )
        orders.append(order)
    return orders


def _in(code: str, lesson: Lesson) -> Lesson:
    """Return a lesson in another language."""
    return lesson.model_copy(update={"language": code})


def _folder(file: Path, lesson: Lesson, asked: Lesson, theme: str, quality: Quality) -> Path:
    """Return the folder of a film: exports/, or a folder in it that names the differences.

    Parameters
    ----------
    file, lesson
        The lesson's file, and the lesson as it stands there.
    asked
        The lesson as the command line has it.
    theme, quality
        Those of the film.
    """
    voice = {SILENT: "silent", SPOKEN: SPOKEN}.get(asked.voice) or distinct_name(Path(asked.voice))
    variant = [
        "" if file.resolve() == DEFAULT_FILE else name_of_lesson(file),
        asked.language if asked.language != lesson.language else "",
        theme if theme != lesson.theme else "",
        voice if asked.voice != lesson.voice else "",
        quality.name if quality != FILM_QUALITY else "",
    ]
    return ROOT / "exports" / "-".join(filter(None, variant))


def _axes(matrix: Sequence[str]) -> dict[str, list[str]]:
    """Return the values of each axis of the matrix."""
    allowed = {
        "language": None,  # checked by its catalogue
        "theme": THEMES,
        "size": tuple(SIZES),
    }
    axes: dict[str, list[str]] = {}
    for part in matrix:
        axis, _, text = part.partition("=")
        if axis not in allowed or not text:
            known = ", ".join(f"{name}=..." for name in allowed)
            raise UsageError(f"--matrix {part}: allowed are {known}")
        axes[axis] = list(dict.fromkeys([*axes.get(axis, []), *text.split(",")]))
        for value in axes[axis]:
            values = allowed[axis]
            if values is not None and value not in values:
                raise UsageError(f"--matrix {axis}={value}: allowed are {', '.join(values)}")
    return axes


def _chapters(names: Sequence[str]) -> list[Chapter]:
    known = [chapter.name for chapter in CHAPTERS]
    for name in names:
        if name not in known:
            raise UsageError(f"unknown chapter {name}; allowed are {', '.join(known)}")
    return [chapter for chapter in CHAPTERS if not names or chapter.name in names]
