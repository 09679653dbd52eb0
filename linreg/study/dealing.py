"""Examples as an epoch deals them, and as drawing with replacement would."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor

from linreg.lesson import Lesson
from linreg.study.trace import Trace


def first_epoch(trace: Trace) -> tuple[Tensor, ...]:
    """Return the batches of the first epoch, as row numbers."""
    return trace.batches[: trace.steps_per_epoch]


def examples_read(trace: Trace) -> int:
    """Count the examples that a run reads in all its steps, each as often as it is read."""
    return sum(len(rows) for rows in trace.batches)


def examples_read_so_far(trace: Trace) -> list[int]:
    """Count the examples that a run has read before every step and after the last."""
    return [0, *itertools.accumulate(len(rows) for rows in trace.batches)]


def draw_with_replacement(lesson: Lesson) -> Tensor:
    """Draw as many examples as there are, each time from all of them.

    About 1 - 1/e of many examples are touched.

    Returns
    -------
    rows
        Row numbers, shape (n,), some of them more than once. The caller's random state is
        left as it was.
    """
    n = lesson.num_examples
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(lesson.seed)
        return torch.randint(n, (n,))


def touched(rows: Tensor) -> int:
    """Count the different examples among row numbers."""
    return len(set(rows.tolist()))


def missed(rows: Tensor, num_examples: int) -> int:
    """Count the examples that row numbers leave out."""
    return num_examples - touched(rows)


def missed_percent(rows: Tensor, num_examples: int) -> float:
    """Return the share of the examples that row numbers leave out, in percent, to a tenth."""
    return round(100 * missed(rows, num_examples) / num_examples, 1)


def touched_so_far(rows: Tensor) -> Tensor:
    """Count the different examples among the first row numbers.

    Returns
    -------
    counts
        Shape (n,): of the first row number alone, of the first two, and so on.
    """
    seen: set[int] = set()
    counts = []
    for row in rows.tolist():
        seen.add(row)
        counts.append(len(seen))
    return torch.tensor(counts)
