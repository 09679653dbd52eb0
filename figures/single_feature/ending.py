"""Choice of the variant of a sentence that is true for the run with one feature."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from linreg.study.outcome import Outcome
from linreg.study.single_run import SingleRun

SUFFIXES = {
    Outcome.UNDERWAY: "under_way",
    Outcome.STANDS_STILL: "stood_still",
    Outcome.DIVERGES: "diverged",
}

MUCH = 2.0
"""Factor between two losses from which one of them counts as larger."""


VARIANTS: Mapping[str, Collection[Outcome]] = {
    "the_line_jumps": [Outcome.STANDS_STILL],
    "many_steps_later": [*SUFFIXES],
}
"""Endings for which a sentence has a variant."""


def told(key: str, ending: Outcome) -> str:
    """Return the key of a sentence, or of its variant for an ending."""
    if ending not in VARIANTS[key]:
        return key
    return f"{key}_{SUFFIXES[ending]}"


def comparison(run: SingleRun, ending: Outcome) -> str:
    """Return the key of the sentence that compares the last losses, kept aside and training."""
    aside, training = run.test_loss[-1].item(), run.loss[-1].item()
    if aside > MUCH * training:
        return "it_holds_larger"
    if training > MUCH * aside:
        return "it_holds_smaller"
    return "it_holds" if ending is Outcome.LANDS else "it_holds_equal"
