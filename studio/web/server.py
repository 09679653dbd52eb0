"""A small server on this machine that shows the exported files as readers will see them.

It answers ranges, without which no browser can seek in a film, and sends every answer with the
strictest Content-Security-Policy that the pages work under.
"""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound
from werkzeug.http import parse_range_header
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.utils import redirect, send_from_directory
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ADDRESS = "127.0.0.1"
"""Nobody but this machine is answered."""

HOSTS = ["localhost", ADDRESS]
"""Names that a browser may call this machine by: pages of other names get no answer from here."""

MOST_PORTS = 65535

START_PAGE = "post/index.html"

POLICY = "; ".join(
    ["default-src 'none'"]
    + [f"{kind}-src 'self'" for kind in ("font", "img", "media", "script", "style")]
    + ["base-uri 'none'", "form-action 'none'"]
)
"""Allows a page's own files: nothing inline, no other host."""

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".gif": "image/gif",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".srt": "application/x-subrip",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""Media types by ending, the same on every machine; other files are sent as plain bytes."""

RANGE = re.compile(r"bytes=\d{0,15}-\d{0,15}")

PATIENCE = 30
"""Seconds that a client may be silent."""


class ServeError(Exception):
    """A server that cannot start; its text is one line for the user."""


class FolderApp:
    """Answers requests for the files of a folder.

    Parameters
    ----------
    folder
        Only files in it are sent, and no link leads out of it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request; see WSGI (PEP 3333)."""
        try:
            response = self._answer(environ)
        except HTTPException as error:
            return error(environ, start)
        return response(environ, start)

    def _answer(self, environ: WSGIEnvironment) -> Response:
        request = Request(environ)
        request.trusted_hosts = HOSTS
        if not request.host:  # a foreign one is an error
            raise BadRequest
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(["GET", "HEAD"])
        try:
            return self._send(request.path, environ)
        except (OSError, ValueError, RuntimeError) as error:  # names that no file can have, loops
            raise NotFound from error

    def _send(self, path: str, environ: WSGIEnvironment) -> Response:
        place = self._place(path.lstrip("/"))
        if (self._folder / place).is_dir():
            if not path.endswith("/"):
                return redirect(f"/{quote(place)}/")
            if place == "." and not (self._folder / "index.html").is_file():
                return redirect(f"/{START_PAGE}")
            place = self._place(f"{place}/index.html")
        elif path.endswith("/"):
            raise NotFound
        _drop_odd_range(environ, (self._folder / place).stat().st_size)
        mimetype = TYPES.get(Path(place).suffix, "application/octet-stream")
        return send_from_directory(
            self._folder, place, environ, mimetype=mimetype, conditional=True
        )

    def _place(self, path: str) -> str:
        """Return the place of a path in the folder once all links are followed."""
        file = (self._folder / path).resolve()
        if not file.is_relative_to(self._folder):
            raise NotFound
        return file.relative_to(self._folder).as_posix()


def _drop_odd_range(environ: WSGIEnvironment, size: int) -> None:
    """Ignore a range as a server may (RFC 9110, section 14.2).

    It does so when it is none or several, or the end of a file that is no longer than that.
    """
    header = environ.get("HTTP_RANGE", "")
    if not RANGE.fullmatch(header) or parse_range_header(header) is None:
        environ.pop("HTTP_RANGE", None)
    elif header.startswith("bytes=-") and int(header.removeprefix("bytes=-")) >= size:
        del environ["HTTP_RANGE"]


class Handler(WSGIRequestHandler):
    """Answers quietly: the terminal is the user's."""

    timeout = PATIENCE
    policy = POLICY

    def run_wsgi(self) -> None:
        """Answer a request, an address that is none included."""
        try:
            super().run_wsgi()
        except ValueError:
            self.send_error(400)

    def end_headers(self) -> None:
        """Add the headers that every answer has, errors included."""
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Log nothing."""


def listen(folder: Path, port: int, handler: type[Handler] = Handler) -> BaseWSGIServer:
    """Return a server of a folder that listens, and answers once it is run.

    Parameters
    ----------
    folder
        The folder to serve.
    port
        The port to listen at; 0 for any that is free.
    handler
        Class that answers.

    Raises
    ------
    ServeError
        When there is nothing to serve, or the port is not available.
    """
    if not 0 <= port <= MOST_PORTS:
        raise ServeError(f"--port {port}: allowed are 0 to {MOST_PORTS}")
    if not folder.is_dir():
        raise ServeError(f"{folder} is not there yet: run ./render.sh first")
    try:
        with socket.create_server((ADDRESS, port)) as listener:
            return make_server(
                ADDRESS,
                port,
                FolderApp(folder),
                threaded=True,
                request_handler=handler,
                fd=listener.fileno(),
            )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(f"--port {port} is in use; choose another") from error
        raise ServeError(f"--port {port}: {error.strerror}") from error


def start_pages(folder: Path) -> list[str]:
    """Return addresses to begin at: the articles, the final film's before the drafts'.

    Where no article was made, these are the single films' pages.
    """
    articles = (path.parent.relative_to(folder) for path in folder.glob(f"**/{START_PAGE}"))
    pages = [f"{path.as_posix()}/" for path in sorted(articles, key=_nearest_first)]
    if pages:
        return pages
    fragments = (path.relative_to(folder) for path in folder.glob("**/*.html"))
    return [
        path.as_posix()
        for path in sorted(fragments, key=_nearest_first)
        if "embed" not in path.parts and not path.name.endswith(".loop.html")
    ]


def _nearest_first(path: Path) -> tuple[int, Path]:
    return len(path.parts), path


def serve(folder: Path, port: int, say: Callable[[str], object]) -> None:
    """Serve a folder until Ctrl-C.

    Parameters
    ----------
    folder, port
        As for :func:`listen`.
    say
        Prints the lines that tell the user where to look.

    Raises
    ------
    ServeError
        As :func:`listen` does.
    """
    with listen(folder, port) as server, suppress(KeyboardInterrupt):
        for page in start_pages(folder):
            say(f"http://localhost:{server.port}/{quote(page)}")
        say("Ctrl-C stops it.")
        server.serve_forever()
