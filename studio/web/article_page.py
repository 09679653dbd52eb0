"""The post: the lecture as an article, from what the catalogue says and what a run computed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from studio.film.records import Clip, Lecture
from studio.rooms import ROOT
from studio.web.fragments import HERE, clock, film_html, templates
from studio.web.renditions import Film, Rendition
from studio.web.words import Words

FOLDER = "post"
"""Where the article lies, in the folder of the films."""


class PostError(Exception):
    """An article that could not be made; its text is one line for the user."""


def article_content(lesson: Mapping[str, Any], chapters: Sequence[str]) -> dict[str, Any]:
    """Have the words of the article set, in a process of its own: it trains, and needs torch.

    Returns
    -------
    content
        What :class:`studio.web.article_content.Content` has, by name.

    Raises
    ------
    PostError
        When it cannot be done; the line says why.
    """
    done = subprocess.run(
        [sys.executable, "-m", "studio.web.article_content"],
        cwd=ROOT,
        input=json.dumps({"lesson": dict(lesson), "chapters": list(chapters)}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PostError(f"the article: {done.stderr.strip().rpartition(chr(10))[2]}")
    content: dict[str, Any] = json.loads(done.stdout)
    return content


def post_files(
    films: Mapping[Film, list[Rendition]], content: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return the article and all that it needs beside the films.

    Parameters
    ----------
    films
        Where each film is, in every theme; the lecture among them, or not.
    content
        From :func:`article_content`.

    Returns
    -------
    files
        Contents by name, relative to the folder of the films.
    """
    clips = [film for film in films if isinstance(film, Clip)]
    lectures = [film for film in films if isinstance(film, Lecture)]
    words = Words(clips[0].language)
    page = templates().get_template("post.html.j2")
    html = page.render(
        language=clips[0].language,
        title=lectures[0].title if lectures else clips[0].title,
        say=words,
        lead=Markup(content["lead"]),
        credit=Markup(content["credit"]),
        lecture=_film(lectures[0], films[lectures[0]]) if lectures else "",
        sections=[
            {
                "name": clip.name,
                "title": clip.title,
                "number": words("post.chapter", number=number, length=clock(clip.duration)),
                "film": _film(clip, films[clip]),
                "words": Markup(content["sections"].get(clip.name, "")),
            }
            for number, clip in enumerate(clips, start=1)
        ],
    )
    colours = {"palettes": content["palettes"]}
    return {
        f"{FOLDER}/index.html": html.encode(),
        f"{FOLDER}/post.css": templates().get_template("post.css.j2").render(colours).encode(),
        f"{FOLDER}/icon.svg": templates().get_template("icon.svg.j2").render(colours).encode(),
    }


def _film(film: Film, renditions: list[Rendition]) -> Markup:
    """Return a film as the article has it, whose folder is one deeper than the films'."""
    html = film_html(film, renditions, head=False, lazy=True)
    return Markup(html.replace(HERE, '="../'))
