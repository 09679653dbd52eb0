"""Plays drawn by forked children give the same film, and leave nothing behind when they fail."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import manim
import numpy as np
import numpy.typing as npt
import pytest
from manim import (
    LEFT,
    RIGHT,
    UP,
    Circle,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Line,
    Mobject,
    Rotate,
    Scene,
    Square,
    Succession,
    UpdateFromAlphaFunc,
    UpdateFromFunc,
    ValueTracker,
    VGroup,
    always_redraw,
    tempconfig,
)
from manim.manager import Manager

from fastcairo import FastCairoRenderer, FastScene, encoder_settings, families
from fastcairo.cores import Cores
from fastcairo.forked import ForkedPlays
from tests.fastcairo.films import SMALL, frames_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

Render = Callable[..., list[npt.NDArray[np.uint8]]]


class Varied(FastScene):
    """Plays that may jump, plays that must be stepped, waits of both kinds."""

    def construct(self) -> None:
        row = VGroup(*(Square(side_length=0.6, fill_opacity=0.5) for _ in range(5))).arrange()
        self.play(LaggedStart(*(FadeIn(square) for square in row), lag_ratio=0.3), run_time=0.8)
        self.wait(0.5)
        self.play(Succession(Create(Circle()), row.animate.shift(UP)), run_time=0.8)
        value = ValueTracker(0)
        line = always_redraw(lambda: Line(LEFT, RIGHT * (1 + value.get_value())))
        turning = Square().add_updater(lambda mobject, dt: mobject.rotate(dt))
        creeping = Circle(radius=0.2).add_updater(lambda mobject: mobject.shift(0.02 * UP))
        self.add(line, turning, creeping)
        self.play(value.animate.set_value(2), run_time=0.8)
        self.wait(0.4)
        turning.clear_updaters()
        creeping.clear_updaters()
        self.play(UpdateFromFunc(row, lambda group: group.rotate(0.1)), run_time=0.5)
        self.wait_until(lambda: self.time > 5, max_time=3)
        self.play(FadeOut(row), Rotate(turning), run_time=0.5)


class Promised(Varied):
    """A scene whose updaters are functions of trackers, and that says so."""

    updaters_have_memory = False

    def construct(self) -> None:
        value = ValueTracker(0)
        self.add(always_redraw(lambda: Line(LEFT, RIGHT * (1 + value.get_value()))))
        self.play(value.animate.set_value(2), run_time=0.8)
        self.play(value.animate.set_value(-1), run_time=0.5)
        self.wait(0.4)


class BrokenPromise(Promised):
    handed_over = ("said",)

    def construct(self) -> None:
        self.said: list[str] = []
        self.circle = Circle().add_updater(lambda mobject: mobject.shift(0.1 * UP))
        self.add(self.circle)
        self.play(Create(Square()), run_time=0.8, subcaption="one")
        self.wait(0.3)
        self.next_section("two")
        self.said.append("one")
        self.play(self.circle.animate.shift(RIGHT), run_time=0.4)
        self.play(Create(Square()), run_time=0.4, subcaption="two")
        self.said.append("two")
        self.wait(0.3)


class Failing(FastScene):
    def construct(self) -> None:
        def fail(_: Mobject, alpha: float) -> None:
            if os.getpid() != PARENT and alpha > 0.5:
                raise ArithmeticError("the drawing went wrong")

        self.play(UpdateFromAlphaFunc(Square(), fail), run_time=0.5)
        self.play(Create(Circle()), run_time=60)  # still in work when the other fails


PARENT = os.getpid()


@pytest.fixture
def render(tmp_path: Path) -> Render:
    """Return a function that renders a scene with some workers and decodes the film."""

    def rendered(
        kind: type[Scene], workers: int | None, **settings: Any
    ) -> list[npt.NDArray[np.uint8]]:
        media = {"media_dir": str(tmp_path / str(workers))}
        with tempconfig(SMALL | media | settings):
            scene = kind(renderer=FastCairoRenderer(workers=workers))
            scene.render()
            assert scene.renderer.time > 0
            return frames_of(scene)

    return rendered


def children() -> list[int]:
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [int(pid) for task in tasks for pid in task.read_text().split()]


@pytest.mark.parametrize("scene", [Varied, Promised])
@pytest.mark.parametrize("caching", [False, True])
def test_forked_frames_are_the_frames_of_one_process(
    render: Render, scene: type[Scene], caching: bool
) -> None:
    alone = render(scene, 1, disable_caching=not caching)
    forked = render(scene, 3, disable_caching=not caching)
    assert len(forked) == len(alone)
    for number, (expected, frame) in enumerate(zip(alone, forked, strict=True)):
        assert np.array_equal(frame, expected), f"{scene.__name__}: frame {number} differs"


def test_time_goes_on_as_in_one_process(tmp_path: Path) -> None:
    times = []
    for workers in (1, 2):
        settings = {"media_dir": str(tmp_path / str(workers)), "progress_bar": "none"}
        with tempconfig({"quality": "low_quality"} | settings):
            scene = Varied(renderer=FastCairoRenderer(workers=workers))
            scene.render()
            times.append(scene.time)
    assert times[0] == times[1]


def test_a_play_twice_in_flight_is_drawn_once(render: Render) -> None:
    class Twice(FastScene):
        def construct(self) -> None:
            for _ in range(3):
                self.wait(1)

    frames = render(Twice, 3)
    assert len(frames) == 30


def test_a_child_leaves_its_parents_garbage_alone(render: Render, tmp_path: Path) -> None:
    """A decoder that a child cleared away would wait for threads that are not there."""
    cleared = tmp_path / "cleared"

    class Decoder:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            if os.getpid() != PARENT:
                cleared.touch()

    class Careless(FastScene):
        def construct(self) -> None:
            gc.disable()
            Decoder()
            self.play(UpdateFromFunc(Square(), lambda _: gc.collect()), run_time=0.5)

    try:
        assert render(Careless, 2)
    finally:
        gc.enable()
    assert not cleared.exists()


def test_plays_are_forked_once_another_core_is_free(
    render: Render, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cores"
    folder.mkdir()
    Cores.create(folder, 2)
    others = Cores(folder).own
    who_drew: list[int] = []

    class Sharing(FastScene):
        def construct(self) -> None:
            for number in range(4):
                if number == 2:
                    others.release()
                forks = len(forked)
                self.play(Create(Square()), run_time=0.3)
                who_drew.append(len(forked) - forks)

    forked: list[int] = []
    fork = os.fork

    def counting_fork() -> int:
        forked.append(0)
        return fork()

    monkeypatch.setattr(os, "fork", counting_fork)
    monkeypatch.setenv("FASTCAIRO_CORES", str(folder))
    before = os.sched_getaffinity(0)
    try:
        shared = render(Sharing, None)
    finally:
        os.sched_setaffinity(0, before)
    assert who_drew == [0, 0, 1, 1]
    monkeypatch.delenv("FASTCAIRO_CORES")
    others = Cores(folder).own
    assert np.array_equal(shared, render(Sharing, 1))


def test_an_error_in_a_child_is_an_error_of_the_scene(render: Render, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"Play 0 of Failing.*(\n.*)*the drawing went wrong"):
        render(Failing, 2)
    assert not children()
    assert not list(tmp_path.rglob("partial_movie_files/Failing/*.mp4"))


def test_after_a_broken_promise_the_film_is_right(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    warnings: list[str] = []
    monkeypatch.setattr(manim.logger, "warning", warnings.append)
    expected = render(BrokenPromise, 1)
    found = render(BrokenPromise, 2)
    assert len(warnings) == 1
    assert warnings[0].startswith("Play 0 of BrokenPromise ends differently")
    assert "\n" not in warnings[0]
    assert np.array_equal(found, expected)
    assert not children()


def test_the_parent_of_an_heir_ends_where_one_process_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manim.logger, "warning", lambda _: None)
    ends = []
    for workers in (1, 2):
        with tempconfig(SMALL | {"media_dir": str(tmp_path / str(workers))}):
            scene = BrokenPromise(renderer=FastCairoRenderer(workers=workers))
            scene.render()
        writer = scene.renderer.file_writer
        names = [Path(file).name for file in writer.partial_movie_files]
        sections = [(section.name, len(section.partial_movie_files)) for section in writer.sections]
        captions = [(caption.content, caption.start) for caption in writer.subcaptions]
        ends.append(
            (scene.time, scene.renderer.num_plays, len(names), sections, captions, scene.said)
        )
        pictures = scene.renderer.get_frame()
        assert pictures[:, :, :3].any()
    assert ends[0] == ends[1]
    assert ends[0][1] == 5
    assert ends[0][-1] == ["one", "two"]


def test_a_scene_that_fails_in_the_wrong_state_only_does_not_fail(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Confused(BrokenPromise):
        def construct(self) -> None:
            super().construct()
            if self.circle.get_y() < 0.5:
                raise ArithmeticError("the circle has not moved")

    monkeypatch.setattr(manim.logger, "warning", lambda _: None)
    assert np.array_equal(render(Confused, 2), render(Confused, 1))


def test_an_error_in_the_parent_ends_the_children(render: Render) -> None:
    class Interrupted(FastScene):
        def construct(self) -> None:
            self.play(Create(Square()), run_time=50)
            raise KeyboardInterrupt

    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        render(Interrupted, 2)
    assert not children()
    assert threading.active_count() == before


@pytest.mark.parametrize("workers", [1, 2])
def test_all_segments_are_there_at_tear_down(render: Render, workers: int) -> None:
    missing: list[Path] = []

    class Slides(Varied):
        def tear_down(self) -> None:
            files = map(Path, self.renderer.file_writer.partial_movie_files)
            missing.extend(file for file in files if not file.exists())

    render(Slides, workers)
    assert not missing


def test_threads_take_turns_as_before_when_a_scene_is_rendered(render: Render) -> None:
    before = sys.getswitchinterval()
    during = []

    class Looking(Promised):
        def construct(self) -> None:
            during.append(sys.getswitchinterval())
            super().construct()

    render(Looking, 1)
    assert during[0] < before == sys.getswitchinterval()


@pytest.mark.parametrize("workers", [1, 2])
def test_the_manager_is_an_entry_as_well(tmp_path: Path, workers: int) -> None:
    patched = []

    class Asking(Promised):
        def construct(self) -> None:
            patched.append(Mobject.get_family is families.get_family)
            super().construct()

    with tempconfig(SMALL | {"media_dir": str(tmp_path)}):
        scene = Asking(renderer=FastCairoRenderer(workers=workers))
        Manager(scene).render()
        assert len(frames_of(scene)) == 17
    assert patched == [True]
    assert Mobject.get_family is not families.get_family


# Manim leaves the files that it reads sound from to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("workers", [None, 1, 2])
@pytest.mark.parametrize("breaks", [False, True])
def test_sound_is_where_it_was_put(
    tmp_path: Path, workers: int | None, breaks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tone = tmp_path / "tone.wav"
    with wave.open(str(tone), "wb") as file:
        file.setparams((1, 2, 24000, 0, "NONE", ""))
        file.writeframes((20000 * np.sin(np.arange(4800) / 5)).astype("<i2").tobytes())

    def construct(self: Any) -> None:
        circle = Circle()
        if breaks:
            circle.add_updater(lambda mobject: mobject.shift(0.1 * UP))
        self.add(circle)
        self.add_sound(str(tone), time_offset=0.2)
        self.play(Create(Square()), run_time=1)
        self.wait(0.5)
        self.add_sound(str(tone))
        self.play(Create(Square()), run_time=1)

    monkeypatch.setattr(manim.logger, "warning", lambda _: None)
    bases = (Scene,) if workers is None else (Promised,)
    kind = type("Loud", bases, {"construct": construct})
    with tempconfig(SMALL | {"media_dir": str(tmp_path)}):
        scene = kind() if workers is None else kind(renderer=FastCairoRenderer(workers=workers))
        scene.render()
        with av.open(scene.output_plan.primary_artifact) as film:
            assert sum(1 for _ in film.decode(video=0)) == 25
        with av.open(scene.output_plan.primary_artifact) as film:
            parts = [frame.to_ndarray()[0] for frame in film.decode(audio=0)]
            rate = film.streams.audio[0].rate
    loud = np.flatnonzero(np.abs(np.concatenate(parts).astype(float)) > 0.1)
    starts = loud[np.diff(loud, prepend=-rate) > rate / 10] / rate
    assert starts == pytest.approx([0.2, 1.5], abs=0.05)


def test_no_fork_beside_other_threads(render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("forked beside a thread"))
    try:
        assert render(Promised, 2)
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_leaves_no_process(tmp_path: Path, workers: str) -> None:
    script = tmp_path / "long.py"
    script.write_text(
        textwrap.dedent(
            """
            from manim import Create, Square, tempconfig
            from fastcairo import FastScene

            class Long(FastScene):
                def construct(self):
                    self.play(Create(Square()), run_time=500)
                    print("parent went on", flush=True)
                    self.play(Create(Square()), run_time=500)

            with tempconfig({"quality": "low_quality", "progress_bar": "none"}):
                scene = Long()
                print("started", flush=True)
                scene.render()
            """
        )
    )
    process = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env=os.environ | {"FASTCAIRO_WORKERS": workers},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    expected = ["started"] if workers == "1" else ["started", "parent went on"]
    for line in expected:
        while line not in process.stdout.readline():
            assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "KeyboardInterrupt" in errors
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert not list(tmp_path.rglob("partial_movie_files/Long/*.mp4"))


def test_children_know_the_packets_of_stills(
    render: Render, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made"
    make = encoder_settings.av.CodecContext.create

    class Counting:
        @staticmethod
        def create(*args: Any) -> Any:
            with made.open("a") as file:
                file.write(".")
            return make(*args)

    class Waiting(FastScene):
        def construct(self) -> None:
            for radius in (1, 2, 3):
                self.add(Circle(radius))
                self.wait(2)

    monkeypatch.setattr(encoder_settings.av, "CodecContext", Counting)
    encoder_settings.still_packets.cache_clear()
    render(Waiting, 2)
    assert made.read_text() == "."


class DrawsByChance(FastScene):
    """Places that Python's generator of random numbers chooses, from play to play."""

    def construct(self) -> None:
        for _ in range(3):
            self.play(Square().animate.move_to([random.uniform(-3, 3), 0, 0]), run_time=0.2)


def test_a_child_goes_on_with_the_numbers_of_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heirs: list[object] = []
    hand_over = ForkedPlays._hand_over_to
    monkeypatch.setattr(
        ForkedPlays,
        "_hand_over_to",
        lambda plays, pid, child: (heirs.append(child), hand_over(plays, pid, child))[1],
    )
    monkeypatch.setenv("FASTCAIRO_WORKERS", "2")
    with tempconfig({**SMALL, "media_dir": tmp_path, "disable_caching": True, "seed": 3}):
        DrawsByChance().render()
    assert not heirs
