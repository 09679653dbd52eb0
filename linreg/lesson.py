"""The lesson: the numbers of ``lesson.toml``, validated."""

from __future__ import annotations

import codecs
import os
import stat
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

MAX_EXAMPLES = 20_000
MAX_EPOCHS = 100
MAX_STEPS = 200_000
MAX_SINGLE_EXAMPLES = 1000
MAX_SINGLE_STEPS = 10_000
FEWEST_TRAINED = 10
"""Examples with one feature that training needs: so many are drawn one by one."""

LANGUAGE = r"^[a-z]{2}(-[A-Z][a-z]{3})?([-_][A-Z]{2})?$"
"""Codes of languages: en, zh, zh-Hant, pt_BR, pt-BR."""

VOICE_SUFFIX = ".onnx"
SPOKEN = "default"
SILENT = "none"
LARGEST = 1000.0
LARGEST_WEIGHT = 100.0
LARGEST_NOISE = 100.0
"""Beyond these, the spread of one part hides all others in a picture."""

SMALLEST = 1e-6
MAX_BYTES = 2**20
MAX_SHOWN = 60
"""Letters of a value or key that an error shows."""

LESSON_VARIABLE = "LESSON"
DEFAULT_FILE = Path(__file__).parent.parent / "lesson.toml"


class LessonError(ValueError):
    """A lesson that cannot be taught; its text is one line for the user."""


def _as_float(value: Any) -> Any:
    """Accept 2 where 2.0 is meant; a bool is not a number."""
    if type(value) is not int:
        return value
    try:
        return float(value)
    except OverflowError as error:
        raise ValueError(
            "is larger than any number that is allowed"
        ) from error


def _not_tiny(value: float) -> float:
    """Refuse what would fill the screen with zeros; -0.0 is 0."""
    if 0 < abs(value) < SMALLEST:
        raise ValueError(
            f"allowed is 0, or {SMALLEST:f} or more"
        )
    return value or 0.0


Finite = Annotated[
    float,
    BeforeValidator(_as_float),
    AfterValidator(_not_tiny),
    Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False),
]
Weight = Annotated[
    Finite, Field(ge=-LARGEST_WEIGHT, le=LARGEST_WEIGHT)
]
NotNegative = Annotated[
    float,
    BeforeValidator(_as_float),
    AfterValidator(_not_tiny),
    Field(ge=0, le=LARGEST, allow_inf_nan=False),
]
Noise = Annotated[NotNegative, Field(le=LARGEST_NOISE)]


class SingleFeature(BaseModel):
    """The numbers of the data set with one feature.

    Attributes
    ----------
    true_w, true_b
        Weight and bias that the labels are made with.
    num_examples
        Number of examples.
    noise_std
        Standard deviation of the noise, in units of the label.
    test_share
        Share of the examples that is kept aside and not trained on, rounded to whole examples.
    lr
        Learning rate.
    num_steps
        Steps on all training examples.
    seed
        Of everything random.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True
    )

    true_w: Weight = 2.0
    true_b: Finite = 1.0
    num_examples: int = Field(
        default=100, ge=1, le=MAX_SINGLE_EXAMPLES
    )
    noise_std: Noise = 0.1
    test_share: NotNegative = 0.2
    lr: NotNegative = 0.1
    num_steps: int = Field(
        default=1000, ge=1, le=MAX_SINGLE_STEPS
    )
    seed: int = Field(default=42, ge=0, lt=2**32)

    @property
    def num_test(self) -> int:
        """Number of examples that are kept aside."""
        return round(self.test_share * self.num_examples)

    @property
    def num_train(self) -> int:
        """Number of examples that are trained on."""
        return self.num_examples - self.num_test

    @model_validator(mode="after")
    def _leaves_enough(self) -> SingleFeature:
        if (
            self.num_test < 1
            or self.num_train < FEWEST_TRAINED
        ):
            raise ValueError(
                f"num_examples = {self.num_examples} and test_share = {self.test_share} "
                f"keep {self.num_test} aside and leave {self.num_train} to train on; "
                f"allowed are 1 and {FEWEST_TRAINED} or more"
            )
        return self


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
        "default" for the language's own voice, "none" for a silent film with captions, or
        the path of a piper voice, a file that ends in ``.onnx``.
    single_feature
        The data set with one feature.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True
    )

    true_w: Annotated[
        tuple[Weight, Weight], Field(strict=False)
    ]
    true_b: Finite
    num_examples: int = Field(ge=1, le=MAX_EXAMPLES)
    noise_std: Noise
    batch_size: int = Field(ge=1)
    lr: NotNegative
    num_epochs: int = Field(ge=1, le=MAX_EPOCHS)
    seed: int = Field(ge=0, lt=2**32)
    language: str = Field(pattern=LANGUAGE)
    theme: Literal["dark", "light"]
    voice: str = SPOKEN
    single_feature: SingleFeature = SingleFeature()

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

    @field_validator("voice")
    @classmethod
    def _is_a_voice(cls, voice: str) -> str:
        if voice in (SPOKEN, SILENT) or voice.endswith(
            VOICE_SUFFIX
        ):
            return voice
        raise ValueError(
            f'allowed are "{SPOKEN}", "{SILENT}", '
            f"and the path of a piper voice ({VOICE_SUFFIX})"
        )


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
