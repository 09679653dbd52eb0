"""Copies of mobjects without the generic copier's detour.

Every animation copies its mobject, and ``copy.deepcopy`` asks a chain of questions about each of a
mobject's forty attributes. Most are immutable or plain arrays; they are dealt with here directly,
all others by ``deepcopy`` as before.
"""

from __future__ import annotations

import copy
from enum import Enum
from types import BuiltinFunctionType, FunctionType
from typing import Any

import numpy as np
from manim import ManimColor, Mobject

from fastcairo.internals import SVGPath
from fastcairo.overrides import descriptors_of

__all__ = ["deepcopy_mobject"]

# Types whose values ``deepcopy`` returns as they are, and two whose values nobody changes in place:
# colours, and the SVG path that a glyph was made from.
_SHARED: frozenset[type] = frozenset(
    {
        int,
        float,
        complex,
        bool,
        str,
        bytes,
        type,
        type(None),
        FunctionType,
        BuiltinFunctionType,
        np.float64,
        np.int64,
        np.bool_,
        ManimColor,
        SVGPath,
    }
)


_deepcopy_of_manim = Mobject.__deepcopy__


def deepcopy_mobject(self: Mobject, clone_from_id: dict[int, Any]) -> Mobject:
    """Stand in for ``Mobject.__deepcopy__``."""
    cls = self.__class__
    if cls.__setattr__ is not object.__setattr__:
        return _deepcopy_of_manim(self, clone_from_id)
    guarded = descriptors_of(cls)
    result = cls.__new__(cls)
    number = id(self)
    clone_from_id[number] = result
    state = result.__dict__
    for name, value in self.__dict__.items():
        kind = type(value)
        if name in guarded:
            setattr(result, name, copy.deepcopy(value, clone_from_id))
        elif kind in _SHARED:
            state[name] = value
        elif kind is np.ndarray and not value.dtype.hasobject:
            # Asked once: every call of id() is an event for whoever audits this process.
            key = id(value)
            array = clone_from_id.get(key)
            if array is None:
                array = clone_from_id[key] = value.copy()
            state[name] = array
        elif (kind is list or kind is dict) and not value:
            key = id(value)
            empty = clone_from_id.get(key)
            if empty is None:
                empty = clone_from_id[key] = kind()
            state[name] = empty
        elif isinstance(value, Enum):
            state[name] = value
        else:
            state[name] = copy.deepcopy(value, clone_from_id)
    result.original_id = str(number)
    return result
