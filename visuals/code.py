"""Code as glyphs in rows and columns, each name in the colour of its role."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Mapping
from typing import NamedTuple

from manim import VGroup

from visuals.roles import ROLES_IN_TRAINING
from visuals.theme import Role, Size, theme
from visuals.typography import CODE_FONT, EM, Typeset, typst_string

ADVANCE = 1233 / 2048
"""Width of a character of DejaVu Sans Mono, in ems."""

LEADING = 1.3
"""Distance of two lines, in ems."""

ASCENT = 0.86
"""Height of a line's top edge above its baseline, in ems."""

CORNER_MARKS = "frame"
"""Label of the two invisible marks at opposite corners of the text."""

CONTINUATION = "\\"
"""Last character of a line that is continued on the next."""


class _Piece(NamedTuple):
    row: int
    column: int
    text: str
    role: Role
    bold: bool


class CodeText(VGroup):
    """Lines of code, or lines that a terminal printed.

    Parameters
    ----------
    source
        The text.
    size
        Height of an em, in scene units.
    python
        Whether the text is Python, whose names are coloured by role.
    roles
        Role of each name.

    Attributes
    ----------
    rows
        One group of glyphs for each line; an empty group for an empty line.
    """

    def __init__(
        self,
        source: str,
        size: float = Size.CODE,
        python: bool = True,
        roles: Mapping[str, Role] = ROLES_IN_TRAINING,
    ) -> None:
        self.source, self.size = source, size
        lines = source.splitlines()
        pieces = _python_pieces(source, roles) if python else _plain_pieces(lines)
        labels = sorted({_label(piece) for piece in pieces})
        typeset = Typeset(_body(pieces, labels, lines), labels=[*labels, CORNER_MARKS], size=size)
        corners = typeset.part(CORNER_MARKS)
        corners.set_opacity(0)
        self.rows = [VGroup() for _ in lines]
        self._role_parts: list[tuple[int, VGroup, Role]] = []
        for label in labels:
            number, role = label.split("-")
            part = typeset.part(label)
            self.rows[int(number)].add(*part)
            self._role_parts.append((int(number), part, Role(role)))
        super().__init__(corners, *self.rows)
        for row in range(len(self.rows)):
            self.light(row)

    @property
    def baseline(self) -> float:
        """The y of the first line's baseline."""
        return float(self.get_top()[1] - (LEADING / 2 - 0.5 + ASCENT) * self.size)

    def token(self, row: int, text: str) -> VGroup:
        """Return the glyphs of a text where it first occurs in a row.

        Raises
        ------
        ValueError
            If the row does not contain the text.
        """
        column = self.source.splitlines()[row].index(text)
        return self.columns(row, column, column + len(text))

    def columns(self, row: int, start: int, end: int) -> VGroup:
        """Return the glyphs of a row in the columns ``start`` to ``end - 1``."""
        step = ADVANCE * self.size
        left, right = (self.get_left()[0] + column * step for column in (start, end))
        return VGroup(*(glyph for glyph in self.rows[row] if left < glyph.get_x() < right))

    def light(self, row: int) -> CodeText:
        """Colour a row by roles."""
        for number, part, role in self._role_parts:
            if number == row:
                part.set_fill(theme.of(role))
        return self

    def shade(self, row: int) -> CodeText:
        """Dim a row."""
        self.rows[row].set_fill(theme.MUTED)
        return self


def _label(piece: _Piece) -> str:
    return f"{piece.row}-{piece.role.value}"


def _body(pieces: list[_Piece], labels: list[str], lines: list[str]) -> str:
    """Return markup that puts every piece in its row and column."""
    width = max(map(len, lines)) * ADVANCE * EM
    height = len(lines) * LEADING * EM
    last = len(labels) + 1
    placed = [
        f'#place({corner}, tag("{last}", box(width: 0.01pt, height: 0.01pt, '
        f"fill: rgb(1, 254, {last}))))"
        for corner in ("top + left", "bottom + right")
    ]
    for piece in pieces:
        weight = ', weight: "bold"' if piece.bold else ""
        placed.append(
            f"#place(top + left, dx: {piece.column * ADVANCE * EM:.4f}pt, "
            f"dy: {(piece.row + 0.5) * LEADING * EM - 0.5 * EM:.4f}pt, "
            f'tag("{labels.index(_label(piece)) + 1}", '
            f'text(font: "{CODE_FONT}"{weight}, top-edge: {ASCENT}em, {_unbroken(piece.text)})))'
        )
    return f"#box(width: {width:.4f}pt, height: {height:.4f}pt)[{' '.join(placed)}]"


def _unbroken(text: str) -> str:
    """Return a text as markup that stays on one line, however narrow its room."""
    return typst_string(text.replace(" ", "\N{NO-BREAK SPACE}"))


def _plain_pieces(lines: list[str]) -> list[_Piece]:
    return [
        _Piece(row, len(line) - len(line.lstrip()), line.strip(), Role.INK, bold=False)
        for row, line in enumerate(lines)
        if line.strip()
    ]


def _python_pieces(source: str, roles: Mapping[str, Role]) -> list[_Piece]:
    """Split Python into tokens, each with its role."""
    pieces = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            role = Role.MUTED
        elif token.type in (tokenize.NAME, tokenize.NUMBER, tokenize.STRING, tokenize.OP):
            role = roles.get(token.string, Role.INK)
        else:
            continue
        row, column = token.start
        bold = token.type == tokenize.NAME and keyword.iskeyword(token.string)
        pieces.append(_Piece(row - 1, column, token.string, role, bold))
    # The tokenizer does not report the backslash that continues a line.
    pieces += [
        _Piece(row, len(line) - 1, CONTINUATION, Role.MUTED, bold=False)
        for row, line in enumerate(source.splitlines())
        if line.endswith(CONTINUATION)
    ]
    return pieces
