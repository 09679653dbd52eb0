"""The label and its terms: what is plotted, and what is left when terms are taken out."""

from __future__ import annotations

from visuals.formula import formula
from visuals.typography import Math

LABEL, BIAS, NOISE = "{{ y : y }}", "{{ b : b }}", "{{ epsilon : epsilon }}"


def share(feature: int) -> str:
    """Return a feature's share of the label, w x, as an expression for :func:`formula`."""
    w, x = f"w_{feature + 1}", f"x_{feature + 1}"
    return f"{{{{ {w} : {w} }}}} {{{{ {x} : {x} }}}}"


def label_less(*taken: str) -> Math:
    """Return y less what is taken out of it: ``BIAS`` or the :func:`share` of a feature."""
    return formula(" - ".join((LABEL, *taken)))


def equation(*taken: str) -> Math:
    """Return what y, less what is taken out of it, is the sum of."""
    kept = [term for term in (share(0), share(1), BIAS) if term not in taken]
    return formula(" - ".join((LABEL, *taken)) + " = " + " + ".join((*kept, NOISE)))
