"""Excerpts of both programs, cut from the package, and the names that they call one thing by."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linreg.concise import fit_concise, make_loader, make_net
from linreg.training import fit
from visuals.source import body_of, line_of

NAMES = (
    ("data_iter", "DataLoader"),
    ("linreg", "nn.Linear"),
    ("squared_loss", "nn.MSELoss"),
    ("sgd", "optim.SGD"),
    ("zero_()", "zero_grad()"),
)
"""Each name of the lecture's own program, and PyTorch's."""


@dataclass(frozen=True)
class Excerpts:
    """The same lines of both programs.

    Attributes
    ----------
    ours, theirs
        From scratch, and with PyTorch's parts.
    """

    ours: str
    theirs: str


def lines_of(function: Callable[..., Any], first: str, last: str) -> str:
    """Return the lines of a function from one that contains a text to one that does, dedented."""
    lines = body_of(function).splitlines()
    start = next(number for number, line in enumerate(lines) if first in line)
    end = next(number for number, line in enumerate(lines) if number >= start and last in line)
    return textwrap.dedent("\n".join(lines[start : end + 1]))


def of_data() -> Excerpts:
    """Return how the batches are dealt."""
    return Excerpts(
        lines_of(fit, "for _", "batch_size"),
        "\n".join(
            (lines_of(make_loader, "dataset =", "shuffle"), lines_of(fit_concise, "for _", "for X"))
        ),
    )


def of_model() -> Excerpts:
    """Return how a prediction is made."""
    theirs = line_of(make_net, "net ="), line_of(fit_concise, "net(X)")
    return Excerpts(line_of(fit, "linreg("), "\n".join(theirs))


def of_loss() -> Excerpts:
    """Return how the loss and its gradients are computed."""
    ours = (line_of(fit, text) for text in ("squared_loss", "backward"))
    theirs = (line_of(fit_concise, text) for text in ("mse =", "mse(", "backward"))
    return Excerpts("\n".join(ours), "\n".join(theirs))


def of_step() -> Excerpts:
    """Return how the parameters are updated."""
    made = lines_of(fit_concise, "trainer =", "parameters")
    theirs = (line_of(fit_concise, text) for text in ("step()", "zero_grad"))
    return Excerpts(line_of(fit, "sgd("), "\n".join((made, *theirs)))
