"""The line of the package that does the work of each station."""

from __future__ import annotations

from linreg.data import data_iter
from linreg.model import linreg
from linreg.optim import sgd
from linreg.training import fit
from visuals.pipeline import Station
from visuals.source import line_of


def working_lines() -> dict[Station, str]:
    """Return the line of the package that does the work of each station."""
    return {
        Station.DATA: line_of(data_iter, "yield"),
        Station.MODEL: line_of(linreg, "return"),
        Station.LOSS: line_of(fit, "squared_loss"),
        Station.GRADIENT: line_of(fit, "backward"),
        Station.UPDATE: line_of(sgd, "-="),
    }
