"""Decision whether a play can be taken to its end at once, and a summary of the state at its end.

A process that leaves the frames of a play to another one needs only the end of it. Where the end
depends on nothing but the beginning, the steps between need not be taken. Whatever is not known to
be so is stepped through: an updater, a method or a rate function that may have a memory.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from manim import Add, Animation, AnimationGroup, Mobject, Succession, TransformFromCopy, Wait
from manim.utils import rate_functions

from fastcairo.internals import path_func_of
from fastcairo.interpolate import interpolate_mobject, is_pure
from fastcairo.overrides import has_own, module_of

if TYPE_CHECKING:
    from manim import Scene

__all__ = [
    "SceneState",
    "are_close",
    "changes_only_by_interpolation",
    "must_be_stepped",
    "scene_state",
    "updaters_must_be_stepped",
]

SceneState = npt.NDArray[np.float64]

_RATES: set[Callable[..., Any]] = {
    value
    for value in vars(rate_functions).values()
    if callable(value) and module_of(value) == rate_functions.__name__
}
# Methods that run on every frame. Where manim's own do, nothing is remembered from one to the next.
_ANIMATION_STEPS = (
    "interpolate",
    "interpolate_mobject",
    "interpolate_submobject",
    "get_sub_alpha",
    "update_mobjects",
    "get_all_mobjects_to_update",
)
_SCENE_STEPS = (
    "update_to_time",
    "update_mobjects",
    "update_self",
    "update_meshes",
    "play_internal",
    "get_time_progression",
)
_MOBJECT_STEPS = (
    "interpolate",
    "interpolate_color",
    "pointwise_become_partial",
    "match_style",
    "set_points",
)
_GROUP_STEPS: set[Callable[..., Any]] = {AnimationGroup.interpolate, Succession.interpolate}
_STEP: set[Callable[..., Any]] = {Animation.interpolate_mobject, interpolate_mobject}


def _is_of_manim(thing: object, methods: tuple[str, ...]) -> bool:
    return not has_own(thing, methods) and _is_kind_of_manim(type(thing), methods)


_kinds: dict[tuple[type, tuple[str, ...]], bool] = {}


def _is_kind_of_manim(kind: type, methods: tuple[str, ...]) -> bool:
    known = _kinds.get((kind, methods))
    if known is None:
        known = _kinds[kind, methods] = all(
            module_of(getattr(kind, name)).partition(".")[0] in {"manim", "fastcairo"}
            for name in methods
            if name in dir(kind)
        )
    return known


def _has_no_memory(animation: Animation) -> bool:
    """Tell whether a step of ``animation`` interpolates its mobject and depends on nothing else."""
    kind = type(animation)
    if animation.rate_func not in _RATES or not _is_of_manim(animation, _ANIMATION_STEPS):
        return False
    if isinstance(animation, AnimationGroup):
        return kind.interpolate in _GROUP_STEPS and all(map(_has_no_memory, animation.animations))
    if isinstance(animation, (Wait, Add)):
        return True
    path = path_func_of(animation)
    return (
        is_pure(animation)
        and kind.interpolate_mobject in _STEP
        and kind.interpolate in {Animation.interpolate, TransformFromCopy.interpolate}
        and (path is None or module_of(path).startswith("manim."))
        and all(
            _is_of_manim(member, _MOBJECT_STEPS)
            for model in _models_of(animation)
            for member in model.get_family()
        )
    )


def _models_of(animation: Animation) -> Iterator[Any]:
    """Return all mobjects that ``animation`` and its parts look at while they run."""
    if isinstance(animation, AnimationGroup):
        yield animation.mobject
        yield from chain.from_iterable(map(_models_of, animation.animations))
        return
    try:
        yield from list(animation.get_all_mobjects())
    except AttributeError:  # a part of a succession that has not begun has no copies yet
        yield from filter(None, (animation.mobject, getattr(animation, "target_mobject", None)))


def must_be_stepped(scene: Scene, *, updaters_have_memory: bool) -> bool:
    """Tell whether the state after the present play may depend on each of its frames.

    Parameters
    ----------
    scene
        A scene whose animations have begun.
    updaters_have_memory
        ``False`` promises that what an updater without ``dt`` does depends only on the present
        state of the scene, so that running it once at the end is enough.
    """
    # The parts of a succession begin, and are added to the scene, one after the other.
    if any(map(_is_or_has_a_succession, scene.animations or ())):
        return True
    members = _members_without_memory(scene)
    if members is None:
        return True
    return _have_updaters_to_step(members, updaters_have_memory=updaters_have_memory)


def updaters_must_be_stepped(scene: Scene, *, updaters_have_memory: bool) -> bool:
    """Tell whether updaters run on every frame of the present play, drawn here or not.

    Parameters
    ----------
    scene
        A scene whose animations have not yet begun.
    updaters_have_memory
        As in :func:`must_be_stepped`.
    """
    members = scene.get_mobject_family_members()
    return bool(scene.updaters) or _have_updaters_to_step(
        members, updaters_have_memory=updaters_have_memory
    )


def _have_updaters_to_step(members: Iterable[Any], *, updaters_have_memory: bool) -> bool:
    if updaters_have_memory:
        return any(member.updaters for member in members)
    return any(member.has_time_based_updater() for member in members if member.updaters)


def changes_only_by_interpolation(scene: Scene) -> bool:
    """Tell whether nothing but manim's own interpolation changes a mobject during this play."""
    members = _members_without_memory(scene)
    return members is not None and not any(member.updaters for member in members)


