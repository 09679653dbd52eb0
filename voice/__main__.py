"""The speaking process: requests come in as lines, sound goes out.

Usage: ``python -m voice SPEED VOICE``. A request is a line of JSON, ``{"say": text}`` or
``{"decode": file}``. The answer is a line of JSON, with ``starts`` (see :mod:`voice.timing`) and
``size``, and behind it so many bytes of a WAV file; or with ``error``, one line for the user. The
process ends with its input, that is with the process that started it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from voice.errors import VoiceError
from voice.sound import RATE, Samples, decoded, mastered, resampled, trimmed, wav
from voice.synthesis import WORD, Hibari, Piper, Synthesizer
from voice.timing import shared_starts

PAUSE = 0.35
"""Seconds between two sentences."""

SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s)|[。！？]|$)", re.DOTALL)


def main(arguments: Sequence[str]) -> None:
    """Answer requests until there are none."""
    # What libraries print must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    speed, voice = float(arguments[0]), arguments[1]
    synthesizer: Synthesizer | None = None
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            if "decode" in request:
                samples, _ = trimmed(decoded(Path(request["decode"])), RATE)
                starts: list[tuple[int, float]] = []
            else:
                synthesizer = synthesizer or _synthesizer(voice, speed)
                samples, starts = utter(synthesizer, request["say"])
            content = wav(mastered(samples))
            answer: dict[str, Any] = {"starts": starts, "size": len(content)}
        except Exception as error:
            known = isinstance(error, VoiceError)
            reason = str(error) if known else f"{type(error).__name__}: {error}"
            answer, content = {"error": " ".join(reason.split())}, b""
        answers.write(json.dumps(answer).encode() + b"\n" + content)
        answers.flush()


def _synthesizer(voice: str, speed: float) -> Synthesizer:
    return Hibari(speed) if voice == "default" else Piper(Path(voice), speed)


def utter(synthesizer: Synthesizer, text: str) -> tuple[Samples, list[tuple[int, float]]]:
    """Read a text, sentence by sentence.

    Returns
    -------
    samples
        At :data:`voice.sound.RATE`, without silence at its ends.
    starts
        Index in the text and time in seconds of each word's beginning.
    """
    rate = synthesizer.rate
    pause = np.zeros(round(PAUSE * rate), np.float32)
    parts: list[Samples] = []
    starts: list[tuple[int, float]] = []
    for found in SENTENCE.finditer(text):
        samples, seconds = synthesizer.read(found[0])
        samples, first = trimmed(samples, rate)
        if parts:
            parts.append(pause)
        begin = sum(map(len, parts)) / rate
        words = [found.start() + word.start() for word in WORD.finditer(found[0])]
        if seconds:
            spoken = [max(0.0, second - first / rate) for second in seconds]
            starts += [(w, begin + second) for w, second in zip(words, spoken, strict=True)]
        else:
            shared = shared_starts(found[0], len(samples) / rate)
            starts += [(found.start() + place, begin + second) for place, second in shared]
        parts.append(samples)
    if not any(part.any() for part in parts):
        raise VoiceError(f"nothing can be heard of {text!r}")
    return resampled(np.concatenate(parts), rate), starts


if __name__ == "__main__":
    main(sys.argv[1:])
