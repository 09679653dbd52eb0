"""Encoder settings that are cheap for drawn pictures, and the packets that repeat a picture.

A segment is an intermediate file in front of the final film, yet manim encodes it with the slow
defaults of x264. The settings here make larger segments in a fraction of the time. With them, a
frame that equals the one before it is one of a few packets that are known in advance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from fastcairo.internals import VideoEncoderSpec

__all__ = ["KEYFRAME_INTERVAL", "STILL_PERIOD", "cheap_spec", "is_plain_h264", "still_packets"]

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
    for number in range(2 * STILL_PERIOD + 1):
        picture.pts = number
        packets += [bytes(packet) for packet in codec.encode(picture)]
    packets += [bytes(packet) for packet in codec.encode(None)]
    # Behind the key frame come two periods; the last of each is number 0 modulo the period.
    first, second = packets[1 : STILL_PERIOD + 1], packets[STILL_PERIOD + 1 :]
    return (first[-1], *first[:-1]) if first == second and len(first) == STILL_PERIOD else None
