"""Pages are made once, and again when anything that makes them has changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studio.orders import DEFAULT_BASE
from studio.rooms import PACKAGES, PAGE_ROOMS
from studio.store import sources
from studio.store.cache import Cache, CachedFiles
from studio.web.pages import pages
from tests.studio.web.conftest import LESSON
from tests.studio.web.films import make_clips, write_films

IMPORTED = """
import sys
import studio.web.article_content
import studio.web.pages
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_every_room_that_makes_pages_counts() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True
    )
    used = set(done.stdout.split()) & set(PACKAGES)
    assert {"linreg", "visuals", "studio"} <= used
    assert used <= {*PAGE_ROOMS, "scenes"}


def test_sources_of_pages_are_found_at_any_depth() -> None:
    found = sources.page_sources("en")
    assert {
        "linreg/study/report.py",
        "studio/web/pages.py",
        "studio/store/cache.py",
        "visuals/theme.py",
        "assets/web/embed/hugo.html.j2",
        "assets/locales/en/post.po",
    } < found.keys()
    assert None not in found.values()


@pytest.fixture
def made(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    write_films(site.folders["dark"], site.clips, None)
    return site


class Site:
    """Films in the dark theme, and the cache for their pages."""

    def __init__(self, root: Path) -> None:
        self.clips = make_clips("dark")
        self.folders = {"dark": root / "exports", "light": root / "exports" / "light"}
        self.cache = Cache(root / "cache")

    def pages(self) -> CachedFiles:
        (files,) = pages(
            self.clips,
            None,
            lesson=LESSON,
            folders=self.folders,
            cache=self.cache,
            base=DEFAULT_BASE,
        )
        return files


def test_pages_are_made_once(made: Site) -> None:
    first = made.pages()
    before = (first.folder / "Quick.html").stat()
    assert made.pages() == first
    after = (first.folder / "Quick.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_film_in_another_theme_makes_new_pages(made: Site) -> None:
    before = made.pages()
    write_films(made.folders["light"], make_clips("light"), None)
    after = made.pages()
    assert after.folder != before.folder
    assert "./light/Quick.webm" in (after.folder / "Quick.html").read_text()


def test_damaged_pages_are_made_again(made: Site) -> None:
    page = made.pages().folder / "Quick.html"
    whole = page.read_bytes()
    page.write_bytes(whole[:-1])
    made.pages()
    assert page.read_bytes() == whole


def test_a_fragment_that_is_opened_alone_says_how_it_is_written(made: Site) -> None:
    folder = made.pages().folder
    for name in ("Quick.html", "Quick.loop.html"):
        assert (folder / name).read_text().startswith('<meta charset="utf-8">\n')
    for embedded in folder.glob("embed/**/*"):
        assert embedded.is_dir() or "<meta" not in embedded.read_text()
