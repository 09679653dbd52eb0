from __future__ import annotations

import numpy as np
import pytest

from figures.pipeline_overview.trained_plane import MOST_MARKED, TrainedPlane
from linreg.lesson_file import check_lesson, load_lesson
from linreg.study.losses import mean_loss
from linreg.study.recording import train
from linreg.study.trace import Trace
from visuals.layout import Slot, body


def run(**values: object) -> Trace:
    return train(check_lesson({**load_lesson().model_dump(), **values}))


@pytest.fixture(scope="module")
def plane() -> TrainedPlane:
    return TrainedPlane(body(), run())


def at_step(plane: TrainedPlane, step: float) -> TrainedPlane:
    plane.step.set_value(step)
    return plane.follow()


@pytest.mark.parametrize("step", [1, 2, 299, 300])
def test_after_a_step_the_plane_has_its_parameters(plane: TrainedPlane, step: int) -> None:
    at_step(plane, step)
    w, b = plane.trace.params(step)
    assert plane.parameters == pytest.approx([*w.flatten().tolist(), b.item()])
    assert plane.step_number == step - 1
    assert plane.rows.tolist() == plane.trace.batches[step - 1].tolist() or step == 1


def test_the_first_step_changes_the_loss_of_its_own_batch(plane: TrainedPlane) -> None:
    trace = plane.trace
    assert at_step(plane, 0).loss() != plane.trace.loss[1].item()
    rows = trace.batches[0]
    after = mean_loss((trace.features[rows], trace.labels[rows]), *trace.params(1))
    assert at_step(plane, 1).loss() == after.item()
    assert at_step(plane, 1.5).loss() == trace.loss[1].item()


@pytest.mark.parametrize("lr", [2.5, 30.0])
def test_the_sheet_of_a_diverging_run_stays_in_its_box(lr: float) -> None:
    plane = TrainedPlane(body(), run(lr=lr, num_examples=500))
    at_step(plane, plane.trace.num_steps)
    corners = plane.sheet.corners(plane.parameters)
    assert (corners >= plane.view.low - 1e-6).all()
    assert (corners <= plane.view.high + 1e-6).all()
    assert np.isfinite(plane.sheet.fill.points).all()


def test_the_box_of_the_batch_holds_its_labels_and_predictions() -> None:
    plane = TrainedPlane(body(), run(num_examples=7, batch_size=3))
    plane.closed_in.set_value(1)
    plane.follow()
    rows = plane.trace.batches[0].numpy()
    examples = plane.examples[rows]
    both = np.vstack([examples, np.column_stack([examples[:, :2], plane.predict(examples[:, :2])])])
    assert (both >= plane.view.low).all()
    assert (both <= plane.view.high).all()


def test_drawn_back_it_is_as_one_that_was_made_for_its_last_slot() -> None:
    trace, slot = run(num_examples=20), Slot(-2, 6, -3, 2.5)
    plane = TrainedPlane(Slot(-2, 6, -2, 2.5), trace, slot)
    plane.grown.set_value(1)
    plane.follow()
    assert plane.at(0, 0, 0) == pytest.approx(TrainedPlane(slot, trace).at(0, 0, 0))


def test_a_large_batch_pours_into_the_mean_of_all_its_squares() -> None:
    trace = run(num_examples=200, batch_size=100)
    plane = TrainedPlane(body(), trace)
    squares = plane.mark(plane.batch).error_squares(plane.batch)
    assert len(squares) == MOST_MARKED
    pour = plane.pour_into(body(), squares)
    mean = 2 * trace.loss[0].item() * plane.view.scale[2] ** 2
    assert pour.mean_area == pytest.approx(mean, rel=1e-4)


@pytest.mark.parametrize("batch_size", [1, 10, 100])
def test_squares_are_never_made_smaller_to_pour(batch_size: int) -> None:
    strip = Slot(-6, -2, -3, -0.5)
    plane = TrainedPlane(body(), run(num_examples=200, batch_size=batch_size), strip=strip)
    plane.closed_in.set_value(1)
    squares = plane.mark(plane.batch).error_squares(plane.batch)
    assert plane.pour_into(strip, squares).zoom >= 1


def test_no_axis_is_longer_in_the_box_of_the_batch() -> None:
    for rows in ({"num_examples": 1, "batch_size": 1}, {"num_examples": 3, "batch_size": 2}):
        plane = TrainedPlane(body(), run(**rows))
        far = plane.view.high[:2].copy()
        plane.closed_in.set_value(1)
        plane.follow()
        assert (plane.view.high[:2] <= far + 1e-9).all()
