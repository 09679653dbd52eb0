"""Multiplications, divisions included, that solving and descending take, by the number of features.

Only those of numbers are counted, as a program without any tricks does them.
"""

from __future__ import annotations

from linreg.lesson import Lesson

MOST_FEATURES = 100_000
"""Features up to which a crossing is looked for."""


def solving(num_examples: int, num_features: int) -> int:
    """Count the multiplications of forming and solving the normal equation.

    X^T X is symmetric, so that d (d + 1) / 2 of its d^2 numbers are formed, d = p + 1; the
    equations are solved by Gaussian elimination, in (d^3 - d) / 3 + d^2 multiplications.

    Parameters
    ----------
    num_examples, num_features
        n and p.
    """
    d = num_features + 1
    forming = num_examples * (d * (d + 1) // 2 + d)
    return forming + (d**3 - d) // 3 + d**2


def descending(num_examples: int, num_features: int, batch_size: int, num_epochs: int) -> int:
    """Count the multiplications of minibatch descent.

    Each example takes p for its prediction and p for error times input, each step two for every
    parameter: by the learning rate, and by one over the batch size.

    Parameters
    ----------
    num_examples, num_features
        n and p.
    batch_size, num_epochs
        As in the loop; the last batch may be short.
    """
    steps = -(-num_examples // batch_size)
    return num_epochs * (2 * num_examples * num_features + 2 * steps * (num_features + 1))


def costs(lesson: Lesson, num_features: int) -> tuple[int, int]:
    """Return the multiplications of solving and of the lesson's descent, for so many features."""
    n = lesson.num_examples
    return (
        solving(n, num_features),
        descending(n, num_features, lesson.batch_size, lesson.num_epochs),
    )


def descent_is_cheaper_from(lesson: Lesson) -> int:
    """Return the least number of features for which the lesson's descent takes fewer.

    From there on it always does: solving grows faster.
    """
    low, high = 0, MOST_FEATURES
    while high - low > 1:
        middle = (low + high) // 2
        solved, descended = costs(lesson, middle)
        low, high = (low, middle) if descended < solved else (middle, high)
    return high


def cost_ratio(lesson: Lesson, num_features: int) -> float:
    """Return how many times as many multiplications solving takes as the lesson's descent."""
    solved, descended = costs(lesson, num_features)
    return solved / descended
