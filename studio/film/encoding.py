"""Small forms of a film for a page: AV1 to play, a loop of the best beat, a poster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from PIL import Image

from studio.film.joining import REPRODUCIBLE
from studio.film.pictures import Size, closed, last_frame, sampled
from studio.film.priority import take_turns
from studio.film.records import Clip

SMALL_RATE = 30
"""Most frames a second of the small film."""

LOOP_RATE = Fraction(25, 2)
"""Frames a second of a loop: GIF counts hundredths of a second, and this is every eighth."""

LOOP_SECONDS = 12.0
"""Longest stretch of a film that is looped: of a longer beat, its end."""

FADE = 6
"""Frames in which a loop's end turns into its beginning."""

GIF_BYTES = 2_000_000
"""Largest size of a GIF; a larger one is made again with fewer frames."""

SVT = {
    "preset": "12",
    "crf": "35",
    # One thread, as every process has one core. Slow tools that save hardly a byte are off.
    "svtav1-params": "lp=1:scm=0:enable-tf=0:keyint=10s",
}
"""Fast settings of the AV1 encoder SVT."""

BT709, SMPTE170M, LIMITED = 1, 6, 1
"""By ITU-T H.273, the colour tags that the films have; see ``manim.cfg``."""

POSTER_QUALITY = 80

WATCHED_FRAMES = 100
"""Encoded frames between two reports of progress."""

Ticked = Iterable[tuple[int, VideoFrame]]
"""Frames with the number of the tick that each comes at."""


def encode_small(clip: Clip, film: Path, target: Path, watch: Callable[[int], object]) -> None:
    """Write the small film: AV1 in WebM, as long as the film.

    Parameters
    ----------
    clip, film
        The film.
    target
        The file to write.
    watch
        Called now and then with the number of the film's frames that are done.
    """
    rate = Fraction(min(clip.frame_rate, SMALL_RATE))

    def watched(frames: Ticked) -> Iterator[tuple[int, VideoFrame]]:
        for number, (tick, frame) in enumerate(frames):
            if number % WATCHED_FRAMES == 0:
                watch(int(tick * clip.frame_rate / rate))
            yield tick, frame

    every = watched(sampled(film, rate))
    frames = _resized(every, clip.small_size, "yuv420p", Interpolation.BILINEAR)
    _encode_av1(frames, rate, clip.small_size, target, Fraction(clip.frames, clip.frame_rate))


def encode_loop(clip: Clip, film: Path, target: Path, fallback: Path) -> None:
    """Write the loop of the best beat as animated AVIF, and as GIF.

    Parameters
    ----------
    clip, film
        The film.
    target, fallback
        The AVIF and the GIF to write.
    """
    start = max(clip.best.start, clip.best.end - LOOP_SECONDS)
    beat = sampled(film, LOOP_RATE, start, clip.best.end)
    frames = list(closed(_resized(beat, clip.loop_size, "rgb24"), FADE))
    end = (frames[-1][0] + 1) / LOOP_RATE
    _encode_av1(_resized(frames, clip.loop_size, "yuv420p"), LOOP_RATE, clip.loop_size, target, end)
    for thinning in (1, 2, 3, 4):
        _encode_gif(frames[::thinning], clip.loop_size, fallback)
        if fallback.stat().st_size <= GIF_BYTES:
            break


def save_poster(clip: Clip, film: Path, target: Path) -> None:
    """Write the best beat's last frame as WebP.

    Parameters
    ----------
    clip, film
        The film.
    target
        The file to write.
    """
    width, height = clip.small_size
    frame = last_frame(film, clip.best.end).reformat(
        width, height, "rgb24", interpolation=Interpolation.LANCZOS
    )
    Image.fromarray(frame.to_ndarray()).save(target, "WEBP", quality=POSTER_QUALITY, method=6)


def _resized(
    frames: Ticked, size: Size, layout: str, how: Interpolation = Interpolation.BICUBIC
) -> Iterator[tuple[int, VideoFrame]]:
    # One for all frames, which otherwise make one each, and with it threads for every core.
    scaler = VideoReformatter()
    for tick, frame in frames:
        yield tick, scaler.reformat(frame, *size, layout, interpolation=how, threads=1)


def _encode_av1(frames: Ticked, rate: Fraction, size: Size, target: Path, end: Fraction) -> None:
    """Encode frames that are shown from their ticks on, the last one until the end in seconds."""
    with av.open(target, "w", options=REPRODUCIBLE) as output:
        stream = output.add_stream("libsvtav1", rate=rate, options=dict(SVT))
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.color_primaries = context.color_trc = BT709
        context.colorspace, context.color_range = SMPTE170M, LIMITED
        context.open(strict=False)
        take_turns()
        packets = []
        for tick, frame in frames:
            frame.pts, frame.time_base = tick, 1 / rate
            packets += stream.encode(frame)
        packets += stream.encode(None)
        ends = [packet.pts or 0 for packet in packets[1:]]
        ends.append(round(end / packets[-1].time_base))
        for packet, until in zip(packets, ends, strict=True):
            packet.duration = until - (packet.pts or 0)
            output.mux(packet)


def _encode_gif(frames: Sequence[tuple[int, VideoFrame]], size: Size, target: Path) -> None:
    with av.open(target, "w", options={"loop": "0"}) as output:
        stream = output.add_stream("gif", rate=LOOP_RATE)
        stream.width, stream.height = size
        stream.pix_fmt = "pal8"
        for frame in _with_palette(frames, size):
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def _with_palette(frames: Sequence[tuple[int, VideoFrame]], size: Size) -> Iterator[VideoFrame]:
    """Yield frames in the 256 colours that suit their moving parts best."""
    graph = Graph()
    source = graph.add_buffer(
        width=size[0], height=size[1], format=VideoFormat("rgb24"), time_base=1 / LOOP_RATE
    )
    both, sink = graph.add("split"), graph.add("buffersink")
    palette = graph.add("palettegen", "stats_mode=diff")
    painted = graph.add("paletteuse", "dither=none:diff_mode=rectangle")
    source.link_to(both)
    both.link_to(palette, 0, 0)
    both.link_to(painted, 1, 0)
    palette.link_to(painted, 0, 1)
    painted.link_to(sink)
    graph.configure()
    for tick, frame in frames:
        frame.pts, frame.time_base = tick, 1 / LOOP_RATE
        graph.vpush(frame)
    graph.vpush(None)
    for _ in frames:
        yield graph.vpull()
