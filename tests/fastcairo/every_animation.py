"""Scenes with every animation of manim, alone and nested, over mobjects with and without updaters.

A scene is described by a :class:`Case`; all of them together are the product of the three lists.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

import manim as m
import numpy as np


def group(colour: Any = m.BLUE) -> m.VGroup:
    """Return two shapes, one of them filled."""
    return m.VGroup(
        m.Square(side_length=1.5, color=colour, fill_opacity=0.5).shift(m.LEFT),
        m.Circle(radius=0.6, color=m.RED, stroke_width=8).shift(m.RIGHT),
    )


def target(of: m.Mobject) -> m.VGroup:
    """Return what a group becomes."""
    return of.copy().scale(0.7).rotate(0.5).shift(m.UP).set_color(m.GREEN)


def lettered(mobject: m.VGroup) -> m.VGroup:
    """Name the parts of a group, as TeX does for TransformMatchingTex."""
    for part, letter in zip(mobject, "ab", strict=True):
        part.tex_string = letter
    return mobject


def aimed(mobject: m.VGroup) -> m.VGroup:
    mobject.target = target(mobject)
    return mobject


def saved(mobject: m.VGroup) -> m.VGroup:
    mobject.save_state()
    mobject.shift(m.RIGHT).set_color(m.YELLOW)
    return mobject


def bend(x: float, y: float, z: float, t: float) -> tuple[float, float, float]:
    return x + 0.3 * t * y, y, z


Make = Callable[[m.VGroup], m.Animation]

#: A way to make each animation over a group of two shapes.
ANIMATIONS: dict[type[m.Animation], Make] = {
    m.Animation: m.Animation,
    m.Add: m.Add,
    m.Wait: lambda _: m.Wait(0.4),
    m.AnimationGroup: lambda g: m.AnimationGroup(m.FadeIn(g[0]), m.Create(g[1]), lag_ratio=0.3),
    m.LaggedStart: lambda g: m.LaggedStart(m.FadeIn(g[0]), m.Rotate(g[1], 1), lag_ratio=0.5),
    m.LaggedStartMap: lambda g: m.LaggedStartMap(m.FadeIn, g, lag_ratio=0.5),
    m.Succession: lambda g: m.Succession(m.Create(g[0]), m.Indicate(g[0]), m.FadeOut(g[1])),
    m.AddTextLetterByLetter: lambda g: m.AddTextLetterByLetter(m.Text("ab").move_to(g)),
    m.AddTextWordByWord: lambda g: m.AddTextLetterByLetter(m.Text("a b").move_to(g)),
    m.RemoveTextLetterByLetter: lambda g: m.RemoveTextLetterByLetter(m.Text("ab").move_to(g)),
    m.TypeWithCursor: lambda g: m.TypeWithCursor(m.Text("ab"), m.Square(0.3).move_to(g)),
    m.UntypeWithCursor: lambda g: m.UntypeWithCursor(m.Text("ab"), m.Square(0.3).move_to(g)),
    m.Create: m.Create,
    m.ShowPartial: lambda g: m.Create(g, lag_ratio=0.2),  # itself it is abstract
    m.Uncreate: m.Uncreate,
    m.DrawBorderThenFill: m.DrawBorderThenFill,
    m.Write: m.Write,
    m.Unwrite: m.Unwrite,
    m.ShowIncreasingSubsets: m.ShowIncreasingSubsets,
    m.ShowSubmobjectsOneByOne: m.ShowSubmobjectsOneByOne,
    m.SpiralIn: m.SpiralIn,
    m.FadeIn: lambda g: m.FadeIn(g, shift=m.UP, lag_ratio=0.5),
    m.FadeOut: lambda g: m.FadeOut(g, scale=0.5),
    m.GrowArrow: lambda g: m.GrowArrow(m.Arrow(g[0], g[1])),
    m.GrowFromCenter: m.GrowFromCenter,
    m.GrowFromEdge: lambda g: m.GrowFromEdge(g, m.DOWN),
    m.GrowFromPoint: lambda g: m.GrowFromPoint(g, m.UP),
    m.SpinInFromNothing: m.SpinInFromNothing,
    m.ApplyWave: m.ApplyWave,
    m.Blink: lambda g: m.Blink(g, time_on=0.2, time_off=0.2, blinks=2),
    m.Circumscribe: m.Circumscribe,
    m.Flash: lambda g: m.Flash(g),
    m.FocusOn: m.FocusOn,
    m.Indicate: m.Indicate,
    m.ShowPassingFlash: lambda g: m.ShowPassingFlash(g, time_width=0.4),
    m.ShowPassingFlashWithThinningStrokeWidth: (
        lambda g: m.ShowPassingFlashWithThinningStrokeWidth(g[1], n_segments=3, time_width=0.5)
    ),
    m.Wiggle: m.Wiggle,
    m.Homotopy: lambda g: m.Homotopy(bend, g),
    m.SmoothedVectorizedHomotopy: lambda g: m.SmoothedVectorizedHomotopy(bend, g),
    m.ComplexHomotopy: lambda g: m.ComplexHomotopy(lambda z, t: z * (1 + t / 3), g),
    m.PhaseFlow: lambda g: m.PhaseFlow(lambda p: 0.5 * np.array([p[1], -p[0], 0]), g),
    m.MoveAlongPath: lambda g: m.MoveAlongPath(g, m.Arc(radius=1.5)),
    m.ChangingDecimal: lambda g: m.ChangingDecimal(number(g), lambda a: 3 * a),
    m.ChangeDecimalToValue: lambda g: m.ChangeDecimalToValue(number(g), 7),
    m.Rotate: lambda g: m.Rotate(g, 1),
    m.Rotating: lambda g: m.Rotating(g, angle=1),
    m.Broadcast: lambda g: m.Broadcast(g[1], n_mobs=2),
    m.ChangeSpeed: lambda g: m.ChangeSpeed(g.animate.shift(m.UP), {0.5: 2, 1: 1}),
    m.ApplyComplexFunction: lambda g: m.ApplyComplexFunction(lambda z: z * (1 + 0.2j), g),
    m.ApplyFunction: lambda g: m.ApplyFunction(lambda x: x.shift(m.UP).set_color(m.RED), g),
    m.ApplyMatrix: lambda g: m.ApplyMatrix([[1, 0.4], [0, 1]], g),
    m.ApplyMethod: lambda g: m.ApplyMethod(g.shift, m.UP),
    m.ApplyPointwiseFunction: lambda g: m.ApplyPointwiseFunction(
        lambda p: p + np.array([0, p[0], 0]), g
    ),
    m.ApplyPointwiseFunctionToCenter: (
        lambda g: m.ApplyPointwiseFunctionToCenter(lambda p: p + m.UP, g)
    ),
    m.Transform: lambda g: m.Transform(g, target(g)),
    m.ClockwiseTransform: lambda g: m.ClockwiseTransform(g, target(g)),
    m.CounterclockwiseTransform: lambda g: m.CounterclockwiseTransform(g, target(g)),
    m.CyclicReplace: lambda g: m.CyclicReplace(*g),
    m.Swap: lambda g: m.Swap(*g),
    m.FadeToColor: lambda g: m.FadeToColor(g, m.YELLOW),
    m.FadeTransform: lambda g: m.FadeTransform(g, target(g)),
    m.FadeTransformPieces: lambda g: m.FadeTransformPieces(g, target(g)),
    m.MoveToTarget: lambda g: m.MoveToTarget(aimed(g)),
    m.ReplacementTransform: lambda g: m.ReplacementTransform(g, target(g)),
    m.Restore: lambda g: m.Restore(saved(g)),
    m.ScaleInPlace: lambda g: m.ScaleInPlace(g, 0.6),
    m.ShrinkToCenter: m.ShrinkToCenter,
    m.TransformAnimations: (
        lambda g: m.TransformAnimations(m.Create(g[0]), m.DrawBorderThenFill(g[1]))
    ),
    m.TransformFromCopy: lambda g: m.TransformFromCopy(g, target(g)),
    m.TransformMatchingShapes: lambda g: m.TransformMatchingShapes(g, target(g)),
    m.TransformMatchingTex: lambda g: m.TransformMatchingTex(lettered(g), lettered(target(g))),
    m.MaintainPositionRelativeTo: lambda g: m.MaintainPositionRelativeTo(g[0], g[1]),
    m.UpdateFromAlphaFunc: (
        lambda g: m.UpdateFromAlphaFunc(g, lambda x, a: x.set_opacity(1 - a / 2))
    ),
    m.UpdateFromFunc: lambda g: m.UpdateFromFunc(g, lambda x: x.rotate(0.1)),
}


def number(beside: m.Mobject) -> m.DecimalNumber:
    return m.DecimalNumber(1, mob_class=m.Text).next_to(beside, m.UP)


def alone(make: Make, mobject: m.VGroup) -> m.Animation:
    return make(mobject)


def grouped(make: Make, mobject: m.VGroup) -> m.Animation:
    return m.AnimationGroup(make(mobject), m.Create(m.Dot(2 * m.DOWN)))


def lagged(make: Make, mobject: m.VGroup) -> m.Animation:
    return m.LaggedStart(m.FadeIn(m.Dot(2 * m.DOWN)), make(mobject), lag_ratio=0.4)


def in_succession(make: Make, mobject: m.VGroup) -> m.Animation:
    return m.Succession(
        m.Create(m.Dot(2 * m.DOWN)), make(mobject), m.ApplyMethod(mobject[0].shift, m.UP / 2)
    )


def in_lagged_succession(make: Make, mobject: m.VGroup) -> m.Animation:
    return m.LaggedStart(
        m.Succession(m.Create(m.Dot(2 * m.DOWN)), make(mobject)),
        m.Succession(m.Create(m.Dot(2 * m.UP)), m.FadeIn(m.Dot(m.UP + m.LEFT))),
        lag_ratio=0.3,
    )


NESTINGS = [alone, grouped, lagged, in_succession, in_lagged_succession]


def creep(mobject: m.Mobject) -> None:
    mobject.shift(0.05 * m.RIGHT)


def turn(mobject: m.Mobject, dt: float) -> None:
    mobject.rotate(dt)


def renew(mobject: m.Mobject) -> None:
    """Put new children in the place of the present ones, as numbers and always_redraw do."""
    angle = getattr(mobject, "angle", 0) + 0.2
    mobject.angle = angle
    mobject.submobjects = list(group(m.PURPLE).rotate(angle))


#: Animations that have a target.
TARGETED = {
    m.Transform,
    m.ClockwiseTransform,
    m.CounterclockwiseTransform,
    m.FadeTransform,
    m.FadeTransformPieces,
    m.MoveToTarget,
    m.ReplacementTransform,
    m.TransformFromCopy,
    m.TransformMatchingShapes,
    m.TransformMatchingTex,
}

#: Where updaters are: a function that adds them to the group, or its target, or to the parent.
UPDATERS: dict[str, Callable[[m.VGroup, m.VGroup], object]] = {
    "without": lambda *_: None,
    "own": lambda own, _: own.add_updater(turn),
    "own_creeping": lambda own, _: own.add_updater(creep),
    "own_renewing": lambda own, _: own.add_updater(renew),
    "parent": lambda _, parent: parent.add_updater(creep),
    "child": lambda own, _: own[1].add_updater(turn),
    "target": lambda own, _: own.add_updater(creep),
    "target_child": lambda own, _: own[0].add_updater(turn),
    "target_renewing": lambda own, _: own.add_updater(renew),
}


class Case(NamedTuple):
    """One scene: an animation, the way that it is nested, and the place of the updaters."""

    animation: type[m.Animation]
    nesting: Callable[[Make, m.VGroup], m.Animation]
    updaters: str

    def __str__(self) -> str:
        return f"{self.animation.__name__}-{self.nesting.__name__}-{self.updaters}"

    def construct(self, scene: m.Scene) -> None:
        """Play the animation, and another one from where it ended."""
        global target
        own = group()
        parent = m.VGroup(own, m.Square(0.4).shift(2 * m.LEFT + m.DOWN))
        if self.updaters.startswith("target"):
            make_target = target

            def target_with_updaters(of: m.Mobject) -> m.VGroup:
                made = make_target(of)
                UPDATERS[self.updaters](made, parent)
                return made

            target = target_with_updaters
            try:
                animation = self.nesting(ANIMATIONS[self.animation], own)
            finally:
                target = make_target
        else:
            UPDATERS[self.updaters](own, parent)
            if self.updaters in {"parent", "own_renewing"}:
                scene.add(parent)
            animation = self.nesting(ANIMATIONS[self.animation], own)
        scene.play(animation, run_time=0.8)
        scene.play(own.animate.shift(m.RIGHT / 2), run_time=0.4)
        scene.wait(0.4)


def cases() -> list[Case]:
    """Return all cases; updaters on a target only where there is a target."""
    return [
        Case(*parts)
        for parts in product(ANIMATIONS, NESTINGS, UPDATERS)
        if not parts[2].startswith("target") or parts[0] in TARGETED
    ]
