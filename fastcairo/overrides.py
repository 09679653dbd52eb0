"""Search for classes and objects that change what the engine would look up directly.

The engine reads attributes and skips method calls where manim's own classes give the same result.
A subclass with a property or a method of its own, or an object that carries a method, must not be
treated so; the functions here find them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["descriptors_of", "has_own", "is_plain", "keeps", "module_of"]

_ACCESS = ("__getattribute__", "__setattr__")


def has_own(thing: object, names: Iterable[str]) -> bool:
    """Tell whether ``thing`` itself, not its class, carries one of ``names``."""
    own = thing.__dict__
    return any(name in own for name in names)


_descriptors: dict[type, frozenset[str]] = {}


def descriptors_of(kind: type) -> frozenset[str]:
    """Return the names of properties and the like, whose setting ``kind`` governs."""
    known = _descriptors.get(kind)
    if known is None:
        known = _descriptors[kind] = frozenset(
            name
            for base in kind.__mro__
            for name, value in vars(base).items()
            if hasattr(type(value), "__set__")
        )
    return known


def is_plain(kind: type, attributes: Iterable[str]) -> bool:
    """Tell whether ``attributes`` of instances of ``kind`` are kept in their ``__dict__``."""
    has_own_access = any(getattr(kind, name) is not getattr(object, name) for name in _ACCESS)
    return not has_own_access and descriptors_of(kind).isdisjoint(attributes)


def keeps(kind: type, base: type, names: Iterable[str]) -> bool:
    """Tell whether ``kind`` has methods of the same ``names`` as ``base`` has."""
    return all(getattr(kind, name) is getattr(base, name) for name in names)


def module_of(function: Callable[..., Any]) -> str:
    """Return the name of the module that ``function`` was defined in."""
    return getattr(function, "__module__", None) or ""
