"""What is asked of a worker, and what comes back: plain records that any executor can carry.

A job holds all that a worker needs beside the installed project, and its product holds the
finished files themselves, so worker and studio need no disk in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from studio.store.inputs import Inputs

Kind: TypeAlias = Literal["film", "stills"]


@dataclass(frozen=True)
class Job:
    """One chapter to be made.

    Attributes
    ----------
    chapter
        Class name of the chapter.
    file
        Its source file, relative to the project's root.
    lesson
        The values of the lesson, by key.
    quality
        Flag of the :class:`~studio.quality.Quality`.
    kind
        The film with its captions, or the last frame of every beat.
    variant
        What tells it from other jobs for the same chapter.
    cores
        Folder of the processors that the chapters on this machine share, as
        :class:`fastcairo.cores.Cores` keeps it; one processor for this chapter when None.
    scratch
        An existing folder for what is only needed while rendering; the system's own temporary
        folder when None.
    plays
        A folder of this job's own for the plays that are drawn, so that one that is stopped goes
        on from there; nothing of it outlasts the job when None.
    log
        File that takes what the chapter prints; the worker's own output when None.
    """

    chapter: str
    file: str
    lesson: Mapping[str, Any] = field(hash=False)
    quality: str
    kind: Kind
    variant: str = ""
    cores: str | None = None
    scratch: str | None = None
    plays: str | None = None
    log: str | None = None

    @property
    def label(self) -> str:
        """What the display and the log call it."""
        return f"{self.chapter} {self.variant}" if self.variant else self.chapter


@dataclass(frozen=True)
class Product:
    """A finished job.

    Attributes
    ----------
    files
        Contents by name, relative to the folder that they are published in.
    inputs
        What the files were made from.
    frames
        Number of frames drawn.
    seconds
        Wall time that the job took.
    """

    files: Mapping[str, bytes]
    inputs: Inputs
    frames: int
    seconds: float
