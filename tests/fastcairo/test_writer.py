from __future__ import annotations

from pathlib import Path

import pytest
from manim import RIGHT, Square, tempconfig

from fastcairo import FastScene
from tests.fastcairo.films import SMALL, frames_of


class TwoPlays(FastScene):
    def construct(self) -> None:
        square = Square()
        self.play(square.animate.shift(RIGHT), run_time=0.2)
        self.play(square.animate.shift(RIGHT), run_time=0.2)


@pytest.mark.parametrize("name", ["it's", "'quoted'", "a ''' b", "back\\slash"])
def test_plays_are_joined_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    with tempconfig({**SMALL, "disable_caching": True, "media_dir": tmp_path / name}):
        scene = TwoPlays()
        scene.render()
        assert len(frames_of(scene)) == 4
