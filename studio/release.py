"""Release of one order: its finished chapters, and the films and pages made of them."""

from __future__ import annotations

from pathlib import Path

from scenes.manifest import POSTER, THUMBNAIL
from studio.film.production import (
    ChapterFilm,
    find_small,
    heard_small,
    read_chapter_film,
    titled_film,
)
from studio.film.records import Clip, Lecture
from studio.film.whole import Faces, joined_lecture
from studio.jobs import Job
from studio.orders import Order
from studio.store.cache import Cache, CachedFiles, Entry, publish
from studio.web.pages import pages


class Release:
    """Publishes the files of an order as soon as they are finished.

    Parameters
    ----------
    order
        The order.
    cache
        The cache that keeps all files.

    Attributes
    ----------
    used
        Folders of the cache that the order's files come from.
    complaints
        One line for each recording that is not used.
    """

    def __init__(self, order: Order, cache: Cache) -> None:
        self.order = order
        self.used: set[Path] = set()
        self.complaints: list[str] = []
        self._cache = cache
        self._chapters = order.jobs()
        self._films: dict[Job, ChapterFilm] = {}
        self._small: dict[Job, CachedFiles] = {}
        self._lecture: Lecture | None = None

    def add_chapter(self, job: Job, entry: Entry, *, is_new: bool = False) -> list[Path]:
        """Publish a finished chapter.

        Parameters
        ----------
        job, entry
            The chapter.
        is_new
            Whether it has been made just now.

        Returns
        -------
        written
            The files that were not there yet; all of them when they have been made just now.
        """
        self.used.add(entry.folder)
        if job.kind == "inspection":
            return []  # it is read where it lies
        if job.kind == "stills":
            return self._publish(entry, is_new)
        film = read_chapter_film(entry, self._chapters[job], self.order.lesson)
        self.complaints += film.complaints
        written = self._publish(titled_film(self._cache, film), is_new)
        self._films[job] = film
        return written

    def find_small(self, job: Job) -> list[Path]:
        """Publish the small forms of a film that the cache has, and return what was written."""
        files = find_small(self._cache, self._films[job])
        return self.add_small(job, files) if files else []

    def without_small(self) -> dict[Job, ChapterFilm]:
        """Return the films whose small forms must be made."""
        return {job: film for job, film in self._films.items() if job not in self._small}

    def add_small(self, job: Job, files: CachedFiles, *, is_new: bool = False) -> list[Path]:
        """Publish the small forms of a film; see :meth:`add_chapter`.

        Parameters
        ----------
        job, files
            The chapter, and its small forms.
        is_new
            Whether they have been made just now.
        """
        self.used.add(files.folder)
        written = []
        for heard in heard_small(self._cache, self._films[job], files):
            written += self._publish(heard, is_new)
        self._small[job] = files
        return written

    def write_lecture(self) -> list[Path]:
        """Publish the lecture with all finished chapters, where the order asks for it."""
        jobs = self._complete()
        if not self.order.title or not jobs:
            return []
        films = [self._films[job] for job in jobs]
        lesson = self.order.lesson
        self._lecture = Lecture(
            title=self.order.title,
            language=lesson["language"],
            theme=lesson["theme"],
            clips=tuple(film.clip for film in films),
        )
        small = [self._small[job] for job in jobs]
        made = joined_lecture(self._cache, self._lecture, films, small, Faces(POSTER, THUMBNAIL))
        return self._publish(made)

    def write_pages(self) -> list[Path]:
        """Publish the pages around the finished films.

        Raises
        ------
        ArticleError
            When the article cannot be made; all other pages are published then.
        """
        clips: list[Clip] = [self._films[job].clip for job in self._complete()]
        if not clips:
            return []
        written = []
        folders, lesson = self.order.folders, self.order.lesson
        for files in pages(
            clips,
            self._lecture,
            lesson=lesson,
            folders=folders,
            cache=self._cache,
            base=self.order.base,
            translations=self.order.translations,
        ):
            written += self._publish(files)
        return written

    def lacking(self) -> dict[Path, list[str]]:
        """Return the lecture's file with the names of the chapters that it lacks."""
        if self._lecture is None:
            return {}
        complete = self._complete()
        names = [chapter.name for job, chapter in self._chapters.items() if job not in complete]
        return {self.order.folder / self._lecture.film: names} if names else {}

    def _complete(self) -> list[Job]:
        return [job for job in self._chapters if job in self._films and job in self._small]

    def _publish(self, files: CachedFiles, is_new: bool = False) -> list[Path]:
        self.used.add(files.folder)
        written = publish(files, self.order.folder)
        return [self.order.folder / name for name in files.checksums] if is_new else written
