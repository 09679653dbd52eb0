"""Interpolation of only the submobjects that are under way; those that wait or have arrived stay.

With a lag, most submobjects of an animation stand still on most frames, yet manim interpolates all
of them on every frame. A submobject is left out here only if nothing can tell the difference: its
progress is that of the frame before, and it still looks as the animation left it. An animation with
an updater in any of its models, or with a method of its own, is left to manim.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import (
    Animation,
    Create,
    DrawBorderThenFill,
    Mobject,
    ShowPassingFlash,
    Transform,
    VMobject,
)
from manim.animation.creation import ShowPartial
from manim.utils.bezier import interpolate

from fastcairo.dots import DotCloud
from fastcairo.internals import GET_BOUNDS, path_func_of
from fastcairo.overrides import has_own, is_plain, module_of
from fastcairo.shapes import ShapeKey, shape_key

__all__ = ["finish", "interpolate_mobject", "is_pure", "is_pure_mobject", "watch"]

_interpolate_mobject_of_manim = Animation.interpolate_mobject
_finish_of_manim = Animation.finish

# How these animations change a submobject depends on nothing but its models and its progress.
PURE_ANIMATION_METHODS: set[Callable[..., Any]] = {
    kind.interpolate_submobject for kind in (ShowPartial, DrawBorderThenFill, Transform)
}
# How they find out what to change, and which part of a path they show.
_PURE_FAMILIES: set[Callable[..., Any]] = {
    Animation.get_all_families_zipped,
    Transform.get_all_families_zipped,
}
_PURE_BOUNDS: set[Callable[..., Any]] = {
    getattr(kind, GET_BOUNDS) for kind in (Create, ShowPassingFlash)
}
_STEP_METHODS = (
    "interpolate_mobject",
    "interpolate_submobject",
    "get_all_families_zipped",
    "get_all_mobjects",
    GET_BOUNDS,
)
_PURE_MOBJECT_METHODS: dict[str, set[Callable[..., Any]]] = {
    "interpolate": {Mobject.interpolate},
    "interpolate_color": {VMobject.interpolate_color},
    "match_style": {VMobject.match_style},
    "set_points": {VMobject.set_points},
    "pointwise_become_partial": {
        VMobject.pointwise_become_partial,
        DotCloud.pointwise_become_partial,
    },
}
_STATE = "_fastcairo_progress"
_COLOUR_ATTRIBUTES = (
    "fill_rgbas",
    "stroke_rgbas",
    "background_stroke_rgbas",
    "stroke_width",
    "background_stroke_width",
    "sheen_direction",
    "sheen_factor",
)


class _Blend:
    """A mixture of two models: what differs between them, and what does not.

    Parameters
    ----------
    start, end
        The models, which stay as they are.
    """

    __slots__ = ("changing", "end", "start", "staying")

    def __init__(self, start: VMobject, end: VMobject) -> None:
        self.start, self.end = start, end
        self.changing: list[str] = []
        self.staying: list[str] = []
        for name in ("points", *_COLOUR_ATTRIBUTES):
            is_same = np.array_equal(getattr(start, name), getattr(end, name))
            (self.staying if is_same else self.changing).append(name)

    def mix(self, mobject: VMobject, alpha: float) -> None:
        """Make ``mobject`` what ``Mobject.interpolate`` makes of it along a straight path."""
        start, end = self.start.__dict__, self.end.__dict__
        for name in self.staying:
            setattr(mobject, name, _own(start[name]))
        for name in self.changing:
            is_end = alpha == 1.0 and name != "points"
            mixed = _own(end[name]) if is_end else interpolate(start[name], end[name], alpha)
            setattr(mobject, name, mixed)


def _own(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


class _Progress:
    """Last step of an animation for each of its submobjects."""

    __slots__ = (
        "alphas",
        "blends",
        "families",
        "family",
        "is_pure",
        "is_skippable",
        "keys",
        "start",
    )

    def __init__(self, animation: Animation, family: list[Any]) -> None:
        self.start = animation.starting_mobject
        self.family = family
        self.families: list[tuple[Any, ...]] = []
        self.is_pure = is_pure(animation) and not _models_change(animation)
        if not self.is_pure:
            return
        self.families = list(animation.get_all_families_zipped())
        self.alphas: list[float | None] = [None] * len(self.families)
        self.keys: list[ShapeKey | None] = [None] * len(self.families)
        path = path_func_of(animation)
        is_known_path = path is None or module_of(path).startswith("manim.")
        self.is_skippable = [
            is_known_path and all(map(is_pure_mobject, group)) for group in self.families
        ]
        # Made at the second step: some animations prepare their models after the first.
        self.blends: list[_Blend | None] | None = None

    def find_blends(self, animation: Animation) -> list[_Blend | None]:
        """Return what is mixed for each submobject; ``None`` where manim does it."""
        if self.blends is None:
            self.blends = []
            return [None] * len(self.families)
        if not self.blends:
            is_straight = path_func_of(animation) is interpolate
            self.blends = [
                _Blend(*group[1:]) if is_straight and is_skippable and len(group) == 3 else None
                for group, is_skippable in zip(self.families, self.is_skippable, strict=True)
            ]
        return self.blends


class Watch:
    """A look-out for mobjects that are interpolated.

    Attributes
    ----------
    touched
        The mobjects that were interpolated since it was last emptied; ``None`` when nobody asks.
    """

    def __init__(self) -> None:
        self.touched: set[Any] | None = None

    def see(self, animation: Animation) -> None:
        """Note all that ``animation`` may change."""
        if self.touched is not None:
            self.touched.update(animation.mobject.get_family())


watch = Watch()
_purity: dict[type, bool] = {}


def is_pure_mobject(mobject: Mobject) -> bool:
    """Tell whether ``mobject`` is interpolated by manim's own methods."""
    kind = type(mobject)
    known = _purity.get(kind)
    if known is None:
        known = _purity[kind] = (
            issubclass(kind, VMobject)
            and is_plain(kind, ("points", *_COLOUR_ATTRIBUTES))
            and all(
                getattr(kind, name) in methods for name, methods in _PURE_MOBJECT_METHODS.items()
            )
        )
    return known and not has_own(mobject, _PURE_MOBJECT_METHODS)


