from __future__ import annotations

import math

import pytest
import torch

from linreg.lesson import Lesson, SingleFeature
from linreg.study.single_run import run_single
from linreg.study.three_examples import ThreeExamples, three_examples


@pytest.fixture
def three(lesson: Lesson) -> ThreeExamples:
    found = three_examples(run_single(lesson.single_feature))
    assert found is not None
    return found


def test_they_are_the_first_three_of_training(lesson: Lesson, three: ThreeExamples) -> None:
    run = run_single(lesson.single_feature)
    assert sorted(three.x.tolist()) == sorted(run.x_train[:3].flatten().tolist())


def test_the_error_is_at_right_angles_to_both_columns(three: ThreeExamples) -> None:
    assert three.above.sum().item() == pytest.approx(0, abs=1e-12)
    assert (three.above @ three.x).item() == pytest.approx(0, abs=1e-12)
    assert three.gradients(*three.best) == pytest.approx((0, 0), abs=1e-12)


def test_every_other_line_is_farther(three: ThreeExamples) -> None:
    w, b = three.best
    for turn, lift in ((0.1, 0), (-0.1, 0), (0, 0.1), (0, -0.1), (0.1, -0.1)):
        there = three.predictions(w + turn, b + lift)
        assert (three.y - there).norm() > three.distance
    assert three.gradients(*three.beside_best()) != pytest.approx((0, 0), abs=1e-3)


def test_the_last_example_lies_highest_above_the_line(three: ThreeExamples) -> None:
    assert three.above.argmax() == 2
    assert three.angle > math.radians(20)


def test_without_noise_nothing_stands_above_the_plane() -> None:
    assert three_examples(run_single(SingleFeature(noise_std=0.0))) is None


def test_examples_whose_columns_are_nearly_one_are_not_taken() -> None:
    alike = ThreeExamples(
        torch.tensor([0.5, 0.51, 0.52], dtype=torch.float64),
        torch.tensor([1.0, 2.0, 1.5], dtype=torch.float64),
    )
    assert not alike.is_seen
