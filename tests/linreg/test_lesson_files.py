"""Files that are no lesson, or not quite: one line that says why, or the lesson."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linreg.lesson_file import DEFAULT_FILE, LessonError, load_lesson

TEXT = DEFAULT_FILE.read_text(encoding="utf-8")


def complaint_about(path: Path) -> str:
    with pytest.raises(LessonError) as caught:
        load_lesson(path)
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    assert len(text.splitlines()) == 1
    assert len(text) < len(str(path)) + 300
    return text


def with_value(path: Path, key: str, value: str) -> Path:
    """Write a lesson with another value of one key."""
    lines = TEXT.splitlines()
    (number,) = [n for n, line in enumerate(lines) if line.startswith(f"{key} =")][:1]
    lines[number] = f"{key} = {value}"
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("key", ["true_b", "num_examples", "noise_std", "lr", "seed", "language"])
@pytest.mark.parametrize(
    "value",
    ["1" + "0" * 400, "-1" + "0" * 400, "0x" + "f" * 9000, "1" * 5000, "[" * 600 + "]" * 600,
     "[" * 5000 + "]" * 5000, "{a = " * 300 + "1" + "}" * 300],
)  # fmt: skip
def test_values_that_no_number_holds(tmp_path: Path, key: str, value: str) -> None:
    complaint_about(with_value(tmp_path / "a.toml", key, value))


@pytest.mark.parametrize(
    "value", ["[1" + "0" * 400 + ", 1]", "[1, [[[1]]]]", "[0xf, " + "9" * 400 + "]"]
)
def test_weights_that_no_number_holds(tmp_path: Path, value: str) -> None:
    complaint_about(with_value(tmp_path / "a.toml", "true_w", value))


@pytest.mark.parametrize("value", ["1e-320", "-1e-300", "5e-324", "1e-7"])
def test_numbers_too_small_to_write(tmp_path: Path, value: str) -> None:
    assert "or 0.000001 or more" in complaint_about(
        with_value(tmp_path / "a.toml", "true_b", value)
    )


def test_minus_zero_is_zero(tmp_path: Path) -> None:
    lesson = load_lesson(with_value(tmp_path / "a.toml", "true_b", "-0.0"))
    assert str(lesson.true_b) == "0.0"
    assert (
        str(load_lesson(with_value(tmp_path / "a.toml", "true_w", "[-0.0, 1]")).true_w[0]) == "0.0"
    )


def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.toml"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/dev/null")):
        assert "allowed is a regular file" in complaint_about(path)
    link = tmp_path / "b.toml"
    link.symlink_to("/dev/zero")
    assert "allowed is a regular file" in complaint_about(link)


def test_endless_files_are_not_read_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.touch()
    os.truncate(path, 2**36)  # takes no room on the disk
    complaint_about(path)
    path.write_text(TEXT + "#" * 2**20)
    assert "longer than" in complaint_about(path)


def test_a_byte_order_mark_is_no_part_of_the_lesson(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(TEXT.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert load_lesson(path) == load_lesson(DEFAULT_FILE)


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_wide_encodings_are_named(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(TEXT, encoding=encoding)
    assert "save it as UTF-8" in complaint_about(path)


def test_other_encodings_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f"# für\n{TEXT}", encoding="latin-1")
    assert "is not UTF-8, from byte 3 on" in complaint_about(path)


@pytest.mark.parametrize("voice", [r"a\u0000.onnx", "a" * 5000 + ".onnx", "loop.onnx/x.onnx"])
def test_voices_that_no_file_can_be(tmp_path: Path, voice: str) -> None:
    (tmp_path / "loop.onnx").symlink_to("loop.onnx")
    complaint_about(with_value(tmp_path / "a.toml", "voice", f'"{voice}"'))
