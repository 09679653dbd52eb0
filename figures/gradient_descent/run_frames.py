"""Frames of the map that hold what a run does on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visuals.layout import Slot
from visuals.map_frame import Frame
from visuals.run import Run
from visuals.weight_map import WeightMap

TRIED = 1.4
"""Room up from the start for a way as long and the loss at its end, in lengths of it."""

SHORTEST, LONGEST = 0.02, 1.0
"""Length of the step of all examples as a frame holds it, in distances from start to bottom."""

NAMED_AT, ROOM_ABOVE, ROOM_BELOW = 1.0, 2.3, 2.0
"""Place of the gradient's name beside this step, and the room up and down, in steps."""

RINGS_SEEN, MOST_ROOM = 0.5, 1.5
"""The same room at least, in distances of two rings, so that one or two are seen; and how many
times larger it may become for them, so that the step is seen too."""

FEWEST = 0.05
"""Extent of the first steps at least, in distances from the start to the bottom."""

FARTHEST = 1.3
"""Farthest distance from its middle at which a path is shown, in reaches of the bowl's map."""

LEAST = 1e-9


@dataclass(frozen=True)
class RunFrames:
    """The frames by name.

    All arrows are gradients in units of a weight, so that they have one scale with the map.

    Attributes
    ----------
    frames
        The bowl's own map, the ring of the start, closer at the start and the bottom, the step of
        all examples alone and beside a listing, the first steps beside the plane, and the whole
        path beside the plane and alone.
    named_at
        Place of the gradient's name where its step is seen alone, in gradients.
    """

    frames: dict[str, Frame]
    named_at: float


def frames_of(
    run: Run, lr: float, bowl: WeightMap, whole: Slot, by_code: Slot, half: Slot
) -> RunFrames:
    """Return the frames of a run.

    Parameters
    ----------
    run
        The run.
    lr
        Its learning rate.
    bowl
        The bowl, of which the first frame is the map.
    whole, by_code, half
        The room for the map alone, beside a listing, and beside the plane.
    """
    view = bowl.view
    middle = (view.low + view.high)[:2] / 2
    side = np.array([2 * view.half, 2 * view.half])
    overview = Frame(view.center.get_location()[:2], side, middle, float(view.scale[0]))
    bottoms = [run.lowest(0), run.lowest(-1)] if _near(run) else [run.lowest(0)]
    away = max(float(np.linalg.norm(run.start - bottoms[0])), LEAST)
    steepness = max(float(np.linalg.norm(run.uphill)), LEAST)
    one = min(max(lr, SHORTEST * away / steepness), LONGEST * away / steepness)
    rings = RINGS_SEEN * float(bowl.levels[0]) / steepness**2
    apart = min(rings, MOST_ROOM * ROOM_ABOVE * one)
    alone = [
        run.start + max(ROOM_ABOVE * one, apart) * run.uphill,
        run.start - max(ROOM_BELOW * one, apart) * run.uphill,
    ]
    close = [run.start, *bottoms, run.start + TRIED * run.uphill]
    taken = run.weights[: run.first_steps + 1]
    extent = max(float(np.ptp(taken, axis=0).max()), FEWEST * away)
    uphill = [run.weights[k] + lr * run.batch_gradient(k) for k in range(run.first_steps)]
    first = [run.start] if extent > FARTHEST * overview.reach else [*taken, *uphill]
    path = run.weights[np.abs(run.weights - middle).max(axis=1) < FARTHEST * overview.reach]
    path = np.vstack([path, bottoms, [run.start]])
    frames = {
        "overview": overview,
        "rings": Frame.holding([bottoms[0] + away, bottoms[0] - away], whole),
        "close": Frame.holding(close, whole),
        "first_step": Frame.holding(alone, whole),
        "by_code": Frame.holding(alone, by_code),
        "first_steps": Frame.holding(first, half),
        "path": Frame.holding(path, half),
        "whole_path": Frame.holding(path, whole),
    }
    return RunFrames(frames, NAMED_AT * one)


def _near(run: Run) -> bool:
    """Say whether the bias ends where the bowl is still seen."""
    return bool(np.abs(run.biases[-1]) <= 2 * max(abs(run.trace.true_b.item()), 1.0))
