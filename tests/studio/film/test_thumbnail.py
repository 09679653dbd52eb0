"""The lecture's picture for video sites: its size, the frame in it, and titles of any length."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageColor

from studio.film.records import Lecture
from studio.film.thumbnail import save_thumbnail
from tests.studio.film.films import SIZE, clip, film
from visuals.theme import PALETTES

FRAMES = 120
"""As many as take the square into the right half."""

INK_FROM, INK_TO = 72, 712
"""Columns of the title's room, in pixels."""


def where(pixels: np.ndarray, colour: str) -> np.ndarray:
    """Return where a picture has a colour, shape (rows, columns)."""
    return np.abs(pixels.astype(int) - ImageColor.getrgb(colour)).max(axis=2) < 24


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("film") / "film.mp4", FRAMES)


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize(
    "title", ["Lines", '#eval("1") <script> "]]>', "A title of very many words " * 6]
)
def test_a_title_of_any_length_fits(whole: Path, title: str, theme: str, tmp_path: Path) -> None:
    shown = clip("A", FRAMES, theme=theme)
    save_thumbnail(Lecture(title, "en", theme, (shown,)), shown, whole, tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (1280, 720)
        pixels = np.asarray(image.convert("RGB"))
    rows, columns = np.nonzero(where(pixels[:645, :INK_TO], PALETTES[theme].ink))
    assert rows.min() > 40
    assert rows.max() < 635, "the bar below it is clear"
    assert columns.min() >= INK_FROM


@pytest.mark.parametrize("language", ["zh", "zh-Hant"])
def test_a_chinese_title_has_letters(whole: Path, language: str, tmp_path: Path) -> None:
    pictures = []
    for title in ("线性回归", "从零开始"):  # a letter that a font lacks is the same box for all
        shown = clip("A", FRAMES)
        save_thumbnail(Lecture(title, language, "dark", (shown,)), shown, whole, tmp_path / "a.png")
        with Image.open(tmp_path / "a.png") as image:
            pictures.append(np.asarray(image))
    assert not np.array_equal(*pictures)


def test_the_frame_of_the_best_beat_is_seen_beside_the_title(whole: Path, tmp_path: Path) -> None:
    shown = clip("A", FRAMES, best_beat="rests")
    save_thumbnail(Lecture("A", "en", "dark", (shown,)), shown, whole, tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    # A yellow square, in a frame that is as high as the thumbnail.
    left = round((20 + 4 * FRAMES // 3) * 720 / SIZE[1])
    yellow = pixels[:, :, 0] - pixels[:, :, 2]
    assert (
        yellow[260:380, left : left + 140].mean() > yellow[400:600, left : left + 140].mean() + 20
    )
    assert tuple(pixels[4, 4]) == ImageColor.getrgb(PALETTES["dark"].background)
