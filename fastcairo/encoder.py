"""Segment encoding that converts only changed tiles and encodes a still stretch once.

A segment is an intermediate file in front of the final film, yet manim encodes it with the slow
defaults of x264, converts every frame as a whole, and encodes each frame of a still stretch. Here
segments use settings that are cheap for drawn pictures, a frame may come as a
:class:`~fastcairo.updates.FrameUpdate`, and the packets of a still stretch, which only say "as
before", are made once and repeated. A segment appears whole or not at all. Whatever is not H.264
in MP4 is left to manim's encoder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from manim._config.video_encoder import VideoEncoderSpec
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from fastcairo.damage import Pixels
from fastcairo.updates import FrameUpdate

if TYPE_CHECKING:
    from manim.typing import RGBAPixelArray, StrPath

    from fastcairo.forked import ForkedPlays

__all__ = [
    "FastFileWriter",
    "FastSegmentEncoder",
    "cheap_spec",
    "is_plain_h264",
    "still_packets",
    "unfinished",
]

# Constant quantiser: drawn pictures are flat, and rate control would only cost a look-ahead.
CHEAP_OPTIONS = {"preset": "ultrafast", "qp": "22", "threads": "1"}
CHEAP_X264 = {"cabac": "1", "8x8dct": "1", "partitions": "i8x8,i4x4"}
# What swscale produces from RGB by default; without tags, browsers shift the colours.
COLOUR_TAGS = {
    "colorprim": "bt709",
    "transfer": "bt709",
    "colormatrix": "smpte170m",
    "range": "tv",
}
RATE_CONTROL = ("crf", "qp", "b", "preset", "tune")
KEYFRAME_INTERVAL = 250  # x264's default
# Period of the packets of still frames: x264 numbers frames modulo 16, and the last bit of a packet
# is one that no decoder reads but that x264 sets by the frame's number modulo 32.
STILL_PERIOD = 32


def is_plain_h264(spec: VideoEncoderSpec | None) -> bool:
    """Tell whether a segment is opaque H.264 in MP4, which is what this module speeds up."""
    return (
        spec is not None
        and (spec.codec, spec.container_format) == ("libx264", "mp4")
        and spec.pixel_format == "yuv420p"
        and spec.width % 2 == spec.height % 2 == 0
    )


def cheap_spec(spec: VideoEncoderSpec, chosen: Mapping[str, str]) -> VideoEncoderSpec:
    """Return ``spec`` with cheap settings and colour tags.

    Parameters
    ----------
    spec
        Settings that manim resolved.
    chosen
        Options that the user asked for. A rate control of the user's own is left alone, and so
        is every ``x264-params`` entry.
    """
    options = dict(spec.options)
    parameters = dict(COLOUR_TAGS)
    if not any(key in chosen for key in RATE_CONTROL):
        del options["crf"]
        options |= CHEAP_OPTIONS
        parameters |= CHEAP_X264
    given = options.get("x264-params", "")
    parameters |= dict(entry.split("=", 1) for entry in given.split(":") if "=" in entry)
    options["x264-params"] = ":".join(f"{name}={value}" for name, value in parameters.items())
    return replace(spec, options=tuple(sorted(options.items())))


@cache
def still_packets(spec: VideoEncoderSpec) -> tuple[bytes, ...] | None:
    """Return the packets that repeat a picture, by frame number, or ``None`` if there are none.

    They are taken from a black still that is encoded here and hold for any picture: a frame in
    which every block is skipped consists of its header alone. That holds only for settings
    without B-frames and without adaptive quantisers, which is checked, not assumed.
    """
    options = dict(spec.options)
    if any(options.get(key) != value for key, value in CHEAP_OPTIONS.items()):
        return None
    codec = av.CodecContext.create(spec.codec, "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.width, codec.height, codec.pix_fmt = spec.width, spec.height, spec.pixel_format
    codec.framerate = spec.frame_rate
    codec.time_base = Fraction(spec.frame_rate.denominator, spec.frame_rate.numerator)
    codec.options = options
    black = np.zeros((spec.height, spec.width, 4), dtype=np.uint8)
    picture = VideoReformatter().reformat(
        VideoFrame.from_ndarray(black, format="rgba"), format=spec.pixel_format
    )
    packets: list[bytes] = []
    for number in range(3 * STILL_PERIOD):
        picture.pts = number
        packets += [bytes(packet) for packet in codec.encode(picture)]
    packets += [bytes(packet) for packet in codec.encode(None)]
    first, second = packets[STILL_PERIOD:-STILL_PERIOD], packets[2 * STILL_PERIOD :]
    return tuple(first) if first == second and len(first) == STILL_PERIOD else None


def unfinished(segment: Path) -> Path:
    """Return the file that becomes a segment when all its frames are in it."""
    return segment.with_name(f"{segment.name}.unfinished")


class FastSegmentEncoder(VideoSegmentEncoder):
    """Encode whole frames, or updates of the frame before, into one video segment."""

    def __init__(self, *, target: Path, spec: VideoEncoderSpec, repeat_stills: bool) -> None:
        super().__init__(target=unfinished(target), spec=spec)
        self._segment = target
        self._repeat_stills = repeat_stills
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
        with self.target.open("rb") as file:
            os.fsync(file.fileno())
        self.target.replace(self._segment)

    def _convert(self, pixels: Pixels) -> VideoFrame:
        # A converter of its own for each size: the set-up costs more than a small tile.
        converter = self._converters.get(pixels.shape)
        if converter is None:
            if len(self._converters) == 64:
                self._converters.clear()
            converter = self._converters[pixels.shape] = VideoReformatter()
        frame = VideoFrame.from_numpy_buffer(pixels, format="rgba")
        return converter.reformat(frame, format=self.spec.pixel_format)

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


class SegmentDivider(Protocol):
    """What the writer needs of the renderer to leave segments to other processes."""

    plays: ForkedPlays

    def must_write(self, index: int) -> bool:
        """Tell whether this process has to write the segment of play ``index``."""


class FastFileWriter(SceneFileWriter):
    """Hands H.264 segments to :class:`FastSegmentEncoder` and all others to manim's encoder."""

    #: Set by the renderer before the first segment.
    takes_updates = False
    repeats_stills = False
    renderer: SegmentDivider | None = None

    def begin_animation(
        self,
        allow_write: bool = False,
        *,
        animation_index: int,
        file_path: StrPath | None = None,
    ) -> None:
        """Begin a segment, unless a forked child writes it or it is there already."""
        if allow_write and self.output_spec.is_video and self.renderer is not None:
            allow_write = self.renderer.must_write(animation_index)
        super().begin_animation(allow_write, animation_index=animation_index, file_path=file_path)

    def end_animation(self, allow_write: bool = False) -> None:
        """End the segment, if it is written here."""
        super().end_animation(allow_write and self._current_encode_job is not None)

    def is_already_cached(self, hash_invocation: str) -> bool:
        """Tell whether a segment exists, or is on its way."""
        if self.renderer is not None and self.output_spec.is_video:
            segment = Path(self.output_plan.segment_path(hash_invocation))
            if self.renderer.plays.is_drawing(segment):
                return True
        return super().is_already_cached(hash_invocation)

    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
        """Discard what is unfinished, here and in forked children."""
        if self.renderer is not None:
            self.renderer.plays.kill()
        super().abort_encode_jobs(reraise_encoder_failures)

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        spec = self.video_encoder
        if (
            spec is None
            or not is_plain_h264(spec)
            or not (self.takes_updates or self.repeats_stills)
        ):
            return super()._create_segment_encoder(target)
        return FastSegmentEncoder(target=target, spec=spec, repeat_stills=self.repeats_stills)
