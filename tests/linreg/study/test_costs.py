"""Multiplications of solving and of descending."""

from __future__ import annotations

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from linreg.lesson import Lesson
from linreg.study.costs import CLEAR, MILLION, Costs, costs


def products(num_examples: int, num_features: int) -> tuple[float, float]:
    """Count the multiplications of X^T X and X^T y, and of one gradient, as PyTorch does them."""
    X, y = torch.zeros(num_examples, num_features), torch.zeros(num_examples, 1)
    ones = torch.cat([X, torch.ones_like(y)], dim=1)
    w = torch.zeros(num_features, 1)
    with FlopCounterMode(display=False) as of_solving:
        _ = ones.T @ ones, ones.T @ y
    with FlopCounterMode(display=False) as of_descent:
        _ = X.T @ (X @ w - y)
    # A multiplication and an addition are two.
    return of_solving.get_total_flops() / 2, of_descent.get_total_flops() / 2


@pytest.mark.parametrize("num_features", [1, 2, 100])
def test_the_products_are_those_that_pytorch_counts(num_features: int) -> None:
    cost = Costs(num_examples=50, num_epochs=3)
    of_solving, of_descent = products(50, num_features)
    elimination = (num_features + 1) ** 3 / 3
    assert cost.solving(num_features) * MILLION == pytest.approx(of_solving + elimination)
    assert cost.descending(num_features) * MILLION == pytest.approx(3 * of_descent)


def test_descent_grows_in_proportion_and_solving_faster(lesson: Lesson) -> None:
    cost = costs(lesson)
    assert cost.descending(200) == pytest.approx(2 * cost.descending(100))
    assert cost.solving(200) > 3.9 * cost.solving(100)


@pytest.mark.parametrize("num_epochs", [1, 3, 100, 1000])
def test_the_difference_is_clear_where_it_is_shown(num_epochs: int) -> None:
    cost = Costs(1000, num_epochs)
    assert cost.ratio(cost.clear_at) >= CLEAR
