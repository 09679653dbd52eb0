"""Words and math, set by Typst, with parts addressed by label.

The fonts are those in Typst's wheel and, for writings that these lack, those in ``assets/fonts``.

Every text on screen is a :class:`Typeset`. One compile finds all labels: each labelled part is set
in a fill colour of its own, which is read back from the outlines and then replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import typst
from manim import ManimColor, VGroup, VMobject
from manim.utils.color import ParsableManimColor

from visuals import language
from visuals.numbers import Num
from visuals.outlines import Outline, outlines
from visuals.theme import Size, theme
from visuals.writing import LATIN, Writing, writing_of

TEXT_FONT = "Libertinus Serif"
MATH_FONT = "New Computer Modern Math"
WORDS_IN_MATH = f'(name: "{TEXT_FONT}", covers: regex("[A-Za-z]"))'
"""Upright letters of a formula are words: they have the face of the words around it."""

CODE_FONT = "DejaVu Sans Mono"
EM = 10.0
"""Size in which Typst sets everything, in points; a point becomes one unit of the outlines."""

MIDDLE_OF_LETTERS = LATIN.middle
"""Height of the middle of small Latin letters above the baseline, in ems."""

THINNEST_RULE = 0.55
"""Smallest thickness of a rule, in points: Typst draws fraction bars as hairlines."""

LEVEL = 1e-6
"""Height below which a line counts as a rule, in points."""

TAG_RED, TAG_GREEN = 1, 254
NO_CHARACTER = chr(0x10FFFD)
_OUTLINE = re.compile(r'<symbol[^>]*><path d="([^"]*)"')
_PART = re.compile(r"\{\{(.*?)\s:\s*([A-Za-z_]\w*)\s*\}\}", re.DOTALL)

PREAMBLE = f"""\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(size: {EM}pt, font: "{TEXT_FONT}")
#show math.equation: set text(font: ({WORDS_IN_MATH}, "{MATH_FONT}"), weight: 450)
#show raw: set text(font: "{CODE_FONT}", size: {EM}pt)
#let tag(id, body) = text(fill: rgb({TAG_RED}, {TAG_GREEN}, int(id)), body)
"""


class TypographyError(ValueError):
    """Markup that Typst refuses, or a character that no font has."""


@cache
def _compiler(writing: Writing) -> typst.Compiler:
    """Return the one compiler of a writing: each new one would read the fonts again."""
    paths = [str(writing.files)] if writing.font else []
    return typst.Compiler(ignore_system_fonts=True, font_paths=paths)


def _compile(source: str, writing: Writing) -> str:
    svg = _compiler(writing).compile(source.encode(), format="svg")
    assert isinstance(svg, bytes)
    return svg.decode()


def _preamble(writing: Writing) -> str:
    """Return the settings of a writing; letters that the Latin font has stay in it."""
    if not writing.font:
        return PREAMBLE
    # Quotes and dashes, which both fonts have, are those of the text around them.
    text = f'((name: "{TEXT_FONT}", covers: "latin-in-cjk"), "{writing.font}")'
    return f"""{PREAMBLE}\
