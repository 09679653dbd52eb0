"""The exact answer of a lesson beside what its run has learned and what its data were made with."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from linreg.closed_form import exact_answer
from linreg.study.trace import Trace


@dataclass(frozen=True)
class Exact:
    """The parameters w1, w2, ..., b three times, each of shape (p + 1,), in float64.

    Attributes
    ----------
    learned
        Where the run ended; inf or nan where it diverged.
    solved
        The answer of the equations.
    true
        What the labels were made with.
    is_unique
        Whether the equations have one answer only.
    """

    learned: Tensor
    solved: Tensor
    true: Tensor
    is_unique: bool

    @property
    def difference(self) -> Tensor:
        """Learned less solved, shape (p + 1,)."""
        return self.learned - self.solved

    @property
    def apart(self) -> float:
        """Distance of the learned weights from the solved ones, the bias left out."""
        return float(self.difference[:-1].norm())


def exact(trace: Trace) -> Exact:
    """Solve for the parameters of least loss on the data of a run.

    In single precision the last bit of the answer depends on where in memory the data lie, and
    a map that is enlarged thousands of times shows it.
    """
    X, y = trace.features.double(), trace.labels.double()
    ones = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    rank = int(torch.linalg.matrix_rank(ones))
    return Exact(
        learned=torch.cat([trace.w[-1], trace.b[-1:]]).double(),
        solved=exact_answer(X, y).flatten(),
        true=torch.cat([trace.true_w.flatten(), trace.true_b]).double(),
        is_unique=rank == ones.shape[1],
    )
