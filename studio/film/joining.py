"""Films joined and labelled without encoding: every frame stays as it was drawn."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from av.container.core import Chapter

AnyPacket: TypeAlias = "Packet[Any]"
"""Of pictures or of captions."""

MILLISECOND = Fraction(1, 1000)

REPRODUCIBLE = {"fflags": "+bitexact"}
"""For writers of files: no random numbers."""

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
"""How players draw the captions inside a film, in the form that the format takes it from."""

THREE_LETTERS = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hu": "hun", "id": "ind", "it": "ita",
    "ja": "jpn", "ko": "kor", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron",
    "ru": "rus", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr", "vi": "vie", "zh": "zho",
}  # fmt: skip
"""ISO 639-2 codes, which films have, by those of ISO 639-1, which catalogues have."""


@dataclass(frozen=True)
class Part:
    """A film that is a part of a longer one.

    Attributes
    ----------
    file
        The film.
    duration
        How long it is, in seconds, exactly.
    """

    file: Path
    duration: Fraction


@dataclass(frozen=True)
class Words:
    """What a film says beside its pictures.

    Attributes
    ----------
    title, language
        Of the film.
    cues
        Its captions.
    chapters
        Its chapters' titles, each while its chapter plays; nothing for a single chapter.
    """

    title: str
    language: str
    cues: Sequence[Cue] = ()
    chapters: Sequence[Cue] = ()


def join(target: Path, parts: Sequence[Part], words: Words) -> None:
    """Join films to one.

    An MP4 gets captions and chapter marks inside, and its index before its pictures, so that it
    plays while it loads. A WebM gets title and language only: its captions lie beside it.

    Parameters
    ----------
    target
        The file to write; its ending says which kind it is.
    parts
        The films, in order. All must be encoded alike.
    words
        What the film says.

    Raises
    ------
    ChapterError
        When a part is encoded otherwise than the first.
    """
    is_mp4 = target.suffix == ".mp4"
    options = {**REPRODUCIBLE, "movflags": "+faststart"} if is_mp4 else REPRODUCIBLE
    language = THREE_LETTERS.get(words.language.partition("-")[0].partition("_")[0], "und")
    with av.open(parts[0].file) as first, av.open(target, "w", options=options) as output:
        source = first.streams.video[0]
        pictures = output.add_stream_from_template(source, opaque=True)
        pictures.metadata["language"] = language
        output.metadata["title"] = one_line(words.title)
        captions = None
        if is_mp4:
            output.set_chapters(_marks(words.chapters))
            captions = _caption_track(output, language) if words.cues else None
        header = source.codec_context.extradata
        packets = _pictures(parts, header, pictures)
        if captions is not None:
            packets = _interleaved(packets, _spoken(words.cues, captions))
        for packet in packets:
            output.mux(packet)


def _caption_track(output: OutputContainer, language: str) -> Stream:
    track = output.add_stream("mov_text")
    track.codec_context.subtitle_header = STYLE.encode()
    track.time_base = MILLISECOND
    track.metadata["language"] = language
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
    parts: Sequence[Part], header: bytes | None, stream: VideoStream
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


def _interleaved(pictures: Iterable[AnyPacket], spoken: Iterator[AnyPacket]) -> Iterator[AnyPacket]:
    """Yield every caption before the pictures that it is shown over."""
    caption = next(spoken, None)
    for picture in pictures:
        assert picture.dts is not None
        now = picture.dts * picture.time_base
        while caption is not None and (caption.dts or 0) * MILLISECOND <= now:
            yield caption
            caption = next(spoken, None)
        yield picture
    if caption is not None:
        yield caption
        yield from spoken
