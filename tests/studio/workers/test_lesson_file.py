"""A worker's lesson is the studio's, and it notes the values that are read."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from linreg.lesson import Lesson
from linreg.lesson_file import check_lesson, load_lesson
from linreg.study.recording import TRAINED_ON
from studio.store.recorder import recorded_lesson
from studio.workers.worker import as_toml
from visuals.stage import trace_of


def values_of(lesson: Lesson) -> dict[str, Any]:
    return lesson.model_dump(mode="json")


@pytest.mark.parametrize("voice", ["default", '/voices/中文 \U0001f600 "loud".onnx'])
def test_a_lesson_is_the_same_after_it_was_written(voice: str) -> None:
    values = {**values_of(load_lesson()), "voice": voice}
    assert tomllib.loads(as_toml(values)) == values
    reordered = {"single_feature": values.pop("single_feature"), **values}
    assert check_lesson(tomllib.loads(as_toml(reordered))).voice == voice


def test_a_table_is_noted_as_one_value_and_a_run_reads_none() -> None:
    noted: set[str] = set()
    lesson = recorded_lesson(values_of(load_lesson()), noted.add)
    trace_of(lesson)
    assert noted == set(TRAINED_ON)
    assert lesson.single_feature.lr == load_lesson().single_feature.lr
    assert noted == {*TRAINED_ON, "single_feature"}
