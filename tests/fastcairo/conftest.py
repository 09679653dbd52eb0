"""Surroundings that the engine's tests need."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image


@pytest.fixture(autouse=True)
def _pillow_takes_what_manim_hands_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let manim 0.22 draw images: it asks for an empty RGBA image in a way Pillow now refuses."""
    from_array = Image.fromarray

    def tolerant(array: Any, mode: str | None = None) -> Image.Image:
        if mode == "RGBA" and array.ndim == 2:
            return Image.new("RGBA", array.shape[::-1])
        return from_array(array, mode)

    monkeypatch.setattr(Image, "fromarray", tolerant)
