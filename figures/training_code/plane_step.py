"""The plane that the parameters place in the cloud, step by step."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    LEFT,
    UP,
    Animation,
    AnimationGroup,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    linear,
)

from figures.training_code.parameter_blocks import BLOCK_GAP, ParameterBlocks
from linreg.study.iteration import iterate
from visuals.layout import Slot
from visuals.plane_in_cloud import DIMMED, PlaneInCloud
from visuals.readout import Readout
from visuals.theme import theme
from visuals.typography import Words


class PlaneStep:
    """The plane in the cloud below the blocks of its parameters, step by step.

    Parameters
    ----------
    blocks
        The parameters.
    room
        The room for the cloud.
    counted
        A word for a step.

    Attributes
    ----------
    counter
        The word, and the number of steps below it, beside the blocks once they are in a row.
    """

    def __init__(self, blocks: ParameterBlocks, room: Slot, counted: Words) -> None:
        self.blocks, self.trace = blocks, blocks.trace
        w1, w2, b = blocks.parameters
        self.plane = PlaneInCloud(room, self.trace.features, self.trace.labels, (w1, w2), b)
        self.step = ValueTracker(1)
        self.number = Readout(self.step.get_value, 0, color=theme.INK)
        self.counted = counted
        self.counter = VGroup(counted, self.number)

    def stand_counter(self) -> VGroup:
        """Stand the counter at the end of the blocks' row."""
        title, first = self.blocks.w.title, self.blocks.w.rows[0]
        word = self.counted
        word.shift(UP * (title.baseline - word.baseline))
        word.set_x(self.blocks.row_end + BLOCK_GAP, direction=LEFT)
        self.number.set_y(first.get_y()).set_x(word.get_x())
        return self.counter

    def run_lines(self, step: int, seconds: float) -> Iterator[list[Animation]]:
        """Play the five lines of a step in the cloud, each in so many seconds."""
        plane, one = self.plane, iterate(self.trace, step)
        self.step.set_value(step + 1)
        plane.mark(self.trace.batches[step].tolist())
        yield [plane.dim_cloud(DIMMED, seconds)]
        yield [plane.show_predictions(run_time=seconds)]
        yield [plane.show_errors(run_time=seconds)]
        yield [self.blocks.fill_gradients(one, seconds)]
        yield [
            self.blocks.step_to(step + 1, seconds),
            self.blocks.zero_gradients(seconds),
            plane.hide_errors(seconds),
        ]

    def walk(self, last: int, run_time: float) -> Animation:
        """Take all steps up to one, which is counted from one; the cloud lights up."""
        first = int(self.step.get_value())

        def at(_: Mobject, share: float) -> None:
            now = first + round(share * (last - first))
            self.step.set_value(now)
            self.blocks.put(now)
            self.plane.mark(self.trace.batches[now - 1].tolist())

        steps = UpdateFromAlphaFunc(self.step, at, run_time=run_time, rate_func=linear)
        return AnimationGroup(steps, self.plane.light_cloud())
