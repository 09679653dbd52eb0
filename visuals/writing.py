"""Writing of a language: the fonts of its letters, and the lines and the speed of its captions."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

THIN_SPACE = "\u2009"
FONTS = Path(__file__).parent.parent / "assets" / "fonts"


@dataclass(frozen=True)
class Writing:
    """Properties of a language's writing.

    Attributes
    ----------
    columns
        Most letters in a line of a caption.
    reading_speed
        Letters of a caption that are read in a second.
    font
        Font of the letters that the Latin font lacks; empty where it lacks none.
    files
        Folder of that font.
    tag
        Language and region by which Typst chooses forms of letters, as two of its arguments.
    middle
        Height of the middle of most letters above the baseline, in ems.
    phrases
        Model of BudouX that finds where a line may be broken; empty where words have spaces
        between them.
    """

    columns: int = 42
    reading_speed: float = 17.0
    font: str = ""
    files: Path = FONTS
    tag: str = ""
    middle: float = 0.24
    phrases: str = ""

    def length(self, text: str) -> float:
        """Return the number of letters; beside Chinese ones, narrow letters count half.

        There, a thin space or a new line is nothing that is read.
        """
        if not self.phrases:
            return len(text)
        text = text.replace(THIN_SPACE, "").replace("\n", "")
        return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


LATIN = Writing()

WRITINGS = {
    "zh": Writing(
        columns=16,
        reading_speed=5.5,
        font="Noto Serif CJK SC",
        files=FONTS / "zh",
        tag='lang: "zh", region: "cn"',
        middle=0.36,
        phrases="zh-hans",
    ),
    "zh-Hant": Writing(
        columns=16,
        reading_speed=5.5,
        font="Noto Serif CJK TC",
        files=FONTS / "zh-Hant",
        tag='lang: "zh", region: "tw"',
        middle=0.36,
        phrases="zh-hant",
    ),
}
"""Writings of the languages that are not written in Latin letters."""


def writing_of(language: str) -> Writing:
    """Return the writing of a language: that of English, unless it has one of its own."""
    return WRITINGS.get(language, LATIN)
