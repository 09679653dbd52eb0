"""A stretch of a film as a film of its own, cut without encoding the pictures again."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from studio.failures import ChapterError
from studio.film.joining import REPRODUCIBLE, AnyPacket, decoding_time
from studio.film.sound import sound_packets, sound_stream
from voice.sound import RATE, Samples


def cut(
    film: Path, target: Path, start: Fraction, end: Fraction, sound: Samples | None = None
) -> None:
    """Write a stretch of a film that begins with a keyframe, as every play and every beat does.

    Parameters
    ----------
    film
        The film.
    target
        The MP4 to write.
    start, end
        In seconds of the film: the first picture, and the first that is left out.
    sound
        All that is heard in the film, of which the stretch gets its part; without it the stretch
        has no sound track.

    Raises
    ------
    ChapterError
        When no keyframe is at the start.
    """
    options = {**REPRODUCIBLE, "movflags": "+faststart"}
    with av.open(film) as source, av.open(target, "w", options=options) as output:
        pictures = output.add_stream_from_template(source.streams.video[0], opaque=True)
        streams: list[Iterable[AnyPacket]] = [_pictures(source, pictures, start, end)]
        if sound is not None:
            heard = sound_stream(output, target.suffix)
            streams.append(sound_packets(sound[round(start * RATE) : round(end * RATE)], heard))
        for packet in heapq.merge(*streams, key=decoding_time):
            output.mux(packet)


def _pictures(
    source: InputContainer, stream: VideoStream, start: Fraction, end: Fraction
) -> Iterator[AnyPacket]:
    pictures = source.streams.video[0]
    assert pictures.time_base is not None
    first, last = round(start / pictures.time_base), round(end / pictures.time_base)
    source.seek(first, stream=pictures)
    begun = False
    for packet in source.demux(pictures):
        if packet.dts is None or packet.pts is None or packet.pts < first:
            continue
        if packet.pts >= last:
            break
        if not begun and not (packet.is_keyframe and packet.pts == first):
            name, seconds = Path(source.name).name, float(start)
            raise ChapterError(f"{name} cannot be cut at {seconds:.3f} s, where no keyframe is")
        begun = True
        packet.pts -= first
        packet.dts -= first
        packet.stream = stream
        yield packet
