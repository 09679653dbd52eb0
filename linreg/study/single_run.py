"""The run on the data set with one feature, recorded step by step."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from numpy.random import RandomState
from torch import Tensor

from linreg.lesson import SingleFeature
from linreg.single_feature import (
    descend,
    least_squares,
    line_data,
    mse_loss,
    nudged_slope,
    predict,
    split,
)
from linreg.study.outcome import NEAR_FLOOR, Outcome, judged


@dataclass(frozen=True)
class SingleRun:
    """Everything that the run with one feature did, in float64.

    A run that diverges is recorded as it is, with inf and nan.

    Attributes
    ----------
    x_train, y_train
        Examples that are trained on, in shuffled order, shapes (num_train, 1).
    x_test, y_test
        Examples that are kept aside, shapes (num_test, 1).
    w, b
        Parameters before every step and after the last, shapes (steps + 1,).
    loss, test_loss
        Mean square over the examples for training and over those kept aside, at the same
        parameters, shapes (steps + 1,).
    grad_w, grad_b
        Gradient of ``loss`` at the same parameters, shapes (steps + 1,).
    best_w, best_b
        Parameters of the least training loss, scalars.
    """

    x_train: Tensor
    y_train: Tensor
    x_test: Tensor
    y_test: Tensor
    w: Tensor
    b: Tensor
    loss: Tensor
    test_loss: Tensor
    grad_w: Tensor
    grad_b: Tensor
    best_w: Tensor
    best_b: Tensor

    @property
    def num_steps(self) -> int:
        """Number of steps."""
        return len(self.w) - 1

    @property
    def num_train(self) -> int:
        """Number of examples that are trained on."""
        return len(self.x_train)

    def params(self, step: int) -> tuple[Tensor, Tensor]:
        """Return w and b as they were before a step, shapes (1,); -1 is after the last."""
        return self.w[step].reshape(1), self.b[step].reshape(1)

    def y_hat(self, step: int) -> Tensor:
        """Return the predictions for the training examples before a step, shape (n, 1)."""
        return predict(self.x_train, *self.params(step))

    def example(self, row: int) -> tuple[float, float, float, float, float]:
        """Return a training example before the first step: x, y, y_hat, error, its square."""
        x, y, y_hat = (at[row] for at in (self.x_train, self.y_train, self.y_hat(0)))
        error = y_hat - y
        return x.item(), y.item(), y_hat.item(), error.item(), (error**2).item()

    def raised(self, nudge: float) -> tuple[float, float]:
        """Return b and the loss when b, before the first step, is raised by a nudge."""
        w, b = self.params(0)
        return (b + nudge).item(), self.loss_at(w, b + nudge).item()

    def nudged(self, nudge: float, step: int = 0) -> tuple[float, float]:
        """Return both slopes of the training loss by nudging one parameter at a time.

        Parameters
        ----------
        nudge
            Change of the parameter.
        step
            Number of the step whose parameters are nudged.

        Returns
        -------
        grad_w, grad_b
            Each is off by the nudge times half the curvature of the loss, and by rounding.
        """
        w, b = self.params(step)
        return (
            nudged_slope(lambda v: self.loss_at(v, b), w, nudge).item(),
            nudged_slope(lambda v: self.loss_at(w, v), b, nudge).item(),
        )

    def loss_at(self, w: Tensor, b: Tensor) -> Tensor:
        """Return the training loss at any parameters of shape (1,), a scalar."""
        return mse_loss(predict(self.x_train, w, b), self.y_train)


def run_single(numbers: SingleFeature) -> SingleRun:
    """Make the data set with one feature, train on it, and record the run.

    Parameters
    ----------
    numbers
        Everything that the run depends on.

    Notes
    -----
    The draws are those of NumPy's legacy generator, so that published numbers come out. The
    parameters are drawn, b first, after seeding again.
    """
    rng = RandomState(numbers.seed)
    x, y = line_data(numbers.true_w, numbers.true_b, numbers.num_examples, numbers.noise_std, rng)
    train, test = split(numbers.num_examples, numbers.num_train, rng)
    rng = RandomState(numbers.seed)
    b, w = torch.from_numpy(rng.randn(1)), torch.from_numpy(rng.randn(1))
    steps = descend(x[train], y[train], w, b, numbers.lr, numbers.num_steps + 1)
    columns = zip(*steps, strict=True)
    ws, bs, losses, grads_w, grads_b = (
        torch.stack([value.squeeze() for value in column]) for column in columns
    )
    test_loss = ((predict(x[test], ws, bs) - y[test]) ** 2).mean(dim=0)
    best_w, best_b = least_squares(x[train], y[train])
    return SingleRun(
        x_train=x[train],
        y_train=y[train],
        x_test=x[test],
        y_test=y[test],
        w=ws,
        b=bs,
        loss=losses,
        test_loss=test_loss,
        grad_w=grads_w,
        grad_b=grads_b,
        best_w=best_w.squeeze(),
        best_b=best_b.squeeze(),
    )


def single_outcome(run: SingleRun, numbers: SingleFeature) -> Outcome:
    """Say how a run with one feature ended.

    Parameters
    ----------
    run
        The recorded run.
    numbers
        Those that it was made with; the variance of the noise is the floor of a mean square.
    """
    if run.w[0] == run.w[-1] and run.b[0] == run.b[-1]:
        return Outcome.STANDS_STILL
    return judged(run.loss[0], run.loss[-1], NEAR_FLOOR * numbers.noise_std**2)


def report_single(run: SingleRun) -> list[str]:
    """Return the lines that the command prints about the run, every digit of each number."""
    lines = []
    for step in sorted({0, 1, run.num_steps}):
        lines.append(f"after {step} {'step' if step == 1 else 'steps'}")
        for name in ("w", "b", "loss", "grad_w", "grad_b", "test_loss"):
            lines.append(_line(name, getattr(run, name)[step]))
    return [*lines, "least squares", _line("w", run.best_w), _line("b", run.best_b)]


def _line(name: str, value: Tensor) -> str:
    return f"  {name:<10}{value.item()!r:>24}"
