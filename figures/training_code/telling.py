"""Keys of the sentences that depend on how the run went."""

from __future__ import annotations

from torch import Tensor

from linreg.study.outcome import Outcome
from linreg.study.run_losses import falls_straight


def fall(until_arrival: Tensor, losses: Tensor, ending: Outcome) -> str:
    """Return the key of the sentence that tells how the loss goes.

    Parameters
    ----------
    until_arrival, losses
        The loss of all examples, up to where it arrives, and at every step.
    ending
        How the run ended.
    """
    if ending is Outcome.STANDS_STILL:
        return "it_does_not_move"
    if ending is Outcome.DIVERGES:
        return "it_rises" if losses.isfinite().all() else "it_overflows"
    return "nearly_straight" if falls_straight(until_arrival) else "step_by_step"


def update(ending: Outcome) -> str:
    """Return the key of the sentence that tells what the first update does."""
    if ending is Outcome.STANDS_STILL:
        return "yield_then_update_stood_still"
    return "yield_then_update_far" if ending is Outcome.DIVERGES else "yield_then_update"
