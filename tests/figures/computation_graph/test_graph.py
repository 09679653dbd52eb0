"""The drawn graph is the recorded one; bars and the chain of gradients tell their numbers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import Scene
from manim.utils.family import extract_mobject_family_members

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
    return Tensors(RecordedGraph(body(), recorded_graph(train(lesson))))


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
    for column in (drawn.values["SubBackward0"], drawn.gradients["SubBackward0"]):
        seen = lengths(column)
        np.testing.assert_allclose(seen / seen[-1], error / error[-1], rtol=1e-4)
    assert column.followed.width <= drawn.drawn.places.width + 1e-6


def test_a_half_is_half_as_long_as_a_one() -> None:
    drawn = tensors()
    ones, halves = (lengths(drawn.gradients[name]) for name in ("DivBackward0", "PowBackward0"))
    np.testing.assert_allclose(halves, ones / 2, rtol=1e-4)
    squares, losses = (lengths(drawn.values[name]) for name in ("PowBackward0", "DivBackward0"))
    np.testing.assert_allclose(losses, squares / 2, rtol=1e-4)


def test_errors_and_gradients_have_one_scale() -> None:
    drawn = tensors()
    errors = lengths(drawn.values["SubBackward0"])
    ones = lengths(drawn.gradients["DivBackward0"])
    error = drawn.graph.operation("SubBackward0").value.flatten()[:10][-1]
    np.testing.assert_allclose(errors[-1] / ones[-1], float(error), rtol=1e-4)


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


def test_a_number_stands_below_its_bar() -> None:
    drawn = tensors()
    for labels, columns in (
        (drawn.value_labels, drawn.values),
        (drawn.gradient_labels, drawn.gradients),
    ):
        for name, label in labels.items():
            bar = columns[name].followed
            assert label.get_left()[0] < bar.get_x() < label.get_right()[0]
            assert 0 < bar.get_bottom()[1] - label.get_top()[1] < 0.3


def test_arrows_lie_on_the_wire_until_others_lead_back() -> None:
    drawn = tensors().drawn
    on_wire = [arrow for ends, arrow in drawn.arrows.items() if "b" not in ends]
    wire = drawn.places.stop(0)[1]
    np.testing.assert_allclose([arrow.get_y() for arrow in on_wire], wire, atol=1e-6)


def tip(chain: GradientSum) -> Points:
    return np.asarray(chain.last.start + chain.last.vector)


def test_the_chain_ends_where_the_sum_does_straight_or_not() -> None:
    told = UnzeroedRun(body(), LESSON, Words("bottom"), Words("step"))
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
    told = UnzeroedRun(body(), LESSON, Words("bottom"), Words("step"))
    for step in (0, 4, 8):
        told.run.step.set_value(step)
        told.chain.count.set_value(step + 1)
        way = tip(told.chain.follow()) - told.chain.here
        moved = told.run.weights[step + 1] - told.run.weights[step]
        np.testing.assert_allclose(moved / way, [LESSON.lr / told.chain.unit] * 2, rtol=1e-3)
