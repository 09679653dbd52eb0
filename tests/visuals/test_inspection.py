"""The inspection finds what a viewer would stumble over, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from manim import DOWN, LEFT, RIGHT, Mobject, Square, tempconfig

from visuals.inspection import inspected
from visuals.stage import LectureScene
from visuals.theme import Size
from visuals.typography import Words


@pytest.fixture
def scene(tmp_path: Path) -> LectureScene:
    with tempconfig({"media_dir": str(tmp_path), "pixel_width": 160, "pixel_height": 90}):
        scene = LectureScene()
        scene.setup()
    return scene


def found(scene: LectureScene, *mobjects: Mobject) -> list[str]:
    scene.add(*mobjects)
    return [fault.kind for fault in inspected(scene)]


def test_a_clear_frame_has_no_fault(scene: LectureScene) -> None:
    assert found(scene, Words("left").shift(2 * LEFT), Words("right").shift(2 * RIGHT)) == []


def test_texts_that_meet_are_placed_where_they_do(scene: LectureScene) -> None:
    left, right = Words("mmmm"), Words("wwww")
    right.shift((left.width - 0.1) * RIGHT)
    assert found(scene, left, right) == ["text over text"]
    (fault,) = inspected(scene)
    assert fault.text == "'mmmm' and 'wwww'"
    first, _, last, _ = fault.box
    assert last - first < 0.3
    assert first > 0


def test_texts_over_pictures_and_unseen_texts_are_no_fault(scene: LectureScene) -> None:
    assert found(scene, Square(), Words("on it"), Words("unseen").set_opacity(0)) == []


def test_a_text_that_leaves_the_margins_is_found(scene: LectureScene) -> None:
    assert found(scene, Words("low").shift(3.7 * DOWN)) == ["outside the margins"]
    assert str(inspected(scene)[0]).startswith("outside the margins: 'low', x -0.")


def test_a_tiny_text_is_found(scene: LectureScene) -> None:
    assert found(scene, Words("tiny", size=Size.TICK / 2)) == ["too small"]
