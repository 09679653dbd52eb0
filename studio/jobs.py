"""Jobs for workers and their products: plain records that any executor can carry.

A job holds all that a worker needs beside the installed project, and its product holds the
finished files themselves, so worker and studio need no disk in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from visuals.speeches import Speech

Kind: TypeAlias = Literal["film", "stills", "inspection"]
"""The film with its captions, the last frame of every beat, or that with what is wrong with it."""

Digest: TypeAlias = str | None
"""SHA-256 in hexadecimal; None for a file that does not exist."""


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
        What is made of the chapter.
    variant
        Text that distinguishes it from other jobs for the same chapter.
    cores
        Folder of the processors that the chapters on this machine share, as
        :class:`fastcairo.cores.Cores` keeps it; one processor for this chapter when None.
    scratch
        An existing folder for files that are only needed while rendering; the system's own
        temporary folder when None.
    plays
        A folder of this job's own for the plays that are drawn, so that a stopped job resumes
        from there; no play is kept when None.
    log
        File that takes the chapter's output; the worker's own output when None.
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
        """Name of the job in the display and the log."""
        return f"{self.chapter} {self.variant}" if self.variant else self.chapter


@dataclass(frozen=True)
class BeatTimes:
    """One beat: its name, and when it plays, in seconds from the film's beginning."""

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Inputs:
    """Everything that one film was made from.

    Attributes
    ----------
    files
        Digests by path, relative to the project's root.
    texts
        Texts on the screen, by the catalogue's keys.
    lesson
        The values that were read, by key.
    tools
        Versions by package, and of Python.
    speeches
        The sentences that are said, with their times.
    """

    files: Mapping[str, Digest]
    texts: Mapping[str, str]
    lesson: Mapping[str, Any]
    tools: Mapping[str, str]
    speeches: Sequence[Speech] = ()


@dataclass(frozen=True)
class Product:
    """A finished job.

    Attributes
    ----------
    files
        Contents by name, relative to the folder that they are published in.
    inputs
        Everything that the files were made from.
    frames
        Number of frames drawn.
    seconds
        Wall time that the job took.
    """

    files: Mapping[str, bytes]
    inputs: Inputs
    frames: int
    seconds: float
