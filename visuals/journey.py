"""One minibatch on its way round the ring: what it is at each station, at any step of the run."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import (
    Animation,
    AnimationGroup,
    Line,
    ManimColor,
    Restore,
    ValueTracker,
    VMobject,
)

from fastcairo import DotCloud
from linreg.model import linreg
from linreg.training import Trace
from visuals.cloud import Cloud
from visuals.layout import Slot
from visuals.pipeline import Station
from visuals.plots import Chart, Points, padded
from visuals.ring import Ring
from visuals.squares import ResidualSquares
from visuals.theme import Dim, Dot, theme

MOST_SHOWN = 12
"""Of a larger batch only so many examples are drawn."""

ABOVE_RING = 1
"""Depth of what is drawn in the windows: the ring is drawn anew when it changes colour."""

PILE_STEP = 0.2
PILE_ROWS = 2


class Journey:
    """The pictures of the first minibatch, each in its station's window.

    Parameters
    ----------
    trace
        The run.
    ring
        Where the pictures are shown.

    Attributes
    ----------
    step
        The step whose parameters the pictures show.
    points, predictions, squares, arrow, line
        What the batch is at each station.
    before
        The line as it was before the first step.
    """

    def __init__(self, trace: Trace, ring: Ring) -> None:
        self.trace, self.ring = trace, ring
        rows = trace.batches[0][:MOST_SHOWN]
        self.features = trace.features[rows]
        self.x = self.features[:, 0].numpy()
        self.y = trace.labels[rows].flatten().numpy()
        self.step = ValueTracker(0)
        charts = {station: self._chart(station) for station in Station}
        self.points = Cloud(charts[Station.DATA], self.x, self.y, Dot.SAMPLE)
        self.predictions = Cloud(
            charts[Station.MODEL], self.x, self.y_hat(), Dot.SAMPLE, theme.MODEL
        )
        self.squares = ResidualSquares(charts[Station.LOSS], self.x, self.y, self.y_hat)
        self.arrow = GradientArrow(ring.stops[Station.GRADIENT].window, self.gradient())
        self.whole = charts[Station.UPDATE]
        self.close_up = self._close_up()
        self.before = self.close_up.line(*self.weight_and_bias(0)).set_stroke(opacity=Dim.SOFT)
        self.line = self.close_up.line(*self.weight_and_bias(1))
        self.pictures = {
            Station.DATA: self.points,
            Station.MODEL: self.predictions,
            Station.LOSS: self.squares,
            Station.GRADIENT: self.arrow,
            Station.UPDATE: self.line,
        }
        for picture in (*self.pictures.values(), self.before):
            picture.set_z_index(ABOVE_RING)

    # What the run says

    def y_hat(self) -> npt.NDArray[np.float64]:
        """Return the predictions at the step of now, shape (n,)."""
        w, b = self.trace.params(self._index())
        return np.asarray(linreg(self.features, w, b).flatten(), dtype=float)

    def weight_and_bias(self, step: int) -> tuple[float, float]:
        """Return slope and intercept of the line of feature one."""
        return self.trace.w[step, 0].item(), self.trace.b[step].item()

    def gradient(self) -> npt.NDArray[np.float64]:
        """Return the gradient's components of that weight and the bias, shape (2,)."""
        step = min(self._index(), self.trace.num_steps - 1)
        return np.array([self.trace.grad_w[step, 0].item(), self.trace.grad_b[step].item()])

    # What moves

    def pack(self, cloud: Cloud, leaving: Station, color: ManimColor | None = None) -> DotCloud:
        """Return a pile of as many dots, where the arrow starts that leaves a station."""
        pile = pile_at(cloud, self.ring.ways[leaving].get_start())
        return pile if color is None else pile.set_stroke(color)

    def focus(self, station: Station) -> Animation:
        """Light a station of the ring; dim the others and their pictures."""
        dimmed: list[Animation] = []
        for past in list(Station)[: list(Station).index(station)]:
            picture = self.pictures[past]
            if not hasattr(picture, "saved_state"):
                picture.save_state()
                dimmed.append(picture.animate.fade(1 - Dim.SOFT).build())
        return AnimationGroup(self.ring.focus(station), *dimmed)

    def relax(self) -> Animation:
        """Light all stations, and every picture that was dimmed."""
        dimmed = [p for p in self.pictures.values() if hasattr(p, "saved_state")]
        return AnimationGroup(self.ring.relax(), *map(Restore, dimmed))

    def zoom_out(self) -> Line:
        """Return the line as it is on the scale of the labels."""
        return self.whole.line(*self.weight_and_bias(1))

    def follow(self) -> Self:
        """Let every picture follow the step from now on."""
        self.predictions.add_updater(
            lambda cloud: cloud.set_positions(cloud.chart.at(self.x, self.y_hat()))
        )
        self.squares.tracked()
        self.arrow.add_updater(lambda arrow: arrow.point(self.gradient()))
        self.line.add_updater(
            lambda line: self.whole.put_line(line, *self.weight_and_bias(self._index()))
        )
        return self

    # Parts

    def _index(self) -> int:
        return round(self.step.get_value())

    def _chart(self, station: Station) -> Chart:
        """Return the plane of a window, on one scale for all; its axes are not drawn."""
        y = padded(np.concatenate([self.y, self.y_hat()]), share=0.12)
        return Chart(self.ring.stops[station].window, padded(self.x, share=0.12), y, ticks=0)

    def _close_up(self) -> Chart:
        """Return a plane on which the line of two steps just fits."""
        x = self.whole.x_range
        ends = [b + w * at for w, b in map(self.weight_and_bias, (0, 1)) for at in x]
        y = padded(ends, share=0.6, least=1e-3)
        return Chart(self.ring.stops[Station.UPDATE].window, x, y, ticks=0)


