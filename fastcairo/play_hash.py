"""Name of a play's cached segment: a digest of all that its frames depend on, made directly.

Manim writes camera, animations and mobjects as JSON, with the source of every function that they
refer to, and hashes the text. Here the same objects are walked once and their contents are fed to a
digest as they are: arrays as bytes, functions as byte code, with their defaults, closures and the
globals that they use. What belongs to an installed package counts by its name, and manim's version
counts for all of it.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from functools import cache, partial
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import manim
import numpy as np
from manim import ManimColor, Mobject, Scene
from manim.utils import hashing

from fastcairo.internals import SVGPath

__all__ = ["get_hash_from_play_call"]

_hash_of_manim = hashing.get_hash_from_play_call

# They hold pixels, which follow from the rest, or say where an object is in memory.
_LEFT_OUT = frozenset(hashing.KEYS_TO_FILTER_OUT) - {"pixel_array"}
_INSTALLED_AT = tuple(
    str(Path(path).resolve()) + os.sep
    for name, path in sysconfig.get_paths().items()
    if name in {"stdlib", "platstdlib", "purelib", "platlib"}
)


class _Feeder:
    """Turns objects into the bytes that a digest is made of."""

    def __init__(self, scene: Scene) -> None:
        self._parts: list[bytes] = []
        self._seen: dict[int, int] = {id(scene): 0}
        self._alive: list[Any] = [scene]

    def digest(self) -> str:
        """Return the digest of all that was fed."""
        return hashlib.blake2b(b"\0".join(self._parts), digest_size=32).hexdigest()

    def feed(self, thing: Any) -> None:
        """Take the contents of ``thing``, and of all that it refers to, once."""
        kind = type(thing)
        if kind in _PLAIN:
            self._parts.append(marshal.dumps(thing, 2))
            return
        number = self._seen.get(id(thing))
        if number is not None:
            self._parts.append(b"#%d" % number)
            return
        self._seen[id(thing)] = len(self._seen)
        self._alive.append(thing)  # so that no other object gets its address
        if kind is np.ndarray:
            self._feed_array(thing)
        elif kind is list or kind is tuple:
            self._feed_all(kind, thing)
        elif kind is dict:
            self._feed_dict(kind, thing)
        else:
            self._feed_object(kind, thing)

    def _feed_array(self, array: Any) -> None:
        self._parts.append(f"array{array.dtype}{array.shape}".encode())
        if array.dtype.hasobject:
            self._feed_all(list, array.ravel().tolist())
        else:
            self._parts.append(array.tobytes())

    def _feed_all(self, kind: type, things: Iterable[Any]) -> None:
        things = list(things)
        self._parts.append(f"{kind.__qualname__}{len(things)}".encode())
        for thing in things:
            self.feed(thing)

    def _feed_dict(self, kind: type, contents: dict[Any, Any]) -> None:
        """Take a dictionary: what is plain at once, and the rest one by one."""
        plain: list[Any] = [kind.__module__, kind.__qualname__, len(contents)]
        data: list[bytes] = []
        rest: list[Any] = []
        for key, value in contents.items():
            if key.__class__ is not str:
                rest += (key, value)
                continue
            if key in _LEFT_OUT:
                continue
            value_kind = value.__class__
            if value_kind in _PLAIN:
                plain += (key, value)
            elif value_kind is np.ndarray and not value.dtype.hasobject:
                plain += (key, value.dtype.str, value.shape)
                data.append(value.tobytes())
            elif value_kind is ManimColor:
                plain += (key, "color")
                data.append(value.to_rgba().tobytes())
            elif (value_kind is list or value_kind is dict) and not value:
                plain += (key, value_kind.__name__)
            else:
                rest += (key, value)
        # Version 2 of the format depends on values alone, not on which are one object.
        self._parts.append(marshal.dumps(plain, 2))
        self._parts += data
        for thing in rest:
            self.feed(thing)

    def _feed_object(self, kind: type, thing: Any) -> None:
        if isinstance(thing, Mobject):
            self._feed_dict(kind, _contents(thing))
        elif isinstance(thing, FunctionType):
            self._feed_function(thing)
        elif isinstance(thing, MethodType):
            self._feed_all(MethodType, [thing.__self__, thing.__func__])
        elif isinstance(thing, partial):
            self._feed_all(partial, [thing.func, thing.args, thing.keywords])
        elif isinstance(thing, (type, ModuleType, BuiltinFunctionType)):
            name = getattr(thing, "__qualname__", thing.__name__)
            self._parts.append(f"{getattr(thing, '__module__', '')}.{name}".encode())
        elif isinstance(thing, (Enum, np.generic, np.dtype)):
            self._parts.append(f"{kind.__qualname__}{thing!r}".encode())
        elif isinstance(thing, (set, frozenset)):
            self._feed_all(kind, sorted(thing, key=repr) if _are_plain(thing) else ())
        elif isinstance(thing, np.random.Generator):
            self._parts.append(repr(thing.bit_generator.state).encode())
        elif isinstance(thing, (SVGPath, Scene)):
            self._parts.append(kind.__qualname__.encode())  # what it was made into is fed
        else:
            if isinstance(thing, np.ndarray):
                self._feed_array(thing)
            elif isinstance(thing, (list, tuple)):
                self._feed_all(kind, thing)
            elif isinstance(thing, dict):
                self._feed_all(kind, thing.items())
            elif hasattr(kind, "__array__"):
                with suppress(Exception):  # a tensor that is not in this memory, say
                    self._feed_array(np.asarray(thing))
            self._feed_dict(kind, _contents(thing))

    def _feed_function(self, function: FunctionType) -> None:
        module = function.__module__ or ""
        self._parts.append(f"{module}.{function.__qualname__}".encode())
        if (version := _version_of(module)) is not None:
            self._parts.append(version.encode())
        else:
            self._feed_code(function.__code__, function.__globals__)
        self.feed(function.__defaults__)
        self.feed(function.__kwdefaults__)
        for cell in function.__closure__ or ():
            try:
                self.feed(cell.cell_contents)
            except ValueError:  # empty as yet
                self._parts.append(b"empty")
        if function.__dict__:
            self.feed(function.__dict__)

    def _feed_code(self, code: CodeType, names: dict[str, Any]) -> None:
        self._parts += [code.co_code, repr((code.co_names, code.co_varnames)).encode()]
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self._feed_code(constant, names)
            else:
                self.feed(constant)
        for name in code.co_names:
            if name in names and not isinstance(names[name], ModuleType):
                self.feed(names[name])


@cache
def _version_of(name: str) -> str | None:
    """Return the version of an installed module; ``None`` for code of the user's own."""
    module = sys.modules.get(name)
    file = getattr(module, "__file__", None)
    if file is None:
        return "" if name in sys.builtin_module_names else None
    if not str(Path(file).resolve()).startswith(_INSTALLED_AT):
        return None
    return str(getattr(sys.modules.get(name.partition(".")[0]), "__version__", ""))


