"""A play is drawn here where forking it would only run its costly updaters twice."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest
from manim import Circle, Create, Mobject, Square, tempconfig

from fastcairo import FastCairoRenderer, FastScene
from fastcairo.costs import Costs
from tests.fastcairo.films import SMALL, frames_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

favour_forks = Costs.favour_forks


@pytest.fixture(autouse=True)
def _costs_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Costs, "favour_forks", favour_forks)


def test_costly_updaters_run_as_often_as_in_one_process(tmp_path: Path) -> None:
    class Costly(FastScene):
        def construct(self) -> None:
            def think(mobject: Mobject) -> None:
                with calls.open("a") as file:
                    file.write(".")
                end = time.thread_time() + 0.02
                while time.thread_time() < end:
                    mobject.rotate(0.001)
                mobject.move_to((len(calls.read_text()) / 100, 0, 0))

            self.add(Square().add_updater(think))
            self.play(Create(Circle()), run_time=0.5)
            self.play(Create(Circle(radius=2)), run_time=0.5)

    counts, films = [], []
    for workers in (1, 2):
        calls = tmp_path / f"calls-{workers}"
        with tempconfig(SMALL | {"media_dir": str(tmp_path / str(workers))}):
            scene = Costly(renderer=FastCairoRenderer(workers=workers))
            scene.render()
            films.append([frame.shape for frame in frames_of(scene)])
        counts.append(len(calls.read_text()))
    assert counts[0] == counts[1]
    assert films[0] == films[1]


def test_nothing_is_forked_before_it_was_measured() -> None:
    assert not Costs().favour_forks(64)


@pytest.mark.parametrize(
    ("stepping", "drawing", "encoding", "processors", "favoured"),
    [
        (1.0, 1.0, 1.0, 2, False),
        (0.1, 2.0, 0.5, 2, True),
        (1.0, 1.0, 1.0, 4, True),
        (3.0, 0.5, 0.5, 64, False),
    ],
)
def test_plays_are_forked_where_that_is_sooner_done(
    stepping: float, drawing: float, encoding: float, processors: int, favoured: bool
) -> None:
    costs = Costs()
    costs.stepping, costs.drawing, costs.encoding = stepping, drawing, encoding
    assert costs.favour_forks(processors) == favoured


def test_time_goes_to_what_it_was_spent_on() -> None:
    def work(seconds: float) -> None:
        end = time.thread_time() + seconds
        while time.thread_time() < end:
            np.zeros(10)

    costs = Costs()
    costs.begin()
    work(0.05)  # the beginning of a play is not a step
    costs.note_step()
    work(0.02)
    costs.note_drawing()
    work(0.04)
    costs.note_step()
    work(0.02)
    costs.note_drawing()
    costs.end()
    costs.note_step()
    assert costs.stepping == pytest.approx(0.04, abs=0.015)
    assert costs.drawing == pytest.approx(0.04, abs=0.015)
    assert costs.encoding < 0.02
