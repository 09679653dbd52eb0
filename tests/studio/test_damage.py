"""Damaged leftovers, disks and folders that are not as they should be: one line, no wrong film."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from studio.store.cache import Cache
from studio.store.files import checksum_of, write_atomically
from tests.studio.project import Project, eventually, film_files

PAUSING = """
import os
import pathlib
import time

from manim import Circle

from visuals.stage import Stage


class Other(Stage):
    def construct(self):
        self.beat_began("turns")
        circle = Circle()
        for number in range(3):
            if number == 2 and "PAUSE" in os.environ:
                pathlib.Path(os.environ["PAUSE"]).touch()
                time.sleep(600)
            self.play(circle.animate(run_time=0.2).shift([self.lesson.lr, number, 0]))
        self.beat_ended("turns")
"""


def kill_in_the_third_play(project: Project) -> list[Path]:
    """Return the two plays that were drawn."""
    project.edit("visuals/stage.py", "from manim import", "from fastcairo import FastScene as")
    (project.root / "scenes/other.py").write_text(PAUSING)
    pause = project.root / "reached"
    process = project.start("-ql", "Other", PAUSE=str(pause))

    def drawn() -> list[Path]:
        seals = (project.root / ".cache/plays").rglob("uncached_*.mp4.seal")
        return sorted(seal.with_suffix("") for seal in seals)

    eventually(lambda: pause.exists() and len(drawn()) == 2, seconds=60)
    process.kill()
    process.communicate(timeout=600)
    return drawn()


def pictures(film: Path) -> list[bytes]:
    with av.open(film) as container:
        return [frame.to_ndarray(format="gray").tobytes() for frame in container.decode(video=0)]


def swap_plays(plays: list[Path]) -> None:
    contents = [play.read_bytes() for play in plays]
    for play, content in zip(plays, reversed(contents), strict=True):
        play.write_bytes(content)


def flip_in_a_note(plays: list[Path]) -> None:
    notes = plays[0].parents[1] / "notes"
    notes.write_text(notes.read_text().replace('"value", "lr"', '"value", "Lr"'))


def cut_a_play(plays: list[Path]) -> None:
    os.truncate(plays[1], 700)


@pytest.mark.parametrize("harm", [swap_plays, flip_in_a_note, cut_a_play])
def test_damaged_plays_give_the_film_all_the_same(
    project: Project, harm: Callable[[list[Path]], None]
) -> None:
    harm(kill_in_the_third_play(project))
    result = project.run("-ql", "Other", "--films-only")
    assert result.returncode == 0, result.stderr
    film = project.root / "exports/480p15/Other.mp4"
    resumed = pictures(film)
    assert project.run("clean").returncode == 0
    assert project.run("-ql", "Other", "--films-only").returncode == 0
    assert resumed == pictures(film)
    project.edit("lesson.toml", "lr =", "lr = 0.2 #")
    assert "lr is 0.2" in project.run("-ql", "Other", "--why").stdout


@pytest.fixture
def other_disk(tmp_path: Path) -> Path:
    """A folder on another disk than the project."""
    folder = Path("/dev/shm") / f"studio-test-{os.getpid()}"
    if not folder.parent.is_dir() or folder.parent.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other disk here")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", ["exports", ".cache/made"])
def test_folders_may_be_on_another_disk(project: Project, other_disk: Path, name: str) -> None:
    try:
        (project.root / name).parent.mkdir(exist_ok=True)
        (project.root / name).symlink_to(other_disk)
        result = project.run("-ql", "Quick", "--films-only")
        assert result.returncode == 0, result.stderr
        assert film_files("Quick") == project.exported("480p15/*")
        assert project.run("-ql", "Quick", "--films-only").stdout.startswith("Nothing to do")
    finally:
        shutil.rmtree(other_disk)


def file_in_the_way(path: Path) -> None:
    path.write_text("")


def dangling_link(path: Path) -> None:
    path.symlink_to("nowhere/at/all")


def looping_link(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_a_file(path: Path) -> None:
    path.symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("exports", dangling_link),
        ("exports/480p15", file_in_the_way),
        (".cache", looping_link),
        (".cache/made", link_to_a_file),
    ],
)
def test_what_is_no_folder_is_told_in_one_line(
    made: Project, name: str, kind: Callable[[Path], None]
) -> None:
    folder = made.root / name
    shutil.rmtree(folder)
    kind(folder)
    made.edit("scenes/manifest.py", '    Chapter("Quick"', "    #")
    result = made.run("-ql", "Other", "--films-only")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert str(folder) in result.stderr


def test_a_pipe_in_the_place_of_a_film_is_replaced(made: Project) -> None:
    film = made.root / "exports/480p15/Quick.mp4"
    film.unlink()
    os.mkfifo(film)
    assert checksum_of(film) is None
    assert made.run("-ql").returncode == 0
    assert film.is_file()


def test_nothing_to_do_writes_nothing(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_read_only(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    cache = Cache(made.root / ".cache")
    (entry,) = (made.root / ".cache/made/Quick").glob("small/*")
    monkeypatch.setattr("os.utime", is_read_only)
    monkeypatch.setattr("pathlib.Path.mkdir", is_read_only)
    assert cache.find_derived("Quick", "small", entry.name) is not None


def test_a_leftover_beside_a_target_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".film.mp4.unfinished").mkdir()
    (tmp_path / ".film.mp4.unfinished/half").touch()
    write_atomically(tmp_path / "film.mp4", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


@pytest.mark.parametrize("name", [".cache", ".cache/voice", ".cache/more", ".cache/made/Quick"])
def test_clean_leaves_alone_what_links_lead_to(
    project: Project, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    foreign = tmp_path_factory.mktemp("foreign") / "made"
    foreign.mkdir()
    (foreign / "letter").write_text("dear")
    (project.root / name).parent.mkdir(parents=True, exist_ok=True)
    (project.root / name).symlink_to(foreign if name != ".cache" else foreign.parent)
    result = project.run("clean")
    assert (foreign / "letter").read_text() == "dear"
    assert len(result.stderr.splitlines()) == (1 if name == ".cache" else 0)
    Cache(project.root / ".cache").shrink(0, keep=set())
    assert (foreign / "letter").read_text() == "dear"


def fails_to_publish(project: Project) -> None:
    result = project.run("-ql", "Quick")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("render.sh: Quick failed: ")


def test_a_small_film_that_cannot_be_published_is_a_failure_in_one_line(project: Project) -> None:
    (project.root / "exports/480p15/Quick.webm/full").mkdir(parents=True)
    fails_to_publish(project)
    fails_to_publish(project)  # found in the cache this time


def test_a_target_that_goes_away_meanwhile_is_a_failure_in_one_line(project: Project) -> None:
    project.edit(
        "scenes/quick.py",
        "        square =",
        "        __import__('pathlib').Path('exports').write_text('')\n        square =",
    )
    fails_to_publish(project)


def test_a_cache_that_cannot_be_written_to_is_one_line_before_anything_is_drawn(
    project: Project,
) -> None:
    (project.root / ".cache").mkdir()
    (project.root / ".cache/scratch").symlink_to("/proc/self/task")
    result = project.run("-ql", "Quick")
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert str(project.root / ".cache/scratch") in result.stderr
