"""Surroundings that the engine's tests need."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from fastcairo.costs import Costs


@pytest.fixture(autouse=True)
def _pillow_takes_what_manim_hands_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let manim 0.22 draw images: it asks for an empty RGBA image in a way Pillow now refuses."""
    from_array = Image.fromarray

    def tolerant(array: Any, mode: str | None = None) -> Image.Image:
        if mode == "RGBA" and array.ndim == 2:
            return Image.new("RGBA", array.shape[::-1])
        return from_array(array, mode)

    monkeypatch.setattr(Image, "fromarray", tolerant)


@pytest.fixture(autouse=True)
def _plays_are_forked_whatever_they_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the same plays be forked on every machine; the tests of the costs take it back."""
    monkeypatch.setattr(Costs, "favour_forks", lambda *_: True)
