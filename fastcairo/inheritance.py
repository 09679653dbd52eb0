"""Things that a process which drew the rest of a scene leaves to its parent.

They are what manim keeps in the renderer and the file writer, and what the scene itself wants to
keep: the parent joins the segments, writes captions and sound, and goes on with its program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from fastcairo.damage import Pixels

if TYPE_CHECKING:
    from manim import Scene

    from fastcairo.renderer import FastCairoRenderer

__all__ = ["Inheritance"]

_OF_RENDERER = ("time", "num_plays", "animations_hashes", "skip_animations")
_OF_WRITER = (
    "partial_movie_files",
    "sections",
    "subcaptions",
    "includes_sound",
    "audio_segment",
    "frame_count",
)


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Attributes of a scene, its renderer and its file writer at the end, and the last frame."""

    scene: dict[str, Any]
    renderer: dict[str, Any]
    writer: dict[str, Any]
    pixels: Pixels

    @classmethod
    def of(cls, renderer: FastCairoRenderer, scene: Scene | None) -> Inheritance:
        """Take what ``renderer`` has come to, and what ``scene`` names in ``handed_over``."""
        writer = vars(renderer.file_writer)
        return cls(
            {name: getattr(scene, name) for name in getattr(scene, "handed_over", ())},
            {name: getattr(renderer, name) for name in _OF_RENDERER},
            {name: writer[name] for name in _OF_WRITER if name in writer},
            renderer.pixels.copy(),
        )

    def give_to(self, renderer: FastCairoRenderer, scene: Scene | None) -> None:
        """Put it in the place of what ``renderer`` and ``scene`` have."""
        for name, value in self.scene.items():
            setattr(scene, name, value)
        for name, value in self.renderer.items():
            setattr(renderer, name, value)
        vars(renderer.file_writer).update(self.writer)
        np.copyto(renderer.pixels, self.pixels)
