"""Updaters called without a look at their signature each time.

On every frame manim visits every submobject on screen, and asks ``inspect.signature`` of each
updater whether it takes ``dt``, which costs more than many an updater. Submobjects without updaters
are passed over here, and a plain function is asked by its code object.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from inspect import CO_VARARGS, CO_VARKEYWORDS
from types import FunctionType
from typing import Any

from manim import Mobject

__all__ = ["takes_dt", "update"]


def takes_dt(updater: Callable[..., Any]) -> bool:
    """Tell whether ``updater`` has a parameter of the name ``dt``."""
    if type(updater) is not FunctionType or updater.__dict__:
        # A decorator may have left a signature that is not that of the code.
        return "dt" in inspect.signature(updater).parameters
    code = updater.__code__
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & CO_VARARGS) + bool(code.co_flags & CO_VARKEYWORDS)
    return "dt" in code.co_varnames[:count]


def update(self: Mobject, dt: float = 0, recursive: bool = True) -> Mobject:
    """Stand in for ``Mobject.update``."""
    if self.updating_suspended:
        return self
    updater: Any
    for updater in self.updaters:
        if takes_dt(updater):
            updater(self, dt)
        else:
            updater(self)
    if recursive:
        for submobject in self.submobjects:
            if (
                submobject.updaters
                or submobject.submobjects
                or type(submobject).update is not update
                or "update" in submobject.__dict__
            ):
                submobject.update(dt, recursive=recursive)
    return self


def has_time_based_updater(self: Mobject) -> bool:
    """Stand in for ``Mobject.has_time_based_updater``."""
    return any(takes_dt(updater) for updater in self.updaters)
