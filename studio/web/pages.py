"""All pages of an order, found in the cache or made anew when any of their sources has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

from studio.film.records import Clip, Lecture
from studio.store.cache import Cache, CachedFiles, key_of
from studio.store.sources import page_sources
from studio.web.article_page import ArticleError, article_content, article_files, links_to
from studio.web.fragments import ALONE, SCRIPT, STYLE, TEMPLATES, fragment, loop_fragment
from studio.web.playgrounds.files import playground_files, playground_fragments
from studio.web.renditions import Film, Rendition, renditions_of
from studio.web.wrappers import wrapped

NAME = "pages"
"""Name of the pages in the cache."""


def pages(
    clips: Sequence[Clip],
    lecture: Lecture | None,
    *,
    lesson: Mapping[str, Any],
    folders: Mapping[str, Path],
    cache: Cache,
    base: str,
    translations: Mapping[str, Path] = MappingProxyType({}),
) -> Iterator[CachedFiles]:
    """Yield the pages of published films: the fragments with their wrappers, then the article.

    Parameters
    ----------
    clips
        The chapters, in order: at least one.
    lecture
        The whole film. Without it there is neither an article nor wrappers, which are for all
        chapters.
    lesson
        The values of the lesson, by key.
    folders
        Folders of the films by theme, the clips' own theme among them. Films of another theme
        are shown too when they are there.
    cache
        The cache that keeps all pages.
    base
        Address of the folder on the site, for the wrappers that cannot find it themselves.
    translations
        Folders of the films by language, their own among them: articles link to each other.

    Yields
    ------
    files
        Names are relative to the folder of the films.

    Raises
    ------
    ArticleError
        When the article cannot be made.
    """
    films: list[Film] = [*clips, *([lecture] if lecture else [])]
    renditions = {film: renditions_of(film, folders) for film in films}
    content, failure = _content(clips, lesson, cache) if lecture else (None, None)
    sources = page_sources(clips[0].language)
    shown = [[asdict(film), [asdict(r) for r in renditions[film]]] for film in films]
    key = key_of([shown, sources, base, content])
    yield cache.derived(
        NAME, "fragments", key, lambda folder: _write(folder, _fragments(renditions, content, base))
    )
    if failure:
        raise failure
    if lecture and content:
        links = links_to(translations, lecture.language)
        yield cache.derived(
            NAME,
            "article",
            key_of([key, links]),
            lambda folder: _write(folder, article_files(renditions, content, links)),
        )


def _content(
    clips: Sequence[Clip], lesson: Mapping[str, Any], cache: Cache
) -> tuple[dict[str, Any] | None, ArticleError | None]:
    """Return the content of the article, or the reason why there is none."""
    try:
        return article_content(lesson, [clip.name for clip in clips], cache), None
    except ArticleError as error:
        return None, error


def _fragments(
    renditions: Mapping[Film, list[Rendition]], content: Mapping[str, Any] | None, base: str
) -> dict[str, bytes]:
    """Return fragments, their styles and scripts, and the wrappers when there is a lecture."""
    playgrounds = playground_fragments(content) if content else {}
    fragments = {film.name: fragment(film, renditions[film]) for film in renditions}
    texts = {f"{name}.html": html for name, html in fragments.items()}
    for film in renditions:
        if isinstance(film, Clip):
            texts[f"{film.name}.loop.html"] = loop_fragment(film, renditions[film])
    if content:
        texts |= playground_files(content)
    texts = {name: _alone(name, text) for name, text in texts.items()}
    for film in renditions:
        if isinstance(film, Lecture):
            texts |= wrapped(fragments | playgrounds, base)
    for name in (STYLE, SCRIPT):
        texts[name] = (TEMPLATES / name).read_text(encoding="utf-8")
    return {name: text.encode() for name, text in texts.items()}


def _alone(name: str, text: str) -> str:
    """Return a file's text; a fragment's as browsers read it without a page around it."""
    return f"{ALONE}{text}" if name.endswith(".html") else text


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
