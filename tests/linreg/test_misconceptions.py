"""Where beginners err, as facts: each test is a sentence of the lecture."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from linreg.data import data_iter, synthetic_data
from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.lesson_file import check_lesson
from linreg.loss import squared_loss
from linreg.model import init_params, linreg
from linreg.optim import sgd
from linreg.study.batch_gradients import batch_gradients
from linreg.study.losses import mean_loss
from linreg.study.recording import train, without_zero
from linreg.study.trace import Trace


def test_the_hand_gradient_is_autograds() -> None:
    generator = torch.Generator().manual_seed(1)
    X, y = (torch.randn(50, p, dtype=torch.float64, generator=generator) for p in (3, 1))
    w = torch.randn(3, 1, dtype=torch.float64, generator=generator).requires_grad_()
    b = torch.randn(1, dtype=torch.float64, generator=generator).requires_grad_()
    squared_loss(linreg(X, w, b), y).mean().backward()
    grad_w, grad_b = gradient(X, y, w.detach(), b.detach())
    assert w.grad is not None
    assert b.grad is not None
    torch.testing.assert_close(grad_w, w.grad, rtol=1e-12, atol=1e-12)
    torch.testing.assert_close(grad_b, b.grad, rtol=1e-12, atol=1e-12)


def test_the_half_square_is_mseloss_at_half_the_rate(trace: Trace, lesson: Lesson) -> None:
    """``nn.MSELoss`` has no half and takes the mean: half the rate gives the same path."""
    w, b = (param.clone() for param in trace.params(0))
    concise = [w.requires_grad_(), b.requires_grad_()]
    optimizer = torch.optim.SGD(concise, lr=lesson.lr / 2)
    for rows in trace.batches[:50]:
        optimizer.zero_grad()
        y_hat = linreg(trace.features[rows], *concise)
        nn.MSELoss()(y_hat, trace.labels[rows]).backward()
        optimizer.step()
    torch.testing.assert_close(concise[0].detach().flatten(), trace.w[50])
    torch.testing.assert_close(concise[1].detach()[0], trace.b[50])


def test_from_scratch_is_torch_nn(trace: Trace) -> None:
    w, b = trace.params(-1)
    layer = nn.Linear(2, 1)
    with torch.no_grad():
        layer.weight.copy_(w.T)
        layer.bias.copy_(b)
    torch.testing.assert_close(layer(trace.features), linreg(trace.features, w, b))


@pytest.mark.parametrize("batch_size", [1, 3, 10, 17])
def test_an_epoch_deals_every_example_once(batch_size: int) -> None:
    rows = torch.arange(17).reshape(-1, 1)
    batches = [X.flatten() for X, _ in data_iter(batch_size, rows, rows)]
    assert sorted(torch.cat(batches).tolist()) == list(range(17))
    sizes = [len(batch) for batch in batches]
    assert sizes[:-1] == [batch_size] * (len(sizes) - 1)
    assert sizes[-1] == (17 % batch_size or batch_size)


def test_features_and_labels_stay_together() -> None:
    features = torch.arange(12.0).reshape(-1, 1)
    for X, y in data_iter(5, features, 2 * features):
        assert torch.equal(y, 2 * X)


def test_the_mean_of_all_batch_gradients_is_the_full_gradient(trace: Trace) -> None:
    grads_w, grads_b = batch_gradients(trace, step=0)
    grad_w, grad_b = gradient(trace.features, trace.labels, *trace.params(0))
    torch.testing.assert_close(grads_w.mean(0), grad_w.flatten())
    torch.testing.assert_close(grads_b.mean(), grad_b[0])


def test_without_zeroing_it_does_not_converge(lesson: Lesson, trace: Trace) -> None:
    wrong = without_zero(lesson)
    assert wrong.epoch_loss[-1] > 1000 * trace.epoch_loss[-1]


def test_without_zeroing_the_gradients_add_up(lesson: Lesson) -> None:
    """The run is that of the loop whose update lacks ``zero_()``, bit by bit."""
    wrong = without_zero(lesson)
    w, b = (param.clone().requires_grad_() for param in wrong.params(0))
    for rows in wrong.batches:
        squared_loss(linreg(wrong.features[rows], w, b), wrong.labels[rows]).sum().backward()
        with torch.no_grad():
            for param in (w, b):
                assert param.grad is not None
                param -= lesson.lr * param.grad / len(rows)
    assert torch.equal(w.detach().flatten(), wrong.w[-1])
    assert torch.equal(b.detach(), wrong.b[-1:])


def test_zeroing_leaves_nothing_behind() -> None:
    param = torch.ones(2).requires_grad_()
    param.sum().backward()
    sgd([param], lr=0.5, batch_size=1)
    assert torch.equal(param.detach(), torch.full((2,), 0.5))
    assert param.grad is not None
    assert torch.equal(param.grad, torch.zeros(2))


def test_flat_labels_would_broadcast_and_do_not() -> None:
    y_hat, y = torch.arange(4.0).reshape(-1, 1), torch.arange(4.0)
    assert (y_hat - y).shape == (4, 4)
    assert torch.equal(squared_loss(y_hat, y), torch.zeros(4, 1))


def test_the_loss_floor_is_half_the_variance(lesson: Lesson) -> None:
    true_w = torch.tensor(lesson.true_w).reshape(-1, 1)
    noisy = check_lesson({**lesson.model_dump(), "noise_std": 2.0, "num_examples": 20_000})
    trace = train(noisy)
    floor = mean_loss((trace.features, trace.labels), true_w, trace.true_b)
    assert floor.item() == pytest.approx(noisy.noise_std**2 / 2, rel=0.05)


def test_shapes() -> None:
    features, labels = synthetic_data(torch.tensor([2.0, -3.4]), 4.2, 7)
    w, b = init_params(2)
    assert features.shape == (7, 2)
    assert labels.shape == (7, 1)
    assert w.shape == (2, 1)
    assert b.shape == (1,)
    assert w.requires_grad
    assert b.requires_grad
    assert linreg(features, w, b).shape == (7, 1)
    assert squared_loss(linreg(features, w, b), labels).shape == (7, 1)
