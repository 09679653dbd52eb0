"""The parts of a label add up to it."""

from __future__ import annotations

import pytest
import torch

from linreg.lesson import Lesson
from linreg.study.example import Example, clean_labels, label_terms, noise, noisy_example
from linreg.study.recording import train
from linreg.study.trace import Trace
from tests.linreg.conftest import changed


def test_the_parts_add_up(trace: Trace, lesson: Lesson) -> None:
    example = noisy_example(trace, lesson)
    clean = sum(x * w for x, w in zip(example.x, example.w, strict=True)) + example.b
    assert example.clean == pytest.approx(clean, abs=1e-5)
    assert example.y == pytest.approx(example.clean + example.noise, abs=1e-6)
    assert abs(example.noise) >= lesson.noise_std


def test_it_is_the_first_with_so_much_noise(trace: Trace, lesson: Lesson) -> None:
    row = trace.labels.flatten().tolist().index(noisy_example(trace, lesson).y)
    assert (noise(trace)[:row].abs() < lesson.noise_std).all()


def test_where_none_has_so_much_it_is_the_noisiest(lesson: Lesson) -> None:
    told = changed(lesson, num_examples=2, batch_size=1, noise_std=1.0, seed=8)
    run = train(told)
    first, second = noise(run).abs().tolist()
    assert first < second < 1
    assert noisy_example(run, told).y == run.labels[1].item()


def test_without_noise_the_labels_are_clean(lesson: Lesson) -> None:
    run = train(changed(lesson, noise_std=0))
    assert noise(run).abs().max() == 0
    assert torch.equal(clean_labels(run), run.labels)


ROUNDED_APART = Example(
    x=(0.00004, 0.00004), w=(1.0, 1.0), b=4.2, clean=4.20008, noise=0.00004, y=4.20012
)
"""Each drawn term is rounded down to zero, their sum up to 0.0001."""


@pytest.mark.parametrize("places", [3, 4, 5])
def test_terms_add_up_to_the_rounded_label(places: int) -> None:
    terms = label_terms(ROUNDED_APART, places)
    assert sum(terms) == pytest.approx(round(ROUNDED_APART.y, places), abs=1e-12)
    assert terms[2] == ROUNDED_APART.b


def test_a_term_that_adds_up_is_only_rounded() -> None:
    example = Example(x=(0.5, 2.0), w=(2.0, -3.0), b=1.0, clean=-4.0, noise=0.25, y=-3.75)
    assert label_terms(example, 4) == (1.0, -6.0, 1.0, 0.25)
