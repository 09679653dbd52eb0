from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.web.server import POLICY, Handler, ServeError, listen, start_pages

CONTENT = bytes(range(200))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    (folder / "post").mkdir(parents=True)
    (folder / "480p15" / "post").mkdir(parents=True)
    (folder / "a film.mp4").write_bytes(CONTENT)
    (folder / "film.vtt").write_text("WEBVTT\n")
    (folder / "post" / "index.html").write_text("the post")
    (folder / "480p15" / "post" / "index.html").write_text("a draft")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    with listen(folder, 0) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server.port
        server.shutdown()


def ask(
    port: int, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", range(200)),
        ("bytes=0-0", range(1)),
        ("bytes=100-149", range(100, 150)),
        ("bytes=100-999", range(100, 200)),
        ("bytes=-50", range(150, 200)),
    ],
)
def test_ranges_are_read_as_the_standard_says(port: int, header: str, expected: range) -> None:
    status, headers, body = ask(port, "/a%20film.mp4", Range=header)
    assert (status, body) == (206, bytes(expected))
    assert headers["Content-Range"] == f"bytes {expected.start}-{expected.stop - 1}/200"


@pytest.mark.parametrize(
    "header",
    [
        "bytes=0-1,5-6",
        "bytes=9-3",
        "bytes=-",
        "bytes=a-b",
        "bytes=-999",
        "lines=0-1",
        f"bytes=0-{'9' * 5000}",
        "",
    ],
)
def test_ranges_that_a_server_may_ignore_are_ignored(port: int, header: str) -> None:
    status, _, body = ask(port, "/a%20film.mp4", Range=header)
    assert (status, body) == (200, CONTENT)


@pytest.mark.parametrize("header", ["bytes=200-", "bytes=999-1000"])
def test_ranges_outside_the_file_are_refused(port: int, header: str) -> None:
    status, headers, _ = ask(port, "/a%20film.mp4", Range=header)
    assert (status, headers["Content-Range"]) == (416, "bytes */200")


def test_a_part_of_a_film(port: int) -> None:
    status, headers, body = ask(port, "/a%20film.mp4", Range="bytes=100-149")
    assert (status, body) == (206, CONTENT[100:150])
    assert headers["Content-Range"] == "bytes 100-149/200"
    assert headers["Content-Length"] == "50"
    assert headers["Content-Type"] == "video/mp4"


def test_a_whole_film_says_that_parts_can_be_had(port: int) -> None:
    status, headers, body = ask(port, "/a%20film.mp4")
    assert (status, body, headers["Accept-Ranges"]) == (200, CONTENT, "bytes")


def test_the_head_alone(port: int) -> None:
    status, headers, body = ask(port, "/a%20film.mp4", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "200", b"")


def test_pages_come_with_their_policy_and_type(port: int) -> None:
    status, headers, body = ask(port, "/post/")
    assert (status, body) == (200, b"the post")
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert ask(port, "/film.vtt")[1]["Content-Type"] == "text/vtt; charset=utf-8"


@pytest.mark.parametrize(("path", "target"), [("/", "/post/index.html"), ("/post", "/post/")])
def test_folders_lead_to_their_pages(port: int, path: str, target: str) -> None:
    status, headers, _ = ask(port, path)
    assert (status, headers["Location"]) == (302, target)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.mp4", "/480p15/", "/film.vtt/", "/../secret.txt", "/%2e%2e/secret.txt",
        "//etc/passwd", "/%00", "/..", "/../", "/%2e%2e/exports", "/loop", "/pipe", "/out", "/out/",
        "/inner/", f"/{'long' * 300}", f"/{'a/' * 3000}",
    ],
)  # fmt: skip
def test_nothing_else_is_served(
    port: int, folder: Path, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "loop").symlink_to("loop")
    (folder / "out").symlink_to(folder.parent)
    (folder / "inner").mkdir()
    (folder / "inner" / "index.html").symlink_to(folder.parent / "secret.txt")
    os.mkfifo(folder / "pipe")
    status, headers, _ = ask(port, path)
    assert status == (302 if path == "/%2e%2e/exports" else 404)
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert capfd.readouterr().err == ""


