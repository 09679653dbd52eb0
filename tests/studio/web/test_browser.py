"""The pages as a reader has them: a real browser, under the strictest policy."""

from __future__ import annotations

import base64
import re
from html import unescape

import pytest

from studio.film.records import Clip, Lecture
from tests.studio.web.conftest import Site
from tests.studio.web.films import COLOURS, HOSTILE, RATE, SIZE

pytest.importorskip("playwright.sync_api", reason="./test.sh installs it")

from markdown_it import MarkdownIt
from PIL import ImageColor
from playwright.sync_api import Browser, expect

from tests.studio.web.reader import COLOUR, Reader, reading

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Somebody's page</title>
<link rel="icon" href="/linreg/post/icon.svg"></head>
<body><main><h1>Somebody's page</h1>
{}
</main></body>
</html>"""

MARKDOWN = "# Somebody's page\n\nBefore it.\n\n{}\nAfter *it*.\n"

FILMS = ["Quick", "Other", "Third", "lecture"]
FRAME = 1 / RATE


def page_of(site: Site, html: str, name: str, folder: str = "linreg") -> str:
    """Put HTML into a page of somebody's site, and return its address."""
    (site.root / folder).mkdir(parents=True, exist_ok=True)
    (site.root / folder / f"{name}.html").write_text(PAGE.format(html), encoding="utf-8")
    return f"{site.url}/{folder}/{name}.html"


def fragment_page(site: Site, name: str) -> str:
    html = (site.home / f"{name}.html").read_text(encoding="utf-8")
    return page_of(site, html, f"page-{name}")


def film_named(site: Site, name: str) -> Clip | Lecture:
    return next(film for film in site.films if film.name == name)


def wait_for_colour(reader: Reader, hexadecimal: str) -> None:
    """Wait until the frame of a colour is painted, but for what an encoder does to it."""
    wanted = list(ImageColor.getrgb(hexadecimal))
    near = "(wanted) => (%s)().every((value, i) => Math.abs(value - wanted[i]) < 40)"
    reader.wait_for(near % COLOUR, wanted)


