"""Small films made for the tests, and films read back."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame

from studio.film.records import Clip, Cue
from studio.jobs import BeatTimes

SIZE = (320, 180)
RATE = 15

Chapters = list[tuple[float, float, str]]


def clip(name: str, frames: int, **changes: object) -> Clip:
    """Return a clip with a still beat, a moving one and a still one, a third of the frames each."""
    times = [frames * third / 3 / RATE for third in range(4)]
    names = ("stands", "moves", "rests")
    values: dict[str, object] = {
        "name": name,
        "title": f"About {name}",
        "language": "en",
        "theme": "dark",
        "width": SIZE[0],
        "height": SIZE[1],
        "frame_rate": RATE,
        "frames": frames,
        "cues": tuple(
            Cue(a, b, f"{name} {beat}\nthere.")
            for a, b, beat in zip(times, times[1:], names, strict=False)
        ),
        "beats": tuple(
            BeatTimes(beat, a, b) for a, b, beat in zip(times, times[1:], names, strict=False)
        ),
        "best_beat": "moves",
    }
    return Clip(**{**values, **changes})  # type: ignore[arg-type]


def position(frame: int, frames: int) -> int:
    """Return where the square's left edge is in a frame: it moves in the second third."""
    third = frames // 3
    return 20 + 4 * min(max(frame - third, 0), third)


def film(target: Path, frames: int, size: tuple[int, int] = SIZE, **options: str) -> Path:
    """Write a film of a square that moves in its second third, tagged as manim's films are."""
    with av.open(target, "w") as output:
        stream = output.add_stream(
            "libx264", rate=RATE, options={"x264-params": "colorprim=bt709:transfer=bt709:"
            "colormatrix=smpte170m:range=tv", "crf": "10", **options},
        )  # fmt: skip
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for number in range(frames):
            picture = np.full((size[1], size[0], 3), (15, 20, 26), np.uint8)
            left = position(number, frames)
            picture[60:100, left : left + 40] = (227, 178, 6)
            frame = VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return target


def frames_of(file: Path, stream: int = 0) -> list[tuple[float, np.ndarray]]:
    """Return time and RGB picture of every frame."""
    with av.open(file) as container:
        return [
            (float(frame.pts * frame.time_base), frame.to_ndarray(format="rgb24"))
            for frame in container.decode(container.streams.video[stream])
        ]


def seen_position(picture: np.ndarray) -> int:
    """Return where the square's left edge is in a picture, in pixels of the original film."""
    row = picture[round(picture.shape[0] * 80 / 180)].astype(int)
    bright = np.flatnonzero(row[:, 0] > 120)
    return round(bright[0] * SIZE[0] / picture.shape[1])


def captions_of(file: Path) -> list[tuple[float, float, str]]:
    """Return start, end and text of the captions inside a film."""
    with av.open(file) as container:
        return [
            (
                float(packet.pts * packet.time_base),
                float((packet.pts + packet.duration) * packet.time_base),
                bytes(packet)[2:].decode(),
            )
            for packet in container.demux(container.streams.subtitles[0])
            if packet.size > 2  # shorter ones are the silence between
        ]


def chapters_of(file: Path) -> Chapters:
    """Return start, end and title of the chapters inside a film."""
    with av.open(file) as container:
        return [
            (
                float(chapter["start"] * chapter["time_base"]),
                float(chapter["end"] * chapter["time_base"]),
                chapter["metadata"]["title"],
            )
            for chapter in container.chapters()
        ]


def boxes(file: Path) -> list[str]:
    """Return the names of an MP4's outermost boxes, in order."""
    content = file.read_bytes()
    names, at = [], 0
    while at < len(content):
        names.append(content[at + 4 : at + 8].decode())
        at += int.from_bytes(content[at : at + 4], "big")
    return names
