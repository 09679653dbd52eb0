"""Functions of the package as highlighted text that can be selected and copied."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from markupsafe import Markup, escape

from visuals.roles import ROLES_IN_TRAINING
from visuals.source import source_of
from visuals.theme import Role


def function_named(path: str) -> Callable[..., Any]:
    """Return a function by its path, as in ``linreg.optim.sgd``."""
    module, _, name = path.rpartition(".")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def highlighted(function: Callable[..., Any]) -> Markup:
    """Return the source that the film shows, with the names in the colours of their roles.

    Without its tags it is the source, character by character.
    """
    source = source_of(function)
    return Markup("").join(_spans(source))


def _spans(source: str) -> Iterator[Markup | str]:
    """Cut Python into marked tokens and the text between them."""
    lines = source.splitlines(keepends=True)
    row, column = 1, 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        classes = _class_of(token)
        if not classes:
            continue
        start_row, start = token.start
        yield from _between(lines, (row, column), (start_row, start))
        yield Markup('<span class="{}">{}</span>').format(classes, token.string)
        row, column = token.end
    yield from _between(lines, (row, column), (len(lines), len(lines[-1])))


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> Iterator[Markup]:
    """Yield the text from one row and column, rows from 1, to before another."""
    for row in range(start[0], end[0] + 1):
        first = start[1] if row == start[0] else 0
        last = end[1] if row == end[0] else len(lines[row - 1])
        yield escape(lines[row - 1][first:last])


def _class_of(token: tokenize.TokenInfo) -> str:
    if token.type == tokenize.COMMENT:
        return Role.MUTED.value
    if token.type != tokenize.NAME:
        return ""
    if keyword.iskeyword(token.string):
        return "keyword"
    role = ROLES_IN_TRAINING.get(token.string)
    return role.value if role else ""
