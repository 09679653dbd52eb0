"""The whole lecture, joined from the films of its chapters and their small forms."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from scenes.manifest import lecture_credit, lecture_summary
from studio.film.captions import as_chapter_lines, as_description, as_transcript, as_vtt
from studio.film.joining import FilmPart, FilmText, join
from studio.film.production import ChapterFilm, maker, write_captions, write_text
from studio.film.records import Lecture
from studio.film.sound import film_sound
from studio.film.thumbnail import TEMPLATE, save_thumbnail
from studio.store.cache import Cache, CachedFiles, key_of
from studio.store.sources import file_digest


@dataclass(frozen=True)
class Faces:
    """The chapters that stand for the lecture; the first one where they are not in it.

    Attributes
    ----------
    poster
        Name of the chapter whose poster the lecture has.
    thumbnail
        Name of the chapter whose best beat is seen beside the title.
    """

    poster: str
    thumbnail: str


def joined_lecture(
    cache: Cache,
    lecture: Lecture,
    films: Sequence[ChapterFilm],
    small: Sequence[CachedFiles],
    faces: Faces,
) -> CachedFiles:
    """Find or make the lecture.

    Parameters
    ----------
    cache
        The cache that keeps it.
    lecture
        Its record.
    films, small
        The films of its chapters, and their small forms.
    faces
        The chapters that stand for the lecture.
    """
    text = FilmText(lecture.title, lecture.cues, lecture.chapters)
    summary, credit = lecture_summary(lecture.language), lecture_credit(lecture.language)
    names = [film.clip.name for film in films]
    poster, thumbnail = (
        names.index(face) if face in names else 0 for face in (faces.poster, faces.thumbnail)
    )
    small_parts = [
        FilmPart(files.folder / film.clip.small, film.part.duration)
        for film, files in zip(films, small, strict=True)
    ]

    def make(folder: Path) -> None:
        sound = film_sound([(film.sounds, film.duration) for film in films])
        # Side by side: nothing else is left to do by now, and most of it is encoding the sound.
        with ThreadPoolExecutor() as pool:
            other = pool.submit(join, folder / lecture.small, small_parts, text, sound)
            join(folder / lecture.film, [film.part for film in films], text, sound)
            other.result()
        write_captions(lecture, folder)
        picture = small[poster].folder / films[poster].clip.poster
        (folder / lecture.poster).write_bytes(picture.read_bytes())
        beside = films[thumbnail]
        save_thumbnail(lecture, beside.clip, beside.file, folder / lecture.thumbnail)
        write_text(folder / lecture.chapters_track, as_vtt(lecture.chapters))
        write_text(folder / lecture.chapters_text, as_chapter_lines(lecture))
        write_text(folder / lecture.description, as_description(lecture, summary, credit))
        write_text(folder / lecture.transcript, as_transcript(lecture))

    checksums = [
        [film.checksum, film.heard, dict(files.checksums)]
        for film, files in zip(films, small, strict=True)
    ]
    shown = [asdict(faces), file_digest(TEMPLATE)]
    key = key_of([checksums, asdict(lecture), summary, credit, shown, maker()])
    return cache.derived(lecture.name, "film", key, make)
