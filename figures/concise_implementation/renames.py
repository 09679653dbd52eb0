"""Parts of our program, and the lines of PyTorch's that stand for them, one a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rename:
    """Lines of our program and their counterparts.

    Attributes
    ----------
    first, last
        Parts of the first and the last of our lines.
    rows
        Parts of PyTorch's lines.
    """

    first: str
    last: str
    rows: tuple[str, ...]


DATASET = Rename("for X", "*data", ("dataset =",))
LOADER = Rename("for X", "*data", ("DataLoader", "batch_size", "shuffle", "for _", "for X"))
MODEL = Rename("linreg", "linreg", ("nn.Linear", "net(X)"))
LOSS = Rename("squared_loss", "squared_loss", ("mse =", "mse("))
BACKWARD = Rename("backward", "backward", ("backward",))
SGD = Rename("sgd(", "sgd(", ("optim.SGD", "net.parameters"))
STEP = Rename("sgd(", "sgd(", ("step()",))
ZERO_GRAD = Rename("sgd(", "sgd(", ("zero_grad",))
