from __future__ import annotations

from pathlib import Path

import pytest
from manim import Circle, Dot, Mobject, Rectangle, VGroup, tempconfig

from tests.scenes.large_picture import LEAST_SHARE, largest_share
from visuals.layout import body
from visuals.listing import Listing
from visuals.stage import LectureScene
from visuals.typography import Words


@pytest.fixture
def scene(tmp_path: Path) -> LectureScene:
    with tempconfig({"media_dir": str(tmp_path), "pixel_width": 160, "pixel_height": 90}):
        scene = LectureScene()
        scene.setup()
        scene.add(scene.strip)
    return scene


def share(scene: LectureScene, *mobjects: Mobject) -> float:
    scene.add(*mobjects)
    return largest_share(scene)


def test_an_empty_body_has_no_picture(scene: LectureScene) -> None:
    assert share(scene) == 0


def test_a_picture_counts_as_the_box_around_it(scene: LectureScene) -> None:
    slot = body()
    whole = Rectangle(width=slot.width, height=slot.height, fill_opacity=0).move_to(slot.center)
    assert share(scene, whole) == pytest.approx(1)


def test_what_is_dimmed_is_no_picture(scene: LectureScene) -> None:
    frame = Rectangle(width=8, height=4).set_stroke(opacity=0.3)
    assert share(scene, frame, Circle(0.5)) < LEAST_SHARE / 4


def test_thumbnails_apart_do_not_add_up(scene: LectureScene) -> None:
    small = VGroup(*(Rectangle(width=2.4, height=1.6) for _ in range(4))).arrange(buff=0.7)
    assert share(scene, *small) < LEAST_SHARE / 2


def test_what_lies_close_is_one_picture(scene: LectureScene) -> None:
    dots = VGroup(*(Dot() for _ in range(20 * 12))).arrange_in_grid(12, 20, buff=0.12)
    dots.stretch_to_fit_width(0.1 * 20 + 0.12 * 19)
    assert share(scene, dots) == pytest.approx(
        dots.width * dots.height / (body().width * body().height), rel=0.05
    )


def test_a_listing_and_its_picture_count_as_one(scene: LectureScene) -> None:
    slot = body()
    listing = slot.place(Listing("x = 1\ny = 2\nz = 3"), x=-1)
    picture = slot.place(Rectangle(width=5, height=slot.height), x=1)
    assert share(scene, picture) < LEAST_SHARE
    assert share(scene, picture, listing) > LEAST_SHARE


def test_two_pictures_that_are_large_count_as_one(scene: LectureScene) -> None:
    left, right = body().columns(1, 1)
    pictures = [slot.place(Rectangle(width=5.8, height=4), x=0) for slot in (left, right)]
    assert share(scene, *pictures) > LEAST_SHARE


def test_words_in_a_corner_are_no_picture(scene: LectureScene) -> None:
    assert share(scene, Words("some words in a corner")) < LEAST_SHARE / 4
