"""The drawn graph is the recorded one; bars and the chain of gradients tell their numbers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import Scene
from manim.utils.family import extract_mobject_family_members
from torch import Tensor

from figures.computation_graph.columns import Column
from figures.computation_graph.gradient_sum import GradientSum
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.nodes import OperationNode
from figures.computation_graph.tensors import Tensors
from figures.computation_graph.unzeroed_run import UnzeroedRun
from linreg.lesson_file import check_lesson, load_lesson
from linreg.study.computation_graph import recorded_graph
from linreg.study.recording import train
from visuals.layout import body
from visuals.plots import Points
from visuals.typography import Words

LESSON = load_lesson()


def tensors(**values: object) -> Tensors:
    lesson = check_lesson({**LESSON.model_dump(), **values})
    drawn = RecordedGraph(body(), recorded_graph(train(lesson)))
    return Tensors(drawn, (Words("total loss"), Words("gradient")))


def lengths(column: Column) -> Points:
    """Read off how long the bars are, signed, in scene units."""
    bars = [part for group in column.others for part in [group]] + [column.followed]
    points = np.vstack([bar.points for bar in bars])
    return np.asarray(points[3::4, 0] - points[::4, 0])


def test_an_arrow_is_drawn_for_each_input_that_is_recorded() -> None:
    drawn = tensors().drawn
    assert set(drawn.nodes) == {"w", "b", *drawn.graph.names}
    pairs = {("w", "MmBackward0"), ("b", "AddBackward0"), *pairwise(drawn.graph.names)}
    assert set(drawn.arrows) == pairs


def test_nodes_stand_in_the_order_of_the_operations() -> None:
    drawn = tensors().drawn
    x = [drawn.nodes[name].get_x() for name in ("w", *drawn.graph.names)]
    assert x == sorted(x)


@pytest.mark.parametrize("batch_size", [1, 10, 64])
def test_bars_are_as_long_as_their_numbers(batch_size: int) -> None:
    drawn = tensors(batch_size=batch_size)
    error = drawn.graph.operation("SubBackward0").value.flatten()[:10].numpy()
    for column in (drawn.errors, drawn.gradients):
        seen = lengths(column)
        np.testing.assert_allclose(seen / seen[-1], error / error[-1], rtol=1e-4)
    assert column.followed.width <= drawn.drawn.places.width + 1e-6


def test_products_are_gradients_times_features_on_the_same_scale() -> None:
    drawn = tensors()
    features = drawn.graph.operation("MmBackward0").kept["self"]
    assert isinstance(features, Tensor)
    gradients = lengths(drawn.gradients)
    for column, feature in zip(drawn.products, features.T, strict=True):
        np.testing.assert_allclose(lengths(column), gradients * feature.numpy(), rtol=1e-3)


@pytest.mark.parametrize("name", ["PowBackward0", "DivBackward0", "SumBackward0"])
def test_parts_of_a_multiplication_stand_in_order_above_their_names(name: str) -> None:
    names = [Words("arrives"), Words("slope"), Words("goes on")]
    product = tensors().multiplication(name, names)
    assert product.given.get_right()[0] < product.made.get_left()[0]
    for word, after in pairwise(product.names):
        assert word.get_right()[0] + 0.1 < after.get_left()[0]
    assert product.names.get_top()[1] < product.equation.get_bottom()[1]


def test_letters_of_the_nodes_stand_on_one_line() -> None:
    nodes = [node for node in tensors().drawn.operations if isinstance(node, OperationNode)]
    lines = [node.label.baseline for node in nodes]
    np.testing.assert_allclose(lines, lines[0], atol=1e-6)


def test_a_pulse_leaves_the_labels_over_their_boxes() -> None:
    scene, drawn = Scene(), tensors().drawn
    scene.add(drawn)
    scene.add_mobjects_from_animations([drawn.pulse()])
    order = extract_mobject_family_members(scene.mobjects)
    for node in drawn.operations:
        assert order.index(node.box) < order.index(node.label)


def test_a_number_stands_beside_its_bar() -> None:
    drawn = tensors()
    for label, column in (
        (drawn.error_label, drawn.errors),
        (drawn.gradient_label, drawn.gradients),
    ):
        bar = column.followed
        assert label.get_left()[0] > bar.get_right()[0]
        assert abs(label[-1].get_y() - bar.get_y()) < 1e-6


def test_arrows_lie_on_the_wire_until_others_lead_back() -> None:
    drawn = tensors().drawn
    on_wire = [arrow for ends, arrow in drawn.arrows.items() if "b" not in ends]
    wire = drawn.places.stop(0)[1]
    np.testing.assert_allclose([arrow.get_y() for arrow in on_wire], wire, atol=1e-6)


def tip(chain: GradientSum) -> Points:
    return np.asarray(chain.last.start + chain.last.vector)


def test_the_chain_ends_where_the_sum_does_straight_or_not() -> None:
    told = UnzeroedRun(body(), LESSON, Words("bottom"), Words("step"), Words("sum"))
    chain = told.chain
    chain.count.set_value(told.first)
    ends = []
    for straight in (0.0, 0.5, 1.0):
        chain.straight.set_value(straight)
        ends.append(tip(chain.follow()))
    total = told.run.trace.grad_w[told.first - 1].double().numpy()
    expected = told.run.start - chain.unit * total
    np.testing.assert_allclose(ends, [expected] * 3, rtol=1e-4)


def test_the_step_goes_along_the_chain() -> None:
    told = UnzeroedRun(body(), LESSON, Words("bottom"), Words("step"), Words("sum"))
    for step in (0, 4, 8):
        told.run.step.set_value(step)
        told.chain.count.set_value(step + 1)
        way = tip(told.chain.follow()) - told.chain.here
        moved = told.run.weights[step + 1] - told.run.weights[step]
        np.testing.assert_allclose(moved / way, [LESSON.lr / told.chain.unit] * 2, rtol=1e-3)


def test_the_map_holds_the_ends_of_all_arrows() -> None:
    told = UnzeroedRun(body(), LESSON, Words("bottom"), Words("step"), Words("sum"))
    view = told.weight_map.view
    told.chain.straight.set_value(1)
    for step in range(told.run.num_steps):
        told.run.step.set_value(step)
        told.chain.count.set_value(step + 1)
        end = tip(told.chain.follow())
        assert (view.low[:2] <= end).all()
        assert (end <= view.high[:2]).all()
