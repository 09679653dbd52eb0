"""The file of a lesson, ``lesson.toml``: read, and what is wrong with it said in one line."""

from __future__ import annotations

import codecs
import os
import stat
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from linreg.lesson import (
    SPOKEN,
    VOICE_SUFFIX,
    Lesson,
    SingleFeature,
)

MAX_BYTES = 2**20
MAX_SHOWN = 60
"""Letters of a value or key that an error shows."""

LESSON_VARIABLE = "LESSON"
DEFAULT_FILE = Path(__file__).parent.parent / "lesson.toml"


class LessonError(ValueError):
    """A lesson that cannot be taught; its text is one line for the user."""


def chosen_file() -> Path:
    """Return the file that the variable ``LESSON`` names.

    Where it is not set, this is the project's own
    ``lesson.toml``.
    """
    named = os.environ.get(LESSON_VARIABLE)
    return Path(named or DEFAULT_FILE)


def load_lesson(path: Path | None = None) -> Lesson:
    """Read and validate a lesson.

    Parameters
    ----------
    path
        The file; without it the :func:`chosen_file`. The path of a voice in it starts from its
        folder.

    Raises
    ------
    LessonError
        With one line that names the file, the key, the value and what is allowed.
    """
    if path is None:
        path = chosen_file()
    try:
        values = tomllib.loads(_text_of(path))
    except LessonError:
        raise
    except RecursionError as error:
        raise LessonError(
            f"{path}: is nested too deep"
        ) from error
    except OSError as error:
        raise LessonError(
            f"{path}: cannot be read: {error.strerror}"
        ) from error
    except ValueError as error:
        raise LessonError(
            f"{path}: is not TOML: {error}"
        ) from error
    voice = values.get("voice", SPOKEN)
    if isinstance(voice, str) and voice.endswith(
        VOICE_SUFFIX
    ):
        values["voice"] = str(_voice_file(path, voice))
    return check_lesson(values, source=str(path))


def _text_of(path: Path) -> str:
    """Return what stands in a lesson's file, a byte order mark left out."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise LessonError(
            f"{path}: is a pipe or a device: "
            "allowed is a regular file"
        )
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise LessonError(
            f"{path}: is longer than {MAX_BYTES} bytes"
        )
    wide = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if content.startswith(wide) or b"\0" in content[:4]:
        raise LessonError(
            f"{path}: is UTF-16 or UTF-32: save it as UTF-8"
        )
    try:
        return content.decode("utf-8-sig").replace(
            "\r\n", "\n"
        )
    except UnicodeDecodeError as error:
        raise LessonError(
            f"{path}: is not UTF-8, from byte "
            f"{error.start} on: save it as UTF-8"
        ) from error


def _voice_file(path: Path, voice: str) -> Path:
    """Return the file of a voice that a lesson names."""
    try:
        file = (path.parent / voice).resolve()
        if file.is_file():
            return file
    except (OSError, ValueError, RuntimeError):
        pass  # a name that no file can have, or a loop
    raise LessonError(
        f"{path}: voice = {_short(voice)}: there is no such file"
    )


def check_lesson(
    values: dict[str, Any], source: str = "lesson"
) -> Lesson:
    """Validate the contents of a lesson.

    Parameters
    ----------
    values
        What the keys are set to.
    source
        Where they come from, for the error's text.

    Raises
    ------
    LessonError
        As :func:`load_lesson` does.
    """
    try:
        return Lesson.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise LessonError(
            f"{source}: {_complaint(first)}"
        ) from error
    except RecursionError as error:
        raise LessonError(
            f"{source}: is nested too deep"
        ) from error


def _complaint(error: Any) -> str:
    """Say in one line what is wrong with a key and what is allowed."""
    top, *inner = error["loc"]
    key = top + "".join(
        f".{part}" if isinstance(part, str) else f"[{part}]"
        for part in inner
    )
    key = _cut(key)
    value = error["input"]
    if top == "true_w" and isinstance(value, list | tuple):
        return (
            f"{top} = {len(value)} values: "
            "allowed are exactly two numbers"
        )
    if error["type"] == "model_type":
        return f"{key} = {_short(value)}: allowed is a table, [{key}]"
    if error["type"] == "missing":
        return f"{key} is missing"
    if error["type"] == "extra_forbidden":
        table = SingleFeature if inner else Lesson
        known = ", ".join(table.model_fields)
        place = f"[{top}]" if inner else "a lesson"
        return f"{key} is not a key of {place}; the keys are {known}"
    message = error["msg"].removeprefix("Value error, ")
    if isinstance(value, dict):
        return f"[{key}]: {message}"
    message = message[0].lower() + message[1:]
    return f"{key} = {_short(value)}: {message}"


def _short(value: Any) -> str:
    try:
        return _cut(repr(value))
    except (ValueError, RecursionError):
        return "a value too long to show"


def _cut(text: str) -> str:
    if len(text) <= MAX_SHOWN:
        return text
    return f"{text[: MAX_SHOWN - 3]}..."