def test_a_link_that_leads_out_is_not_followed(port: int, folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    assert ask(port, "/link.txt")[0] == 404


@pytest.mark.parametrize(
    "path", ["/%2Fevil.com/..%2Fpost", "//evil.com/..%2Fpost", "/\\\\evil.com/../post", "/%5Cpost"]
)
def test_nobody_is_sent_to_another_host(port: int, path: str) -> None:
    status, headers, _ = ask(port, path)
    assert status in (302, 404)
    assert headers.get("Location", "/post/") == "/post/"


@pytest.mark.parametrize("host", ["evil.com", "localhost.evil.com:80", "", "[::1]", "a b"])
def test_other_names_of_this_machine_are_refused(port: int, host: str) -> None:
    status, headers, body = ask(port, "/film.vtt", Host=host)
    assert (status, headers["Content-Security-Policy"]) == (400, POLICY)
    assert b"WEBVTT" not in body


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_names_of_this_machine_are_answered(port: int, name: str) -> None:
    assert ask(port, "/film.vtt", Host=f"{name}:{port}")[0] == 200


def say(port: int, text: bytes) -> bytes:
    """Send raw bytes, and return everything that is answered until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(text)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return answer


@pytest.mark.parametrize(
    "line",
    [
        b"GET http://[ HTTP/1.1",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1",
        b"nonsense",
        b"GET / HTTP/9",
    ],
)
def test_bad_requests_are_answered_quietly(
    port: int, line: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = say(port, line + b"\r\nHost: localhost\r\n\r\n")
    assert re.search(rb"HTTP/1.1 (400|414|505) |Error code: (400|505)", answer)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_reading_is_allowed(port: int, method: str) -> None:
    status, headers, _ = ask(port, "/film.vtt", method)
    assert (status, headers["Content-Security-Policy"]) == (405, POLICY)


def test_a_body_is_no_request(port: int) -> None:
    inner = b"GET /film.vtt HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = b"GET /post/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(inner)
    answer = say(port, head + inner)
    assert answer.count(b"HTTP/1.1 200") == 1
    assert b"WEBVTT" not in answer


def test_a_client_that_says_nothing_is_not_waited_for(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handler, "timeout", 0.2)
    assert say(port, b"GET /film.vtt HTTP/1.1\r\n") == b""


def test_without_an_article_the_films_have_addresses(tmp_path: Path) -> None:
    for name in ("Quick.html", "Quick.loop.html", "480p15/Other.html", "embed/hugo/linreg.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert start_pages(tmp_path) == ["Quick.html", "480p15/Other.html"]


def test_the_films_own_post_comes_before_the_drafts(folder: Path) -> None:
    assert start_pages(folder) == ["post/", "480p15/post/"]


def test_a_port_in_use_is_one_line(folder: Path, port: int) -> None:
    with pytest.raises(ServeError, match=f"^--port {port} is in use; choose another$"):
        listen(folder, port)


def test_a_port_that_does_not_exist_is_one_line(folder: Path) -> None:
    with pytest.raises(ServeError, match=r"^--port 65536: allowed are 0 to 65535$"):
        listen(folder, 65536)


def test_nothing_to_serve_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match=r"run \./render\.sh first$"):
        listen(tmp_path / "exports", 0)


def test_ctrl_c_ends_it_quietly(folder: Path) -> None:
    code = (
        "import functools, pathlib, sys; from studio.web.server import serve;"
        "serve(pathlib.Path(sys.argv[1]), 0, functools.partial(print, flush=True))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(3)]
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert errors == ""
    assert lines[0].startswith("http://localhost:")
    assert lines[0].endswith("/post/\n")
    assert lines[1].endswith("/480p15/post/\n")
    assert lines[2] == "Ctrl-C stops it.\n"


def test_a_browser_that_hangs_up_is_no_error(
    port: int, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "long.mp4").write_bytes(bytes(20_000_000))
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /long.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.recv(100)
        # Closing with this option resets the connection, as browsers do.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ask(port, "/film.vtt")[0] == 200
    assert capfd.readouterr().err == ""
