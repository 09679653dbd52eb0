"""Multiplications that the exact answer and descent take, by the number of features."""

from __future__ import annotations

from dataclasses import dataclass

from linreg.lesson import Lesson

FEWEST = 100
"""Features that costs are compared up to, at least."""

CLEAR = 10.0
"""Ratio of both costs from which on the difference is clear."""

MILLION = 1e6


@dataclass(frozen=True)
class Costs:
    """Millions of multiplications, for so many examples, over the number of features.

    Attributes
    ----------
    num_examples, num_epochs
        Examples, and how often descent takes each.
    """

    num_examples: int
    num_epochs: int

    def solving(self, num_features: int) -> float:
        """Return the cost of the normal equation: its sums, then the elimination.

        With a column of ones there are k = p + 1 columns. Each example multiplies each of them
        with all k and with its label; elimination takes about k^3 / 3.
        """
        columns = num_features + 1
        sums = self.num_examples * columns * (columns + 1)
        return (sums + columns**3 / 3) / MILLION

    def descending(self, num_features: int) -> float:
        """Return the cost of descent: each feature times its weight, and times the error."""
        return self.num_epochs * self.num_examples * 2 * num_features / MILLION

    def ratio(self, num_features: int) -> float:
        """Return how many times as much as descent solving costs."""
        return self.solving(num_features) / self.descending(num_features)

    @property
    def clear_at(self) -> int:
        """The least power of ten of features, from :data:`FEWEST` on, with a clear difference."""
        num_features = FEWEST
        while self.ratio(num_features) < CLEAR:
            num_features *= 10
        return num_features


def costs(lesson: Lesson) -> Costs:
    """Return the costs for the examples and epochs of a lesson."""
    return Costs(lesson.num_examples, lesson.num_epochs)
