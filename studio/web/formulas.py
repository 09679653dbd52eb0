"""Formulas as MathML, from Typst's notation, each letter in the colour of its role."""

from __future__ import annotations

import re
from collections.abc import Sequence

import typst
from markupsafe import Markup

from visuals.theme import Role

ROLE_OF_LETTER = {
    **dict.fromkeys("𝑥𝑋𝑦𝜀", Role.DATA),
    **dict.fromkeys("𝑤𝑏", Role.MODEL),
    **dict.fromkeys("𝐿𝑟", Role.LOSS),
    **dict.fromkeys("𝑔𝜂", Role.GRADIENT),
}
"""Italic letters that mean a role; y with a hat is the model's."""

COMBINING_HAT, HAT = "<mo>\u0302</mo>", '<mo stretchy="false">^</mo>'
"""Typst's hat, and one that fonts without a table for math can place above a letter, too."""

PREDICTION = '<mover accent="true"><mi>𝑦</mi>' + COMBINING_HAT + "</mover>"


class FormulaError(ValueError):
    """Formulas that cannot be set; its text is one line."""


def set_formulas(sources: Sequence[tuple[str, bool]]) -> list[Markup]:
    """Set formulas, all in one go.

    Parameters
    ----------
    sources
        Each formula in Typst's notation, and whether it stands on a line of its own.

    Returns
    -------
    formulas
        One ``<math>`` element each.

    Raises
    ------
    FormulaError
        When Typst does not understand one.
    """
    spaced = (f"$ {source} $" if on_its_own else f"${source}$" for source, on_its_own in sources)
    try:
        page = typst.compile("\n\n".join(spaced).encode(), format="html").decode()
    except typst.TypstError as error:
        raise FormulaError(f"a formula cannot be set: {error}") from error
    found = re.findall(r"<math\b.*?</math>", page, flags=re.DOTALL)
    if len(found) != len(sources):
        raise FormulaError(f"{len(sources)} formulas gave {len(found)}")
    return [Markup(_coloured(math)) for math in found]


def _coloured(math: str) -> str:
    """Give the letters of roles their classes; a hat and its base count as one letter."""
    return re.sub(f"{PREDICTION}|<mi>(.)</mi>", _with_role, math)


def _with_role(letter: re.Match[str]) -> str:
    role = ROLE_OF_LETTER.get(letter[1]) if letter[1] else Role.MODEL
    marked = letter[0].replace(">", f' class="{role.value}">', 1) if role else letter[0]
    return marked.replace(COMBINING_HAT, HAT)
