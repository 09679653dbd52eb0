"""Versions of manim that the engine works with, told without importing more of manim than that."""

from __future__ import annotations

import warnings
from functools import cache

__all__ = ["SUPPORTED", "is_supported_manim", "warn_about_manim"]

SUPPORTED = (0, 22)
"""The minor version whose parts the engine replaces."""


def _version() -> str:
    import manim

    return str(manim.__version__)


def is_supported_manim() -> bool:
    """Tell whether the installed manim is one that the engine was written against."""
    return tuple(_version().split(".")[:2]) == tuple(map(str, SUPPORTED))


def warn_about_manim() -> None:
    """Say once that this version of manim is left as it is."""
    _warn_about(_version())


@cache
def _warn_about(version: str) -> None:
    known = ".".join(map(str, SUPPORTED))
    warnings.warn(
        f"fastcairo does not know manim {version} and leaves it as it is; it knows {known}.",
        RuntimeWarning,
        stacklevel=4,
    )
