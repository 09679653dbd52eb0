"""Sound of films: utterances mixed into one track, mastered and encoded.

A film's sound is made of samples as a whole and encoded once, so that it is exactly as long as the
pictures and nothing drifts where films are joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from voice.sound import RATE, Samples, decoded, mastered


@dataclass(frozen=True)
class Codec:
    """Encoding of the sound of a film.

    Attributes
    ----------
    encoder
        FFmpeg's name of it.
    bit_rate
        Bits a second.
    options
        Of the encoder.
    """

    encoder: str
    bit_rate: int
    options: Mapping[str, str]


CODECS = {
    # The other coder of AAC is slower, and now and then louder than what it was given: by 2 dB.
    ".mp4": Codec("aac", 96_000, {"aac_coder": "fast"}),
    # Half of the encoder's effort takes a third of its time, and a voice does not show it.
    ".webm": Codec("libopus", 48_000, {"compression_level": "5"}),
}
"""By the ending of a film."""


@dataclass(frozen=True)
class SoundCue:
    """An utterance in a film.

    Attributes
    ----------
    start
        Time of its beginning, in seconds from the film's beginning.
    file
        Its sound. The name of the file changes with its content.
    """

    start: float
    file: Path


def mixed(cues: Sequence[SoundCue], duration: Fraction) -> Samples:
    """Return the sound of a film, as long as its pictures to a sample.

    Parameters
    ----------
    cues
        What is heard in it.
    duration
        Exact length of the film in seconds. What is heard after it is cut off.
    """
    track = np.zeros(round(duration * RATE), np.float32)
    for cue in cues:
        start = round(cue.start * RATE)
        samples = decoded(cue.file)[: max(0, len(track) - start)]
        track[start : start + len(samples)] += samples
    return track


def film_sound(parts: Sequence[tuple[Sequence[SoundCue], Fraction]]) -> Samples | None:
    """Return the sound of a film that is joined from parts, at the loudness of every film.

    Parameters
    ----------
    parts
        Utterances and exact length of each part.

    Returns
    -------
    samples
        At :data:`voice.sound.RATE`; None when nobody speaks.
    """
    if not any(cues for cues, _ in parts):
        return None
    return mastered(np.concatenate([mixed(cues, duration) for cues, duration in parts]))


def sound_stream(output: OutputContainer, suffix: str) -> AudioStream:
    """Add the stream of the sound to a film with some ending."""
    codec = CODECS[suffix]
    stream = output.add_stream(codec.encoder, rate=RATE, layout="mono", options=dict(codec.options))
    assert isinstance(stream, AudioStream)
    stream.bit_rate = codec.bit_rate
    return stream


def sound_packets(samples: Samples, stream: AudioStream) -> Iterator[Packet[Any]]:
    """Yield sound as the packets of a stream."""
    for first in range(0, len(samples), RATE):
        frame = av.AudioFrame.from_ndarray(
            samples[None, first : first + RATE], format="fltp", layout="mono"
        )
        frame.rate, frame.pts, frame.time_base = RATE, first, Fraction(1, RATE)
        yield from stream.encode(frame)
    yield from stream.encode(None)
