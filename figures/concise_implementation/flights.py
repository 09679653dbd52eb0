"""The names that fly from our program to PyTorch's, one flight a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Token: TypeAlias = tuple[str, str]
"""Parts of a line and of what stands in it: the first line that contains the former is meant."""


@dataclass(frozen=True)
class Flight:
    """A flight of names.

    Attributes
    ----------
    pairs
        What flies, and to what it becomes.
    rows
        Parts of the lines that are whole afterwards.
    """

    pairs: tuple[tuple[Token, Token], ...]
    rows: tuple[str, ...]


DATASET = Flight(
    ((("*data", "*data"), ("dataset", "*data")),),
    ("dataset =",),
)

LOADER = Flight(
    (
        (("data_iter", "data_iter"), ("DataLoader", "DataLoader")),
        (("batch_size", "batch_size"), ("batch_size", "batch_size")),
        (("for _", "for _ in range(num_epochs):"),) * 2,
        (("for X", "for X, y in"),) * 2,
    ),
    ("DataLoader", "batch_size", "shuffle", "for _", "for X"),
)

MODEL = Flight(
    (
        (("linreg", "linreg"), ("nn.Linear", "nn.Linear(2, 1)")),
        (("linreg", "y_hat"), ("net(X)", "y_hat")),
        (("linreg", "X"), ("net(X)", "X")),
    ),
    ("nn.Linear", "net(X)"),
)

LOSS = Flight(
    (
        (("squared_loss", "squared_loss"), ("mse =", "nn.MSELoss()")),
        (("squared_loss", "loss"), ("mse(", "loss")),
        (("squared_loss", "(y_hat, y)"), ("mse(", "(y_hat, y)")),
    ),
    ("mse =", "mse("),
)

BACKWARD = Flight(
    (
        (("backward", "loss"), ("backward", "loss")),
        (("backward", "backward()"), ("backward", "backward()")),
    ),
    ("backward",),
)

SGD = Flight(
    (
        (("sgd(", "sgd"), ("optim.SGD", "optim.SGD")),
        (("sgd(", "[w, b]"), ("net.parameters", "net.parameters()")),
        (("sgd(", "lr"), ("net.parameters", "lr")),
    ),
    ("optim.SGD", "net.parameters"),
)

STEP = Flight(((("sgd(", "sgd"), ("step()", "step()")),), ("step()",))

ZERO_GRAD = Flight(((("sgd(", "sgd"), ("zero_grad", "zero_grad()")),), ("zero_grad",))
