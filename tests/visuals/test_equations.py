from __future__ import annotations

from pathlib import Path

import pytest
from manim import DOWN, Scene, tempconfig

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


@pytest.mark.parametrize(("jumping", "seen_on_the_way"), [((), 1), (("b",), 0)])
def test_a_term_that_jumps_is_not_seen_on_the_way(
    jumping: tuple[str, ...], seen_on_the_way: int
) -> None:
    rewrite = Rewrite(Math("{{ b : b }} = 0"), Math("0 = {{ b : b }}"), jumping=jumping)
    rewrite.begin()
    rewrite.interpolate(0.55)
    letter = len(Math("b")[0].points)
    glyphs = rewrite.mobject.family_members_with_points()
    seen = [glyph for glyph in glyphs if glyph.fill_opacity > 0.05 and len(glyph.points) == letter]
    assert len(seen) == seen_on_the_way


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
