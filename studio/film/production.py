"""Films and files that are made of a finished chapter, found in the cache or made anew.

Each chapter has two sets of files: the film with its text, which is copied in no time, and its
small forms, which a worker encodes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scenes.manifest import Chapter
from studio.failures import ChapterError, raised_as_chapter_errors, redirect_output
from studio.film.captions import (
    as_srt,
    as_vtt,
    one_line,
    read_srt,
)
from studio.film.joining import FilmPart, FilmText, join
from studio.film.records import Clip, Cue, Lecture
from studio.film.sound import SoundCue, film_sound
from studio.jobs import BeatTimes
from studio.reports import Postbox, Report
from studio.store.cache import Cache, CachedFiles, Entry, key_of
from studio.store.sources import file_digest
from studio.voices import voice_of
from visuals.language import catalogue
from voice import VoiceError

TOOLS = ("av", "numpy", "pillow", "srt")
"""The packages that the files depend on."""


@dataclass(frozen=True)
class ChapterFilm:
    """The film of a finished chapter as it was drawn.

    Attributes
    ----------
    clip
        Its record.
    file
        Its file in the cache.
    checksum
        SHA-256 of the file.
    sounds
        What is heard in it; nothing in a silent film.
    complaints
        One line for each recording that is not used.
    """

    clip: Clip
    file: Path
    checksum: str
    sounds: tuple[SoundCue, ...] = ()
    complaints: tuple[str, ...] = ()

    @property
    def part(self) -> FilmPart:
        """The film as a part of a longer one."""
        return FilmPart(self.file, self.duration)

    @property
    def duration(self) -> Fraction:
        """Exact length in seconds."""
        return Fraction(self.clip.frames, self.clip.frame_rate)

    @property
    def heard(self) -> list[tuple[float, str]]:
        """Text that changes with the sound: when each utterance begins, and which it is."""
        return [(sound.start, sound.file.name) for sound in self.sounds]


@dataclass(frozen=True)
class SmallFormsTask:
    """The small forms of one film, to be made by a worker.

    Attributes
    ----------
    label
        Name of the task in the display.
    film
        The film.
    folder
        An existing folder for the files.
    log
        File for the output of the encoders.
    """

    label: str
    film: ChapterFilm
    folder: Path
    log: str


def read_chapter_film(entry: Entry, chapter: Chapter, lesson: Mapping[str, Any]) -> ChapterFilm:
    """Read the film of a finished chapter from its entry in the cache.

    Beats that take no time are left out; a chapter without beats counts as a single beat; and
    where a lesson leaves the best beat out, the last one takes its place. Captions and sound are
    those of today's catalogue and voice.

    Parameters
    ----------
    entry
        The chapter's entry.
    chapter
        The chapter.
    lesson
        The values of the lesson, by key.

    Raises
    ------
    ChapterError
        When the voice fails.
    """
    record = json.loads((entry.folder / f"{chapter.name}.json").read_bytes())
    frame = 1 / record["frame_rate"]
    whole = BeatTimes(chapter.name, 0.0, record["frames"] * frame)
    named = (BeatTimes(**beat) for beat in record["beats"])
    beats = tuple(beat for beat in named if beat.end - beat.start > frame / 2) or (whole,)
    names = [beat.name for beat in beats]
    cues, sounds, complaints = _said(entry, chapter, lesson)
    clip = Clip(
        name=chapter.name,
        title=one_line(chapter.title(lesson["language"])),
        language=lesson["language"],
        theme=lesson["theme"],
        width=record["width"],
        height=record["height"],
        frame_rate=record["frame_rate"],
        frames=record["frames"],
        cues=cues,
        beats=beats,
        best_beat=chapter.best_beat if chapter.best_beat in names else names[-1],
    )
    film = f"{chapter.name}.mp4"
    return ChapterFilm(clip, entry.folder / film, entry.checksums[film], sounds, complaints)


def _said(
    entry: Entry, chapter: Chapter, lesson: Mapping[str, Any]
) -> tuple[tuple[Cue, ...], tuple[SoundCue, ...], tuple[str, ...]]:
    """Return captions, sound and complaints of today's voice.

    A scene without speeches has the captions that it made itself.
    """
    captions = entry.folder / f"{chapter.name}.srt"
    if not entry.inputs.speeches and captions.exists():
        return read_srt(captions.read_text(encoding="utf-8")), (), ()
    texts = catalogue(lesson["language"])
    cues: list[Cue] = []
    sounds: list[SoundCue] = []
    complaints: list[str] = []
    for speech in entry.inputs.speeches:
        try:
            utterance = speech.utterance(texts, voice_of(lesson))
        except VoiceError as error:
            raise ChapterError(str(error)) from error
        for start, duration, caption in speech.captions(texts, utterance):
            cues.append(Cue(start, start + duration, caption))
        if utterance.file:
            sounds.append(SoundCue(speech.start, utterance.file))
        if utterance.complaint:
            complaints.append(utterance.complaint)
    return tuple(cues), tuple(sounds), tuple(complaints)


def find_small(cache: Cache, film: ChapterFilm) -> CachedFiles | None:
    """Find the small forms of a film."""
    return cache.find_derived(film.clip.name, "small", _small_key(film))


def keep_small(cache: Cache, task: SmallFormsTask) -> CachedFiles:
    """Keep the small forms that a worker has made."""
    return cache.keep_derived(task.film.clip.name, "small", _small_key(task.film), task.folder)


def make_small(task: SmallFormsTask, postbox: Postbox) -> None:
    """Make the small forms of a film.

    Call it in a process that ends afterwards: its output is redirected.

    Raises
    ------
    ChapterError
        When it cannot be done, whatever the cause.
    """
    os.environ["SVT_LOG"] = "1"  # errors only
    clip, file, folder = task.film.clip, task.film.file, task.folder
    with raised_as_chapter_errors():
        redirect_output(task.log)
        from studio.film import encoding

        postbox.post(Report(task.label, beat="loop", beats=1, frames=0))
        encoding.save_poster(clip, file, folder / clip.poster)
        encoding.encode_loop(clip, file, folder / clip.loop, folder / clip.fallback)
        encoding.encode_small(
            clip,
            file,
            folder / clip.small,
            lambda frames: postbox.post(Report(task.label, "small film", 2, frames)),
        )


def titled_film(cache: Cache, film: ChapterFilm) -> CachedFiles:
    """Find or make a chapter's film for viewers: with its text inside and beside it."""
    clip = film.clip

    def make(folder: Path) -> None:
        sound = film_sound([(film.sounds, film.duration)])
        join(folder / clip.film, [film.part], FilmText(clip.title, clip.cues), sound)
        write_captions(clip, folder)

    made_from = [film.checksum, clip.title, clip.language, asdict(clip)["cues"], film.heard]
    return cache.derived(clip.name, "film", key_of([*made_from, maker()]), make)


