from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from linreg.lesson import DEFAULT_FILE, Lesson, LessonError, check_lesson, load_lesson

BAD = {
    "wrong type": ({"lr": "fast"}, "lr = 'fast'"),
    "not a number": ({"lr": float("nan")}, "lr = nan"),
    "infinite": ({"true_b": float("inf")}, "true_b = inf"),
    "zero examples": ({"num_examples": 0}, "num_examples = 0"),
    "negative batch": ({"batch_size": -1}, "batch_size = -1"),
    "no epochs": ({"num_epochs": 0}, "num_epochs = 0"),
    "negative noise": ({"noise_std": -0.1}, "noise_std = -0.1"),
    "a bool is no count": ({"num_epochs": True}, "num_epochs = True"),
    "a fraction is no count": ({"batch_size": 2.5}, "batch_size = 2.5"),
    "batch over data": ({"batch_size": 1001}, "batch_size = 1001: at most num_examples = 1000"),
    "too many steps": ({"batch_size": 1, "num_epochs": 100, "num_examples": 20_000}, "num_epochs"),
    "2000 weights": ({"true_w": [1.0] * 2000}, "true_w = 2000 values"),
    "one weight": ({"true_w": [1.0]}, "true_w = 1 values"),
    "a word for a weight": ({"true_w": [1.0, "two"]}, "true_w[1] = 'two'"),
    "unknown key": ({"epochs": 3}, "epochs is not a key"),
    "unknown theme": ({"theme": "sepia"}, "theme = 'sepia'"),
}


@pytest.mark.parametrize(("values", "named"), BAD.values(), ids=BAD)
def test_a_bad_lesson_is_named_in_one_line(
    lesson: Lesson, values: dict[str, object], named: str
) -> None:
    with pytest.raises(LessonError) as raised:
        check_lesson({**lesson.model_dump(), **values}, source="mine.toml")
    text = str(raised.value)
    assert text.startswith("mine.toml: ")
    assert named in text
    assert "\n" not in text
    assert len(text) < 200


def test_every_key_must_be_there(lesson: Lesson) -> None:
    for key in Lesson.model_fields:
        values = lesson.model_dump()
        del values[key]
        with pytest.raises(LessonError, match=f"^lesson: {key} is missing$"):
            check_lesson(values)


@pytest.mark.parametrize("content", [None, b"lr = ", b"lr = \xff", b"true_w = 1\ntrue_w = 2"])
def test_a_broken_file_is_named_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "mine.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(LessonError) as raised:
        load_lesson(file)
    assert str(raised.value).startswith(f"{file}: ")
    assert "\n" not in str(raised.value)


def test_a_folder_is_no_lesson(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="cannot be read"):
        load_lesson(tmp_path)


def test_the_variable_chooses_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(DEFAULT_FILE.read_text().replace("lr = 0.03", "lr = 0.3"))
    monkeypatch.setenv("LESSON", str(file))
    assert load_lesson().lr == 0.3
    assert load_lesson(DEFAULT_FILE).lr == 0.03


def test_integers_are_good_weights(lesson: Lesson) -> None:
    assert check_lesson({**lesson.model_dump(), "true_w": [2, 0]}).true_w == (2.0, 0.0)


def test_the_command_says_one_line_and_exits_with_2(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("lr = 1\n")
    run = subprocess.run(
        [sys.executable, "-m", "linreg", "--lesson", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1