#set text({writing.tag}, font: {text})
#show math.equation: set text(font: ({WORDS_IN_MATH}, "{MATH_FONT}", "{writing.font}"))
#show raw: set text(font: ("{CODE_FONT}", "{writing.font}"))
"""


@cache
def _marks_of_missing_glyphs(writing: Writing) -> frozenset[str]:
    """Return the outlines that the fonts have for missing characters.

    Typst draws them without a warning, so they are learnt from a character that no font has.
    """
    fonts = filter(None, (TEXT_FONT, MATH_FONT, CODE_FONT, writing.font))
    probes = " ".join(f'#text(font: "{font}", "{NO_CHARACTER}")' for font in fonts)
    return frozenset(_OUTLINE.findall(_compile(f"{_preamble(writing)}{probes}", writing)))


def _lacks_a_glyph(svg: str, writing: Writing) -> bool:
    return not _marks_of_missing_glyphs(writing).isdisjoint(_OUTLINE.findall(svg))


def missing_characters(text: str, code: str) -> list[str]:
    """Return the characters of a text that no font of a language has."""
    writing = writing_of(code)

    def is_missing(characters: str) -> bool:
        markup = f"{_preamble(writing)}#text({typst_string(characters)})"
        return _lacks_a_glyph(_compile(markup, writing), writing)

    characters = sorted(set(text) - set(" \n"))
    return [c for c in characters if is_missing(c)] if is_missing("".join(characters)) else []


def _svg(body: str) -> str:
    """Compile markup to an SVG, with the fonts of the language in use."""
    writing = writing_of(language.code())
    try:
        svg = _compile(_preamble(writing) + body, writing)
    except typst.TypstError as error:
        raise TypographyError(f"{body!r}: {error}") from error
    if _lacks_a_glyph(svg, writing):
        missing = missing_characters(body, language.code())
        named = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing) or "a character"
        raise TypographyError(f"no font of language = {language.code()!r} has {named} of {body!r}")
    return svg


class Typeset(VMobject):
    """Markup as outlines, one submobject for each glyph or rule.

    Parameters
    ----------
    body
        Typst markup in which ``tag(i, ...)`` marks the part ``labels[i - 1]``.
    labels
        Names of the parts.
    size
        Height of an em, in scene units.
    color
        Colour of all parts that ``colors`` does not name.
    colors
        Colour of each part, by label.
    source
        The text before numbers were filled in, for checks of the numbers on the screen.
    numbers
        The numbers that it shows.

    Raises
    ------
    TypographyError
        If Typst refuses the markup, or no font has one of its characters.
    """

    def __init__(
        self,
        body: str,
        *,
        labels: Sequence[str] = (),
        size: float = Size.BODY,
        color: ParsableManimColor | None = None,
        colors: Mapping[str, ParsableManimColor] | None = None,
        source: str = "",
        numbers: Sequence[Num] = (),
    ) -> None:
        self.body = body
        self.size = size
        self.source = source or body
        self.numbers = tuple(numbers)
        self.labels = tuple(labels)
        super().__init__()
        self._leaves: dict[str, list[int]] = {label: [] for label in self.labels}
        ink = ManimColor(theme.INK if color is None else color)
        for index, outline in enumerate(outlines(_svg(body))):
            label = self._label_of(outline)
            if label is not None:
                self._leaves[label].append(index)
            self.add(_leaf(outline, ink))
        self.center()
        self.scale(size / EM)
        self.height_as_set = self.height
        for label, part_color in (colors or {}).items():
            self.part(label).set_fill(part_color)

    @property
    def em(self) -> float:
        """Present height of an em, in scene units, after any scaling."""
        return self.size * float(self.height / self.height_as_set)

    def part(self, label: str) -> VGroup:
        """Return the glyphs of a label.

        Raises
        ------
        KeyError
            If there is no such label.
        """
        return VGroup(*(self.submobjects[index] for index in self._leaves[label]))

    def unlabelled(self) -> VGroup:
        """Return the glyphs without a label."""
        labelled = {index for leaves in self._leaves.values() for index in leaves}
        return VGroup(
            *(leaf for index, leaf in enumerate(self.submobjects) if index not in labelled)
        )

    def _label_of(self, outline: Outline) -> str | None:
        red, green, number = bytes.fromhex(outline.color.removeprefix("#"))
        return self.labels[number - 1] if (red, green) == (TAG_RED, TAG_GREEN) else None


def _leaf(outline: Outline, ink: ManimColor) -> VMobject:
    """Return a glyph; a fraction bar becomes a filled box, which scales with its text."""
    leaf = VMobject(fill_color=ink, fill_opacity=1, stroke_width=0)
    leaf.set_points(outline.points)
    if outline.line_width and leaf.height < LEVEL:
        left, right = leaf.get_left(), leaf.get_right()
        up = np.array([0.0, max(outline.line_width, THINNEST_RULE) / 2, 0.0])
        leaf.set_points_as_corners([left + up, right + up, right - up, left - up, left + up])
    return leaf


def typst_string(text: str) -> str:
    """Return a text as a string literal of Typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class Words(Typeset):
    """Plain text of one or more lines.

    Parameters
    ----------
    text
        The text, with ``%(name)s`` in place of a number.
    size, color
        As for :class:`Typeset`.
    align
        Alignment of several lines: ``"left"``, ``"center"`` or ``"right"``.
    italic
        Whether it is set in italics.
    **numbers
        The numbers, by name.
    """

    def __init__(
        self,
        text: str,
        *,
        size: float = Size.BODY,
        color: ParsableManimColor | None = None,
        align: str = "left",
        italic: bool = False,
        **numbers: Num,
    ) -> None:
        filled = text % numbers if numbers else text
        lines = " #linebreak() ".join(
            f"#text({typst_string(line)})" for line in filled.splitlines()
        )
        style = ', style: "italic"' if italic else ""
        super().__init__(
            f"#set align({align})\n#set text(hyphenate: false{style})\n{lines}",
            size=size,
            color=color,
            source=text,
            numbers=tuple(numbers.values()),
        )
        self.text = filled

    @property
    def baseline(self) -> float:
        """The y of the first line's baseline."""
        # A zero ends on the baseline, which not every first letter does.
        figure, first = Words(f"0{self.text}", size=self.size)[:2]
        below = first.get_bottom()[1] - figure.get_bottom()[1]
        return float(self[0].get_bottom()[1] - below)

    @property
    def middle(self) -> float:
        """The y of the middle of most letters of the first line."""
        return self.baseline + writing_of(language.code()).middle * self.size


class Math(Typeset):
    r"""Display math in Typst's notation.

    Parameters
    ----------
    expression
        Math with parts as ``{{ body : label }}`` and numbers as ``%(name)s``.
    size, color, colors
        As for :class:`Typeset`.
    **numbers
        The numbers, by name.

    Examples
    --------
    ``Math("{{ hat(y) : prediction }} = w x + b", colors={"prediction": theme.MODEL})``
    """

    def __init__(
        self,
        expression: str,
        *,
        size: float = Size.BODY,
        color: ParsableManimColor | None = None,
        colors: Mapping[str, ParsableManimColor] | None = None,
        **numbers: Num,
    ) -> None:
        labels: list[str] = []

        def tagged(match: re.Match[str]) -> str:
            label = match[2]
            if label not in labels:
                labels.append(label)
            return f'tag("{labels.index(label) + 1}", {match[1]})'

        filled = expression
        for name, number in numbers.items():
            filled = filled.replace(f"%({name})s", number.math)
        super().__init__(
            f"$ {_PART.sub(tagged, filled)} $",
            labels=labels,
            size=size,
            color=color,
            colors=colors,
            source=expression,
            numbers=tuple(numbers.values()),
        )
