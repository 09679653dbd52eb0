"""Plays drawn in forked processes, so that one long scene uses more than one core.

Manim draws one frame after the other in one process. Here the frames of a play are drawn by a
forked child, while the parent only brings the scene to the end of the play and goes on to the next.
A child is forked when a processor is free for it; a process that has but one draws by itself.

When its play is drawn, the child tells the parent the state in which the scene ended. Where the
parent came to another one, the child was right, because it took every step. It is then the heir:
it draws the rest of the scene in the parent's place, and the parent takes over what it has written.
"""

from __future__ import annotations

import mmap
import os
import random
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe, connection
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from manim import logger

from fastcairo.children import INTERRUPTED, become_a_good_child
from fastcairo.cores import Core, Cores
from fastcairo.damage import Pixels
from fastcairo.encoder import unfinished
from fastcairo.jumps import SceneState, are_close
from fastcairo.seals import discard
from fastcairo.typesetting import typesetting_alone

__all__ = ["Child", "ForkedPlays", "has_other_threads"]


def has_other_threads() -> bool:
    """Tell whether Python threads run beside this one; a fork would leave them behind.

    The monitor of manim's progress bar does not count: a child shows no progress.
    """
    return any(
        thread is not threading.current_thread() and type(thread).__name__ != "TMonitor"
        for thread in threading.enumerate()
    )


@dataclass(slots=True)
class Child:
    """A process that draws a play, and what is known of the play.

    Attributes
    ----------
    name
        Word for the play in errors and warnings.
    segment
        The file that the process writes.
    core
        Where it runs.
    link
        Connection to it.
    picture
        Memory that it shares with the parent, for the last frame of the play.
    expected_state
        The state that the parent came to at the end of the play, as soon as it is known.
    """

    name: str
    segment: Path
    core: Core
    link: connection.Connection
    picture: mmap.mmap
    expected_state: SceneState | None = None
    is_done: bool = field(default=False)

    def discard(self) -> None:
        """Remove what it wrote."""
        discard(self.segment)
        unfinished(self.segment).unlink(missing_ok=True)


