"""Names of the folders under exports/, one for each variant of the film."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from linreg.lesson import SPOKEN
from studio.quality import QUALITIES
from studio.rooms import ROOT

PLAIN = re.compile(r"[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*")

LANGUAGE = re.compile(r"[a-z]{2}(_[A-Z]{2})?")

RESERVED = {"dark", "light", "silent", SPOKEN, "post", "slides", "stills"} | {
    quality.name for quality in QUALITIES.values()
}
"""Parts of names that say something else than which lesson it is, and folders of other things."""


def name_of_lesson(file: Path) -> str:
    """Return the part of a folder's name that tells a lesson from all others.

    The plain name of a ``.toml`` file in the project's folder is enough. Any other may be that of
    another lesson, of a variant, or no name of a folder at all: see :func:`distinct_name`.
    """
    path = file.parent.resolve() / file.name
    parts = set(path.stem.split("-"))
    is_plain = (
        path.parent == ROOT
        and path.suffix == ".toml"
        and PLAIN.fullmatch(path.stem)
        and not parts & RESERVED
        and not any(LANGUAGE.fullmatch(part) for part in parts)
    )
    return path.stem if is_plain else distinct_name(path)


def distinct_name(file: Path) -> str:
    """Return the name of a file with letters that no other file has, safe for paths and URLs."""
    path = file.parent.resolve() / file.name
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:6]
    return re.sub(r"[^A-Za-z0-9_-]", "_", path.stem)[:60] + f"-{digest}"
