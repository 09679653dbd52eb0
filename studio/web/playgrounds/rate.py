"""Descent at any of many learning rates, on the map of the loss."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import torch

from linreg.lesson import Lesson
from linreg.study.descent import curvatures, step_factor
from linreg.study.loss_surface import loss_surface
from linreg.study.trace import Trace
from studio.web.playgrounds.axes import SHAPE, Axes, shown
from visuals.numbers import Num, as_typed

DIGITS = (1, 1.5, 2, 2.5, 3, 4, 5, 7)
"""Learning rates that can be chosen, times powers of ten."""

SLOWEST, FASTEST = 1e-3, 1.6
"""The least and the greatest of them, in rates at the limit of stability."""

REACH, LEAST_REACH = 1.25, 0.5
"""Half the height of the map, in distances of what it must hold, and the least of these."""

NUM_RINGS = 12

FLATTEST = 1e-6
"""Least curvature of the rings, as a share of the greatest."""


@dataclass(frozen=True)
class RatePlayground:
    """Descent with all examples, from the start of the run, on the map of the loss.

    Attributes
    ----------
    triangle
        Rows of an upper triangle T, each from its diagonal on: the loss is |T v|^2 / n with
        v = (w1, w2, b, -1), and never below zero.
    examples
        Their number n.
    start
        Weights and bias before the first step.
    truth
        The true weights.
    rates, typed, choice
        Learning rates to choose from, the same as text, and the number of the lesson's own.
    curvature
        The largest curvature of the loss.
    lowest
        Weights of least loss at a bias of zero, and their change for each unit of the bias.
    rings
        Angle in degrees and half axes of the ring where the loss is one above its floor.
    levels
        Losses of the rings.
    map
        Axes of the weights.
    """

    triangle: list[list[float]]
    examples: int
    start: list[float]
    truth: list[float]
    rates: list[float]
    typed: list[str]
    choice: int
    curvature: float
    lowest: list[list[float]]
    rings: dict[str, Any]
    levels: list[float]
    map: Axes

    @property
    def data(self) -> dict[str, Any]:
        """Numbers that the script computes with."""
        return asdict(self)

    def loss(self, w1: float, w2: float, b: float) -> float:
        """Return the loss of all examples."""
        v = (w1, w2, b, -1.0)
        rows = [zip(row, v[i:], strict=True) for i, row in enumerate(self.triangle)]
        return sum(sum(t * at for t, at in row) ** 2 for row in rows) / self.examples

    @property
    def ellipses(self) -> list[dict[str, float]]:
        """The rings at the bias of the start, in pixels."""
        b, unit = self.start[2], self.map.x(1) - self.map.x(0)
        center = [at + b * change for at, change in zip(*self.lowest, strict=True)]
        floor = self.loss(center[0], center[1], b)
        sizes = [unit * math.sqrt(max(0.0, level - floor)) for level in self.levels]
        rx, ry = self.rings["radii"]
        cx, cy = self.map.x(center[0]), self.map.y(center[1])
        return [{"cx": cx, "cy": cy, "rx": rx * size, "ry": ry * size} for size in sizes]

    @property
    def readouts(self) -> list[str]:
        """Steps, loss, weights, bias and factor of the lesson's own rate as text."""
        factor = step_factor(self.rates[self.choice], self.curvature)
        return ["0", *map(shown, (self.loss(*self.start), *self.start)), str(Num(factor, 2))]


def rate_playground(trace: Trace, lesson: Lesson) -> RatePlayground:
    """Return the descent with all examples of a run."""
    surface = loss_surface((trace.features, trace.labels))
    curvature = curvatures(trace.features)[-1].item()
    rates = sorted({*rates_about(2 / curvature), lesson.lr})
    start = [*trace.w[0].tolist(), trace.b[0].item()]
    lowest = surface.lowest(0.0)
    axes = _map(list(lesson.true_w), [start[:2], lowest.tolist()])
    corners = [[w1, w2] for w1 in axes.across for w2 in axes.up]
    top = surface.losses(torch.tensor(corners, dtype=torch.float64), start[2]).max().item()
    values, vectors = torch.linalg.eigh(surface.second)
    least = max(FLATTEST * values[-1].item(), 1e-12)
    return RatePlayground(
        triangle=triangle(trace),
        examples=len(trace.labels),
        start=start,
        truth=list(lesson.true_w),
        rates=rates,
        typed=[str(as_typed(rate)) for rate in rates],
        choice=rates.index(lesson.lr),
        curvature=curvature,
        lowest=[lowest.tolist(), (surface.lowest(1.0) - lowest).tolist()],
        rings={
            "angle": math.degrees(math.atan2(vectors[1, 0], vectors[0, 0])),
            "radii": (2 / values.clamp(min=least)).sqrt().tolist(),
        },
        levels=[top * (k / NUM_RINGS) ** 2 for k in range(1, NUM_RINGS + 1)],
        map=axes,
    )


def rates_about(limit: float) -> list[float]:
    """Return rates of two digits from a thousandth of a limit to beyond it."""
    powers = range(math.floor(math.log10(SLOWEST * limit)), math.ceil(math.log10(2 * limit)) + 1)
    rates = [float(f"{digit:g}e{power}") for power in powers for digit in DIGITS]
    return [rate for rate in rates if SLOWEST * limit <= rate <= FASTEST * limit]


def triangle(trace: Trace) -> list[list[float]]:
    """Return T of a run; see :class:`RatePlayground`. It turns no square below zero."""
    ones = torch.ones(len(trace.labels), 1)
    rows = torch.cat([trace.features, ones, trace.labels], dim=1).double()
    _, upper = torch.linalg.qr(rows / math.sqrt(2), mode="r")
    return [row[i:] for i, row in enumerate(upper.tolist())]


def _map(truth: list[float], held: list[list[float]]) -> Axes:
    """Return axes about the true weights that hold others, with one scale both ways."""
    distances = [abs(a - b) for point in held for a, b in zip(point, truth, strict=True)]
    high = REACH * max(LEAST_REACH, *distances)
    return Axes(
        (truth[0] - SHAPE * high, truth[0] + SHAPE * high), (truth[1] - high, truth[1] + high)
    )
