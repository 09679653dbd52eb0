"""One order's films on their way to the user: what has come in, and what is made of it."""

from __future__ import annotations

from pathlib import Path

from scenes.manifest import POSTER
from studio.film.production import Take, film_of, find_small, lecture_of, read_take
from studio.film.records import Clip, Lecture
from studio.jobs import Job
from studio.orders import Order
from studio.store.cache import Cache, Entry, Kept, publish
from studio.web import pages


class Release:
    """What an order has so far.

    Parameters
    ----------
    order
        What the user asks for.
    cache
        Where all is kept.

    Attributes
    ----------
    used
        Folders of the cache that the order's files come from.
    """

    def __init__(self, order: Order, cache: Cache) -> None:
        self.order = order
        self.used: set[Path] = set()
        self._cache = cache
        self._chapters = order.jobs()
        self._takes: dict[Job, Take] = {}
        self._small: dict[Job, Kept] = {}
        self._lecture: Lecture | None = None

    def take_in(self, job: Job, entry: Entry, *, is_new: bool = False) -> list[Path]:
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
        if job.kind == "stills":
            return self._publish(entry, is_new)
        take = read_take(entry, self._chapters[job], self.order.lesson)
        written = self._publish(film_of(self._cache, take), is_new)
        self._takes[job] = take
        return written

    def find_small(self) -> list[Path]:
        """Publish the small forms that are there, and return what was written."""
        written = []
        for job, take in self._takes.items():
            if kept := find_small(self._cache, take):
                written += self.take_in_small(job, kept)
        return written

    def without_small(self) -> dict[Job, Take]:
        """Return the films whose small forms are not there."""
        return {job: take for job, take in self._takes.items() if job not in self._small}

    def take_in_small(self, job: Job, kept: Kept, *, is_new: bool = False) -> list[Path]:
        """Publish the small forms of a film; see :meth:`take_in`."""
        self._small[job] = kept
        return self._publish(kept, is_new)

    def write_lecture(self) -> list[Path]:
        """Publish the lecture, from the chapters that are there, where it is asked for."""
        jobs = self._complete()
        if not self.order.title or not jobs:
            return []
        takes = [self._takes[job] for job in jobs]
        lesson = self.order.lesson
        self._lecture = Lecture(
            title=self.order.title,
            language=lesson["language"],
            theme=lesson["theme"],
            clips=tuple(take.clip for take in takes),
        )
        small = [self._small[job] for job in jobs]
        return self._publish(lecture_of(self._cache, self._lecture, takes, small, POSTER))

    def write_pages(self) -> list[Path]:
        """Publish the pages around the films that are there."""
        clips: list[Clip] = [self._takes[job].clip for job in self._complete()]
        if not clips:
            return []
        return pages.write(
            clips,
            self._lecture,
            lesson=self.order.lesson,
            folders=self.order.folders,
            cache=self._cache.folder,
        )

    def lacking(self) -> dict[Path, list[str]]:
        """Return the lecture's file with the names of the chapters that it is without."""
        if self._lecture is None:
            return {}
        complete = self._complete()
        names = [chapter.name for job, chapter in self._chapters.items() if job not in complete]
        return {self.order.folder / self._lecture.film: names} if names else {}

    def _complete(self) -> list[Job]:
        return [job for job in self._chapters if job in self._takes and job in self._small]

    def _publish(self, kept: Kept, is_new: bool = False) -> list[Path]:
        self.used.add(kept.folder)
        written = publish(kept, self.order.folder, self._cache.scratch())
        return [self.order.folder / name for name in kept.checksums] if is_new else written
