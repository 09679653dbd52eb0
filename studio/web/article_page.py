"""The page of the article, from the films and from the content that a run computed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from studio.clock import clock
from studio.film.records import Clip, Lecture
from studio.rooms import ROOT
from studio.store.cache import Cache, key_of
from studio.store.sources import page_sources
from studio.web.fragments import HERE, film_html, templates
from studio.web.renditions import Film, Rendition
from studio.web.texts import PageTexts
from visuals.language import tag

FOLDER = "post"
"""Folder of the article, in the folder of the films."""

ARTICLE = f"{FOLDER}/index.html"

CONTENT = "content.json"


class ArticleError(Exception):
    """An article that could not be made; its text is one line for the user."""


def article_content(
    lesson: Mapping[str, Any], chapters: Sequence[str], cache: Cache
) -> dict[str, Any]:
    """Find or compute the content of the article.

    Parameters
    ----------
    lesson
        The values of the lesson, by key.
    chapters
        Names of the chapters.
    cache
        The cache that keeps it.

    Returns
    -------
    content
        The attributes of :class:`studio.web.article_content.ArticleContent`, by name.

    Raises
    ------
    ArticleError
        When it cannot be computed; the line says why.
    """
    question = {"lesson": dict(lesson), "chapters": list(chapters)}
    key = key_of([question, page_sources(lesson["language"])])
    files = cache.derived(
        "article", "content", key, lambda folder: _compute_content(question, folder / CONTENT)
    )
    content: dict[str, Any] = json.loads((files.folder / CONTENT).read_bytes())
    return content


def _compute_content(question: Mapping[str, Any], target: Path) -> None:
    """Compute the content in a process of its own: it trains, and needs torch."""
    done = subprocess.run(
        [sys.executable, "-m", "studio.web.article_content"],
        cwd=ROOT,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ArticleError(f"the article: {done.stderr.strip().rpartition(chr(10))[2]}")
    target.write_text(done.stdout, encoding="utf-8")


def links_to(folders: Mapping[str, Path], language: str) -> list[dict[str, str]]:
    """Return the links between the articles of several languages; none for a single one.

    Parameters
    ----------
    folders
        Folders of the films by language.
    language
        That of the article which links.
    """
    if len(folders) < 2 or language not in folders:
        return []
    here = (folders[language] / ARTICLE).parent
    return [
        {
            "tag": tag(code),
            "name": PageTexts(code)("language.name"),
            "address": Path(os.path.relpath(folder / ARTICLE, here)).as_posix(),
        }
        for code, folder in folders.items()
    ]


def article_files(
    films: Mapping[Film, list[Rendition]],
    content: Mapping[str, Any],
    links: Sequence[Mapping[str, str]] = (),
) -> dict[str, bytes]:
    """Return the article, its style and its icon.

    Parameters
    ----------
    films
        The renditions of each film; the lecture's among them, or not.
    content
        From :func:`article_content`.
    links
        From :func:`links_to`.

    Returns
    -------
    files
        Contents by name, relative to the folder of the films.
    """
    clips = [film for film in films if isinstance(film, Clip)]
    lectures = [film for film in films if isinstance(film, Lecture)]
    texts = PageTexts(clips[0].language)
    html = (
        templates()
        .get_template("article.html.j2")
        .render(
            language=tag(clips[0].language),
            links=links,
            title=lectures[0].title if lectures else clips[0].title,
            say=texts,
            lead=Markup(content["lead"]),
            credit=Markup(content["credit"]),
            lecture=_film(lectures[0], films[lectures[0]]) if lectures else "",
            sections=[
                {
                    "name": clip.name,
                    "title": clip.title,
                    "number": texts("post.chapter", number=number, length=clock(clip.duration)),
                    "film": _film(clip, films[clip]),
                    "words": Markup(content["sections"].get(clip.name, "")),
                }
                for number, clip in enumerate(clips, start=1)
            ],
        )
    )
    colours = {"palettes": content["palettes"]}
    return {
        ARTICLE: html.encode(),
        f"{FOLDER}/post.css": templates().get_template("article.css.j2").render(colours).encode(),
        f"{FOLDER}/icon.svg": templates().get_template("icon.svg.j2").render(colours).encode(),
    }


def _film(film: Film, renditions: list[Rendition]) -> Markup:
    """Return a film with addresses for the article's folder, one below that of the films."""
    html = film_html(film, renditions, head=False, lazy=True)
    return Markup(html.replace(HERE, '="../'))
