"""A render that was stopped goes on at the play where it stopped, and gives the same film."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from manim import RIGHT, UP, Circle, Create, Square, UpdateFromFunc, tempconfig

from fastcairo import FastScene
from tests.fastcairo.films import SMALL, frames_of


class Stopping(FastScene):
    """Plays that may jump and one that must be stepped; it can be stopped before any of them."""

    stops_before = 9

    def construct(self) -> None:
        square = Square(fill_opacity=0.5)
        plays = (
            lambda: self.play(Create(square), run_time=0.4),
            lambda: self.play(UpdateFromFunc(square, lambda s: s.rotate(0.1)), run_time=0.4),
            lambda: self.wait(0.3),
            lambda: self.play(square.animate.shift(RIGHT), Create(Circle()), run_time=0.4),
            lambda: self.play(square.animate.shift(UP), run_time=0.4),
        )
        for number, play in enumerate(plays):
            if number == self.stops_before:
                raise KeyboardInterrupt
            play()


def render(kind: type[Stopping], media: Path) -> list[npt.NDArray[np.uint8]]:
    with tempconfig({**SMALL, "disable_caching": True, "media_dir": media}):
        scene = kind()
        scene.render()
        return frames_of(scene)


def segments(media: Path) -> dict[str, int]:
    """Return in which millisecond each segment was written, by its name."""
    return {file.name: file.stat().st_mtime_ns // 10**6 for file in media.rglob("uncached_*.mp4")}


class Stopped(Stopping):
    stops_before = 3


# One class name for all: segments are kept by it.
Stopped.__name__ = Stopping.__name__


@pytest.mark.parametrize("workers", ["1", "2"])
def test_plays_that_are_drawn_are_not_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    expected = render(Stopping, tmp_path / "whole")
    monkeypatch.setenv("FASTCAIRO_RESUME", "1")
    monkeypatch.setenv("FASTCAIRO_WORKERS", workers)
    media = tmp_path / "stopped"
    with pytest.raises(KeyboardInterrupt):
        render(Stopped, media)
    # The parent of forked plays ends its children at once: what it has by then is whole.
    before = segments(media)
    assert set(before) <= {f"uncached_0000{number}.mp4" for number in range(3)}
    assert before or workers == "2"
    frames = render(Stopping, media)
    assert np.array_equal(frames, expected)
    assert before.items() <= segments(media).items()
    assert not list(media.rglob("*.unfinished"))


def test_without_being_asked_everything_is_drawn(tmp_path: Path) -> None:
    render(Stopping, tmp_path)
    before = segments(tmp_path)
    render(Stopping, tmp_path)
    assert not before.items() & segments(tmp_path).items()


def flip_a_byte(segment: Path) -> None:
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)


def cut(segment: Path) -> None:
    segment.write_bytes(segment.read_bytes()[:100])


def swap(segment: Path) -> None:
    other = segment.with_name("uncached_00001.mp4")
    for one, two in ((segment, other), (seal_of(segment), seal_of(other))):
        first, second = one.read_bytes(), two.read_bytes()
        one.write_bytes(second)
        two.write_bytes(first)


def lose_the_seal(segment: Path) -> None:
    seal_of(segment).unlink()


def replace_by_a_folder(segment: Path) -> None:
    segment.unlink()
    (segment / "full").mkdir(parents=True)


def seal_of(segment: Path) -> Path:
    return segment.with_name(f"{segment.name}.seal")


@pytest.mark.parametrize("harm", [flip_a_byte, cut, swap, lose_the_seal, replace_by_a_folder])
def test_a_damaged_play_is_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], None]
) -> None:
    monkeypatch.setenv("FASTCAIRO_RESUME", "1")
    monkeypatch.setenv("FASTCAIRO_WORKERS", "1")
    expected = render(Stopping, tmp_path)
    before = segments(tmp_path)
    (first,) = tmp_path.rglob("uncached_00000.mp4")
    harm(first)
    assert np.array_equal(render(Stopping, tmp_path), expected)
    after = segments(tmp_path)
    assert after["uncached_00000.mp4"] != before["uncached_00000.mp4"]
    assert after["uncached_00002.mp4"] == before["uncached_00002.mp4"]


def test_plays_of_another_render_are_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FASTCAIRO_WORKERS", "1")
    monkeypatch.setenv("FASTCAIRO_RESUME", "a lesson")
    render(Stopping, tmp_path)
    before = segments(tmp_path)
    monkeypatch.setenv("FASTCAIRO_RESUME", "another lesson")
    render(Stopping, tmp_path)
    assert not before.items() & segments(tmp_path).items()
