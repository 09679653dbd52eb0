"""Captions, chapter lists and the transcript, in the formats that are written to files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

import srt

from studio.clock import clock
from studio.film.records import Cue, Lecture

MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
"""Characters that are markup inside a line of Markdown."""


def read_srt(text: str) -> tuple[Cue, ...]:
    """Read captions from SubRip."""
    return tuple(
        Cue(caption.start.total_seconds(), caption.end.total_seconds(), caption.content)
        for caption in srt.parse(text)
    )


def as_srt(cues: Iterable[Cue]) -> str:
    """Write captions as SubRip."""
    captions = [
        srt.Subtitle(None, timedelta(seconds=cue.start), timedelta(seconds=cue.end), cue.text)
        for cue in cues
    ]
    return str(srt.compose(captions))


def as_vtt(cues: Iterable[Cue]) -> str:
    """Write captions or chapters as WebVTT, in which no text is markup.

    Notes
    -----
    An empty line ends a cue and ``-->`` begins its times, so neither may stand in a text.
    """
    blocks = ["WEBVTT"]
    for cue in cues:
        lines = [line for line in cue.text.splitlines() if line.strip()]
        text = "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{_vtt_time(cue.start)} --> {_vtt_time(cue.end)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def as_chapter_lines(lecture: Lecture) -> str:
    """Write the chapters as the lines that video sites take, as in ``1:05 The loss``."""
    hours = lecture.duration >= 3600
    return "".join(
        f"{clock(chapter.start, hours)} {one_line(chapter.text)}\n" for chapter in lecture.chapters
    )


def as_description(lecture: Lecture, summary: str, credit: str) -> str:
    """Write the text below a film on a video site: title, summary, chapters, and whom to thank.

    Parameters
    ----------
    lecture
        The film.
    summary, credit
        What it is about, and after whom, in its language.
    """
    parts = one_line(lecture.title), summary, as_chapter_lines(lecture).rstrip("\n"), credit
    return "\n\n".join(parts) + "\n"


def as_transcript(lecture: Lecture) -> str:
    """Write all that is said as Markdown: a heading a chapter, a paragraph a beat."""
    parts = [f"# {escaped(lecture.title)}"]
    hours = lecture.duration >= 3600
    for clip, start in zip(lecture.clips, lecture.starts, strict=True):
        parts.append(f"## {escaped(clip.title)}")
        for beat in clip.beats:
            if said := clip.said_in(beat):
                parts.append(f"**{clock(start + beat.start, hours)}** {escaped(said)}")
    return "\n\n".join(parts) + "\n"


def one_line(text: str) -> str:
    """Return a text with all its white space as single spaces."""
    return " ".join(text.split())


def escaped(text: str) -> str:
    """Return a text as Markdown that says just that, on one line."""
    return MARKDOWN.sub(r"\\\1", one_line(text))


def _vtt_time(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
