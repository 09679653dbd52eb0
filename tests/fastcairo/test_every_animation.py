"""Every animation of manim gives manim's film, alone and nested, with updaters and without.

There are more than two thousand cases, each with one worker and with two. A run takes a sample of
them; ``FASTCAIRO_EVERY_ANIMATION=1`` takes all, in some ten minutes.
"""

from __future__ import annotations

import inspect
import os
import random
from pathlib import Path

import manim
import pytest

from tests.fastcairo.every_animation import ANIMATIONS, Case, cases
from tests.fastcairo.films import fault, outcome

SAMPLE = 120
ALL = bool(os.environ.get("FASTCAIRO_EVERY_ANIMATION"))

# Manim 0.22 cannot play them (a name that is not imported, an argument that is not passed on).
FAIL_IN_MANIM = {manim.SmoothedVectorizedHomotopy, manim.ApplyPointwiseFunctionToCenter}


def chosen() -> list[Case]:
    """Return all cases, or a sample of them in which there is every animation."""
    shuffled = cases()
    random.Random(0).shuffle(shuffled)
    if ALL:
        return shuffled
    first_of_each = {case.animation: case for case in reversed(shuffled)}
    rest = [case for case in shuffled if case not in first_of_each.values()]
    return [*first_of_each.values(), *rest[: SAMPLE - len(first_of_each)]]


def test_no_animation_of_manim_is_missing() -> None:
    found = {
        thing
        for thing in vars(manim).values()
        if inspect.isclass(thing) and issubclass(thing, manim.Animation)
    }
    assert found == set(ANIMATIONS)


@pytest.mark.parametrize("case", chosen(), ids=str)
def test_the_film_is_that_of_manim(case: Case, tmp_path: Path) -> None:
    expected = outcome(case.construct, tmp_path, None)
    assert not isinstance(expected, str) or case.animation in FAIL_IN_MANIM, expected
    for workers in (1, 2):
        found = outcome(case.construct, tmp_path, workers)
        assert fault(expected, found) is None, f"{workers} workers: {fault(expected, found)}"
