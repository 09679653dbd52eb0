"""Plays drawn in forked processes, so that one long scene uses more than one core.

Manim draws one frame after the other in one process. Here the frames of a play are drawn by a
forked child, while the parent only brings the scene to the end of the play and goes on to the next.
A child is forked when a processor is free for it; a process that has but one draws by itself.
The parent takes every step of the play without drawing it when the end might depend on the steps,
and otherwise goes to the end at once; the child then checks that both ended alike.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
import numpy.typing as npt
from manim import Add, Animation, AnimationGroup, Mobject, Wait, config

from fastcairo.cores import Core, Cores
from fastcairo.encoder import unfinished
from fastcairo.interpolate import PURE_ANIMATION_METHODS

if TYPE_CHECKING:
    from manim import Scene

__all__ = ["ForkedPlays", "has_other_threads", "must_be_stepped", "scene_state"]

SceneState = npt.NDArray[np.float64]

PR_SET_PDEATHSIG = 1
INTERRUPTED = 130  # the exit status of a process that Ctrl-C ended


def has_other_threads() -> bool:
    """Tell whether Python threads run beside this one; a fork would leave them behind.

    The monitor of manim's progress bar does not count: a child shows no progress.
    """
    return any(
        thread is not threading.current_thread() and type(thread).__name__ != "TMonitor"
        for thread in threading.enumerate()
    )


def _ends_alike_without_steps(animation: Animation) -> bool:
    """Tell whether the last step of ``animation`` does not depend on the steps before."""
    if isinstance(animation, AnimationGroup):
        return all(_ends_alike_without_steps(part) for part in animation.animations)
    if isinstance(animation, (Wait, Add)):
        return True
    kind = type(animation)
    return (
        kind.interpolate_submobject in PURE_ANIMATION_METHODS
        and kind.interpolate_mobject is Animation.interpolate_mobject
    )


def must_be_stepped(scene: Scene, *, updaters_have_memory: bool) -> bool:
    """Tell whether the state after the present play may depend on each of its frames.

    Parameters
    ----------
    scene
        A scene whose animations are compiled.
    updaters_have_memory
        ``False`` promises that what an updater without ``dt`` does depends only on the present
        state of the scene, so that running it once at the end is enough.
    """
    animations = scene.animations or []
    if scene.updaters or scene.stop_condition is not None:
        return True
    if not all(_ends_alike_without_steps(animation) for animation in animations):
        return True
    tops: list[Any] = [*scene.mobjects, *(animation.mobject for animation in animations)]
    members = [member for top in tops for member in top.get_family() if member.updaters]
    if updaters_have_memory:
        return bool(members)
    return any(member.has_time_based_updater() for member in members)


def scene_state(mobjects: Iterable[Mobject]) -> SceneState:
    """Return a summary of all that ``mobjects`` and their families draw, a row for each.

    An array is summed with weights that no two of its entries share, so that two summaries are
    close when the mobjects are, and hardly ever otherwise.
    """
    rows = []
    for top in mobjects:
        for mobject in top.get_family():
            state = mobject.__dict__
            arrays = [state.get(name) for name in ("points", "fill_rgbas", "stroke_rgbas")]
            row = [float(state.get("stroke_width", 0)), float(state["z_index"])]
            for array in arrays:
                values = np.zeros(0) if array is None else np.ravel(array)
                row += [len(values), float(values @ np.cos(np.arange(len(values))))]
            rows.append(row)
    return np.array(rows)


@dataclass(frozen=True, slots=True)
class _Child:
    """A process that draws a play, and what is known of the play."""

    name: str
    segment: Path
    results: int
    core: Core
    expected_state: list[SceneState]

    def discard(self) -> None:
        """Remove what it wrote."""
        for file in (self.segment, unfinished(self.segment)):
            file.unlink(missing_ok=True)


class ForkedPlays:
    """The processes that draw plays at the moment.

    Parameters
    ----------
    cores
        The processors that they run on; without them there are no such processes.
    """

    def __init__(self, cores: Cores | None) -> None:
        self.is_child = False
        self._cores = cores
        self._children: dict[int, _Child] = {}
        self._to_parent = -1

    def is_drawing(self, segment: Path) -> bool:
        """Tell whether a child is writing ``segment``."""
        return any(child.segment == segment for child in self._children.values())

    def find_core(self) -> Core | None:
        """Return a processor that a child may draw on; ``None`` when this process has to draw.

        While children draw, the processor of this process is one of theirs, and when they take
        all there are the first that ends is waited for.
        """
        if self._cores is None or self.is_child:
            return None
        while True:
            core = self._cores.take()
            if core is not None or not self._children:
                return core
            if all(child.core is not self._cores.own for child in self._children.values()):
                return self._cores.own
            self._reap(len(self._children) - 1)

    def release(self, core: Core) -> None:
        """Let go of a processor here that :meth:`find_core` returned."""
        if self._cores is not None and core is not self._cores.own:
            core.release()

    def fork(self, name: str, segment: Path, core: Core) -> bool:
        """Start a child that goes on from here; ``True`` in the child, ``False`` in the parent.

        Parameters
        ----------
        name
            What errors call the play.
        segment
            The file that the child writes.
        core
            Where it runs; see :meth:`find_core`.
        """
        sys.stdout.flush()
        sys.stderr.flush()
        results, to_parent = os.pipe()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            os.close(to_parent)
            self._children[pid] = _Child(name, segment, results, core, [])
            self.release(core)
            return False
        os.close(results)
        self.is_child = True
        self._to_parent = to_parent
        for child in self._children.values():
            os.close(child.results)
        self._children.clear()
        core.move_here()
        _become_a_good_child(parent)
        return True

    def expect(self, segment: Path, state: SceneState) -> None:
        """Note, in the parent, the state that the play of a segment should end in."""
        for child in self._children.values():
            if child.segment == segment:
                child.expected_state.append(state)

    def leave(self, state: SceneState) -> NoReturn:
        """End the child, whose play is drawn and ended in ``state``."""
        self._send(state)
        os._exit(0)

    def leave_with(self, error: BaseException) -> NoReturn:
        """End the child because of ``error``."""
        if isinstance(error, KeyboardInterrupt):
            os._exit(INTERRUPTED)
        self._send("".join(traceback.format_exception(error)))
        os._exit(1)

    def _send(self, result: SceneState | str) -> None:
        with os.fdopen(self._to_parent, "wb") as stream:
            pickle.dump(result, stream)
        sys.stdout.flush()
        sys.stderr.flush()

    def wait(self) -> None:
        """Wait for all children.

        Raises
        ------
        RuntimeError
            If one failed, with its traceback, or ended in another state than the parent.
        """
        self._reap(0)

    def _reap(self, limit: int) -> None:
        while len(self._children) > limit:
            speaking = connection.wait([child.results for child in self._children.values()])
            # The oldest of those that are done: order keeps errors stable.
            pid, child = next(
                (pid, child) for pid, child in self._children.items() if child.results in speaking
            )
            with os.fdopen(child.results, "rb", closefd=False) as stream:
                data = stream.read()
            _, status = os.waitpid(pid, 0)
            del self._children[pid]
            os.close(child.results)
            self._judge(child, os.waitstatus_to_exitcode(status), data)

    def _judge(self, child: _Child, code: int, data: bytes) -> None:
        result = pickle.loads(data) if data else None
        if code == 0 and all(_are_close(state, result) for state in child.expected_state):
            return
        child.discard()
        self.kill()
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        if code == 0:
            raise RuntimeError(
                f"{child.name} ends differently when its frames are drawn: one of its updaters "
                f"has a memory. Set updaters_have_memory = True in the scene's class."
            )
        reason = result if isinstance(result, str) else f"exit status {code}"
        raise RuntimeError(f"{child.name} failed in the process that drew it:\n{reason}")

    def kill(self) -> None:
        """End all children at once and remove their unfinished segments."""
        while self._children:
            pid, child = self._children.popitem()
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
            os.close(child.results)
            child.discard()


def _are_close(one: SceneState, other: Any) -> bool:
    """Compare two states; NaN, which broken mobjects hold, equals itself."""
    assert isinstance(other, np.ndarray)
    return one.shape == other.shape and np.allclose(one, other, 1e-6, 1e-6, equal_nan=True)


def _become_a_good_child(parent: int) -> None:
    """Die with the parent, keep quiet, and leave the other cores to the other children."""
    # What the parent left behind is the parent's to clear away: a decoder among it would wait for
    # threads that a fork does not take along, and a look at it all would copy its memory.
    gc.freeze()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(INTERRUPTED)
    config.progress_bar = "none"
    torch: Any = sys.modules.get("torch")
    if torch is not None:  # its thread pool does not survive a fork
        torch.set_num_threads(1)
