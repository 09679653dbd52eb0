"""A reader: a page in a real browser that notes whatever goes wrong on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

PATIENCE = 30
"""Seconds after which something that did not happen will not."""

WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.value)))
  .observe({ type: "layout-shift", buffered: true });
"""

ACTIVE_CUE = """(kind) => {
  const tracks = [...document.querySelector("video").textTracks];
  const track = tracks.find((t) => t.kind === kind && t.mode !== "disabled");
  return track?.activeCues?.[0]?.getCueAsHTML().textContent ?? null;
}"""

LOAD = """() => {
  const video = document.querySelector("video");
  if (video.preload === "none") video.preload = "auto";
}"""

SHOWS = """() => {
  const video = document.querySelector("video");
  return video.readyState >= 2 && !video.seeking;
}"""
"""Asked again and again: where scripts are off, listeners are never told."""

COLOUR = """() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d");
  context.drawImage(document.querySelector("video"), 0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


@dataclass
class Reader:
    """A page, and what went wrong on it.

    Attributes
    ----------
    page
        The page.
    complaints
        Errors of the console, uncaught exceptions, and answers that say no.
    requests
        Every address that was asked for.
    weight
        Bytes of all that was received.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    weight: int = 0

    def listen(self) -> None:
        page = self.page
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.on("console", self._hear)
        page.on("response", self._weigh)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _weigh(self, response: Any) -> None:
        self.weight += int(response.headers.get("content-length", 0))
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def load(self) -> None:
        """Wait until the first frame of the page's first film is there."""
        self.page.evaluate(LOAD)
        self.wait_for(SHOWS)

    def seek(self, seconds: float) -> float:
        """Seek the page's first film, and return where it is then."""
        self.page.evaluate("(to) => { document.querySelector('video').currentTime = to; }", seconds)
        self.wait_for(SHOWS)
        reached: float = self.video("currentTime")
        return reached

    def video(self, what: str) -> Any:
        """Return a property of the page's first film."""
        return self.page.evaluate(f"document.querySelector('video').{what}")

    def wait_for_cue(self, kind: str, text: str) -> None:
        """Wait until a track shows a text."""
        self.wait_for(f"(text) => ({ACTIVE_CUE})('{kind}') === text", text)

    def wait_for(self, script: str, argument: object = None) -> None:
        """Wait until a script says yes. (The tool's own waiting evaluates, which pages forbid.)"""
        deadline = time.monotonic() + PATIENCE
        while not self.page.evaluate(script, argument):
            assert time.monotonic() < deadline, f"it did not happen: {script}"
            self.page.wait_for_timeout(20)

    def violations(self) -> list[str]:
        """Return what axe-core says is wrong with the page."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run()")["violations"]
        return [f"{v['id']}: {[node['html'] for node in v['nodes']]}" for v in found]


@contextmanager
def reading(browser: Browser, url: str, **options: Any) -> Iterator[Reader]:
    """Open a page; when all is done, nothing may have gone wrong and nobody else been asked."""
    context = browser.new_context(**{"color_scheme": "dark", **options})
    reader = Reader(context.new_page())
    reader.listen()
    reader.page.add_init_script(WATCH_SHIFTS)
    reader.page.goto(url)
    yield reader
    reader.page.wait_for_load_state()
    host = "{0.scheme}://{0.netloc}/".format(urlsplit(url))
    context.close()
    assert not reader.complaints, reader.complaints
    assert [asked for asked in reader.requests if not asked.startswith(host)] == []
