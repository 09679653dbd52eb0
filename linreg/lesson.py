"""The lesson: the numbers of ``lesson.toml``, validated."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

MAX_EXAMPLES = 20_000
MAX_EPOCHS = 100
MAX_STEPS = 200_000
LARGEST = 1000.0

DEFAULT_FILE = Path(__file__).parent.parent / "lesson.toml"


class LessonError(ValueError):
    """A lesson that cannot be taught; its text is one line for the user."""


def _as_float(value: Any) -> Any:
    """Accept 2 where 2.0 is meant; a bool is not a number."""
    return float(value) if type(value) is int else value


Finite = Annotated[
    float,
    BeforeValidator(_as_float),
    Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False),
]
NotNegative = Annotated[
    float,
    BeforeValidator(_as_float),
    Field(ge=0, le=LARGEST, allow_inf_nan=False),
]


class Lesson(BaseModel):
    """The numbers of a lesson.

    Attributes
    ----------
    true_w, true_b
        Weights, one a feature, and bias that the labels are made with.
    num_examples
        Number of examples n.
    noise_std
        Standard deviation of the noise, in units of the label.
    batch_size
        Examples a minibatch, at most ``num_examples``.
    lr
        Learning rate.
    num_epochs
        Passes over the data.
    seed
        Of everything random.
    language, theme
        Of what a viewer reads and sees.
    voice
        Who reads the sentences aloud: "default", "none",
        or the file of a piper voice.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True
    )

    true_w: Annotated[
        tuple[Finite, Finite], Field(strict=False)
    ]
    true_b: Finite
    num_examples: int = Field(ge=1, le=MAX_EXAMPLES)
    noise_std: NotNegative
    batch_size: int = Field(ge=1)
    lr: NotNegative
    num_epochs: int = Field(ge=1, le=MAX_EPOCHS)
    seed: int = Field(ge=0, lt=2**32)
    language: str = Field(pattern=r"^[a-z]{2}(_[A-Z]{2})?$")
    theme: Literal["dark", "light"]
    voice: str

    @field_validator("batch_size")
    @classmethod
    def _fits_the_data(
        cls, batch_size: int, info: ValidationInfo
    ) -> int:
        n = info.data.get("num_examples", batch_size)
        if batch_size > n:
            raise ValueError(f"at most num_examples = {n}")
        return batch_size

    @field_validator("num_epochs")
    @classmethod
    def _ends_soon(
        cls, num_epochs: int, info: ValidationInfo
    ) -> int:
        n = info.data.get("num_examples", 1)
        batch_size = info.data.get("batch_size", n)
        steps = -(-n // batch_size) * num_epochs
        if steps > MAX_STEPS:
            raise ValueError(
                f"at most {MAX_STEPS} steps in all, "
                f"these are {steps}"
            )
        return num_epochs


def load_lesson(path: Path | None = None) -> Lesson:
    """Read and validate a lesson.

    Parameters
    ----------
    path
        The file; without it the one that the variable ``LESSON`` names, or else the
        project's own ``lesson.toml``.

    Raises
    ------
    LessonError
        With one line that names the file, the key, the value and what is allowed.
    """
    if path is None:
        path = Path(
            os.environ.get("LESSON") or DEFAULT_FILE
        )
    try:
        values = tomllib.loads(
            path.read_text(encoding="utf-8")
        )
    except OSError as error:
        raise LessonError(
            f"{path}: cannot be read: {error.strerror}"
        ) from error
    except ValueError as error:
        raise LessonError(
            f"{path}: is not TOML: {error}"
        ) from error
    return check_lesson(values, source=str(path))


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
        key = str(first["loc"][0])
        raise LessonError(
            f"{source}: {_complaint(key, first)}"
        ) from error


def _complaint(key: str, error: Any) -> str:
    """Say in one line what is wrong with a key and what is allowed."""
    place = "".join(
        f"[{part}]" for part in error["loc"][1:]
    )
    value = error["input"]
    if isinstance(value, list):
        return (
            f"{key} = {len(value)} values: "
            "allowed are exactly two numbers"
        )
    if error["type"] == "missing":
        return f"{key} is missing"
    if error["type"] == "extra_forbidden":
        known = ", ".join(Lesson.model_fields)
        return f"{key} is not a key of a lesson; the keys are {known}"
    message = error["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    return f"{key}{place} = {_short(value)}: {message}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
