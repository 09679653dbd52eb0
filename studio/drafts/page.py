"""The page of a chapter that is being written, in a folder that a server shows."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from studio.drafts.findings import Inspection
from studio.store.files import write_atomically
from studio.web.fragments import TEMPLATES, templates
from studio.web.server import POLICY, Handler
from visuals.theme import PALETTES

STILLS, FILM, CAPTIONS, VERSION = "stills", "film.mp4", "film.vtt", "version.txt"


class PageHandler(Handler):
    """Lets the page ask whether there is a newer one."""

    policy = f"{POLICY}; connect-src 'self'"


@dataclass(frozen=True)
class Draft:
    """A chapter as far as it has been made.

    Attributes
    ----------
    title, language
        The chapter's title, and the language of its sentences.
    inspection
        Its beats; None before they were ever drawn.
    film
        Its film, if it was made from the same sources.
    complaints
        One line for everything that went wrong.
    doing
        Name of the work that goes on; empty when all is done.
    """

    title: str
    language: str
    inspection: Inspection | None = None
    film: Path | None = None
    complaints: Sequence[str] = ()
    doing: str = ""


class DraftPage:
    """The page, which a browser loads again whenever it is written.

    Parameters
    ----------
    folder
        The folder that is served, empty at first.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / STILLS).mkdir()
        palettes = {theme: asdict(palette) for theme, palette in PALETTES.items()}
        for name in ("watch/watch.css", "icon.svg"):
            text = templates().get_template(f"{name}.j2").render(palettes=palettes)
            (folder / Path(name).name).write_text(text, encoding="utf-8")
        shutil.copy(TEMPLATES / "watch" / "watch.js", folder)

    def show(self, draft: Draft) -> None:
        """Show a draft in place of the one before."""
        version = f"{time.time_ns()}"
        beats = draft.inspection.beats if draft.inspection else ()
        for beat in beats:
            write_atomically(self._folder / STILLS / beat.still.name, beat.still.read_bytes())
        if draft.film:
            write_atomically(self._folder / FILM, draft.film.read_bytes())
            captions = draft.film.with_suffix(".vtt")
            write_atomically(self._folder / CAPTIONS, captions.read_bytes())
        html = (
            templates()
            .get_template("watch/page.html.j2")
            .render(
                draft=draft,
                beats=beats,
                frame=draft.inspection.frame if draft.inspection else (),
                count=sum(len(beat.faults) for beat in beats),
                version=version,
            )
        )
        write_atomically(self._folder / "index.html", html.encode())
        write_atomically(self._folder / VERSION, version.encode())