def _is_or_has_a_succession(animation: Animation) -> bool:
    return isinstance(animation, Succession) or (
        isinstance(animation, AnimationGroup)
        and any(map(_is_or_has_a_succession, animation.animations))
    )


def _members_without_memory(scene: Scene) -> set[Any] | None:
    """Return all that is in the play; ``None`` if any method of it may have a memory."""
    animations = scene.animations or []
    if scene.updaters or scene.stop_condition is not None:
        return None
    if not _is_of_manim(scene, _SCENE_STEPS) or not all(map(_has_no_memory, animations)):
        return None
    members = {
        member
        for top in chain(scene.mobjects, *map(_models_of, animations))
        for member in top.get_family()
    }
    return members if all(_is_of_manim(member, ("update",)) for member in members) else None


def scene_state(scene: Scene) -> SceneState:
    """Return a summary of all that ``scene`` draws, a row for each member of a family.

    An array is summed with weights that no two of its entries share, so that two summaries are
    close when the mobjects are, and hardly ever otherwise. The last row is about the time, the
    camera and the generators of random numbers.
    """
    camera: Any = scene.camera
    tops = [*scene.mobjects, *scene.foreground_mobjects]
    if isinstance(frame := getattr(camera, "frame", None), Mobject):
        tops.append(frame)
    rows = [_summary(mobject) for top in tops for mobject in top.get_family()]
    _, keys, place, *_ = np.random.get_state()
    generators = (
        zlib.crc32(repr(random.getstate()).encode()),
        zlib.crc32(np.asarray(keys).tobytes()),
    )
    last = [scene.time, *generators, float(place), *map(float, camera.frame_center)]
    rows.append(last + [0.0] * (_ROW - len(last)))
    return np.array(rows)


_NUMBERS = ("stroke_width", "background_stroke_width", "z_index", "sheen_factor")
_ARRAYS = ("points", "fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
_ROW = len(_NUMBERS) + 2 * len(_ARRAYS)
_weights = np.cos(np.arange(1024.0))


def _summary(mobject: Mobject) -> list[float]:
    global _weights
    state = mobject.__dict__
    row = [_as_float(state.get(name)) for name in _NUMBERS]
    for name in _ARRAYS:
        array = state.get(name)
        if array is None:
            row += [0.0, 0.0]
            continue
        values = np.ravel(array)
        if len(values) > len(_weights):
            _weights = np.cos(np.arange(2.0 * len(values)))
        row += [len(values), float(values @ _weights[: len(values)])]
    return row


def _as_float(value: Any) -> float:
    """Return a number, or 0 for whatever else a class of the user's keeps under its name."""
    try:
        return float(value or 0)
    except (TypeError, ValueError):
        return 0.0


def are_close(one: SceneState, other: SceneState) -> bool:
    """Compare two states; NaN, which broken mobjects hold, equals itself."""
    return one.shape == other.shape and np.allclose(one, other, 1e-6, 1e-6, equal_nan=True)
