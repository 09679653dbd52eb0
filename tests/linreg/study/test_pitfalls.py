"""The claims of the chapter on faults that raise no error."""

from __future__ import annotations

import pytest
import torch

from linreg.lesson import Lesson
from linreg.loss import squared_loss
from linreg.pitfalls import aligned_loss, batch_loss, in_place_sgd, standardize
from linreg.study import pitfalls
from linreg.study.recording import train
from linreg.study.rescaling import measured, rescaled_bowl
from linreg.study.trace import Trace
from tests.linreg.conftest import changed


def test_flat_labels_make_a_grid_of_errors(trace: Trace) -> None:
    mixing = pitfalls.mixing(trace)
    assert mixing.y_hat.shape == (10, 1)
    assert mixing.y.shape == (10,)
    assert mixing.errors.shape == (10, 10)
    true = mixing.y_hat.flatten() - mixing.y
    assert torch.equal(mixing.errors.diagonal(), true)


def test_the_same_line_is_right_for_equal_shapes(trace: Trace) -> None:
    mixing = pitfalls.mixing(trace)
    column = mixing.y.reshape(mixing.y_hat.shape)
    assert batch_loss(mixing.y_hat, column) == pytest.approx(
        squared_loss(mixing.y_hat, mixing.y).mean().item()
    )


def test_reshaped_labels_cure_the_loss(trace: Trace) -> None:
    mixing = pitfalls.mixing(trace)
    assert aligned_loss(mixing.y_hat, mixing.y) == pytest.approx(
        squared_loss(mixing.y_hat, mixing.y).mean().item()
    )


def test_in_place_the_step_is_taken(lesson: Lesson, trace: Trace) -> None:
    w, b = (param.clone().requires_grad_() for param in trace.params(0))
    rows = trace.batches[0]
    squared_loss(trace.features[rows] @ w + b, trace.labels[rows]).mean().backward()
    in_place_sgd([w, b], lesson.lr)
    assert torch.allclose(w.flatten(), trace.w[1])
    assert torch.allclose(b, trace.b[1])


def test_measured_features_are_those_of_standardize(trace: Trace) -> None:
    spread = trace.features.std(0)
    table = measured(trace.features, 1 / spread, 1.0)
    assert torch.allclose(table, standardize(trace.features), atol=1e-5)


def test_the_mixed_run_falls_and_learns_about_a_tenth(lesson: Lesson, trace: Trace) -> None:
    run = pitfalls.mixed_run(trace, lesson.lr)
    assert run.num_steps == 300
    assert run.loss[-20:].mean() < 0.7 * run.loss[:20].mean()
    share = run.w[-30:].mean(dim=0) / trace.true_w.flatten()
    assert (share.abs() < 0.2).all()
    assert run.b[-1] == pytest.approx(trace.labels.mean().item(), abs=0.5)


def test_the_mixed_optimum_is_a_share_of_one_over_the_batch_size(trace: Trace) -> None:
    """Its expected gradient is zero at w / n, as n - 1 of n labels have nothing to do with x."""
    gen = torch.Generator().manual_seed(0)
    w = torch.zeros(2, 1, requires_grad=True)
    b = trace.labels.mean().reshape(1).clone().requires_grad_()
    for _ in range(4000):
        rows = torch.randint(len(trace.features), (10,), generator=gen)
        y_hat = trace.features[rows] @ w + b
        batch_loss(y_hat, trace.labels[rows].flatten()).backward()
        with torch.no_grad():
            for param in (w, b):
                assert param.grad is not None
                param -= 0.003 * param.grad
                param.grad.zero_()
    share = w.detach().flatten() / trace.true_w.flatten()
    assert share.tolist() == pytest.approx([0.1, 0.1], abs=0.07)


def test_batches_of_one_are_replaced(lesson: Lesson) -> None:
    trace = train(changed(lesson, batch_size=1, num_examples=25, num_epochs=1))
    assert [len(batch) for batch in pitfalls.mixing_batches(trace)] == [10, 10, 5]


def test_a_feature_divided_by_ten_creeps(lesson: Lesson, trace: Trace) -> None:
    run = pitfalls.run_on(trace, pitfalls.rescaled(trace, 0.1), lesson.lr)
    bowl = rescaled_bowl((trace.features, trace.labels))
    factors = torch.tensor([0.1, 1.0], dtype=torch.float64)
    bottom = bowl.bottom(factors)
    assert bowl.curvatures(factors)[0] == pytest.approx(0.01, rel=0.1)
    assert abs(run.w[-1, 1] - bottom[1]) < 0.3
    assert run.w[-1, 0] < 0.15 * bottom[0]


def test_a_feature_times_ten_diverges(lesson: Lesson, trace: Trace) -> None:
    run = pitfalls.run_on(trace, pitfalls.rescaled(trace, 10.0), lesson.lr)
    assert not torch.isfinite(run.w[-1]).all()


def test_standardized_features_make_it_land(lesson: Lesson, trace: Trace) -> None:
    small = pitfalls.rescaled(trace, 0.1)
    X = standardize(small[0])
    assert X.mean(0).abs().max() < 1e-5
    assert X.std(0).tolist() == pytest.approx([1, 1], abs=1e-5)
    run = pitfalls.run_on(trace, (X, trace.labels), lesson.lr)
    bottom = rescaled_bowl((X, trace.labels)).lowest
    assert (run.w[-1] - bottom).abs().max() < 0.02
    assert torch.allclose(X, standardize(trace.features), atol=1e-4)


def test_the_bowl_is_that_of_the_data_in_their_units(trace: Trace) -> None:
    bowl = rescaled_bowl((trace.features, trace.labels))
    measured = rescaled_bowl(pitfalls.rescaled(trace, 0.1))
    factors = torch.tensor([0.1, 1.0], dtype=torch.float64)
    assert measured.lowest.tolist() == pytest.approx(bowl.bottom(factors).tolist(), rel=1e-4)
    ring = bowl.ring(2.0, factors)
    assert all(bowl.climb(w, factors) == pytest.approx(2.0) for w in ring[::40])


def test_a_rebound_name_moves_nothing(lesson: Lesson, trace: Trace) -> None:
    run = pitfalls.rebound_run(trace, lesson.lr)
    assert (run.w == trace.w[0]).all()
    assert (run.b == trace.b[0]).all()
    assert torch.allclose(pitfalls.lost_step(trace, lesson.lr), trace.w[1], atol=1e-6)
