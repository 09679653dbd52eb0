"""The plane of a run in the cloud, at the step of now."""

from __future__ import annotations

from manim import ValueTracker

from linreg.study.pitfalls import FaultyRun
from linreg.study.trace import Trace
from visuals.formula import formula
from visuals.layout import Slot
from visuals.plane_in_cloud import PlaneInCloud
from visuals.readout import Readout
from visuals.roles import ROLES_IN_TRAINING
from visuals.run import AtStep
from visuals.theme import theme
from visuals.typography import Words

COUNTED = (88, 12)
"""Shares of the plane and of the number of its steps below it."""


class CountedPlane:
    """The plane of a run above the number of steps that were taken.

    Parameters
    ----------
    slot
        The room for both.
    trace
        The examples.
    run
        The run.
    name
        What is counted.

    Attributes
    ----------
    step
        Tracker of the number of steps taken.
    plane, counter
        Its parts.
    """

    def __init__(self, slot: Slot, trace: Trace, run: FaultyRun | Trace, name: Words) -> None:
        above, below = slot.stacked(*COUNTED)
        self.step, self.num_steps = ValueTracker(0), run.num_steps
        self.plane = run_plane(above, trace, self.step, run)
        counter = Readout(self.step.get_value, 0, name, color=theme.INK)
        self.counter = below.place(counter, shrink=False)


def run_plane(slot: Slot, trace: Trace, step: ValueTracker, run: FaultyRun | Trace) -> PlaneInCloud:
    """Return the examples of a trace and the plane of a run, which follows the step."""
    w1, w2 = (AtStep(step, run.w[:, column]) for column in range(2))
    return PlaneInCloud(slot, trace.features, trace.labels, (w1, w2), AtStep(step, run.b))


def weight_readouts(plane: PlaneInCloud) -> list[Readout]:
    """Return readouts of both weights of a plane."""
    return [
        Readout(tracker.get_value, 2, formula(f"{{{{ w_{number} : w }}}} =", ROLES_IN_TRAINING))
        for number, tracker in enumerate((plane.w1, plane.w2), start=1)
    ]
