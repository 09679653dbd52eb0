"""Segment encoder that converts only changed tiles and encodes a still stretch once.

Manim converts every frame as a whole and encodes each frame of a still stretch. Here a frame may
come as a :class:`~fastcairo.updates.FrameUpdate`. The packets of a still stretch, which only say
"as before", are made once and repeated. A segment appears whole or not at all.
"""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from fastcairo.damage import Pixels
from fastcairo.encoder_settings import KEYFRAME_INTERVAL, STILL_PERIOD, still_packets
from fastcairo.internals import VideoEncoderSpec
from fastcairo.seals import seal
from fastcairo.updates import FrameUpdate

if TYPE_CHECKING:
    from manim.typing import RGBAPixelArray

__all__ = ["FastSegmentEncoder", "unfinished"]

CONVERTERS = 256  # kept for as many sizes of tiles


def unfinished(segment: Path) -> Path:
    """Return the file that becomes a segment when all its frames are in it."""
    return segment.with_name(f"{segment.name}.unfinished")


class FastSegmentEncoder(VideoSegmentEncoder):
    """Encode whole frames, or updates of the frame before, into one video segment."""

    def __init__(
        self, *, target: Path, spec: VideoEncoderSpec, repeat_stills: bool, series: str = ""
    ) -> None:
        super().__init__(target=unfinished(target), spec=spec)
        # Manim finds the job of a segment by its target, and waits for it when it is played again.
        self._unfinished, self.target = self.target, target
        self._repeat_stills = repeat_stills
        self._series = series
        self._picture: VideoFrame | None = None
        self._planes: list[Pixels] = []
        self._converters: dict[tuple[int, ...], VideoReformatter] = {}
        stream = self._stream
        assert isinstance(stream, av.VideoStream)
        self._video_stream = stream
        self._tick = Fraction(spec.frame_rate.denominator, spec.frame_rate.numerator)
        self._drained = False

    def write_frame(self, pixels: RGBAPixelArray | FrameUpdate, *, repeat: int = 1) -> None:
        """Encode a frame ``repeat`` times at consecutive timestamps.

        Raises
        ------
        RuntimeError
            If the segment is closed, or an update comes before any whole frame.
        """
        if isinstance(pixels, FrameUpdate):
            if self._closed or self._picture is None:
                raise RuntimeError(f"Video segment {self.target} cannot take a frame update.")
        else:
            self._validate_frame(pixels, repeat)
        try:
            if isinstance(pixels, FrameUpdate):
                self._apply(pixels)
            else:
                self._picture = self._convert(cast("Pixels", pixels))
                self._planes = _planes(self._picture)
            if self._repeat_stills and self._next_pts == 0 and repeat > 2:
                self._write_still(repeat)
            else:
                for _ in range(repeat):
                    self._encode()
        except BaseException as error:
            raise self._operation_error("encode", error) from error

    def finish(self) -> None:
        """Flush and close the segment, and give it its name."""
        if self._closed:
            return
        if self._drained:
            self._closed = True
            self._container.close()
        else:
            super().finish()
        with self._unfinished.open("rb") as file:
            os.fsync(file.fileno())
        self._unfinished.replace(self.target)
        if self._series:
            seal(self.target, self._series)

    def abort(self) -> None:
        """Close the segment and remove what there is of it."""
        try:
            super().abort()
        finally:
            self._unfinished.unlink(missing_ok=True)

    def _convert(self, pixels: Pixels) -> VideoFrame:
        # A converter of its own for each size: the set-up costs more than a small tile.
        converter = self._converters.get(pixels.shape)
        if converter is None:
            if len(self._converters) == CONVERTERS:
                self._converters.pop(next(iter(self._converters)))
            converter = self._converters[pixels.shape] = VideoReformatter()
        frame = VideoFrame.from_numpy_buffer(pixels, format="rgba")
        # More threads would be woken for every tile.
        return converter.reformat(frame, format=self.spec.pixel_format, threads=1)

    def _apply(self, update: FrameUpdate) -> None:
        for (left, top, right, bottom), (outer_left, outer_top), pixels in update.tiles:
            tile = _planes(self._convert(pixels))
            for target, source, step in zip(self._planes, tile, (1, 2, 2), strict=True):
                rows = slice(top // step, -(-bottom // step))
                columns = slice(left // step, -(-right // step))
                row, column = top // step - outer_top // step, left // step - outer_left // step
                target[rows, columns] = source[
                    row : row + rows.stop - rows.start,
                    column : column + columns.stop - columns.start,
                ]

    def _encode(self) -> list[bytes]:
        """Encode the present picture and return the packets that came out."""
        picture = self._picture
        assert picture is not None
        picture.pts = self._next_pts
        picture.time_base = self._tick
        self._next_pts += 1
        encoded = []
        for packet in self._video_stream.encode(picture):
            encoded.append(bytes(packet))
            self._container.mux(packet)
        return encoded

    def _write_still(self, count: int) -> None:
        """Write ``count`` equal frames, most of them without encoding them.

        After the key frame and perhaps some refinements, each frame of a still is one of the
        packets of :func:`still_packets`. The key frame returns at x264's interval.
        """
        skips = still_packets(self.spec)
        group: list[bytes] = []
        while self._next_pts < count:
            group += self._encode()
            if skips and len(group) > 1 and group[-1] == skips[(len(group) - 1) % STILL_PERIOD]:
                self._repeat(group, skips, count)

    def _repeat(self, group: list[bytes], skips: tuple[bytes, ...], count: int) -> None:
        """Close the encoder and write frames up to ``count`` from packets that are known."""
        for packet in self._video_stream.encode(None):
            group.append(bytes(packet))
            self._container.mux(packet)
        self._drained = True
        for number in range(len(group), count):
            place = number % KEYFRAME_INTERVAL
            data = group[place] if place < len(group) else skips[place % STILL_PERIOD]
            packet = av.Packet(data)
            packet.pts = packet.dts = number
            packet.duration = 1
            packet.time_base = self._tick
            packet.is_keyframe = place == 0
            packet.stream = self._video_stream
            self._container.mux(packet)
        self._next_pts = count


def _planes(picture: VideoFrame) -> list[Pixels]:
    """Return writable views of the planes of ``picture``, each of shape (rows, stride)."""
    return [
        np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(-1, plane.line_size)
        for plane in picture.planes
    ]
