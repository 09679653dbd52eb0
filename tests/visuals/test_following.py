from __future__ import annotations

from typing import Self

import pytest
from manim import FadeIn, FadeOut, Group, Square, VGroup

from visuals.following import Picture


class Lit(Picture, VGroup):
    """A square that says itself how opaque it is."""

    def __init__(self) -> None:
        super().__init__(Square())
        self.follow().tracked()

    def follow(self) -> Self:
        self[0].set_fill(opacity=0.8)
        return self


def opacity_within(fade: FadeIn | FadeOut, picture: Lit) -> float:
    fade.begin()
    for alpha in (0.25, 0.5):
        fade.update_mobjects(0.1)
        fade.interpolate(fade.rate_func(alpha))
    return float(picture[0].get_fill_opacity())


@pytest.mark.parametrize("fade", [FadeIn, FadeOut])
@pytest.mark.parametrize("company", [False, True])
def test_a_picture_that_sets_opacities_fades(fade: type[FadeIn], company: bool) -> None:
    picture = Lit()
    mobject = Group(picture, Square()) if company else picture
    assert 0.3 < opacity_within(fade(mobject), picture) < 0.5
