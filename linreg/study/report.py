"""The lines that the command prints about a run."""

from __future__ import annotations

import torch

from linreg.study.trace import Trace


def report(trace: Trace) -> list[str]:
    """Return the lines that a terminal prints about a run.

    A line an epoch, then a table: learned, true, and error = learned - true.
    """
    lines = [
        f"epoch {epoch}, loss {loss:.6f}" if loss < 1e5 else f"epoch {epoch}, loss {loss:.1e}"
        for epoch, loss in enumerate(trace.epoch_loss.tolist(), start=1)
    ]
    names = [f"w{i + 1}" for i in range(len(trace.true_w))]
    learned = torch.cat([trace.w[-1], trace.b[-1:]])
    true = torch.cat([trace.true_w.flatten(), trace.true_b])
    columns = (learned, true, learned - true)
    lines.append(_table_row("", "learned", "true", "error"))
    for name, *values in zip([*names, "b"], *(column.tolist() for column in columns), strict=True):
        cells = (f"{value:.4f}" if abs(value) < 1e5 else f"{value:.1e}" for value in values)
        lines.append(_table_row(name, *cells))
    return lines


def _table_row(name: str, *cells: str) -> str:
    return f"{name:<3}" + "".join(f"{cell:>11}" for cell in cells)
