"""Functions of manim that are replaced where it offers no seam, and the way back.

Nothing is patched on import: :func:`install` does it and :func:`uninstall` undoes it, or
:func:`installed` does both around a block. The patches were written against one version of manim;
under any other, none is applied, one warning says so, and everything still works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import manim.camera.camera
import manim.mobject.three_d.three_d_utils
import manim.renderer.cairo_renderer
import manim.scene.moving_camera_scene
import manim.scene.scene
import manim.utils.family
from manim import Animation, Mobject, Scene, SVGMobject, VMobject
from manimpango import PangoUtils

from fastcairo import (
    copies,
    families,
    interpolate,
    outlines,
    play_hash,
    styles,
    typesetting,
    updaters,
)
from fastcairo.internals import typesetters
from fastcairo.levers import Levers
from fastcairo.support import is_supported_manim, warn_about_manim

__all__ = ["PATCHES", "Patch", "install", "installed", "uninstall"]


@dataclass(frozen=True, slots=True)
class Patch:
    """One attribute of manim and what takes its place.

    Attributes
    ----------
    lever
        Name of the lever that the patch belongs to.
    owner
        Class or module whose attribute is replaced.
    name
        The attribute.
    replacement
        What stands there while the patch is installed.
    """

    lever: str
    owner: Any
    name: str
    replacement: Callable[..., Any]


PATCHES: tuple[Patch, ...] = (
    Patch("families", Mobject, "get_family", families.get_family),
    Patch("families", Mobject, "family_members_with_points", families.family_members_with_points),
    Patch(
        "families",
        Scene,
        "get_restructured_mobject_list",
        families.get_restructured_mobject_list,
    ),
    *(
        Patch(
            "families",
            module,
            "extract_mobject_family_members",
            families.extract_mobject_family_members,
        )
        for module in (
            manim.camera.camera,
            manim.scene.moving_camera_scene,
            manim.scene.scene,
            manim.utils.family,
        )
    ),
    Patch(
        "outlines", VMobject, "get_points_defining_boundary", outlines.get_points_defining_boundary
    ),
    Patch(
        "outlines",
        manim.mobject.three_d.three_d_utils,
        "get_3d_vmob_unit_normal",
        outlines.get_3d_vmob_unit_normal,
    ),
    Patch("outlines", Mobject, "reduce_across_dimension", outlines.reduce_across_dimension),
    Patch("outlines", Mobject, "get_critical_point", outlines.get_critical_point),
    Patch("outlines", VMobject, "get_subpaths_from_points", outlines.get_subpaths_from_points),
    Patch("styles", VMobject, "update_rgbas_array", styles.update_rgbas_array),
    Patch("updaters", Mobject, "update", updaters.update),
    Patch("updaters", Mobject, "has_time_based_updater", updaters.has_time_based_updater),
    Patch("copies", Mobject, "__deepcopy__", copies.deepcopy_mobject),
    Patch(
        "hashes",
        manim.renderer.cairo_renderer,
        "get_hash_from_play_call",
        play_hash.get_hash_from_play_call,
    ),
    Patch("interpolation", Animation, "interpolate_mobject", interpolate.interpolate_mobject),
    Patch("interpolation", Animation, "finish", interpolate.finish),
    *(
        Patch("forked", owner, name, typesetting.alone(vars(owner)[name]))
        for owner, name in [(SVGMobject, "generate_mobject"), *typesetters()]
    ),
    Patch(
        "forked",
        PangoUtils,
        "remove_last_M",
        staticmethod(typesetting.alone(PangoUtils.remove_last_M)),
    ),
)

_originals: dict[Patch, Any] = {}


def install(levers: Levers | None = None) -> None:
    """Apply the patches of ``levers``, by default all; a second call changes nothing."""
    if not is_supported_manim():
        warn_about_manim()
        return
    wanted = Levers() if levers is None else levers
    for patch in PATCHES:
        if getattr(wanted, patch.lever) and patch not in _originals:
            _originals[patch] = patch.owner.__dict__[patch.name]
            setattr(patch.owner, patch.name, patch.replacement)


def uninstall() -> None:
    """Put back every attribute that :func:`install` replaced."""
    while _originals:
        patch, original = _originals.popitem()
        setattr(patch.owner, patch.name, original)


@contextmanager
def installed(levers: Levers | None = None) -> Iterator[None]:
    """Apply the patches of ``levers`` that are not yet installed, for the length of a block."""
    before = set(_originals)
    install(levers)
    try:
        yield
    finally:
        for patch in [patch for patch in _originals if patch not in before]:
            setattr(patch.owner, patch.name, _originals.pop(patch))