class ForkedPlays:
    """The processes that draw plays at the moment.

    Parameters
    ----------
    cores
        The processors that they run on; without them there are no such processes.
    discard_later
        Called in the parent before an heir goes on, with the segment that the heir has drawn:
        removes the segments of later plays.

    Attributes
    ----------
    is_child
        Whether this process draws one play for its parent.
    is_heir
        Whether it draws the rest of the scene for its parent.
    inheritance
        In the parent of an heir, what the heir has come to at its end.
    """

    def __init__(self, cores: Cores | None, discard_later: Callable[[Path], None]) -> None:
        self.is_child = False
        self.is_heir = False
        self.inheritance: Any = None
        self._cores = cores
        self._discard_later = discard_later
        self._children: dict[int, Child] = {}
        self._core: Core | None = None
        self._link: connection.Connection | None = None
        self._picture: mmap.mmap | None = None

    def is_drawing(self, segment: Path) -> bool:
        """Tell whether a child is writing ``segment``."""
        return any(child.segment == segment for child in self._children.values())

    def find_core(self) -> Core | None:
        """Return a processor that a child may draw on; ``None`` when this process has to draw.

        While children draw, the processor of this process is one of theirs, and when they take
        all there are the first that ends is waited for.
        """
        if self._cores is None or self.is_child or self.is_heir:
            return None
        while self.inheritance is None:
            self._collect_those_that_are_done()
            core = self._cores.take()
            if core is not None or not self._children:
                return core
            if all(child.core is not self._cores.own for child in self._children.values()):
                return self._cores.own
            self._collect_one()
        return None

    def release(self, core: Core) -> None:
        """Let go of a processor here that :meth:`find_core` returned."""
        if self._cores is not None and core is not self._cores.own:
            core.release()

    def fork(self, name: str, segment: Path, core: Core, picture_size: int) -> Child | None:
        """Start a child that goes on from here; return it in the parent, ``None`` in the child.

        Parameters
        ----------
        name
            What errors call the play.
        segment
            The file that the child writes.
        core
            Where it runs; see :meth:`find_core`.
        picture_size
            Bytes of a frame.
        """
        sys.stdout.flush()
        sys.stderr.flush()
        link, to_parent = Pipe()
        picture = mmap.mmap(-1, picture_size)
        parent, chance = os.getpid(), random.getstate()
        pid = os.fork()
        if pid:
            to_parent.close()
            child = self._children[pid] = Child(name, segment, core, link, picture)
            self.release(core)
            return child
        link.close()
        # Python seeds its generator anew in every child; the play goes on with the parent's.
        random.setstate(chance)
        self.is_child = True
        self._core, self._link, self._picture = core, to_parent, picture
        for other in self._children.values():
            other.link.close()
        self._children.clear()
        core.move_here()
        become_a_good_child(parent)
        return None

    def leave(self, state: SceneState, picture: Pixels) -> None:
        """Give the parent what the play of this child ended with, and end the child.

        It returns only where the parent came to another state: then this process is the heir.
        """
        assert self._link is not None
        assert self._picture is not None
        self._picture[:] = picture.tobytes()
        if self._core is not None and self._cores is not None:
            self.release(self._core)
        try:
            self._link.send(state)
            is_as_expected = self._link.recv()
        except (EOFError, OSError):  # the parent is gone
            os._exit(INTERRUPTED)
        if is_as_expected:
            self._exit(0)
        self.is_child, self.is_heir = False, True

    def bequeath(self, outcome: object) -> NoReturn:
        """End the heir, whose scene is drawn and came to ``outcome``."""
        assert self._link is not None
        self._link.send((outcome,))
        self._exit(0)

    def leave_with(self, error: BaseException) -> NoReturn:
        """End the child or heir because of ``error``."""
        if isinstance(error, KeyboardInterrupt):
            os._exit(INTERRUPTED)
        assert self._link is not None
        summary = f"{type(error).__name__}: {error}".strip().partition("\n")[0]
        self._link.send("\n".join([summary, *traceback.format_exception(error)]))
        self._exit(1)

    def _exit(self, status: int) -> NoReturn:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)

    def wait(self, child: Child | None = None) -> None:
        """Wait for a child, or for all.

        Raises
        ------
        RuntimeError
            If one failed, with its traceback.
        """
        while child in self._children.values() if child else self._children:
            self._collect_one()

    def picture_of(self, child: Child) -> Pixels:
        """Wait for ``child`` and return the last frame of its play, as flat bytes."""
        self.wait(child)
        return np.frombuffer(child.picture, dtype=np.uint8)

    def _collect_those_that_are_done(self) -> None:
        while self._children and connection.wait([c.link for c in self._children.values()], 0):
            self._collect_one()

    def _collect_one(self) -> None:
        """Wait for a child to end its play, and take what it says."""
        speaking = connection.wait([child.link for child in self._children.values()])
        # The oldest of those that are done: order keeps errors stable.
        pid, child = next(
            (pid, child) for pid, child in self._children.items() if child.link in speaking
        )
        self._collect(pid, child)

    def _collect(self, pid: int, child: Child) -> None:
        said = _received(child)
        if isinstance(said, np.ndarray):
            if child.expected_state is None or are_close(said, child.expected_state):
                with suppress(OSError):
                    child.link.send(True)
                said = None
            else:
                for older_pid, older in list(self._children.items()):
                    if older is child:
                        break
                    self._collect(older_pid, older)
                    if pid not in self._children:
                        return  # an older one is the heir
                said = self._hand_over_to(pid, child)
        _, status = os.waitpid(pid, 0)
        del self._children[pid]
        child.link.close()
        code = os.waitstatus_to_exitcode(status)
        if code == 0 and not isinstance(said, str):
            return
        child.discard()
        self.kill()
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        reason = said if isinstance(said, str) else f"exit status {code}"
        raise RuntimeError(f"{child.name} failed in the process that drew it: {reason}")

    def _hand_over_to(self, pid: int, child: Child) -> object:
        """Let ``child`` draw the rest of the scene; return the error that it ends with, if any."""
        logger.warning(
            f"{child.name} ends differently when each of its frames is drawn: "
            "the rest of the scene is drawn in one process."
        )
        younger = [other for other in self._children if other != pid]
        for other in younger:
            self._kill_one(other)
        self._discard_later(child.segment)
        said: object = None
        with suppress(OSError):
            child.link.send(False)
            said = _received(child)
        if isinstance(said, tuple):
            (self.inheritance,) = said
        return said

    def kill(self) -> None:
        """End all children at once and remove their unfinished segments."""
        for pid in list(self._children):
            self._kill_one(pid)

    def _kill_one(self, pid: int) -> None:
        child = self._children.pop(pid)
        # Not while it typesets: half a file would be taken for a whole one from then on.
        with typesetting_alone(), suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
        child.link.close()
        child.discard()


def _received(child: Child) -> object:
    """Return what ``child`` says next, or ``None`` when it is gone."""
    try:
        return child.link.recv()
    except (EOFError, OSError):
        return None
