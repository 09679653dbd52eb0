"""A run as its parameters at every step, and trackers that go along with the step."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import ValueTracker

from linreg.study.loss_surface import LossSurface, loss_surface
from linreg.study.trace import Trace
from visuals.plots import Points

FIRST_STEPS = 10
"""Steps that are shown one by one."""


class AtStep(ValueTracker):
    """A parameter at the step of now; between two steps it is on its way.

    Parameters
    ----------
    step
        Tracker of the number of steps taken.
    values
        The parameter before every step and after the last, shape (steps + 1,).
    """

    def __init__(self, step: ValueTracker, values: npt.ArrayLike) -> None:
        self.step, self.values = step, np.asarray(values, dtype=float)
        self.numbers: list[float] = self.values.tolist()
        super().__init__()

    def get_value(self) -> float:
        """Return the parameter now."""
        step, last = float(self.step.get_value()), len(self.numbers) - 1
        if not 0 < step < last:
            return self.numbers[last if step > 0 else 0]
        before = int(step)
        start, end = self.numbers[before : before + 2]
        return (end - start) * (step - before) + start


class Run:
    """Part of a training run that map and plane show, as far as its parameters are finite.

    Attributes
    ----------
    step
        Tracker of the number of steps taken.
    weights
        Before every step and after the last, shape (steps + 1, 2).
    w1, w2, b
        Trackers of the parameters at the step of now.
    surface
        The loss of all examples.
    """

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        table = np.column_stack([trace.w.double().numpy(), trace.b.double().numpy()])
        finite = np.isfinite(table).all(axis=1)
        table = table[: len(table) if finite.all() else int(finite.argmin())]
        self.weights, self.biases = table[:, :2], table[:, 2]
        self.step = ValueTracker(0)
        self.w1, self.w2, self.b = (AtStep(self.step, column) for column in table.T)
        self.surface: LossSurface = loss_surface((trace.features, trace.labels))

    @property
    def start(self) -> Points:
        """The weights before the first step, shape (2,)."""
        return np.asarray(self.weights[0])

    @property
    def num_steps(self) -> int:
        """Number of steps with finite parameters after them."""
        return len(self.weights) - 1

    @property
    def first_steps(self) -> int:
        """Number of steps that are shown one by one."""
        return min(FIRST_STEPS, self.num_steps)

    @property
    def uphill(self) -> Points:
        """The gradient of all examples for the weights, at the start, shape (2,)."""
        gradient, _ = self.surface.gradient(self.trace.w[0].double(), self.trace.b[0].item())
        return np.asarray(gradient.numpy())

    def batch_gradient(self, step: int) -> Points:
        """Return the gradient of the batch of a step for the weights, shape (2,)."""
        return np.asarray(self.trace.grad_w[step].double().numpy())

    def lowest(self, step: int = 0) -> Points:
        """Return the weights of least loss at the bias of a step, shape (2,)."""
        return np.asarray(self.surface.lowest(float(self.biases[step])).numpy())
