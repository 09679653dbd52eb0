"""Films joined and labelled without encoding: every frame stays as it was drawn."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from studio.failures import ChapterError
from studio.film.captions import one_line
from studio.film.records import Cue
from studio.film.sound import sound_packets, sound_stream
from voice.sound import Samples

if TYPE_CHECKING:
    from av.container.core import Chapter

AnyPacket: TypeAlias = "Packet[Any]"
"""Of pictures or of captions."""

MILLISECOND = Fraction(1, 1000)

CAPTIONS = "Captions"
"""Name of the track of captions, in MP4."""

REPRODUCIBLE = {"fflags": "+bitexact"}
"""Options of the writers: no random numbers in the files."""

STYLE = """\
[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, \
Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
"""Header of a caption track in the ASS format: the style that players draw captions in."""


@dataclass(frozen=True)
class FilmPart:
    """A film that is a part of a longer one.

    Attributes
    ----------
    file
        The film.
    duration
        Exact length in seconds.
    """

    file: Path
    duration: Fraction


@dataclass(frozen=True)
class FilmText:
    """Text inside a film, beside its pictures.

    Attributes
    ----------
    title
        Title of the film.
    cues
        Its captions.
    chapters
        Its chapters' titles, each while its chapter plays; nothing for a single chapter.
    """

    title: str
    cues: Sequence[Cue] = ()
    chapters: Sequence[Cue] = ()


def join(
    target: Path, parts: Sequence[FilmPart], text: FilmText, sound: Samples | None = None
) -> None:
    """Join films to one.

    An MP4 gets captions and chapter marks inside, and its index before its pictures, so that it
    plays while it loads. A WebM gets only the title: its captions lie beside it.

    Parameters
    ----------
    target
        The file to write, MP4 or WebM by its ending.
    parts
        The films, in order. All must be encoded alike.
    text
        Title, captions and chapters.
    sound
        What is heard, as long as all parts; without it the film has no sound track.

    Raises
    ------
    ChapterError
        When a part is encoded otherwise than the first.
    """
    is_mp4 = target.suffix == ".mp4"
    options = {**REPRODUCIBLE, "movflags": "+faststart"} if is_mp4 else REPRODUCIBLE
    with av.open(parts[0].file) as first, av.open(target, "w", options=options) as output:
        source = first.streams.video[0]
        pictures = output.add_stream_from_template(source, opaque=True)
        output.metadata["title"] = one_line(text.title)
        captions = None
        if is_mp4:
            output.set_chapters(_marks(text.chapters))
            captions = _caption_track(output) if text.cues else None
        heard = None
        if sound is not None:
            heard = sound_stream(output, target.suffix)
        header = source.codec_context.extradata
        streams: list[Iterable[AnyPacket]] = [_pictures(parts, header, pictures)]
        if captions is not None:
            # First, so that a caption comes before the picture that it is shown over.
            streams.insert(0, _spoken(text.cues, captions))
        if heard is not None and sound is not None:
            streams.append(sound_packets(sound, heard))
        for packet in heapq.merge(*streams, key=decoding_time):
            output.mux(packet)


def _caption_track(output: OutputContainer) -> Stream:
    track = output.add_stream("mov_text")
    track.codec_context.subtitle_header = STYLE.encode()
    track.time_base = MILLISECOND
    track.metadata["handler_name"] = CAPTIONS  # the chapters are a track of text as well
    return track


def _marks(chapters: Sequence[Cue]) -> list[Chapter]:
    return [
        {
            "id": number,
            "start": round(chapter.start / MILLISECOND),
            "end": round(chapter.end / MILLISECOND),
            "time_base": MILLISECOND,
            "metadata": {"title": one_line(chapter.text)},
        }
        for number, chapter in enumerate(chapters, 1)
    ]


def _pictures(
    parts: Sequence[FilmPart], header: bytes | None, stream: VideoStream
) -> Iterator[AnyPacket]:
    start = Fraction(0)
    for part in parts:
        with av.open(part.file) as container:
            yield from _shifted(container, header, stream, start)
        start += part.duration


def _shifted(
    container: InputContainer, header: bytes | None, stream: VideoStream, start: Fraction
) -> Iterator[AnyPacket]:
    """Yield a part's pictures as packets of the whole film."""
    source = container.streams.video[0]
    if source.codec_context.extradata != header:
        raise ChapterError(f"{Path(container.name).name} is encoded otherwise than its neighbours")
    for packet in container.demux(source):
        if packet.dts is None or packet.pts is None:
            continue  # the end
        shift = round(start / packet.time_base)
        packet.pts += shift
        packet.dts += shift
        packet.stream = stream
        yield packet


def _spoken(cues: Iterable[Cue], track: Stream) -> Iterator[AnyPacket]:
    """Yield captions as the packets that MP4 has them in: a length, and the text."""
    for cue in cues:
        text = cue.text.encode()
        packet = Packet(len(text).to_bytes(2, "big") + text)
        packet.stream = track
        packet.time_base = MILLISECOND
        packet.pts = packet.dts = round(cue.start / MILLISECOND)
        packet.duration = round(cue.end / MILLISECOND) - packet.pts
        yield packet


def decoding_time(packet: AnyPacket) -> Fraction:
    """Return when a packet is decoded, in seconds."""
    return (packet.dts or 0) * packet.time_base
