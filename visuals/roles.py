"""The role of every symbol and name: one table for formulas and listings alike."""

from __future__ import annotations

from collections.abc import Mapping

from visuals.theme import Role

ROLES_IN_TRAINING: Mapping[str, Role] = {
    **dict.fromkeys(("x", "y", "X", "features", "labels", "data", "rows", "order"), Role.DATA),
    **dict.fromkeys(("w", "b", "hat", "y_hat", "params", "param", "linreg"), Role.MODEL),
    "update": Role.MODEL,
    **dict.fromkeys(("data_iter", "TensorDataset", "dataset", "DataLoader", "loader"), Role.DATA),
    **dict.fromkeys(("Linear", "net", "weight", "bias"), Role.MODEL),
    **dict.fromkeys(("MSELoss", "mse"), Role.LOSS),
    **dict.fromkeys(("loss", "losses", "squared_loss", "error"), Role.LOSS),
    **dict.fromkeys(("grad", "grad_w", "grad_b", "backward"), Role.GRADIENT),
}
"""Roles where a model is trained: w and b are its own parameters."""

ROLES_IN_DATA: Mapping[str, Role] = {
    **ROLES_IN_TRAINING,
    "epsilon": Role.DATA,
    **dict.fromkeys(("mu", "sigma", "w", "b"), Role.TRUTH),
}
"""Roles where data are made: w and b are the true values that make them."""