def heard_small(cache: Cache, film: ChapterFilm, small: CachedFiles) -> list[CachedFiles]:
    """Return the small forms of a film, the small film with its sound.

    Parameters
    ----------
    cache
        The cache that keeps them.
    film, small
        The film, and its small forms as a worker has made them: silent.
    """
    if not film.sounds:
        return [small]
    clip = film.clip

    def make(folder: Path) -> None:
        part = FilmPart(small.folder / clip.small, film.duration)
        sound = film_sound([(film.sounds, film.duration)])
        join(folder / clip.small, [part], FilmText(clip.title), sound)

    key = key_of([small.checksums[clip.small], clip.title, film.heard, maker()])
    silent = {name: sum_ for name, sum_ in small.checksums.items() if name != clip.small}
    return [replace(small, checksums=silent), cache.derived(clip.name, "small-heard", key, make)]


def _small_key(film: ChapterFilm) -> str:
    return key_of([film.checksum, asdict(film.clip.best), film.clip.frames, maker()])


def maker() -> list[object]:
    """Return the digests of this code and the versions of its tools."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return [*map(file_digest, modules), *map(version, TOOLS)]


def write_captions(film: Clip | Lecture, folder: Path) -> None:
    """Write the captions of a film into a folder, in both forms."""
    write_text(folder / film.captions, as_vtt(film.cues))
    write_text(folder / film.subtitles, as_srt(film.cues))


def write_text(file: Path, text: str) -> None:
    """Write a text with the same bytes on every system."""
    file.write_text(text, encoding="utf-8", newline="\n")
