"""The scenes of the benchmark are drawn as manim draws them, by one process and by two."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.benchmark import plain, small
from tests.fastcairo.films import fault, film

SCENES = [
    *(getattr(plain, name) for name in plain.SCENES),
    *(getattr(small, name) for name in ("MovingDots", "DotsWithUpdaters", "Bursts", "Fades")),
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_the_film_is_that_of_manim(scene: type, tmp_path: Path) -> None:
    settings = {"frame_rate": 3, "pixel_width": 160, "pixel_height": 90}
    expected = film(scene.construct, tmp_path, None, **settings)
    for workers in (1, 2):
        found = film(scene.construct, tmp_path, workers, **settings)
        assert fault(expected, found) is None
