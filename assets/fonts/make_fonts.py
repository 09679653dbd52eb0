"""Make the Chinese fonts beside this file: subsets of Noto Serif CJK.

The simplified font has the first level of GB 2312 and the punctuation, the traditional one what
these characters are in traditional writing, and both have all that the catalogues say. Debian's
package ``fonts-noto-cjk`` has the source; requirements-languages.txt has what this script needs.

    python assets/fonts/make_fonts.py NotoSerifCJK-Regular.ttc
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import polib
from fontTools import subset
from fontTools.ttLib import TTFont
from opencc import OpenCC

ASSETS = Path(__file__).parent.parent

SCALE = 0.95
"""Size of a Chinese character beside Latin letters of the same nominal size."""

EPOCH = 3_700_000_000
"""Time stamp of the files, so that the same source gives the same bytes."""

NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 13, 14)
"""Names that stay in a font: copyright, family, version, trademark, license."""

PUNCTUATION = (
    "".join(
        chr(code)
        for first, last in ((0x3001, 0x3003), (0x3008, 0x3011), (0x3014, 0x3017), (0xFF01, 0xFF5E))
        for code in range(first, last + 1)
    )
    + "·–—‘’“”‥…‧々"
)


@dataclass(frozen=True)
class Subset:
    """A font to make.

    Attributes
    ----------
    language
        Of its folder, and of the catalogue.
    number
        Of the font in the collection.
    """

    language: str
    number: int


SUBSETS = (Subset("zh", 2), Subset("zh-Hant", 3))


def first_level() -> set[str]:
    """Return the first level of GB 2312: the 3755 most frequent simplified characters."""
    rows = range(0xB0, 0xD8)
    codes = (bytes([row, cell]) for row in rows for cell in range(0xA1, 0xFF))
    return {code.decode("gb2312") for code in codes if code < b"\xd7\xfa"}


def traditional(simplified: set[str]) -> set[str]:
    """Return the traditional characters of simplified ones, as Taiwan writes them.

    Those are what OpenCC makes of each, and the frequent ones, the first level of Big5, that it
    would make one of them from: many a simplified character stands for several.
    """
    rows, cells = range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    codes = (bytes([row, cell]) for row in rows for cell in cells)
    frequent = {code.decode("big5", "ignore") for code in codes if code < b"\xc6\x7f"} - {""}
    back, forth = OpenCC("t2s"), OpenCC("s2tw")
    made = {letter for one in simplified for letter in forth.convert(one)}
    return made | {letter for letter in frequent if back.convert(letter) in simplified}


def said(language: str) -> set[str]:
    """Return all characters of a catalogue that are not ASCII."""
    files = (ASSETS / "locales" / language).glob("*.po")
    texts = (entry.msgstr for file in files for entry in polib.pofile(str(file)))
    return {letter for text in texts for letter in text if not letter.isascii()}


def is_han(letter: str) -> bool:
    """Say whether a character is Chinese, or a mark that Chinese sets in a square."""
    return "\u2e80" <= letter <= "\u9fff" or letter in PUNCTUATION


def make(source: Path, made: Subset, letters: set[str]) -> Path:
    """Write a font, and return its file."""
    font = TTFont(source, fontNumber=made.number, lazy=True, recalcTimestamp=False)
    options = subset.Options(layout_features=[], name_IDs=NAMES, name_languages=[0x409])
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(font)
    # A larger em makes smaller characters, and no outline is rounded.
    units = round(font["head"].unitsPerEm / SCALE)
    font["head"].unitsPerEm = units
    font["head"].modified = EPOCH
    font["CFF "].cff.topDictIndex[0].FontMatrix = [1 / units, 0, 0, 1 / units, 0, 0]
    for part in getattr(font["CFF "].cff.topDictIndex[0], "FDArray", []):
        part.FontMatrix = [1, 0, 0, 1, 0, 0]
    target = Path(__file__).parent / made.language / "NotoSerifCJK.otf"
    target.parent.mkdir(exist_ok=True)
    font.save(target, reorderTables=True)
    lacking = sorted(letters - {chr(code) for code in font.getBestCmap()})
    if lacking:
        sys.exit(f"{source.name} lacks {' '.join(lacking)}")
    return target


def main() -> None:
    """Make all fonts from the collection that the command line names."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {Path(__file__).name} NotoSerifCJK-Regular.ttc")
    simplified = first_level()
    letters = {"zh": simplified, "zh-Hant": traditional(simplified)}
    for made in SUBSETS:
        own = {letter for letter in said(made.language) if is_han(letter)}
        file = make(Path(sys.argv[1]), made, letters[made.language] | own | set(PUNCTUATION))
        sys.stdout.write(f"{file.relative_to(ASSETS)}: {file.stat().st_size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main()
