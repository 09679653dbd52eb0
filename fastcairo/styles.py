"""Colours and opacities set in place, without a list of colours for every mobject.

Whenever a colour or an opacity is set, manim makes an array of what it would be for any number of
colours, and copies a part of it. Mostly it is one colour, or one number.
"""

from __future__ import annotations

from typing import Any

from manim import ManimColor, VMobject

from fastcairo.overrides import has_own, is_plain, keeps

__all__ = ["update_rgbas_array"]

_update_of_manim = VMobject.update_rgbas_array
_METHODS = ("generate_rgbas_array", "get_sheen_factor")
_ARRAYS = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas", "sheen_factor")
_kinds: dict[type, bool] = {}


def _is_kind_of_manim(kind: type) -> bool:
    """Tell whether ``kind`` keeps its colours where manim keeps them."""
    known = _kinds.get(kind)
    if known is None:
        known = _kinds[kind] = keeps(kind, VMobject, _METHODS) and is_plain(kind, _ARRAYS)
    return known


def update_rgbas_array(
    self: VMobject, array_name: str, color: Any = None, opacity: Any = None
) -> VMobject:
    """Stand in for ``VMobject.update_rgbas_array``."""
    rgbas = self.__dict__.get(array_name)
    if (
        rgbas is None
        or len(rgbas) == 0
        or not (color is None or type(color) is ManimColor)
        or not (opacity is None or isinstance(opacity, (int, float)))
        or self.__dict__.get("sheen_factor") != 0
        or array_name not in _ARRAYS
        or not _is_kind_of_manim(type(self))
        or has_own(self, _METHODS)
    ):
        return _update_of_manim(self, array_name, color, opacity)
    if color is not None:
        rgbas[:, :3] = color._internal_value[:3]
    if opacity is not None:
        rgbas[:, 3] = opacity
    return self