def is_pure(animation: Animation) -> bool:
    """Tell whether a step of ``animation`` depends on its models and its progress alone."""
    kind: Any = type(animation)
    return (
        kind.interpolate_submobject in PURE_ANIMATION_METHODS
        and kind.get_all_families_zipped in _PURE_FAMILIES
        and module_of(kind.get_all_mobjects).startswith("manim.")
        and (not issubclass(kind, ShowPartial) or getattr(kind, GET_BOUNDS) in _PURE_BOUNDS)
        and not has_own(animation, _STEP_METHODS)
    )


def _models_change(animation: Animation) -> bool:
    """Tell whether an updater changes what is interpolated, even by changing a parent of it."""
    # The first is the animated mobject itself, whose own changes are looked for at every step.
    models: list[Any] = list(animation.get_all_mobjects())[1:]
    return any(member.updaters for model in models for member in model.get_family())


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
        watch.see(self)
        _interpolate_mobject_of_manim(self, alpha)
        return
    progress = _progress_of(self)
    if not progress.is_pure:
        watch.see(self)
        _interpolate_mobject_of_manim(self, alpha)
        return
    touched = watch.touched
    count = len(progress.families)
    alphas, keys = progress.alphas, progress.keys
    blends = progress.find_blends(self)
    interpolate_submobject: Callable[..., Any] = self.interpolate_submobject
    for index, mobjects in enumerate(progress.families):
        sub_alpha = self.get_sub_alpha(alpha, index, count)
        can_skip = progress.is_skippable[index]
        if can_skip and alphas[index] == sub_alpha:
            key = keys[index]
            if key is not None and shape_key(mobjects[0]) == key:
                continue
        if touched is not None:
            touched.add(mobjects[0])
        blend = blends[index]
        if blend is None:
            interpolate_submobject(*mobjects, sub_alpha)
        else:
            blend.mix(mobjects[0], sub_alpha)
        keys[index] = shape_key(mobjects[0]) if can_skip and alphas[index] == sub_alpha else None
        alphas[index] = sub_alpha


def finish(self: Animation) -> None:
    """Stand in for ``Animation.finish``, and drop what was remembered."""
    _finish_of_manim(self)
    self.__dict__.pop(_STATE, None)
