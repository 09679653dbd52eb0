"""Derivations in which terms that stay are not redrawn and terms that move are seen to move.

Parts that carry the same label correspond. Glyphs without a label are matched by outline, in
reading order, as two versions of a text are compared.
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
    """Shift ``formula`` so that its part ``label`` lies on the part ``label`` of ``other``.

    Parameters
    ----------
    formula
        The formula to shift.
    other
        The formula that stays.
    label
        Label of a part that both have.
    """
    return formula.shift(other.part(label).get_center() - formula.part(label).get_center())


class Rewrite(AnimationGroup):
    """Turn one equation into another: terms that go fade first, then terms that stay move.

    At the end ``old`` is no longer in the scene, and ``new`` is.

    Parameters
    ----------
    old, new
        The equations, each in its place.
    run_time
        Duration in seconds.
    arcs
        Angle of the arc on which a label of ``new`` travels, by label; 0 is straight.
    last
        Labels of ``new`` that travel after the others.
    jumping
        Labels that fade where they were and come where they go, and so cross nothing.
    """

    def __init__(
        self,
        old: Typeset,
        new: Typeset,
        run_time: float = Pace.MOVE,
        arcs: Mapping[str, float] | None = None,
        last: Collection[str] = (),
        jumping: Collection[str] = (),
    ) -> None:
        self.old, self.new = old, new
        arcs = arcs or {}
        travel = TRAVEL_FIRST if last else TRAVEL
        changes: list[Animation] = []
        stay = [label for label in new.labels if label in old.labels and label not in jumping]
        for label in stay:
            rate = TRAVEL_LAST if label in last else travel
            changes += _move(old.part(label), new.part(label), rate, arcs.get(label, 0.0))
        gone = [old.part(label) for label in old.labels if label not in stay]
        come = [new.part(label) for label in new.labels if label not in stay]
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
        """Leave only the new equation in the scene."""
        super().clean_up_from_scene(scene)
        # Manim's group of all parts does not contain those that fade in.
        for change in self.animations:
            assert isinstance(change.mobject, Mobject)
            scene.remove(change.mobject)
        scene.add(self.new)


class Derive(AnimationGroup):
    """Write the next line of a derivation; the line before it stays, dimmed.

    Terms that both lines have appear first, new terms afterwards. All appear in place, because
    copies that travelled would cross the lines between.

    Parameters
    ----------
    old, new
        The equations, each in its place.
    run_time
        Duration in seconds.
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
        """Leave both equations in the scene."""
        super().clean_up_from_scene(scene)
        for change in self.animations[1:]:
            assert isinstance(change.mobject, Mobject)
            scene.remove(change.mobject)
        scene.add(self.new)


def _move(before: VGroup, after: VGroup, rate: Rate, arc: float = 0.0) -> list[Animation]:
    """Move glyphs to their new place; if their outlines differ, the new ones fade in on the way."""
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
    """Scale glyphs to the height of ``place`` and move them there."""
    return glyphs.scale_to_fit_height(place.height).move_to(place)


def _leave(part: VGroup) -> Animation:
    return FadeOut(part.copy(), rate_func=LEAVE)


def _arrive(part: VGroup) -> Animation:
    return FadeIn(part.copy(), rate_func=ARRIVE)


def _matched(old: VGroup, new: VGroup) -> tuple[list[tuple[VGroup, VGroup]], VGroup, VGroup]:
    """Pair equal glyphs in reading order.

    Returns
    -------
    pairs
        Glyphs of ``old`` with the equal ones of ``new``.
    gone, come
        Glyphs of ``old`` and of ``new`` without a partner.
    """
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
    """Return a key of a glyph's shape, independent of its place; all rules have the same key."""
    if len(leaf.points) <= RULE_POINTS:
        return b"rule"
    return np.round(leaf.points - leaf.get_center(), 3).tobytes()


RULE_POINTS = 16
"""Number of points of a rule: a box of four straight sides with four points each."""