class GradientArrow(VMobject):
    """An arrow in the middle of a slot.

    Parameters
    ----------
    slot
        Its room.
    first
        The gradient that is shown first, shape (2,): it sets the scale. A longer one than fits
        is drawn as long as fits.
    """

    WIDTH = 0.07
    HEAD = 0.26
    FIRST = 0.8
    """Length of the first arrow, as a share of the slot's height."""

    def __init__(self, slot: Slot, first: npt.NDArray[np.float64]) -> None:
        self.slot = slot
        self.longest = max(float(np.hypot(*first)) / self.FIRST, 1e-12)
        super().__init__(stroke_width=0, fill_color=theme.GRADIENT, fill_opacity=1)
        self.point(first)

    def point(self, gradient: npt.NDArray[np.float64]) -> Self:
        """Show a gradient, shape (2,); one that is not finite, or nothing, is not shown."""
        size = float(np.hypot(*gradient))
        length = self.slot.height * min(size / self.longest, 1.0) if np.isfinite(size) else 0.0
        along = np.array([*gradient, 0.0]) / size if length > 0 else np.zeros(3)
        across = np.array([-along[1], along[0], 0.0])
        tail = self.slot.center - along * length / 2
        tip = self.slot.center + along * length / 2
        head = min(self.HEAD, length / 2)
        neck, half = tip - along * head, across * head / 2
        side = across * min(self.WIDTH, head / 2) / 2
        self.set_points_as_corners(
            [tail - side, neck - side, neck - half, tip, neck + half, neck + side, tail + side]
        )
        return self


def pile_at(cloud: DotCloud, center: Points) -> DotCloud:
    """Return a copy of a cloud, its dots in a pile."""
    rows = min(PILE_ROWS, cloud.count)
    columns = -(-cloud.count // rows)
    places = np.array([[k % columns, -(k // columns), 0.0] for k in range(cloud.count)])
    middle = np.array([columns - 1, 1 - rows, 0.0]) / 2
    pile = cloud.copy().set_z_index(ABOVE_RING)
    pile.set_positions((places - middle) * PILE_STEP + center)
    return pile
