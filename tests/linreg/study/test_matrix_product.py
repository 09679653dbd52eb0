"""Row times column adds up error times input, and is the gradient for w."""

from __future__ import annotations

import pytest
import torch

from linreg.study.batch_gradients import first_gradient
from linreg.study.matrix_product import BatchProduct, first_batch
from linreg.study.trace import Trace


def test_products_and_sums_by_hand() -> None:
    batch = BatchProduct(torch.tensor([[1.0, 2.0], [3.0, -1.0]]), torch.tensor([[2.0], [-1.0]]))
    assert batch.products.tolist() == [[2.0, 4.0], [-3.0, 1.0]]
    assert batch.running.tolist() == [[0.0, 0.0], [2.0, 4.0], [-1.0, 5.0]]
    assert batch.sums.tolist() == [-1.0, 5.0]
    assert batch.means.tolist() == [-0.5, 2.5]


def test_the_means_are_the_first_gradient(trace: Trace) -> None:
    by_hand, recorded = first_gradient(trace)
    means = first_batch(trace).means.tolist()
    assert means == pytest.approx(by_hand[:-1].tolist())
    assert means == pytest.approx(recorded[:-1].tolist(), rel=1e-5)
