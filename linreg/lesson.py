"""The numbers of a lesson, and which of them are allowed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
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
