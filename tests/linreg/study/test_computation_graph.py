"""The graph that is shown is the one that PyTorch recorded, and its gradients are those by hand."""

from __future__ import annotations

import pytest
import torch

from linreg.gradient import gradient
from linreg.lesson import Lesson
from linreg.study.batch_gradients import first_gradient
from linreg.study.computation_graph import ComputationGraph, recorded_graph
from linreg.study.iteration import iterate
from linreg.study.recording import train
from linreg.study.trace import Trace
from tests.linreg.conftest import changed

CHAIN = (
    "MmBackward0",
    "AddBackward0",
    "SubBackward0",
    "PowBackward0",
    "DivBackward0",
    "SumBackward0",
)


@pytest.fixture(scope="module")
def graph(trace: Trace) -> ComputationGraph:
    return recorded_graph(trace)


def test_each_operation_of_the_code_is_recorded_and_nothing_of_the_data(
    graph: ComputationGraph,
) -> None:
    assert graph.names == CHAIN
    assert [operation.inputs for operation in graph.operations] == [
        (None, "w"),
        ("MmBackward0", "b"),
        ("AddBackward0", None),
        ("SubBackward0",),
        ("PowBackward0", None),
        ("DivBackward0",),
    ]


def test_values_are_those_of_the_training(graph: ComputationGraph, trace: Trace) -> None:
    turn = iterate(trace, 0)
    assert torch.equal(graph.operation("AddBackward0").value, turn.y_hat)
    assert torch.equal(graph.operation("SubBackward0").value, turn.y_hat - turn.y)
    assert torch.equal(graph.operation("DivBackward0").value, turn.loss)
    assert graph.operation("SumBackward0").value == turn.loss.sum()


def test_gradients_begin_with_a_one_and_end_as_the_error(graph: ComputationGraph) -> None:
    error = graph.operation("SubBackward0").value
    expected = {
        "SumBackward0": torch.ones(1),
        "DivBackward0": torch.ones_like(error),
        "PowBackward0": torch.full_like(error, 0.5),
        "SubBackward0": error,
        "AddBackward0": error,
        "MmBackward0": error,
    }
    for name, gradient_of_result in expected.items():
        found = graph.operation(name).gradient
        torch.testing.assert_close(found.reshape(gradient_of_result.shape), gradient_of_result)


def test_two_operations_keep_what_their_slope_needs(graph: ComputationGraph, trace: Trace) -> None:
    square, product = graph.operation("PowBackward0"), graph.operation("MmBackward0")
    assert square.kept["exponent"] == 2
    assert torch.equal(torch.as_tensor(square.kept["self"]), graph.operation("SubBackward0").value)
    assert torch.equal(torch.as_tensor(product.kept["self"]), trace.features[trace.batches[0]])
    others = set(graph.names) - {"PowBackward0", "MmBackward0"}
    assert not any("self" in graph.operation(name).kept for name in others)


def test_at_b_errors_are_added_up_and_at_w_error_times_input(
    graph: ComputationGraph, trace: Trace
) -> None:
    error = graph.operation("SubBackward0").value
    X = trace.features[trace.batches[0]]
    torch.testing.assert_close(graph.grads["b"], error.sum(0))
    torch.testing.assert_close(graph.grads["w"], X.T @ error)


def test_divided_by_the_batch_size_it_is_the_gradient_by_hand(
    graph: ComputationGraph, trace: Trace
) -> None:
    rows = trace.batches[0]
    by_hand = gradient(trace.features[rows], trace.labels[rows], *trace.params(0))
    torch.testing.assert_close(graph.means, torch.cat([by_hand[0].flatten(), by_hand[1]]))
    assert torch.equal(graph.means, first_gradient(trace)[1])


def test_inside_no_grad_nothing_is_recorded(trace: Trace) -> None:
    assert recorded_graph(trace, no_grad=True).operations == ()


@pytest.mark.parametrize("batch_size", [1, 7])
def test_other_batches_have_the_same_graph(lesson: Lesson, batch_size: int) -> None:
    graph = recorded_graph(train(changed(lesson, num_examples=7, batch_size=batch_size)))
    assert graph.names == CHAIN
    assert graph.size == batch_size


def test_the_run_itself_is_left_as_it_was(trace: Trace) -> None:
    before = trace.w[0].clone()
    recorded_graph(trace)
    assert torch.equal(trace.w[0], before)
    assert not trace.w.requires_grad


def test_a_slope_is_the_derivative_of_the_operation(graph: ComputationGraph) -> None:
    error = graph.operation("SubBackward0").value
    torch.testing.assert_close(graph.slope("PowBackward0"), 2 * error)
    torch.testing.assert_close(graph.slope("DivBackward0"), torch.full_like(error, 0.5))
    torch.testing.assert_close(graph.slope("SubBackward0"), torch.ones_like(error))


def test_products_add_up_to_the_gradient_of_the_weights(graph: ComputationGraph) -> None:
    torch.testing.assert_close(graph.products.sum(0), graph.grads["w"].flatten())
