"""All pages of an order: made when something that they depend on has changed, written at once."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.film.records import Clip, Lecture
from studio.rooms import ROOT
from studio.store.cache import checksum_of
from studio.web.article_page import article_content, post_files
from studio.web.fragments import SCRIPT, STYLE, TEMPLATES, fragment, loop_fragment
from studio.web.renditions import Film, all_files, renditions_of
from studio.web.wrappers import wrapped

ARTICLE_SOURCES = ("linreg/**/*.py", "visuals/*.py", "studio/web/*.py")
"""What the words of the article are computed by."""

SOURCES = (*ARTICLE_SOURCES, "studio/film/records.py", "assets/web/**/*")
"""What any page is made by."""


def write(
    clips: Sequence[Clip],
    lecture: Lecture | None,
    *,
    lesson: Mapping[str, Any],
    folders: Mapping[str, Path],
    cache: Path,
) -> list[Path]:
    """Write the pages of films that are there: fragments, wrappers, and the article.

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
        By theme, where the films of that theme are or would be. The pages go to the folder of
        the clips' own theme, and show the other where it is there too.
    cache
        Folder for what should not be computed again.

    Returns
    -------
    written
        The files that were not there yet as they are now; empty when nothing had changed.

    Raises
    ------
    PostError
        When the article cannot be made. The fragments are there then.
    """
    films: list[Film] = [*clips, *([lecture] if lecture else [])]
    home = folders[clips[0].theme]
    texts = f"assets/locales/{clips[0].language}/*.po"
    key = _digest(
        [repr(films), json.dumps(dict(lesson), sort_keys=True), _sources([*SOURCES, texts])]
        + [_state(file) for file in all_files(films, folders)]
    )
    record = cache / "pages" / f"{_digest([str(home), *(film.name for film in films)])[:16]}.json"
    if _is_done(record, key, home):
        return []
    files = _fragments(films, folders)
    written = _publish(files, home, cache)
    if lecture:
        article = _article(lesson, clips, texts, cache)
        renditions = {film: renditions_of(film, folders) for film in films}
        post = post_files(renditions, article)
        written += _publish(post, home, cache)
        files |= post
    checksums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    _replace(record, json.dumps({"key": key, "checksums": checksums}).encode(), cache)
    return written


def _fragments(films: Sequence[Film], folders: Mapping[str, Path]) -> dict[str, bytes]:
    """Return fragments, what they need beside them, and the wrappers when it is all films."""
    renditions = {film: renditions_of(film, folders) for film in films}
    fragments = {film.name: fragment(film, renditions[film]) for film in films}
    texts = {f"{name}.html": html for name, html in fragments.items()}
    for film in films:
        if isinstance(film, Clip):
            texts[f"{film.name}.loop.html"] = loop_fragment(film, renditions[film])
        else:
            texts |= wrapped(fragments)
    for name in (STYLE, SCRIPT):
        texts[name] = (TEMPLATES / name).read_text(encoding="utf-8")
    return {name: text.encode() for name, text in texts.items()}


def _article(
    lesson: Mapping[str, Any], clips: Sequence[Clip], texts: str, cache: Path
) -> dict[str, Any]:
    """Return the words of the article, set once for a lesson."""
    chapters = [clip.name for clip in clips]
    sources = _sources([*ARTICLE_SOURCES, texts])
    question = json.dumps([dict(lesson), chapters], sort_keys=True)
    file = cache / "pages" / f"article-{_digest([question, sources])[:16]}.json"
    try:
        content: dict[str, Any] = json.loads(file.read_bytes())
    except (OSError, ValueError):
        content = article_content(lesson, chapters)
        _replace(file, json.dumps(content).encode(), cache)
    return content


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()


def _sources(patterns: Iterable[str]) -> str:
    """Return one text that changes whenever a source does."""
    files = sorted(file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file())
    return _digest(f"{file.relative_to(ROOT)} {checksum_of(file)}" for file in files)


def _state(file: Path) -> str:
    """Return what changes when a film is published anew, without reading it."""
    try:
        status = file.stat()
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"


def _is_done(record: Path, key: str, home: Path) -> bool:
    """Say whether the pages are there, whole, and made from what there is now."""
    try:
        done = json.loads(record.read_bytes())
        checksums = done["checksums"].items()
        return done["key"] == key and all(checksum_of(home / n) == c for n, c in checksums)
    except (OSError, ValueError, KeyError):
        return False


def _publish(files: Mapping[str, bytes], home: Path, cache: Path) -> list[Path]:
    """Write the files that differ, each in one step."""
    written = []
    for name, content in files.items():
        target = home / name
        if not target.is_file() or target.read_bytes() != content:
            _replace(target, content, cache)
            written.append(target)
    return written


def _replace(target: Path, content: bytes, cache: Path) -> None:
    """Write a file so that it appears whole or not at all."""
    scratch = cache / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as aside:
        copy = Path(aside) / target.name
        with copy.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        copy.replace(target)
