"""Choice between drawing a play here and forking it, where its updaters run twice if it is forked.

The parent of a forked play takes every step of it whose updaters may have a memory, and so does the
child. Where the steps cost more than the drawing, that is slower than to draw the play here, with
the encoder's thread beside it. The first such play is drawn here and measured.
"""

from __future__ import annotations

import time

__all__ = ["Costs"]

WORTHWHILE = 1.25
"""Factor by which forked plays have to be faster: processors are never as busy as they could be."""


class Costs:
    """Processor time of the last play that was measured, by what it was spent on.

    Attributes
    ----------
    stepping
        Seconds that the scene took from frame to frame, with its updaters and animations.
    drawing
        Seconds of drawing.
    encoding
        Seconds of the other threads, which encode.
    """

    def __init__(self) -> None:
        self.stepping = self.drawing = self.encoding = 0.0
        self._is_measuring = False
        self._seen: tuple[float, float] | None = None

    def begin(self) -> None:
        """Measure the play that begins."""
        self._is_measuring = True
        self._seen = None

    def end(self) -> None:
        """Measure no longer."""
        self._is_measuring = False

    def note_step(self) -> None:
        """Take what passed since the last frame for a step to the next one."""
        if self._is_measuring:
            if self._seen is None:  # what went before is the beginning of the play
                self._seen = time.thread_time(), time.process_time()
                self.stepping = self.drawing = self.encoding = 0.0
            self.stepping += self._pass()

    def note_drawing(self) -> None:
        """Take what passed since the last step for drawing."""
        if self._is_measuring:
            self.drawing += self._pass()

    def _pass(self) -> float:
        assert self._seen is not None
        here, everywhere = time.thread_time(), time.process_time()
        spent = here - self._seen[0]
        self.encoding += max(everywhere - self._seen[1] - spent, 0.0)
        self._seen = here, everywhere
        return spent

    def favour_forks(self, processors: int) -> bool:
        """Tell whether a play like the measured one is sooner done when it is forked.

        It is not before a play was measured.
        """
        here = self.stepping + self.drawing
        work = here + self.stepping + self.encoding
        return max(self.stepping, work / processors) * WORTHWHILE < here
