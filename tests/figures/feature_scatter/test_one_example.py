"""One example far from the middle: nothing leaves the plot, and no label lies on another."""

from __future__ import annotations

import pytest

from figures.feature_scatter.bracket import Bracket
from figures.feature_scatter.case import Case, case_of, edge_on_case
from figures.feature_scatter.feature_plot import FeaturePlot
from figures.feature_scatter.strip import Strip
from linreg.lesson_file import check_lesson, load_lesson
from linreg.study.recording import train
from linreg.study.trace import Trace
from visuals.layout import Slot
from visuals.typography import Words

SLOT = Slot(-6, 2, -3, 2.5)


def run(**values: object) -> Trace:
    alone = {"num_examples": 1, "batch_size": 1}
    return train(check_lesson({**load_lesson().model_dump(), **alone, **values}))


@pytest.fixture(params=[-300.0, 0.0, 300.0])
def plot(request: pytest.FixtureRequest) -> FeaturePlot:
    return FeaturePlot(run(true_b=request.param, true_w=[50.0, -0.01]), 0, SLOT)


def test_one_example_is_a_case_of_its_own() -> None:
    assert case_of(run(), 0) is Case.ONE_EXAMPLE
    assert case_of(run(true_w=[0.0, 0.0]), 1) is Case.ONE_EXAMPLE
    assert case_of(run(num_examples=2), 0) is not Case.ONE_EXAMPLE


def test_loud_noise_is_seen_edge_on_without_a_weight_too() -> None:
    many = {"num_examples": 50, "batch_size": 5, "true_w": [-0.01, 0.0]}
    for noise_std, seen in ((5.0, True), (0.0, False)):
        trace = run(**many, noise_std=noise_std)
        case = edge_on_case(trace, case_of(trace, 0), noise_std)
        assert (case is Case.WIDE_NOISE) is seen


def test_the_strip_stays_in_its_plot(plot: FeaturePlot) -> None:
    band = Strip(plot).band
    assert band.get_left()[0] >= plot.chart.at(plot.chart.x_range[0], 0)[0] - 1e-6
    assert band.get_right()[0] <= plot.chart.at(plot.chart.x_range[1], 0)[0] + 1e-6


def test_the_label_of_a_hair_is_clear_of_it_and_of_the_lines_name(plot: FeaturePlot) -> None:
    bracket = Bracket(plot, lambda: 0.0, Words("spread"), 2)
    name, label, rule = plot.line_name(), bracket.label, bracket.rule
    assert label.get_bottom()[1] > rule.get_top()[1] or label.get_top()[1] < rule.get_bottom()[1]
    apart = (
        name.get_right()[0] < label.get_left()[0]
        or name.get_bottom()[1] > label.get_top()[1]
        or name.get_top()[1] < label.get_bottom()[1]
    )
    assert apart
