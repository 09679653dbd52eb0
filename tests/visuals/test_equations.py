from __future__ import annotations

from pathlib import Path

import pytest
from manim import DOWN, Scene, Transform, tempconfig

from visuals.equations import Derive, Rewrite, align_part
from visuals.theme import theme
from visuals.typography import Math

SMALL = {"pixel_width": 64, "pixel_height": 36, "frame_rate": 2, "verbosity": "ERROR"}


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    with tempconfig({**SMALL, "media_dir": str(tmp_path), "write_to_movie": False}):
        return Scene()


def test_a_rewritten_equation_is_all_that_is_left(scene: Scene) -> None:
    old, new = Math("{{ a : a }} + {{ b : b }} = 0"), Math("{{ a : a }} = - {{ b : b }}")
    scene.add(old)
    scene.play(Rewrite(old, new, run_time=0.5))
    assert scene.mobjects == [new]
    assert all(glyph.fill_opacity == 1 for glyph in new)


def test_a_term_that_jumps_does_not_travel() -> None:
    old, new = Math("{{ b : b }} = 0"), Math("0 = {{ b : b }}")
    assert _travelling(Rewrite(old, new)) == _travelling(Rewrite(old, new, jumping=("b",))) + 1


def _travelling(rewrite: Rewrite) -> int:
    """Return how many parts move."""
    return sum(type(change) is Transform for change in rewrite.animations)


def test_a_derived_line_leaves_the_one_before_dimmed(scene: Scene) -> None:
    old, new = Math("a = b + c"), Math("a = c + b").shift(DOWN)
    scene.add(old)
    scene.play(Derive(old, new, run_time=0.5))
    shown = [part for mobject in scene.mobjects for part in mobject.family_members_with_points()]
    assert set(shown) == {*old, *new}
    assert {glyph.fill_color for glyph in old} == {theme.MUTED}
    assert {glyph.fill_color for glyph in new} == {theme.INK}


def test_a_part_is_put_where_its_counterpart_is() -> None:
    one, other = Math("{{ a : a }} = 1").shift([1, 2, 0]), Math("x + {{ a : a }}")
    align_part(other, one, "a")
    assert other.part("a").get_center() == pytest.approx(one.part("a").get_center())
