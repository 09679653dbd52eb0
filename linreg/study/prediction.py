"""The prediction for an example that training has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from linreg.data import synthetic_data
from linreg.lesson import Lesson
from linreg.model import linreg
from linreg.study.trace import Trace


@dataclass(frozen=True)
class Prediction:
    """One example and its prediction.

    Attributes
    ----------
    x
        Features, p numbers.
    y_hat
        The prediction with the learned parameters.
    y
        The label, made as all others are.
    """

    x: tuple[float, ...]
    y_hat: float
    y: float

    @property
    def error(self) -> float:
        """The error y_hat - y."""
        return self.y_hat - self.y


def predict_unseen(trace: Trace, lesson: Lesson) -> Prediction:
    """Draw one more example from the lesson's distribution, and predict its label.

    It is drawn with the seed after the lesson's own. The caller's random state is left as it
    was.

    Parameters
    ----------
    trace
        The run whose last parameters predict.
    lesson
        The lesson that the run was made with.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(lesson.seed + 1)
        X, y = synthetic_data(trace.true_w, lesson.true_b, 1, lesson.noise_std)
    y_hat = linreg(X, *trace.params(-1))
    return Prediction(tuple(X[0].tolist()), y_hat.item(), y.item())
