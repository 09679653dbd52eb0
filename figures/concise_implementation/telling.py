"""Keys of the sentences that depend on how both runs went."""

from __future__ import annotations

from figures.concise_implementation.tables import PLACES
from linreg.study.two_runs import ComparedRun, digits_agree, parting


def at_the_same_rate(ours: ComparedRun, theirs: ComparedRun) -> str:
    """Return the key of the sentence that tells PyTorch's run at the same rate."""
    return f"theirs_{parting(ours, theirs).value}"


def at_half_the_rate(ours: ComparedRun, theirs: ComparedRun) -> str:
    """Return the key of the sentence that compares the parameters at half the rate."""
    if not ours.params[-1].isfinite().all():
        return "both_overflow"
    return "every_digit" if digits_agree(ours, theirs, PLACES) else "but_for_rounding"
