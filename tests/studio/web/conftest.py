from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from studio.film.records import Clip, Lecture
from studio.orders import DEFAULT_BASE
from studio.store.cache import Cache, publish
from studio.web.pages import pages
from studio.web.server import listen
from tests.studio.web.films import make_clips, make_lecture, write_films

LESSON = {
    "true_w": [2.0, -3.4], "true_b": 4.2, "num_examples": 200, "noise_std": 0.01,
    "batch_size": 10, "lr": 0.03, "num_epochs": 3, "seed": 0, "language": "en", "theme": "dark",
    "voice": "none",
}  # fmt: skip


@dataclass(frozen=True)
class Site:
    """Films in both themes with their pages, in the folder ``linreg`` of a site that is served.

    Attributes
    ----------
    root
        The site's folder.
    url
        Where it is served.
    clips, lecture
        The films in the dark theme.
    """

    root: Path
    url: str
    clips: list[Clip]
    lecture: Lecture

    @property
    def home(self) -> Path:
        return self.root / "linreg"

    @property
    def films(self) -> list[Clip | Lecture]:
        return [*self.clips, self.lecture]


def make_site(root: Path) -> tuple[list[Clip], Lecture]:
    """Write films in both themes and all their pages; return those of the dark theme."""
    folders = {"dark": root / "linreg", "light": root / "linreg" / "light"}
    cache = Cache(root.parent / "cache")
    films = {}
    for theme, folder in folders.items():
        clips = make_clips(theme)
        films[theme] = clips, make_lecture(clips)
        write_films(folder, *films[theme])
    for clips, lecture in films.values():
        made = pages(clips, lecture, lesson=LESSON, folders=folders, cache=cache, base=DEFAULT_BASE)
        for files in made:
            publish(files, folders[clips[0].theme])
    return films["dark"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("site") / "site"
    clips, lecture = make_site(root)
    with listen(root, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Site(root, f"http://127.0.0.1:{server.port}", clips, lecture)
        server.shutdown()
        thread.join()
