"""Derivations: parts of one name move into each other, what is past is dimmed."""

from __future__ import annotations

from manim import Animation, AnimationGroup, FadeIn, FadeOut, Scene, Transform

from visuals.theme import Pace, theme
from visuals.typography import Typeset


class Rewrite(AnimationGroup):
    """Turn one equation into another: parts of one label move, the rest fades.

    ``old`` leaves the scene and ``new`` enters it, whole.

    Parameters
    ----------
    old, new
        The equations, each in its place.
    run_time
        Seconds.
    """

    def __init__(self, old: Typeset, new: Typeset, run_time: float = Pace.MOVE) -> None:
        self.old, self.new = old, new
        start, end = old.copy(), new.copy()
        shared = [label for label in old.labels if label in new.labels]
        gone = [start.part(label) for label in old.labels if label not in new.labels]
        come = [end.part(label) for label in new.labels if label not in old.labels]
        moving = [(start.part(label), end.part(label)) for label in shared]
        fading_out = [part for part in (*gone, start.unlabelled()) if len(part)]
        fading_in = [part for part in (*come, end.unlabelled()) if len(part)]
        self.travellers = [*(part for part, _ in moving), *fading_out, *fading_in]
        changes: list[Animation] = [
            *(Transform(part, target) for part, target in moving),
            *(FadeOut(part) for part in fading_out),
            *(FadeIn(part) for part in fading_in),
        ]
        super().__init__(*changes, run_time=run_time)

    def _setup_scene(self, scene: Scene) -> None:
        scene.remove(self.old)
        super()._setup_scene(scene)

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Leave the new equation in the scene, and nothing else."""
        super().clean_up_from_scene(scene)
        scene.remove(*self.travellers)
        scene.add(self.new)


class Derive(Rewrite):
    """Write the next line of a derivation out of the one before, which stays and is dimmed."""

    def _setup_scene(self, scene: Scene) -> None:
        self.old.set_fill(theme.MUTED)
        AnimationGroup._setup_scene(self, scene)
