"""HTML fragments: one film each, to be pasted into anybody's page."""

from __future__ import annotations

from functools import cache

import jinja2

from studio.clock import clock
from studio.film.records import Clip, Cue, Lecture
from studio.rooms import ROOT
from studio.web.renditions import Film, Rendition
from studio.web.texts import PageTexts
from visuals.language import tag
from visuals.phrases import on_one_line
from visuals.writing import writing_of

TEMPLATES = ROOT / "assets" / "web"

STYLE, SCRIPT = "lecture.css", "lecture.js"
"""Files that every fragment needs beside it."""

HERE = '="./'
"""Beginning of every address in a fragment, and of nothing else: replace it to move the files."""

ALONE = '<meta charset="utf-8">\n'
"""First line of a fragment's file, for browsers that open it alone; in a page it says nothing."""

BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
"""Replacements of braces, which Liquid, Go's templates and JSX would read as code."""


@cache
def templates() -> jinja2.Environment:
    """Return the templates; they escape all values."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["clock"] = clock
    environment.filters["seconds"] = lambda value: f"{value:.3f}".rstrip("0").rstrip(".")
    return environment


def fragment(film: Film, renditions: list[Rendition]) -> str:
    """Return the HTML of a film with its captions, chapters and transcript.

    Parameters
    ----------
    film
        A chapter or the whole lecture.
    renditions
        Its files in every theme that it was rendered in, its own last.
    """
    return film_html(film, renditions, head=True, lazy=False)


def film_html(
    film: Film,
    renditions: list[Rendition],
    *,
    head: bool,
    lazy: bool,
) -> str:
    """Return a film's part of a page.

    Parameters
    ----------
    film, renditions
        As for :func:`fragment`.
    head
        Whether to bring along style and script.
    lazy
        Whether to load nothing before the reader comes near.
    """
    clip = film.clips[0] if isinstance(film, Lecture) else film
    html = (
        templates()
        .get_template("fragment.html.j2")
        .render(
            film=film,
            chapters=_without_gaps(film.chapters) if isinstance(film, Lecture) else (),
            cues=_read_at_once(film),
            width=clip.width,
            height=clip.height,
            renditions=renditions,
            language=tag(film.language),
            say=PageTexts(film.language),
            head=head,
            lazy=lazy,
        )
    )
    return html.translate(BRACES)


def loop_fragment(clip: Clip, renditions: list[Rendition]) -> str:
    """Return the HTML of a chapter's loop, which stands still where readers want no motion."""
    template = templates().get_template("loop.html.j2")
    return template.render(film=clip, renditions=renditions).translate(BRACES)


def _read_at_once(film: Film) -> list[Cue]:
    """Return the captions of a transcript, where a line break of Chinese would become a blank."""
    writing, cues = writing_of(film.language), _without_gaps(film.cues)
    if not writing.phrases:
        return cues
    return [Cue(cue.start, cue.end, on_one_line(cue.text, writing)) for cue in cues]


def _without_gaps(cues: tuple[Cue, ...]) -> list[Cue]:
    """Return captions without empty lines, which would end a block of HTML in Markdown."""
    return [
        Cue(cue.start, cue.end, "\n".join(line for line in cue.text.splitlines() if line.strip()))
        for cue in cues
    ]
