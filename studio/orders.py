"""Orders of the user, and the results of rendering them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenes.manifest import Chapter
from studio.jobs import Job, Kind
from studio.quality import Quality

DEFAULT_BASE = "/linreg/"
"""Address of the exported folder on a site, unless another is asked for."""


@dataclass(frozen=True)
class Order:
    """Chapters to be made in one language, theme and quality.

    Attributes
    ----------
    chapters
        The chapters, in the lecture's order.
    lesson
        The values of the lesson, by key.
    quality
        Size and frame rate of the chapters.
    kind
        Films or stills.
    folders
        Target folders of this and of other themes, by theme.
    translations
        Folders of the same order in each language that is exported with it or was before, by
        its code, its own among them.
    title
        Of the lecture, which is made when all of its chapters are asked for; empty otherwise.
    base
        Address of the folder on the site that shows the pages; it ends with a slash.
    variant
        Text that distinguishes this order from others in the same queue; empty when it is alone.
    """

    chapters: tuple[Chapter, ...]
    lesson: Mapping[str, Any]
    quality: Quality
    kind: Kind
    folders: Mapping[str, Path]
    translations: Mapping[str, Path] = field(default_factory=dict)
    title: str = ""
    base: str = DEFAULT_BASE
    variant: str = ""

    @property
    def folder(self) -> Path:
        """Folder that the files go to."""
        return self.folders[self.lesson["theme"]]

    def jobs(self) -> dict[Job, Chapter]:
        """Return one job a chapter."""
        return {
            Job(
                chapter.name, chapter.file, self.lesson, self.quality.flag, self.kind, self.variant
            ): chapter
            for chapter in self.chapters
        }


@dataclass
class RenderResult:
    """Results of rendering one order or several.

    Attributes
    ----------
    written
        Files that were made, or put back where they were missing.
    failures
        By the job's label: one line that says why it could not be made.
    lacking
        By the lecture's file: the chapters that it had to be made without.
    complaints
        One line for each recording that is not used.
    """

    written: list[Path] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    lacking: dict[Path, list[str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
