"""Finds out from the code alone which keys of the catalogue can be looked up.

A key is the chapter's name and a name in it. The name stands in the code of the chapter as a text,
as a beat, or in parts: ``f"why_{line}"``, where each part is again a text of the chapter's code, a
value of an enumeration (``f"at_{station.value}"``) or a counted number (``f"w_{feature + 1}"``).
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

from scenes.manifest import CHAPTERS, Chapter
from studio.rooms import PACKAGES, ROOT

NAME = re.compile(r"[A-Za-z0-9_.]+")

LOOK_UPS = {"say", "words", "text", "head", "tr", "has"}
"""Functions that take a key."""


class Keys:
    """Keys that some files can look up.

    Parameters
    ----------
    sources
        Texts of Python modules.
    values
        What an enumeration's ``.value`` may be.
    """

    def __init__(self, sources: Iterable[str], values: Iterable[str]) -> None:
        trees = [ast.parse(source) for source in sources]
        self._nodes = [node for tree in trees for node in _code(tree)]
        self._values = set(values)

    def hold(self, name: str) -> bool:
        """Say whether the files can look up a name."""
        return name in self.names or any(pattern.fullmatch(name) for pattern in self._patterns)

    @cached_property
    def names(self) -> set[str]:
        """Names that stand in the files as they are."""
        found = _texts(self._nodes)
        for call in self._calls:
            if not call.args:
                continue
            called, first = _name_of(call.func), call.args[0]
            if called == "beat":
                found.add(_name_of(first))
            elif called in LOOK_UPS and _name_of(first) == "value":
                found |= self._values
            elif called in LOOK_UPS and _is_stripped(first):
                found |= _stripped(found)
        return found

    @cached_property
    def _calls(self) -> list[ast.Call]:
        return [node for node in self._nodes if isinstance(node, ast.Call)]

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        """Names that are put together, for those f-strings that can be a key."""
        found = []
        functions = [node for node in self._nodes if isinstance(node, ast.FunctionDef)]
        for scope in functions:
            for node in ast.walk(scope):
                if isinstance(node, ast.JoinedStr):
                    parts = [self._part(part, scope) for part in node.values]
                    fixed = "".join(p.value for p in node.values if isinstance(p, ast.Constant))
                    if NAME.fullmatch(fixed) and None not in parts:
                        found.append(re.compile("".join(filter(None, parts))))
        return found

    def _part(self, part: ast.expr, scope: ast.FunctionDef) -> str | None:
        """Return a pattern of what a part of an f-string can be."""
        if isinstance(part, ast.Constant):
            return re.escape(part.value)
        assert isinstance(part, ast.FormattedValue)
        if part.format_spec is not None:
            return None
        if isinstance(part.value, ast.BinOp):
            return r"\d+"
        if _name_of(part.value) == "value":
            words = self._values
        elif isinstance(part.value, ast.Name):
            words = self._texts_of(part.value.id, scope)
        else:
            texts = _texts(ast.walk(scope))
            words = _stripped(texts) if _is_stripped(part.value) else _texts(self._nodes)
        return "|".join(sorted(map(re.escape, words))).join(("(?:", ")")) if words else None

    def _texts_of(self, name: str, scope: ast.FunctionDef) -> set[str]:
        """Return what a variable can be: a text of its function, or of the calls of that."""
        if name not in {argument.arg for argument in scope.args.args}:
            return _texts(ast.walk(scope))
        calls = (call for call in self._calls if _name_of(call.func) == scope.name)
        return {text for call in calls for part in call.args for text in _texts(ast.walk(part))}


def _texts(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the texts among parts of the code that can be a name."""
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and NAME.fullmatch(text)}


def _is_stripped(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _name_of(node.func) == "strip"


def _stripped(texts: set[str]) -> set[str]:
    return {text.strip("_") for text in texts}


def _code(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield all of a module but its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    yield from (node for node in ast.walk(tree) if id(node) not in docstrings)


def _name_of(node: ast.expr) -> str:
    """Return the last name of an expression: ``beat`` of ``self.beat``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _sources(*patterns: str) -> list[str]:
    files = itertools.chain.from_iterable(map(ROOT.glob, patterns))
    return [file.read_text(encoding="utf-8") for file in sorted(files)]


@cache
def enumerated() -> frozenset[str]:
    """Return the texts that are a value of an enumeration, in any room."""
    found = set()
    for source in _sources(*(f"{room}/**/*.py" for room in PACKAGES)):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef) and any("Enum" in _name_of(b) for b in node.bases):
                values = (line.value for line in node.body if isinstance(line, ast.Assign))
                found |= {v.value for v in values if isinstance(v, ast.Constant)}
    return frozenset(text for text in found if isinstance(text, str))


@cache
def keys_of(chapter: Chapter) -> Keys:
    """Return what a chapter's scene and figures can look up."""
    folder = Path(chapter.file).stem.partition("_")[2]
    return Keys(_sources(chapter.file, f"figures/{folder}/*.py"), enumerated())


@cache
def _shared_keys() -> tuple[Keys, ...]:
    """Return what each file that serves all chapters can look up, and the pages' templates."""
    modules = _sources("visuals/*.py", "scenes/manifest.py", "studio/web/**/*.py")
    texts = re.findall(r"""["']([\w.]+)["']""", "\n".join(_sources("assets/web/**/*.j2")))
    each = [[source] for source in (*modules, f"TEXTS = {texts}")]
    return tuple(Keys(sources, enumerated()) for sources in each)


def is_used(key: str, texts: dict[str, str]) -> bool:
    """Say whether anything can look up a key.

    Parameters
    ----------
    key
        The whole key; the spoken form of a sentence belongs to the sentence.
    texts
        The catalogue: an article's text chooses among the keys below its own.
    """
    family, dot, name = key.removesuffix(".spoken").partition(".")
    if not dot:
        return False
    if any(keys.hold(key) for keys in _shared_keys()):
        return True
    for chapter in CHAPTERS:
        if family == chapter.name:
            return keys_of(chapter).hold(name)
        if key == f"post.{chapter.name}":
            return True  # the chapter's part of the article
    above, _, choice = key.rpartition(".")
    numbers = Keys(_sources("studio/web/numbers.py"), enumerated())
    return "{choose " in texts.get(above, "") and choice in numbers.names | enumerated()
