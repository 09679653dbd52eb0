"""Frames picked from a film, for the small film, the loop and the poster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from numpy.typing import NDArray

Size = tuple[int, int]
"""Width and height, in pixels."""

MICROSECONDS = 1_000_000
"""In a second; PyAV seeks in microseconds."""

SPARSE = 16
"""Rows of which one is compared first: most pictures that differ do so in one of them."""


def sampled(
    film: Path, rate: Fraction, start: float = 0.0, end: float = float("inf")
) -> Iterator[tuple[int, VideoFrame]]:
    """Yield the picture on the screen at every tick of a rate, where it differs from the last.

    Parameters
    ----------
    film
        The film.
    rate
        Ticks a second, the first one at the start.
    start, end
        In seconds; from the first to just before the second.

    Yields
    ------
    tick, frame
        The number of the tick, from 0, and the picture that comes with it. A picture that is the
        same as the one before is left out, but for the last.
    """
    with av.open(film) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1  # every process has one core
        container.seek(round(start * MICROSECONDS))
        tick = 0
        before: VideoFrame | None = None
        still: tuple[int, VideoFrame] | None = None
        for frame in container.decode(stream):
            time = _time(frame)
            if time >= end:
                break
            if time < start + tick / rate:
                continue
            # A film that is slower than the rate has ticks that bring nothing new.
            tick = int((time - Fraction(start)) * rate)
            if before is None or differ(frame, before):
                yield tick, frame
                before, still = frame, None
            else:
                still = tick, frame
            tick += 1
        if still is not None:
            yield still


def differ(one: VideoFrame, other: VideoFrame) -> bool:
    """Return whether two frames of a film show different pictures."""
    planes = [(_rows(a), _rows(b)) for a, b in zip(one.planes, other.planes, strict=True)]
    return not all(np.array_equal(a[::step], b[::step]) for step in (SPARSE, 1) for a, b in planes)


def _rows(plane: VideoPlane) -> NDArray[np.uint8] | NDArray[np.uint64]:
    """Return a plane's rows without copying them, eight bytes at a time where that can be."""
    rows = np.asarray(memoryview(plane)).reshape(-1, plane.line_size)
    return rows if plane.line_size % 8 else rows.view(np.uint64)


def last_frame(film: Path, end: float) -> VideoFrame:
    """Return the last frame before a time in seconds."""
    with av.open(film) as container:
        stream = container.streams.video[0]
        container.seek(round(max(end - 1, 0) * MICROSECONDS))
        last: VideoFrame | None = None
        for frame in container.decode(stream):
            if last is not None and _time(frame) >= end:
                break
            last = frame
        assert last is not None
        return last


def closed(
    frames: Iterable[tuple[int, VideoFrame]], ticks: int
) -> Iterator[tuple[int, VideoFrame]]:
    """Yield frames and then a fade from the last to the first, so that a loop has no jump.

    Parameters
    ----------
    frames
        Ticks and RGB frames of the same size.
    ticks
        Length of the fade.
    """
    first: VideoFrame | None = None
    for tick, frame in frames:
        first = first or frame
        yield tick, frame
        last = tick, frame
    if first is None:
        return
    begin, end = last[1].to_ndarray().astype(float), first.to_ndarray().astype(float)
    for step in range(1, ticks):
        share = step / ticks
        mixed = np.rint(begin * (1 - share) + end * share).astype(np.uint8)
        yield last[0] + step, VideoFrame.from_ndarray(mixed, format="rgb24")


def _time(frame: VideoFrame) -> Fraction:
    """Return the time of a frame, in seconds.

    Half a tick of the film's clock is added: times that are compared with it have been rounded.
    """
    assert frame.pts is not None
    assert frame.time_base is not None
    return (frame.pts + Fraction(1, 2)) * frame.time_base
