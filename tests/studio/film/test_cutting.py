"""Stretches of a film, cut without encoding and read back."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from studio.failures import ChapterError
from studio.film.cutting import cut
from tests.studio.film import films
from tests.studio.film.films import RATE, film, frames_of
from voice.sound import RATE as SOUND_RATE

FRAMES = 45
KEYED = {"g": "15", "sc_threshold": "0", "bf": "0"}
"""Options for a keyframe every second, and pictures in the order that they are shown in."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("whole") / "whole.mp4", FRAMES, **KEYED)


@pytest.mark.parametrize("second", [0, 1, 2])
def test_a_stretch_is_those_frames_unchanged(whole: Path, second: int, tmp_path: Path) -> None:
    target = tmp_path / "part.mp4"
    cut(whole, target, Fraction(second), Fraction(second + 1))
    expected, found = frames_of(whole)[15 * second : 15 * (second + 1)], frames_of(target)
    assert [time for time, _ in found] == pytest.approx([n / RATE for n in range(15)])
    assert all(np.array_equal(a, b) for (_, a), (_, b) in zip(found, expected, strict=True))
    assert films.boxes(target).index("moov") < films.boxes(target).index("mdat")


def test_a_stretch_has_its_part_of_the_sound(whole: Path, tmp_path: Path) -> None:
    sound = np.zeros(3 * SOUND_RATE, np.float32)
    sound[SOUND_RATE : 2 * SOUND_RATE] = 0.3 * np.sin(np.arange(SOUND_RATE) / 20)
    loud = []
    for second in range(3):
        target = tmp_path / f"{second}.mp4"
        cut(whole, target, Fraction(second), Fraction(second + 1), sound)
        with av.open(target) as container:
            heard = [frame.to_ndarray() for frame in container.decode(audio=0)]
        samples = np.concatenate(heard, axis=1)[0]
        assert len(samples) == pytest.approx(SOUND_RATE, abs=2100), "but for whole packets"
        loud.append(float(np.abs(samples[SOUND_RATE // 4 : SOUND_RATE // 2]).max()))
    assert loud == pytest.approx([0, 0.3, 0], abs=0.02)


def test_a_cut_where_no_keyframe_is_is_one_line(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(ChapterError, match=r"^whole\.mp4 cannot be cut at 0\.200 s, where no key"):
        cut(whole, tmp_path / "part.mp4", Fraction(1, 5), Fraction(1))
