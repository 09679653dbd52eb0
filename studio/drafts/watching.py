"""``./render.sh watch``: a page that shows a chapter, and follows its files."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from linreg.lesson_file import LessonError
from studio.drafts.changes import ChangedError, Changes
from studio.drafts.findings import Inspection, inspection_order, read_inspection
from studio.drafts.page import Draft, DraftPage, PageHandler
from studio.orders import Order
from studio.parsers import UsageError
from studio.reports import Report
from studio.run import Studio
from studio.temporary import temporary_folder
from studio.web.server import listen
from studio.workers.crews import LocalDrawingCrew
from visuals.language import LanguageError
from voice import VoiceError

OF_THE_USER = (UsageError, LessonError, LanguageError, VoiceError, OSError)
"""Errors that a file which is being written may cause; saving it again mends them."""


class WatchingCrew(LocalDrawingCrew):
    """Workers that are in vain as soon as a file changes.

    Parameters
    ----------
    size
        Number of chapters that are drawn at once.
    changes
        The files.
    """

    def __init__(self, size: int, changes: Changes) -> None:
        super().__init__(size)
        self._changes = changes

    def reports(self) -> Iterator[Report]:
        """Yield the reports that have come in, unless a file has changed."""
        self._changes.check()
        yield from super().reports()


class Watch:
    """Makes a chapter again whenever its files change, and shows it.

    Parameters
    ----------
    studio
        The studio.
    orders
        Reads the lesson and returns the order for the chapter's film.
    page
        The page.
    changes
        The files.
    size, cache_limit
        Number of workers, and the bytes that the cache is cut to.
    """

    def __init__(
        self,
        studio: Studio,
        orders: Callable[[], Sequence[Order]],
        page: DraftPage,
        changes: Changes,
        size: int,
        cache_limit: int,
    ) -> None:
        self._studio, self._orders, self._page, self._changes = studio, orders, page, changes
        self._size, self._cache_limit = size, cache_limit
        self._draft = Draft("", "en")

    def follow(self) -> None:
        """Make and show the chapter, again and again, until Ctrl-C."""
        while True:
            self._changes.take()
            with suppress(ChangedError):
                try:
                    self._make()
                except OF_THE_USER as error:
                    self._show(doing="", complaints=[str(error)])
                self._changes.wait()

    def _make(self) -> None:
        """Make and show the stills, then the film."""
        (order,) = self._orders()
        language = order.lesson["language"]
        title = order.chapters[0].title(language)
        self._draft = replace(self._draft, title=title, language=language, film=None)
        self._show(doing="the stills", complaints=[])
        inspection, failures = self._inspect(inspection_order(order))
        if inspection:
            self._draft = replace(self._draft, inspection=inspection)
        if failures:
            self._show(doing="", complaints=failures)
            return
        self._show(doing="the film")
        result = self._studio.render([order], self._hire, None, self._cache_limit)
        failures = list(result.failures.values())
        film = None if failures else order.folder / f"{order.chapters[0].name}.mp4"
        self._show(doing="", film=film, complaints=[*failures, *result.complaints])

    def _inspect(self, order: Order) -> tuple[Inspection | None, list[str]]:
        result = self._studio.render([order], self._hire, None, self._cache_limit)
        (finding,) = self._studio.look_up(order).values()
        if finding.entry is None:
            return None, list(result.failures.values())
        return read_inspection(finding.entry, order.lesson["language"]), []

    def _hire(self) -> WatchingCrew:
        return WatchingCrew(self._size, self._changes)

    def _show(self, **changes: object) -> None:
        self._draft = replace(self._draft, **changes)  # type: ignore[arg-type]
        self._page.show(self._draft)


def watch(
    studio: Studio,
    orders: Callable[[], Sequence[Order]],
    *,
    port: int,
    size: int,
    cache_limit: int,
    others: Sequence[Path],
    say: Callable[[str], object],
) -> None:
    """Show a chapter on this machine and follow its files until Ctrl-C.

    Parameters
    ----------
    studio
        The studio; its terminal should be quiet.
    orders
        Reads the lesson and returns the order for the chapter's film.
    port
        The port to listen at; 0 for any that is free.
    size, cache_limit
        Number of workers, and the bytes that the cache is cut to.
    others
        Files to follow beside those of the project.
    say
        Prints the lines that tell the user where to look.

    Raises
    ------
    ServeError
        When the port is not available.
    UsageError, LessonError, LanguageError, VoiceError
        When the command is wrong, at its beginning.
    """
    orders()  # complains before anything is done
    with suppress(KeyboardInterrupt), temporary_folder(), tempfile.TemporaryDirectory() as folder:
        page = DraftPage(Path(folder))
        page.show(Draft("", "en", doing="the stills"))
        with _served(Path(folder), port) as found:
            say(f"http://localhost:{found}/")
            say("Ctrl-C stops it.")
            changes = Changes(studio.root, others)
            Watch(studio, orders, page, changes, size, cache_limit).follow()


@contextmanager
def _served(folder: Path, port: int) -> Iterator[int]:
    """Serve a folder meanwhile, at the port that is given on."""
    with listen(folder, port, PageHandler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        try:
            yield server.port
        finally:
            server.shutdown()
            thread.join()
