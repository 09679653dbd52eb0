"""The plugin makes plain scenes fast where it is asked for, and only there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import manim
import numpy as np
import pytest
from manim import RIGHT, Circle, Create, MovingCameraScene, Scene, Square, tempconfig

import fastcairo
from fastcairo import FastCairoRenderer, FastScene, internals, paths, plugin, support
from fastcairo.testing import rendered_frames
from tests.fastcairo.films import film

ROOM = Path(fastcairo.__file__).parent


@pytest.fixture
def active() -> Iterator[None]:
    plugin.activate()
    yield
    plugin.deactivate()


def construct(self: Scene) -> None:
    square = Square(fill_opacity=0.5)
    self.add(Circle())
    self.play(Create(square), run_time=0.6)
    self.play(square.animate.shift(RIGHT), run_time=0.6)
    self.wait(0.4)


class Plain(Scene):
    construct = construct


class Moving(MovingCameraScene):
    construct = construct


@pytest.mark.usefixtures("active")
@pytest.mark.parametrize("kind", [Plain, Moving])
def test_a_plain_scene_is_fast(kind: type[Scene], monkeypatch: pytest.MonkeyPatch) -> None:
    with tempconfig({"dry_run": True}):
        assert type(kind().renderer) is FastCairoRenderer
        monkeypatch.setenv("FASTCAIRO_LEVERS", "")
        assert type(kind().renderer) is manim.CairoRenderer


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("base", [Scene, MovingCameraScene])
def test_its_film_is_that_of_manim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str, base: type[Scene]
) -> None:
    expected = film(construct, tmp_path / "manim", None, base)
    monkeypatch.setenv("FASTCAIRO_WORKERS", workers)
    plugin.activate()
    try:
        found = film(construct, tmp_path / "plugin", None, base)
    finally:
        plugin.deactivate()
    assert np.array_equal(found, expected)


@pytest.mark.usefixtures("active")
def test_a_scene_with_a_renderer_of_its_own_keeps_it() -> None:
    with tempconfig({"dry_run": True}):
        own = manim.CairoRenderer()
        assert Plain(renderer=own).renderer is own


def run(code: str, folder: Path, plugins: str) -> str:
    """Run code in a process in which the plugin is installed, and return what it prints."""
    (folder / "manim.cfg").write_text(f"[CLI]\nplugins = {plugins}\n")
    info = folder / "manim_fastcairo-1.dist-info"
    info.mkdir(exist_ok=True)
    project = tomllib.loads((ROOM / "pyproject.toml").read_text())["project"]
    entry = project["entry-points"]["manim.plugins"]["fastcairo"]
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: manim-fastcairo\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[manim.plugins]\nfastcairo = {entry}\n")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOM.parent}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("first", ["manim", "fastcairo", "fastcairo.scene", "fastcairo.dots"])
@pytest.mark.parametrize("plugins", ["", "fastcairo"])
def test_manim_cfg_turns_it_on(tmp_path: Path, first: str, plugins: str) -> None:
    code = f"import {first}, manim; print(type(manim.Scene().renderer).__name__)"
    expected = "FastCairoRenderer" if plugins else "CairoRenderer"
    assert run(code, tmp_path, plugins) == expected


def test_a_plugin_that_is_not_asked_for_imports_no_engine(tmp_path: Path) -> None:
    code = "import manim, sys; print([n for n in sys.modules if n.startswith('fastcairo')])"
    assert run(code, tmp_path, "") == "['fastcairo', 'fastcairo.plugin']"


def test_with_another_manim_scenes_are_those_of_manim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manim, "__version__", "0.21.3")
    with pytest.warns(RuntimeWarning, match=r"does not know manim 0\.21\.3"):
        assert fastcairo.FastScene is Scene
    assert fastcairo.FastCairoRenderer is manim.CairoRenderer
    assert issubclass(fastcairo.DotCloud, manim.VMobject)


def test_the_metadata_names_the_versions_that_are_supported() -> None:
    project = tomllib.loads((ROOM / "pyproject.toml").read_text())["project"]
    major, minor = support.SUPPORTED
    assert project["dependencies"] == [f"manim>={major}.{minor},<{major}.{minor + 1}"]
    assert internals.CHECKED_WITH.startswith(f"{major}.{minor}.")
    assert f"## {project['version']}\n" in (ROOM / "CHANGELOG.md").read_text()


def test_the_private_methods_that_are_used_are_there() -> None:
    for owner, names in internals.USED_METHODS.items():
        for name in names:
            assert callable(getattr(owner, name))


def test_private_modules_and_names_are_imported_in_one_file() -> None:
    private = re.compile(r"from manim\S* import .*\b_[a-z]|from manim\S*\._")
    found = {
        file.name: lines
        for file in ROOM.glob("*.py")
        if (lines := [line for line in file.read_text().splitlines() if private.search(line)])
    }
    assert set(found) == {"internals.py"}


def test_without_libcairo_paths_are_drawn_curve_by_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = rendered_frames(Plain)
    monkeypatch.setattr(paths, "_cairo_append_path", lambda: None)
    paths.can_append.cache_clear()
    try:
        kind = type("Fast", (Plain, FastScene), {})
        assert np.array_equal(rendered_frames(kind), expected)
    finally:
        paths.can_append.cache_clear()


@pytest.mark.parametrize("missing", ["fcntl", "fork"])
def test_without_fork_everything_is_drawn_here(tmp_path: Path, missing: str) -> None:
    hide = {"fcntl": "sys.modules['fcntl'] = None", "fork": "del os.fork"}[missing]
    code = (
        f"import os, sys; {hide}\n"
        "from manim import *\nfrom fastcairo import FastScene, FastCairoRenderer\n"
        "with tempconfig({'quality': 'low_quality', 'progress_bar': 'none'}):\n"
        "    class S(FastScene):\n"
        "        def construct(self): self.play(Create(Square()), run_time=0.2)\n"
        "    S(renderer=FastCairoRenderer(workers=2)).render(); print('drawn')"
    )
    assert run(code, tmp_path, "").endswith("drawn")
