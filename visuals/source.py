"""Source code of the package as text: cut from its file, and broken for a narrow frame."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable
from typing import Any

from visuals.code import CONTINUATION
from visuals.layout import is_wide

FULL_COLUMNS, SIDE_COLUMNS, TALL_COLUMNS = 60, 39, 37
"""Columns that fit across a wide frame, beside a picture, and across a tall frame."""

MOST_LINES = 14
"""Lines that fit under the header."""

OPERATOR, CALL, ASSIGNED = (re.compile(text) for text in (r" (?=[-+*/@] )", r"\w\(", " = "))


def source_of(function: Callable[..., Any]) -> str:
    """Return a function's source without its docstring and its outer indentation.

    The docstring is for the editor; every other line stands as it does in the file.
    """
    text = textwrap.dedent(inspect.getsource(function))
    lines = text.splitlines()
    definition = _definition(text)
    if ast.get_docstring(definition) is not None:
        docstring = definition.body[0]
        del lines[docstring.lineno - 1 : docstring.end_lineno]
    return "\n".join(lines)


def body_of(function: Callable[..., Any]) -> str:
    """Return a function's body: its source without signature and docstring, dedented."""
    text = source_of(function)
    first = _definition(text).body[0].lineno
    return textwrap.dedent("\n".join(text.splitlines()[first - 1 :]))


def line_of(function: Callable[..., Any], text: str) -> str:
    """Return the one line of a function that contains a text, dedented.

    Raises
    ------
    ValueError
        If not exactly one line does: the code has changed, and the chapter must follow.
    """
    lines = [line.strip() for line in source_of(function).splitlines() if text in line]
    if len(lines) != 1:
        raise ValueError(f"{len(lines)} lines of {function.__name__} hold {text!r}, not one")
    return lines[0]


def statement_of(function: Callable[..., Any], text: str) -> str:
    """Return the one statement of a function that contains a text, on one line.

    Of a loop it is the line that begins it. What is broken in the source is joined again.

    Raises
    ------
    ValueError
        If not exactly one statement does: the code has changed, and the chapter must follow.
    """
    source = body_of(function)
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt):
            lines = source.splitlines()[node.lineno - 1 : _end_of_head(node)]
            head = re.sub(r"(?<=[(\[]) ", "", " ".join(line.strip() for line in lines))
            if text in head:
                found.append(head)
    if len(found) != 1:
        raise ValueError(f"{len(found)} statements of {function.__name__} hold {text!r}, not one")
    return found[0]


def _end_of_head(node: ast.stmt) -> int | None:
    """Return the number of a statement's last line, without the statements in it."""
    return node.body[0].lineno - 1 if isinstance(node, ast.For) else node.end_lineno


def _definition(text: str) -> ast.FunctionDef:
    definition = ast.parse(text).body[0]
    assert isinstance(definition, ast.FunctionDef)
    return definition


def fitted(code: str, columns: int = TALL_COLUMNS) -> str:
    """Return code as it is, or, in a tall frame, with its long lines broken.

    A line is broken before an operator, or else after the bracket of a call or an equals sign.
    """
    return code if is_wide() else broken(code, columns)


def broken(code: str, columns: int) -> str:
    """Return code with its long lines broken, as :func:`fitted` breaks them, in any frame.

    A break outside of brackets is marked as Python wants it.
    """
    return "\n".join(_broken(line, columns) for line in code.splitlines())


def padded(code: str, columns: int) -> str:
    """Return code that takes at least so many columns: its first line ends in spaces."""
    first, *rest = code.split("\n")
    return "\n".join([first.ljust(columns), *rest])


def _broken(line: str, columns: int) -> str:
    if len(line) <= columns:
        return line
    operators = [match.start() for match in OPERATOR.finditer(line[: columns + 1])]
    if operators:
        first, rest = line[: operators[-1]], line[operators[-1] + 1 :]
        if sum(map(first.count, "([{")) == sum(map(first.count, ")]}")):
            first = f"{first} {CONTINUATION}"
    elif call := CALL.search(line):
        first, rest = line[: call.end()], line[call.end() :]
    elif assigned := ASSIGNED.search(line):
        first, rest = f"{line[: assigned.end()]}{CONTINUATION}", line[assigned.end() :]
    else:
        return line
    indent = len(line) - len(line.lstrip()) + (8 if line.endswith(":") else 4)
    return f"{first}\n{' ' * indent}{rest}"
