"""Imports point one way, and every package is in the list of rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from studio.rooms import INDEPENDENT, PACKAGES, ROOT


def imported(source: str) -> Iterator[str]:
    """Yield the full name of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong_imports(file: str, source: str) -> list[str]:
    """Name the imports that point the wrong way from a file, given from the root."""
    room, folder = Path(file).parts[:2]
    return [name for name in imported(source) if is_wrong(room, folder, name)]


def is_wrong(room: str, folder: str, name: str) -> bool:
    other, *inner = name.split(".")
    if other not in PACKAGES:
        return other == "tests"
    if other == room:
        # A figure belongs to one chapter, and a scene to itself.
        return (room == "figures" and inner[0] != folder) or room == "scenes" != folder
    if other == "scenes":  # the studio takes scenes by file and name
        return room != "studio" or inner[0] != "manifest"
    return room in INDEPENDENT or PACKAGES.index(other) > PACKAGES.index(room)


@pytest.mark.parametrize("room", PACKAGES)
def test_imports_point_one_way(room: str) -> None:
    files = list((ROOT / room).rglob("*.py"))
    assert files
    wrong = {
        file.relative_to(ROOT).as_posix(): names
        for file in files
        if (names := wrong_imports(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")))
    }
    assert not wrong


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("figures/mse_curve/bowl.py", "from figures.gradient_descent.contours import Descent"),
        ("figures/mse_curve/bowl.py", "import figures.gradient_descent.contours"),
        ("figures/mse_curve/bowl.py", "def f():\n    from figures import gradient_descent"),
        ("visuals/plots.py", "from figures.mse_curve.bowl import Bowl"),
        ("linreg/loss.py", "from visuals.plots import Chart"),
        ("fastcairo/dots.py", "from linreg.loss import squared_loss"),
        ("scenes/s06_mse_curve.py", "from scenes.s08_gradient_descent import GradientDescent"),
        ("studio/cli.py", "from scenes.s06_mse_curve import MSECurve"),
        ("studio/cli.py", "from tests.scenes import stage"),
    ],
)
def test_a_wrong_import_is_seen(file: str, source: str) -> None:
    assert wrong_imports(file, source)


def groups_of(room: str) -> dict[str, set[str]]:
    """Return the groups of a room, folders or single files, with those that each imports."""
    found: dict[str, set[str]] = {}
    for file in (ROOT / room).rglob("*.py"):
        group = Path(file.relative_to(ROOT / room).parts[0]).stem
        names = [name.split(".") for name in imported(file.read_text("utf-8"))]
        others = {name[1] for name in names if name[0] == room and len(name) > 1}
        found.setdefault(group, set()).update(others - {group})
    return {group: others & found.keys() for group, others in found.items()}


def circle(groups: dict[str, set[str]]) -> tuple[str, ...]:
    """Return groups that import one another in a circle, none where there is no circle."""
    try:
        TopologicalSorter(groups).prepare()
    except CycleError as error:
        found: tuple[str, ...] = tuple(error.args[1])
        return found
    return ()


def test_groups_of_the_studio_have_no_circle() -> None:
    groups = groups_of("studio")
    assert {"store", "workers", "film", "web", "benchmark"} < groups.keys()
    assert groups["run"] > {"store", "film"}
    assert circle(groups) == ()


def test_a_circle_is_seen() -> None:
    assert set(circle({"film": {"web"}, "web": {"store", "film"}, "store": set()})) == {
        "film",
        "web",
    }


def test_every_package_is_listed() -> None:
    found = {file.parent.name for file in ROOT.glob("*/__init__.py")}
    assert found == set(PACKAGES)
