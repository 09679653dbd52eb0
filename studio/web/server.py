"""A small server on this machine, so that what was exported can be seen as readers will see it.

It answers ranges, without which no browser can seek in a film, and sends every page with the
strictest Content-Security-Policy that the pages live under.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

ADDRESS = "127.0.0.1"
"""Nobody but this machine is answered."""

DEFAULT_PORT = 8000
MOST_PORTS = 65535

START_PAGE = "post/index.html"

POLICY = "; ".join(
    ["default-src 'none'"]
    + [f"{kind}-src 'self'" for kind in ("font", "img", "media", "script", "style")]
    + ["base-uri 'none'", "form-action 'none'"]
)
"""A page's own files and nothing else: nothing inline, no other host."""

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".srt": "application/x-subrip; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""Media types by ending; whatever else there is comes as plain bytes."""

CHUNK = 2**16


class ServeError(Exception):
    """A server that cannot start; its text is one line for the user."""


class RangeError(ValueError):
    """A range that lies outside the file."""


def byte_range(header: str | None, size: int) -> range | None:
    """Return the bytes that a ``Range`` header asks for.

    Parameters
    ----------
    header
        The header's value, as in ``bytes=0-499``, ``bytes=500-`` or ``bytes=-500``.
    size
        Of the file, in bytes.

    Returns
    -------
    range
        The bytes; None where the whole file is to be sent, because there is no header or it
        asks for something that a server may ignore (RFC 9110, section 14.2): another unit,
        several ranges, or what is no range.

    Raises
    ------
    RangeError
        When the file has none of these bytes.
    """
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", (header or "").strip())
    if match is None or match[0] == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start = int(first)
        stop = min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= stop:
        raise RangeError(header)
    return range(start, stop)


class Handler(BaseHTTPRequestHandler):
    """Answers one request for a file of a folder.

    Parameters
    ----------
    folder
        Only what lies in it is served.
    """

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, folder: Path) -> None:
        self.folder = folder
        super().__init__(*args)

    def handle(self) -> None:
        """Answer until the browser has seen enough: one that seeks cuts its answers short."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Send a file, or a part of it."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Send what comes before a file."""
        self._answer(with_body=False)

    def log_message(self, *args: Any) -> None:
        """Say nothing: the terminal is the user's."""

    def _answer(self, *, with_body: bool) -> None:
        path = urlsplit(self.path).path
        if "\0" in unquote(path):
            self.send_error(HTTPStatus.NOT_FOUND)
        elif path == "/" and not (self.folder / "index.html").is_file():
            self._redirect(f"/{START_PAGE}")
        elif self._file(path).is_dir() and not path.endswith("/"):
            self._redirect(f"{quote(unquote(path))}/")
        else:
            self._send_file(self._file(path), with_body=with_body)

    def _file(self, path: str) -> Path:
        """Return the file of a path, which may lie anywhere and may not be there."""
        file = (self.folder / unquote(path).lstrip("/")).resolve()
        return file / "index.html" if path.endswith("/") else file

    def _redirect(self, path: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_file(self, file: Path, *, with_body: bool) -> None:
        try:
            if not file.is_relative_to(self.folder):
                raise FileNotFoundError(file)
            content = file.open("rb")
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with content:
            size = file.stat().st_size
            try:
                part = byte_range(self.headers.get("Range"), size)
            except RangeError:
                self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                self.send_header("Content-Range", f"bytes */{size}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._send_head(file, part, size)
            if with_body:
                _copy(content, part or range(size), self.wfile.write)

    def _send_head(self, file: Path, part: range | None, size: int) -> None:
        self.send_response(HTTPStatus.OK if part is None else HTTPStatus.PARTIAL_CONTENT)
        if part is not None:
            self.send_header("Content-Range", f"bytes {part.start}-{part.stop - 1}/{size}")
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(size if part is None else len(part)))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-cache")  # the next render shows at once
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()


def _copy(file: BufferedReader, part: range, write: Callable[[bytes], object]) -> None:
    file.seek(part.start)
    left = len(part)
    while left and (chunk := file.read(min(CHUNK, left))):
        write(chunk)
        left -= len(chunk)


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of a folder that listens, and answers once it is run.

    Parameters
    ----------
    folder
        What to serve.
    port
        Where to listen; 0 for any that is free.

    Raises
    ------
    ServeError
        When there is nothing to serve, or the port cannot be had.
    """
    if not 0 <= port <= MOST_PORTS:
        raise ServeError(f"--port {port}: allowed are 0 to {MOST_PORTS}")
    if not folder.is_dir():
        raise ServeError(f"{folder} is not there yet: run ./render.sh first")
    try:
        return ThreadingHTTPServer((ADDRESS, port), partial(Handler, folder=folder.resolve()))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(f"--port {port} is in use; choose another") from error
        raise ServeError(f"--port {port}: {error.strerror}") from error


def start_pages(folder: Path) -> list[str]:
    """Return the posts that a folder holds, the film's own before the drafts'."""
    posts = (path.relative_to(folder) for path in folder.glob(f"**/{START_PAGE}"))
    return [post.parent.as_posix() for post in sorted(posts, key=lambda p: (len(p.parts), p))]


def serve(folder: Path, port: int, say: Callable[[str], object]) -> None:
    """Serve a folder until Ctrl-C.

    Parameters
    ----------
    folder, port
        As for :func:`make_server`.
    say
        Takes the lines that tell the user where to look.

    Raises
    ------
    ServeError
        As :func:`make_server` does.
    """
    with make_server(folder, port) as server:
        server.daemon_threads = True
        for page in start_pages(folder):
            say(f"http://localhost:{server.server_port}/{quote(page)}/")
        say("Ctrl-C stops it.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
