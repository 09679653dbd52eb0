"""Families in linear time, which removes the quadratic part of collecting submobjects.

Manim lists a family by recursive generators, one layer of ``yield from`` a level, and then removes
duplicates that hardly ever exist. The functions here walk the family once with a stack, and fall
back to manim's when they meet a mobject twice, so that the order is always manim's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter

from manim import Mobject, Scene

__all__ = [
    "extract_mobject_family_members",
    "family_members_with_points",
    "get_family",
    "get_restructured_mobject_list",
]

_get_family_of_manim: Callable[[Mobject, bool], list[Mobject]] = Mobject.get_family
_by_depth = attrgetter("z_index")


def get_family(self: Mobject, recurse: bool = True) -> list[Mobject]:
    """Stand in for ``Mobject.get_family``."""
    if not self.submobjects:
        return [self]
    family: list[Mobject] = []
    seen: set[Mobject] = set()
    waiting = [self]
    while waiting:
        mobject = waiting.pop()
        if mobject in seen:
            return _get_family_of_manim(self, recurse)
        seen.add(mobject)
        family.append(mobject)
        if mobject.submobjects:
            waiting.extend(reversed(mobject.submobjects))
    return family


def family_members_with_points(self: Mobject) -> list[Mobject]:
    """Stand in for ``Mobject.family_members_with_points``."""
    return [mobject for mobject in self.get_family() if mobject.get_num_points() > 0]


def extract_mobject_family_members(
    mobjects: Iterable[Mobject],
    use_z_index: bool = False,
    only_those_with_points: bool = False,
) -> list[Mobject]:
    """Stand in for ``manim.utils.family.extract_mobject_family_members``."""
    members: list[Mobject] = []
    for mobject in mobjects:
        if (
            mobject.submobjects
            or type(mobject).get_family is not get_family
            or "get_family" in mobject.__dict__
        ):
            # Manim asks the mobject itself only when it is about those with points.
            members.extend(mobject.get_family() if only_those_with_points else get_family(mobject))
        else:
            members.append(mobject)
    # Of several occurrences the last one counts.
    extracted = list(dict.fromkeys(reversed(members)))
    extracted.reverse()
    if only_those_with_points:
        extracted = [mobject for mobject in extracted if mobject.get_num_points() > 0]
    if use_z_index:
        extracted.sort(key=_by_depth)
    return extracted


def get_restructured_mobject_list(
    self: Scene,  # noqa: ARG001  (manim passes it)
    mobjects: Iterable[Mobject],
    to_remove: Iterable[Mobject],
) -> list[Mobject]:
    """Stand in for ``Scene.get_restructured_mobject_list``."""
    kept: list[Mobject] = []

    def keep(candidates: Iterable[Mobject], removed: set[Mobject]) -> None:
        for mobject in candidates:
            if mobject in removed:
                continue
            inner = None
            if (
                mobject.submobjects
                or type(mobject).get_family is not get_family
                or "get_family" in mobject.__dict__
            ):
                inner = removed.intersection(mobject.get_family())
            if inner:
                keep(mobject.submobjects, inner)
            else:
                kept.append(mobject)

    keep(mobjects, set(to_remove))
    return kept
