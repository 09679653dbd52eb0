"""Numbers in English words."""

from __future__ import annotations

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
GROUPS = ("", "thousand", "million", "billion", "trillion")


def number_words(number: int) -> str:
    """Return a number from zero on in words; digit by digit where it is too large for a name."""
    if number >= 1000 ** len(GROUPS):
        return " ".join(SMALL[int(digit)] for digit in str(number))
    if number == 0:
        return SMALL[0]
    words: list[str] = []
    for name in GROUPS:
        number, group = divmod(number, 1000)
        if group:
            words = [*_below_thousand(group), *([name] if name else []), *words]
    return " ".join(words)


def decimal_words(number: str) -> str:
    """Return a number with a point in words: "0.03" is "zero point zero three"."""
    whole, _, fraction = number.partition(".")
    digits = " ".join(SMALL[int(digit)] for digit in fraction)
    return f"{number_words(int(whole))} point {digits}"


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [SMALL[hundreds], "hundred"] if hundreds else []
    if rest >= len(SMALL):
        tens, ones = divmod(rest, 10)
        return [*words, TENS[tens - 2], *([SMALL[ones]] if ones else [])]
    return [*words, *([SMALL[rest]] if rest else [])]
