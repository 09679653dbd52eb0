"""Derivations: what stays keeps its place, what moves is seen moving, what is past is dimmed.

Parts of one label belong together, wherever they stand. What has no label is matched in reading
order by its outline, as two versions of a text are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from difflib import SequenceMatcher
from itertools import chain
from typing import TypeAlias

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    FadeOut,
    Mobject,
    Scene,
    Transform,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)

from visuals.theme import Pace, theme
from visuals.typography import Typeset

Rate: TypeAlias = Callable[[float], float]

LEAVE = squish_rate_func(smooth, 0.0, 0.3)
TRAVEL = squish_rate_func(smooth, 0.25, 0.85)
TRAVEL_FIRST = squish_rate_func(smooth, 0.0, 0.7)
TRAVEL_LAST = squish_rate_func(smooth, 0.2, 1.0)
ARRIVE = squish_rate_func(smooth, 0.7, 1.0)
REPEAT = squish_rate_func(smooth, 0.0, 0.5)


def align_part(formula: Typeset, other: Typeset, label: str) -> Typeset:
    """Shift a formula so that a part stands where that of another formula stands."""
    return formula.shift(other.part(label).get_center() - formula.part(label).get_center())


class Rewrite(AnimationGroup):
    """Turn one equation into another: first leaves what goes, then moves what stays.

    ``old`` leaves the scene and ``new`` enters it, whole.

    Parameters
    ----------
    old, new
        The equations, each in its place.
    run_time
        Seconds.
    arcs
        For a label of ``new`` the angle of the arc on which it travels; 0 is straight.
    last
        Labels of ``new`` that travel when all others have nearly arrived.
    """

    def __init__(
        self,
        old: Typeset,
        new: Typeset,
        run_time: float = Pace.MOVE,
        arcs: Mapping[str, float] | None = None,
        last: Collection[str] = (),
    ) -> None:
        self.old, self.new = old, new
        arcs = arcs or {}
        travel = TRAVEL_FIRST if last else TRAVEL
        changes: list[Animation] = []
        for label in (label for label in new.labels if label in old.labels):
            rate = TRAVEL_LAST if label in last else travel
            changes += _move(old.part(label), new.part(label), rate, arcs.get(label, 0.0))
        gone = [old.part(label) for label in old.labels if label not in new.labels]
        come = [new.part(label) for label in new.labels if label not in old.labels]
        pairs, rest_gone, rest_come = _matched(old.unlabelled(), new.unlabelled())
        for before, after in pairs:
            changes += _move(before, after, travel)
        changes += [_leave(part) for part in (*gone, rest_gone) if len(part)]
        changes += [_arrive(part) for part in (*come, rest_come) if len(part)]
        super().__init__(*changes, run_time=run_time)

    def _setup_scene(self, scene: Scene) -> None:
        scene.remove(self.old)
        super()._setup_scene(scene)

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Leave the new equation in the scene, and nothing else."""
        super().clean_up_from_scene(scene)
        # The group of all parts leaves out those that fade in.
        for change in self.animations:
            assert isinstance(change.mobject, Mobject)
            scene.remove(change.mobject)
        scene.add(self.new)


class Derive(AnimationGroup):
    """Write the next line of a derivation under the one before, which stays and is dimmed.

    First appears what both lines have, then what is new, each in its place: a copy that
    travelled would cross the lines between.

    Parameters
    ----------
    old, new
        The equations, each in its place.
    run_time
        Seconds.
    """

    def __init__(self, old: Typeset, new: Typeset, run_time: float = Pace.MOVE) -> None:
        self.new = new
        pairs, _, fresh = _matched(VGroup(*old), VGroup(*new))
        repeated = VGroup(*(after for _, after in pairs))
        parts = (repeated, REPEAT), (fresh, ARRIVE)
        super().__init__(
            ApplyMethod(old.set_fill, theme.MUTED),
            *(FadeIn(part.copy(), rate_func=rate) for part, rate in parts if len(part)),
            run_time=run_time,
        )

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Leave both equations in the scene, each whole."""
        super().clean_up_from_scene(scene)
        for change in self.animations[1:]:
            assert isinstance(change.mobject, Mobject)
            scene.remove(change.mobject)
        scene.add(self.new)


def _move(before: VGroup, after: VGroup, rate: Rate, arc: float = 0.0) -> list[Animation]:
    """Move glyphs to their new place; other outlines take over on the way."""
    start, end = before.copy(), after.copy()
    if [len(leaf.points) for leaf in start] == [len(leaf.points) for leaf in end]:
        return [Transform(start, end, path_arc=arc, rate_func=rate)]
    arrived = _fitted(before.copy(), after).set_opacity(0)
    departing = _fitted(after.copy(), before).set_opacity(0)
    return [
        Transform(start, arrived, path_arc=arc, rate_func=rate),
        Transform(departing, end, path_arc=arc, rate_func=rate),
    ]


def _fitted(glyphs: VGroup, place: VGroup) -> VGroup:
    """Make glyphs as high as others, and put them there."""
    return glyphs.scale_to_fit_height(place.height).move_to(place)


def _leave(part: VGroup) -> Animation:
    return FadeOut(part.copy(), rate_func=LEAVE)


def _arrive(part: VGroup) -> Animation:
    return FadeIn(part.copy(), rate_func=ARRIVE)


def _matched(old: VGroup, new: VGroup) -> tuple[list[tuple[VGroup, VGroup]], VGroup, VGroup]:
    """Pair the glyphs that both have, in reading order; return the pairs and both remainders."""
    matcher = SequenceMatcher(
        None, [_outline(leaf) for leaf in old], [_outline(leaf) for leaf in new], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    pairs = [
        (VGroup(old[block.a + k]), VGroup(new[block.b + k]))
        for block in blocks
        for k in range(block.size)
    ]
    kept_old = set(chain.from_iterable(range(b.a, b.a + b.size) for b in blocks))
    kept_new = set(chain.from_iterable(range(b.b, b.b + b.size) for b in blocks))
    return (
        pairs,
        VGroup(*(leaf for k, leaf in enumerate(old) if k not in kept_old)),
        VGroup(*(leaf for k, leaf in enumerate(new) if k not in kept_new)),
    )


def _outline(leaf: VMobject) -> bytes:
    """Return what a glyph looks like, wherever it stands; all rules look alike."""
    if len(leaf.points) <= RULE_POINTS:
        return b"rule"
    return np.round(leaf.points - leaf.get_center(), 3).tobytes()


RULE_POINTS = 16
"""A rule is a box: four straight sides of four points each."""
