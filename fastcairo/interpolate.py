"""Interpolation of the submobjects that are under way, not of those that wait or have arrived.

With a lag, most submobjects of an animation stand still on most frames, yet manim interpolates all
of them on every frame. A submobject is left out here only if nothing can tell the difference: its
progress is that of the frame before, and it still looks as the animation left it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import Animation, DrawBorderThenFill, Mobject, Transform, VMobject
from manim.animation.creation import ShowPartial

from fastcairo.dots import DotCloud
from fastcairo.shapes import ShapeKey, shape_key

__all__ = ["PURE_ANIMATION_METHODS", "finish", "interpolate_mobject"]

_interpolate_mobject_of_manim = Animation.interpolate_mobject
_finish_of_manim = Animation.finish

# How these animations change a submobject depends on nothing but its models and its progress.
PURE_ANIMATION_METHODS: set[Callable[..., Any]] = {
    kind.interpolate_submobject for kind in (ShowPartial, DrawBorderThenFill, Transform)
}
_PURE_MOBJECT_METHODS: dict[str, set[Callable[..., Any]]] = {
    "interpolate": {Mobject.interpolate},
    "interpolate_color": {VMobject.interpolate_color},
    "pointwise_become_partial": {
        VMobject.pointwise_become_partial,
        DotCloud.pointwise_become_partial,
    },
}
_STATE = "_fastcairo_progress"


class _Progress:
    """What an animation did last to each of its submobjects."""

    __slots__ = ("alphas", "families", "family", "is_skippable", "keys", "start")

    def __init__(self, animation: Animation, family: list[Any]) -> None:
        self.start = animation.starting_mobject
        self.family = family
        self.families: list[tuple[Any, ...]] = list(animation.get_all_families_zipped())
        self.alphas: list[float | None] = [None] * len(self.families)
        self.keys: list[ShapeKey | None] = [None] * len(self.families)
        models_stay = not any(model.updaters for group in self.families for model in group[1:])
        self.is_skippable = [
            models_stay and all(_is_pure(type(mobject)) for mobject in group)
            for group in self.families
        ]


_purity: dict[type, bool] = {}


def _is_pure(kind: type) -> bool:
    known = _purity.get(kind)
    if known is None:
        known = _purity[kind] = issubclass(kind, VMobject) and all(
            getattr(kind, name) in methods for name, methods in _PURE_MOBJECT_METHODS.items()
        )
    return known


def _progress_of(animation: Animation) -> _Progress:
    """Return the animation's progress, begun anew when its mobjects are others than before."""
    family = list(animation.mobject.family_members_with_points())
    progress: _Progress | None = animation.__dict__.get(_STATE)
    if (
        progress is None
        or progress.start is not animation.starting_mobject
        or progress.family != family
    ):
        progress = animation.__dict__[_STATE] = _Progress(animation, family)
    return progress


def interpolate_mobject(self: Animation, alpha: float) -> None:
    """Stand in for ``Animation.interpolate_mobject``."""
    if type(self).interpolate_submobject not in PURE_ANIMATION_METHODS:
        _interpolate_mobject_of_manim(self, alpha)
        return
    progress = _progress_of(self)
    count = len(progress.families)
    alphas, keys = progress.alphas, progress.keys
    interpolate: Callable[..., Any] = self.interpolate_submobject
    for index, mobjects in enumerate(progress.families):
        sub_alpha = self.get_sub_alpha(alpha, index, count)
        can_skip = progress.is_skippable[index]
        if can_skip and alphas[index] == sub_alpha:
            key = keys[index]
            if key is not None and shape_key(mobjects[0]) == key:
                continue
            interpolate(*mobjects, sub_alpha)
            keys[index] = shape_key(mobjects[0])
            continue
        interpolate(*mobjects, sub_alpha)
        alphas[index], keys[index] = sub_alpha, None


def finish(self: Animation) -> None:
    """Stand in for ``Animation.finish``, and drop what was remembered."""
    _finish_of_manim(self)
    self.__dict__.pop(_STATE, None)
