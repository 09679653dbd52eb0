"""What is made of finished chapters, found in the cache or made anew.

Of each chapter two sets of files: the film with its words, which takes no time, and the small
forms of it, which a worker makes. Then the lecture, joined from both.
"""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scenes.manifest import Chapter
from studio.failures import ChapterError
from studio.film.captions import as_description, as_srt, as_transcript, as_vtt, one_line, read_srt
from studio.film.joining import Part, Words, join
from studio.film.records import Beat, Clip, Cue, Lecture
from studio.reports import Postbox, Report
from studio.store.cache import Cache, Entry, Kept, key_of
from studio.store.inputs import file_digest
from studio.workers.worker import reason_of, redirect_output
from visuals.language import catalogue

TOOLS = ("av", "numpy", "pillow", "srt")
"""The packages that the files depend on."""


@dataclass(frozen=True)
class Take:
    """A finished chapter: what is known of its film, and where that lies.

    Attributes
    ----------
    clip
        What is known.
    film
        The film as it was drawn.
    checksum
        Of the film.
    """

    clip: Clip
    film: Path
    checksum: str

    @property
    def part(self) -> Part:
        """The film as a part of a longer one."""
        return Part(self.film, Fraction(self.clip.frames, self.clip.frame_rate))


@dataclass(frozen=True)
class Task:
    """The small forms of one film, to be made by a worker.

    Attributes
    ----------
    label
        What the display calls it.
    take
        The film.
    folder
        An existing folder that takes the files.
    log
        File that takes what the encoders print.
    """

    label: str
    take: Take
    folder: Path
    log: str


def read_take(entry: Entry, chapter: Chapter, lesson: Mapping[str, Any]) -> Take:
    """Read what is known of a finished chapter from its entry in the cache.

    A beat that takes no time is none; a chapter that names no beats is one; and where a lesson
    leaves the best beat out, it is the last. What is said is said as the catalogue has it now.
    """
    record = json.loads((entry.folder / f"{chapter.name}.json").read_bytes())
    frame = 1 / record["frame_rate"]
    whole = Beat(chapter.name, 0.0, record["frames"] * frame)
    named = (Beat(**beat) for beat in record["beats"])
    beats = tuple(beat for beat in named if beat.end - beat.start > frame / 2) or (whole,)
    names = [beat.name for beat in beats]
    clip = Clip(
        name=chapter.name,
        title=one_line(chapter.title(lesson["language"])),
        language=lesson["language"],
        theme=lesson["theme"],
        width=record["width"],
        height=record["height"],
        frame_rate=record["frame_rate"],
        frames=record["frames"],
        cues=_cues_of(entry, chapter, lesson["language"]),
        beats=beats,
        best_beat=chapter.best_beat if chapter.best_beat in names else names[-1],
    )
    film = f"{chapter.name}.mp4"
    return Take(clip, entry.folder / film, entry.checksums[film])


def _cues_of(entry: Entry, chapter: Chapter, language: str) -> tuple[Cue, ...]:
    """Return what is said, from the catalogue; a scene that says nothing may have captions."""
    captions = entry.folder / f"{chapter.name}.srt"
    if not entry.inputs.speeches and captions.exists():
        return read_srt(captions.read_text(encoding="utf-8"))
    texts = catalogue(language)
    return tuple(
        Cue(start, start + duration, caption)
        for speech in entry.inputs.speeches
        for start, duration, caption in speech.captions(speech.text(texts))
    )


def find_small(cache: Cache, take: Take) -> Kept | None:
    """Find the small forms of a film."""
    return cache.find_derived(take.clip.name, "small", _small_key(take))


def keep_small(cache: Cache, task: Task) -> Kept:
    """Keep the small forms that a worker has made."""
    return cache.keep_derived(task.take.clip.name, "small", _small_key(task.take), task.folder)


def make_small(task: Task, postbox: Postbox) -> None:
    """Make the small forms of a film.

    Call it in a process that ends afterwards: its output is redirected.

    Raises
    ------
    ChapterError
        When it cannot be done, whatever the cause.
    """
    os.environ["SVT_LOG"] = "1"  # errors only
    clip, film, folder = task.take.clip, task.take.film, task.folder
    try:
        redirect_output(task.log)
        from studio.film import encoding

        postbox.post(Report(task.label, beat="loop", beats=1, frames=0))
        encoding.save_poster(clip, film, folder / clip.poster)
        encoding.encode_loop(clip, film, folder / clip.loop, folder / clip.fallback)
        encoding.encode_small(
            clip,
            film,
            folder / clip.small,
            lambda frames: postbox.post(Report(task.label, "small film", 2, frames)),
        )
    except Exception as error:
        raise ChapterError(reason_of(error), traceback.format_exc()) from None


def film_of(cache: Cache, take: Take) -> Kept:
    """Find or make a chapter's film as people take it: with its words inside and beside it."""
    clip = take.clip
    key = key_of([take.checksum, clip.title, clip.language, asdict(clip)["cues"], _maker()])
    if kept := cache.find_derived(clip.name, "film", key):
        return kept
    with cache.aside() as folder:
        join(folder / clip.film, [take.part], Words(clip.title, clip.language, clip.cues))
        _write_captions(clip, folder)
        return cache.keep_derived(clip.name, "film", key, folder)


def lecture_of(
    cache: Cache, lecture: Lecture, takes: Sequence[Take], small: Sequence[Kept], poster: str
) -> Kept:
    """Find or make the lecture.

    Parameters
    ----------
    cache
        Where it is kept.
    lecture
        What is known of it.
    takes, small
        The films of its chapters, and their small forms.
    poster
        The chapter whose poster stands for all; the first where that is not among them.
    """
    checksums = [
        [take.checksum, dict(kept.checksums)] for take, kept in zip(takes, small, strict=True)
    ]
    key = key_of([checksums, asdict(lecture), poster, _maker()])
    if kept := cache.find_derived(lecture.name, "film", key):
        return kept
    words = Words(lecture.title, lecture.language, lecture.cues, lecture.chapters)
    names = [take.clip.name for take in takes]
    shown = names.index(poster) if poster in names else 0
    parts = [take.part for take in takes]
    small_parts = [
        Part(kept.folder / take.clip.small, take.part.duration)
        for take, kept in zip(takes, small, strict=True)
    ]
    with cache.aside() as folder:
        join(folder / lecture.film, parts, words)
        join(folder / lecture.small, small_parts, words)
        _write_captions(lecture, folder)
        picture = small[shown].folder / takes[shown].clip.poster
        (folder / lecture.poster).write_bytes(picture.read_bytes())
        _write(folder / lecture.chapters_track, as_vtt(lecture.chapters))
        _write(folder / lecture.chapters_text, as_description(lecture))
        _write(folder / lecture.transcript, as_transcript(lecture))
        return cache.keep_derived(lecture.name, "film", key, folder)


def _small_key(take: Take) -> str:
    return key_of([take.checksum, asdict(take.clip.best), take.clip.frames, _maker()])


def _maker() -> list[object]:
    """Return what all files depend on beside their sources: this code and its tools."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return [*map(file_digest, modules), *map(version, TOOLS)]


def _write_captions(film: Clip | Lecture, folder: Path) -> None:
    _write(folder / film.captions, as_vtt(film.cues))
    _write(folder / film.subtitles, as_srt(film.cues))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
