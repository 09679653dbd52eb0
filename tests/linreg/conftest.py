from __future__ import annotations

import pytest

from linreg.lesson import Lesson
from linreg.lesson_file import check_lesson, load_lesson
from linreg.study.recording import train
from linreg.study.trace import Trace


@pytest.fixture(scope="session")
def lesson() -> Lesson:
    return load_lesson()


@pytest.fixture(scope="session")
def trace(lesson: Lesson) -> Trace:
    return train(lesson)


def changed(lesson: Lesson, **values: object) -> Lesson:
    """Return the lesson with other values, validated."""
    return check_lesson({**lesson.model_dump(), **values})
