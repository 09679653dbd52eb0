from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import pytest

from linreg.lesson import Lesson
from linreg.study.solving_cost import (
    cost_ratio,
    costs,
    descending,
    descent_is_cheaper_from,
    solving,
)
from tests.linreg.conftest import changed


@dataclass(frozen=True)
class Counted:
    """A number that counts the multiplications and divisions it takes part in."""

    value: float
    total: ClassVar[int] = 0

    def __mul__(self, other: Counted) -> Counted:
        type(self).total += 1
        return Counted(self.value * other.value)

    def __truediv__(self, other: Counted) -> Counted:
        type(self).total += 1
        return Counted(self.value / other.value)

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.value + other.value)

    def __sub__(self, other: Counted) -> Counted:
        return Counted(self.value - other.value)


def numbers(rows: int, columns: int) -> list[list[Counted]]:
    return [[Counted(1.0 + (i * columns + j) % 7 + (i == j)) for j in range(columns)]
            for i in range(rows)]  # fmt: skip


def dot(one: list[Counted], other: list[Counted]) -> Counted:
    return sum((a * b for a, b in zip(one, other, strict=True)), Counted(0.0))


def solve_counted(n: int, p: int) -> int:
    """Form the normal equation of n examples and solve it; count."""
    Counted.total = 0
    X = [[*row, Counted(1.0)] for row in numbers(n, p)]
    y = [row[0] for row in numbers(n, 1)]
    columns = [list(column) for column in zip(*X, strict=True)]
    d = p + 1
    A = [[Counted(0.0)] * d for _ in range(d)]
    for i in range(d):
        for j in range(i, d):
            A[i][j] = A[j][i] = dot(columns[i], columns[j])
    c = [dot(column, y) for column in columns]
    for k in range(d):
        for i in range(k + 1, d):
            factor = A[i][k] / A[k][k]
            for j in range(k + 1, d):
                A[i][j] = A[i][j] - factor * A[k][j]
            c[i] = c[i] - factor * c[k]
    w = [Counted(0.0)] * d
    for i in reversed(range(d)):
        known = sum((A[i][j] * w[j] for j in range(i + 1, d)), Counted(0.0))
        w[i] = (c[i] - known) / A[i][i]
    return Counted.total


def descend_counted(n: int, p: int, batch_size: int, num_epochs: int) -> int:
    """Walk as the loop does; count."""
    Counted.total = 0
    X, y = numbers(n, p), numbers(n, 1)
    lr, share = Counted(0.01), Counted(1 / batch_size)
    w, b = [Counted(0.0)] * p, Counted(0.0)
    for _ in range(num_epochs):
        for start in range(0, n, batch_size):
            grad_w, grad_b = [Counted(0.0)] * p, Counted(0.0)
            for row in range(start, min(start + batch_size, n)):
                error = dot(X[row], w) + b - y[row][0]
                grad_w = [g + error * x for g, x in zip(grad_w, X[row], strict=True)]
                grad_b = grad_b + error
            w = [v - lr * g * share for v, g in zip(w, grad_w, strict=True)]
            b = b - lr * grad_b * share
    return Counted.total


@pytest.mark.parametrize(("n", "p"), [(5, 1), (7, 2), (9, 5), (4, 6)])
def test_solving_takes_the_multiplications_that_are_counted(n: int, p: int) -> None:
    assert solving(n, p) == solve_counted(n, p)


@pytest.mark.parametrize(("n", "p", "batch_size", "epochs"), [(6, 2, 2, 1), (7, 3, 3, 2)])
def test_descending_takes_the_multiplications_that_are_counted(
    n: int, p: int, batch_size: int, epochs: int
) -> None:
    assert descending(n, p, batch_size, epochs) == descend_counted(n, p, batch_size, epochs)


def test_with_two_features_solving_is_cheaper(lesson: Lesson) -> None:
    solved, descended = costs(lesson, 2)
    assert solved < descended


@pytest.mark.parametrize(
    "values",
    [{}, {"num_examples": 5, "batch_size": 2}, {"num_examples": 20_000, "batch_size": 64}],
)
def test_from_some_number_of_features_on_descent_is_cheaper(
    lesson: Lesson, values: dict[str, int]
) -> None:
    told = changed(lesson, **values)
    crossing = descent_is_cheaper_from(told)
    assert cost_ratio(told, crossing) > 1
    assert crossing == 1 or cost_ratio(told, crossing - 1) <= 1
    ratios = [cost_ratio(told, p) for p in range(crossing, 1001)]
    assert all(one < other for one, other in pairwise(ratios))
