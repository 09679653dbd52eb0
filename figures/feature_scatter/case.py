"""Cases that a lesson's numbers can make of a cloud, of which the sentences differ."""

from __future__ import annotations

from enum import Enum

from linreg.study.spreads import spread_given
from linreg.study.trace import Trace

WIDE = 0.1
"""Share of a cloud's spread from which on the noise is seen in it."""

NOTHING = 1e-5
"""Share of a cloud's spread up to which what is left is no noise, but what rounding lost."""


class Case(Enum):
    """Part that the other feature and the noise have in the spread of a cloud."""

    OTHER_FEATURE = "other_feature"
    NO_WEIGHT = "no_weight"
    NO_NOISE = "no_noise"
    WIDE_NOISE = "wide_noise"
    ONE_EXAMPLE = "one_example"


def case_of(trace: Trace, feature: int) -> Case:
    """Return the case of the cloud of labels over one of two features."""
    if len(trace.labels) == 1:
        return Case.ONE_EXAMPLE
    if trace.true_w[1 - feature].item() == 0:
        return Case.NO_WEIGHT
    left = spread_given(trace, feature, taken_out=1.0).item()
    whole = spread_given(trace, feature).item()
    if left <= NOTHING * whole:
        return Case.NO_NOISE
    return Case.WIDE_NOISE if left > WIDE * whole else Case.OTHER_FEATURE


def edge_on_case(trace: Trace, case: Case, noise_std: float) -> Case:
    """Return the case of the cloud seen edge-on, where the noise is compared with all labels."""
    wide = noise_std > WIDE * trace.labels.std(correction=0).item()
    return Case.WIDE_NOISE if wide and len(trace.labels) > 1 else case


def told(key: str, case: Case, *differing: Case) -> str:
    """Return the key of a sentence, which differs in some of the cases."""
    return f"{key}_{case.value}" if case in differing else key
