"""Write the catalogue in traditional Chinese, with Taiwan's terms, from the simplified one.

OpenCC converts, and ``zh-Hant.toml`` beside this file corrects: terms wherever OpenCC writes them,
and what is said under a key in place of what OpenCC makes of it. So the files in ``zh-Hant/`` are
never edited by hand.
requirements-languages.txt has what this script needs.

    python assets/locales/make_traditional.py
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import polib
from opencc import OpenCC

LOCALES = Path(__file__).parent
SIMPLIFIED, TRADITIONAL = "zh", "zh-Hant"
CORRECTIONS = LOCALES / f"{TRADITIONAL}.toml"


def corrections() -> tuple[dict[str, str], dict[str, str]]:
    """Return terms in place of those of OpenCC, and what is said under a key in place of it all."""
    texts = tomllib.loads(CORRECTIONS.read_text("utf-8"))
    return texts.pop("terms", {}), texts


def converter(terms: dict[str, str]) -> Callable[[str], str]:
    """Return what converts a text, and then writes other terms than OpenCC does."""
    convert = OpenCC("s2twp").convert
    wrong = re.compile("|".join(sorted(map(re.escape, terms), key=len, reverse=True)) or "(?!)")
    return lambda text: wrong.sub(lambda found: terms[found[0]], convert(text))


def catalogues() -> dict[str, str]:
    """Return the text of each file of the traditional catalogue, by its name.

    Raises
    ------
    ValueError
        When a text is corrected whose key is not in the simplified catalogue.
    """
    terms, corrected = corrections()
    convert = converter(terms)
    texts: dict[str, str] = {}
    for source in sorted((LOCALES / SIMPLIFIED).glob("*.po")):
        file = polib.pofile(str(source), wrapwidth=0)
        file.header = convert(file.header)
        file.metadata["Language"] = TRADITIONAL
        for entry in file:
            entry.msgstr = corrected.pop(entry.msgid, None) or convert(entry.msgstr)
            entry.comment = convert(entry.comment)
            entry.tcomment = convert(entry.tcomment)
        texts[source.name] = str(file)
    if corrected:
        unknown = ", ".join(corrected)
        raise ValueError(f"{CORRECTIONS.name}: {unknown}: allowed are keys of {SIMPLIFIED}/")
    return texts


def main() -> None:
    """Write all files, and remove those whose simplified one is gone."""
    try:
        texts = catalogues()
    except ValueError as error:
        sys.exit(str(error))
    folder = LOCALES / TRADITIONAL
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.po"):
        if file.name not in texts:
            file.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