_PLAIN = frozenset({int, float, complex, bool, str, bytes, type(None)})


def _are_plain(things: Iterable[Any]) -> bool:
    return all(type(thing) in _PLAIN for thing in things)


_slots: dict[type, tuple[str, ...]] = {}


def _slots_of(kind: type) -> tuple[str, ...]:
    known = _slots.get(kind)
    if known is None:
        names: list[str] = []
        for base in kind.__mro__:
            slots = base.__dict__.get("__slots__", ())
            names += (slots,) if isinstance(slots, str) else slots
        known = _slots[kind] = tuple(n for n in names if n not in {"__dict__", "__weakref__"})
    return known


def _contents(thing: Any) -> dict[str, Any]:
    """Return the attributes of ``thing``, those in slots as well."""
    contents: dict[str, Any] = getattr(thing, "__dict__", {})
    slots = _slots_of(type(thing))
    if not slots:
        return contents
    return contents | {name: getattr(thing, name) for name in slots if hasattr(thing, name)}


def get_hash_from_play_call(
    scene_object: Scene,
    camera_object: Any,
    animations_list: Iterable[Any],
    current_mobjects_list: Iterable[Any],
    **identities: Any,
) -> str:
    """Stand in for ``manim.utils.hashing.get_hash_from_play_call``."""
    animations, mobjects = list(animations_list), list(current_mobjects_list)
    feeder = _Feeder(scene_object)
    try:
        feeder.feed(manim.__version__)
        feeder.feed(sorted(identities.items()))
        feeder.feed(type(camera_object))
        feeder.feed({k: v for k, v in vars(camera_object).items() if k != "pixel_array"})
        feeder.feed(animations)
        feeder.feed(mobjects)
    except RecursionError:
        return _hash_of_manim(scene_object, camera_object, animations, mobjects, **identities)
    return feeder.digest()