@pytest.mark.parametrize("name", FILMS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_fragment_plays_with_its_captions(
    site: Site, browser: Browser, name: str, scripts: bool
) -> None:
    film = film_named(site, name)
    with reading(browser, fragment_page(site, name), java_script_enabled=scripts) as reader:
        reader.load()
        assert reader.video("currentSrc").endswith(film.small)
        assert abs(reader.video("duration") - film.duration) < FRAME
        assert (reader.video("videoWidth"), reader.video("videoHeight")) == SIZE
        for cue in film.cues:
            reader.seek((cue.start + cue.end) / 2)
            reader.wait_for_cue("captions", cue.text)
        reader.seek(0)
        reader.page.evaluate("document.querySelector('video').play()")
        reader.wait_for("document.querySelector('video').currentTime > 0.4")
        expect(reader.page.locator("figcaption")).to_contain_text(film.title)


@pytest.mark.parametrize("name", FILMS)
def test_a_fragment_keeps_nothing_from_anybody(site: Site, browser: Browser, name: str) -> None:
    with reading(browser, fragment_page(site, name)) as reader:
        reader.page.locator("summary").click()
        assert reader.violations() == []
        assert sum(reader.page.evaluate("window.shifts")) < 0.01


def test_h264_plays_where_av1_does_not(site: Site, browser: Browser) -> None:
    html = (site.home / "Quick.html").read_text(encoding="utf-8")
    html = re.sub(r"<source [^>]*av01[^>]*>\n", "", html)
    with reading(browser, page_of(site, html, "page-h264")) as reader:
        reader.load()
        assert reader.video("currentSrc").endswith("Quick.mp4")


DECODED = """async (base64) => {
    const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
    const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(content);
    const samples = sound.getChannelData(0);
    return [sound.duration, Math.max(...samples.slice(24000, 48000))];
}"""
"""Length of a film's sound in seconds, and the largest sample of its second half second."""


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_the_sound_of_a_film_is_heard(site: Site, browser: Browser, ending: str) -> None:
    html = (site.home / "Quick.html").read_text(encoding="utf-8")
    html = re.sub(rf'<source src="[^"]*\.(?!{ending})\w+"[^>]*>\n', "", html)
    with reading(browser, page_of(site, html, f"page-sound-{ending}")) as reader:
        reader.load()
        assert reader.video("currentSrc").endswith(f"Quick.{ending}")
        assert not reader.video("muted")
        reader.page.evaluate("document.querySelector('video').play()")
        reader.wait_for("document.querySelector('video').webkitAudioDecodedByteCount > 0")
        content = base64.b64encode((site.home / f"Quick.{ending}").read_bytes()).decode()
        seconds, peak = reader.page.evaluate(DECODED, content)
        assert abs(seconds - film_named(site, "Quick").duration) < 0.05
        assert 0.15 < peak < 0.25


def test_a_chapter_is_sought_within_a_frame_and_marked(site: Site, browser: Browser) -> None:
    with reading(browser, fragment_page(site, "lecture")) as reader:
        reader.load()
        links = reader.page.locator("a[data-start]")
        expect(links).to_have_text(HOSTILE)
        for number in (2, 0, 1):
            links.nth(number).click()
            expect(reader.page.locator("[aria-current]")).to_have_text(HOSTILE[number])
            reader.wait_for("!document.querySelector('video').seeking")
            assert abs(reader.video("currentTime") - site.lecture.starts[number]) < FRAME
            wait_for_colour(reader, COLOURS["dark"][number])
            assert reader.page.evaluate(
                "[...document.querySelector('video').textTracks]"
                ".find((track) => track.kind === 'chapters').label"
            )


def test_the_chapters_work_with_the_keyboard(site: Site, browser: Browser) -> None:
    with reading(browser, fragment_page(site, "lecture")) as reader:
        reader.load()
        links = reader.page.locator("a[data-start]")
        links.first.focus()
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
            reader.page.keyboard.press(key)
        expect(links.nth(1)).to_be_focused()
        expect(links.nth(1)).to_have_attribute("aria-current", "true")
        expect(reader.page.locator("[aria-current]")).to_have_count(1)


def test_the_mark_follows_the_film(site: Site, browser: Browser) -> None:
    with reading(browser, fragment_page(site, "lecture")) as reader:
        reader.load()
        reader.seek(site.lecture.starts[1] - 0.3)
        expect(reader.page.locator("[aria-current]")).to_have_text(HOSTILE[0])
        reader.page.evaluate("document.querySelector('video').play()")
        expect(reader.page.locator("[aria-current]")).to_have_text(HOSTILE[1])


def test_without_scripts_the_chapters_are_links_into_the_film(site: Site, browser: Browser) -> None:
    page = fragment_page(site, "lecture")
    with reading(browser, page, java_script_enabled=False) as reader:
        links = reader.page.locator("a[data-start]")
        expect(links).to_have_text(HOSTILE)
        ends = [link.get_attribute("href") for link in links.all()]
        starts = [float(end.split("#t=")[1]) for end in ends if end]
        assert starts == pytest.approx(list(site.lecture.starts), abs=FRAME)
        expect(reader.page.locator("[aria-current]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_film_has_the_readers_colours(site: Site, browser: Browser, scheme: str) -> None:
    place = "light/" if scheme == "light" else ""
    with reading(browser, fragment_page(site, "Quick"), color_scheme=scheme) as reader:
        reader.load()
        assert reader.video("currentSrc").endswith(f"/linreg/{place}Quick.webm")
        assert reader.video("poster").endswith(f"/linreg/{place}Quick.webp")
        reader.seek(0.5)
        wait_for_colour(reader, COLOURS[scheme][0])


def test_in_the_light_folder_the_dark_film_is_the_other(site: Site, browser: Browser) -> None:
    html = (site.home / "light" / "Quick.html").read_text(encoding="utf-8")
    page = page_of(site, html, "page-Quick", "linreg/light")
    for scheme, place in (("dark", "linreg/"), ("light", "linreg/light/")):
        with reading(browser, page, color_scheme=scheme) as reader:
            reader.load()
            assert reader.video("currentSrc") == f"{site.url}/{place}Quick.webm"


@pytest.mark.parametrize(
    ("motion", "file"), [("no-preference", "Quick.avif"), ("reduce", "Quick.webp")]
)
def test_a_loop_moves_only_where_motion_is_allowed(
    site: Site, browser: Browser, motion: str, file: str
) -> None:
    html = (site.home / "Quick.loop.html").read_text(encoding="utf-8")
    page = page_of(site, html, "page-loop")
    with reading(browser, page, reduced_motion=motion) as reader:
        picture = reader.page.locator("picture img")
        picture.scroll_into_view_if_needed()
        reader.wait_for("document.querySelector('picture img').complete")
        assert picture.evaluate("image => image.currentSrc").endswith(f"/linreg/{file}")
        assert picture.evaluate("image => image.naturalWidth") > 0
        assert not [asked for asked in reader.requests if asked.endswith(".gif")]
        assert reader.violations() == []


def test_the_fragment_stands_in_markdown_as_it_is(site: Site, browser: Browser) -> None:
    for name in FILMS:
        fragment = (site.home / "embed" / "markdown" / f"{name}.md").read_text(encoding="utf-8")
        html = MarkdownIt("commonmark").render(MARKDOWN.format(fragment))
        assert fragment.strip() in html
        assert html.endswith("<p>After <em>it</em>.</p>\n")
        html = html.replace("<h1>Somebody's page</h1>", "")
        with reading(browser, page_of(site, html, f"markdown-{name}", "blog/2026")) as reader:
            reader.load()
            assert reader.video("currentSrc") == f"{site.url}/linreg/{name}.webm"
            assert reader.violations() == []


def test_myst_shows_the_fragment_raw(site: Site, browser: Browser) -> None:
    text = (site.home / "embed" / "myst" / "lecture.md").read_text(encoding="utf-8")
    (fence,) = MarkdownIt("commonmark").parse(text)
    assert fence.info == "{raw} html"
    with reading(browser, page_of(site, fence.content, "myst", "docs")) as reader:
        reader.load()
        expect(reader.page.locator("a[data-start]")).to_have_text(HOSTILE)


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_post_reads_well(site: Site, browser: Browser, scheme: str, width: int) -> None:
    size = {"width": width, "height": 900}
    url = f"{site.url}/linreg/post/"
    with reading(browser, url, color_scheme=scheme, viewport=size) as reader:
        page = reader.page
        page.wait_for_load_state("networkidle")
        assert reader.weight < 300_000
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate("document.documentElement.scrollHeight") > 900
        expect(page.locator("h1")).to_have_text(site.lecture.title)
        expect(page.locator("main h2")).to_have_text(["The whole lecture", *HOSTILE])
        for summary in page.locator("summary").all():
            summary.click()
        assert reader.violations() == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_films_of_the_post_play(site: Site, browser: Browser, scripts: bool) -> None:
    url = f"{site.url}/linreg/post/"
    with reading(browser, url, java_script_enabled=scripts) as reader:
        for number, film in enumerate([site.lecture, *site.clips]):
            video = reader.page.locator("video").nth(number)
            video.scroll_into_view_if_needed()
            video.evaluate("video => video.play()")
            reader.wait_for(f"document.querySelectorAll('video')[{number}].currentTime > 0.2")
            assert abs(video.evaluate("video => video.duration") - film.duration) < FRAME


def test_the_post_opens_from_the_disk(site: Site, browser: Browser) -> None:
    page = (site.home / "post" / "index.html").as_uri()
    with reading(browser, page) as reader:
        reader.load()
        cue = site.lecture.cues[1]
        reader.seek((cue.start + cue.end) / 2)
        reader.wait_for_cue("captions", cue.text)
        reader.page.locator("a[data-start]").nth(2).click()
        expect(reader.page.locator("[aria-current]")).to_have_text(HOSTILE[2])


def test_titles_are_text_everywhere(site: Site) -> None:
    title = re.compile("<script>alert|<b>")
    endings = {".html", ".jsx", ".md"}
    files = [file for file in site.home.rglob("*") if file.suffix in endings]
    assert len(files) > 2 * len(FILMS)
    for file in files:
        assert not title.search(file.read_text(encoding="utf-8")), file
    html = (site.home / "Quick.html").read_text(encoding="utf-8")
    assert HOSTILE[0] in unescape(html)
