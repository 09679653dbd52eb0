"""Voices that read a sentence aloud. Only the speaking process comes here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from voice.errors import VoiceError
from voice.sound import Samples

WORD = re.compile(r"\S+")


class Synthesizer(Protocol):
    """A voice."""

    rate: int
    """Samples a second."""

    def read(self, sentence: str) -> tuple[Samples, Sequence[float]]:
        """Read one sentence.

        Returns
        -------
        samples
            With the silence before and after it.
        starts
            When each word begins, in seconds; nothing where that cannot be known.
        """
        ...


class Hibari:
    """The voice that the project has with it: American English.

    Parameters
    ----------
    speed
        1 is the pace that it was trained for, 0.5 is half of it.
    """

    SEED = 0
    """Of the noise in its consonants."""
    ENDS = "/CumSum_output_0"
    """In its network: when each phoneme ends."""

    def __init__(self, speed: float) -> None:
        import hibari  # loading it takes a moment, which another voice need not spend

        self.rate = hibari.SAMPLE_RATE
        self._speed = speed
        self._tts = hibari.Hibari(threads=1)

    def read(self, sentence: str) -> tuple[Samples, Sequence[float]]:
        """Read one sentence; see :class:`Synthesizer`."""
        from hibari import dsp

        noise = np.random.default_rng(self.SEED)
        samples: list[Samples] = []
        starts: list[float] = []
        begin = 0
        for phonemes in self._tts.phonemize(sentence):
            ids = self._tts.ids(phonemes)
            fed = {"ids": np.array([ids], np.int64), "speed": np.array([self._speed], np.float32)}
            *parts, ends = self._network.run(None, fed)
            samples.append(dsp.synth(*(part[0] for part in parts), noise))
            ends = np.ravel(ends) / np.ravel(ends)[-1] * len(samples[-1])
            word_starts = self._word_starts(phonemes, ends.tolist())
            starts += [(begin + start) / self.rate for start in word_starts]
            begin += len(samples[-1])
        words = len(WORD.findall(sentence))
        return np.concatenate(samples), starts if len(starts) == words else ()

    def _word_starts(self, phonemes: str, ends: Sequence[float]) -> list[float]:
        """Return when each word begins, as ``ends`` says when each phoneme ends."""
        # A pause stands before the first phoneme, and a letter that is no phoneme is left out.
        places = list(accumulate((char in self._tts.vocab for char in phonemes), initial=0))
        return [ends[places[found.start()]] for found in WORD.finditer(phonemes)]

    @cached_property
    def _network(self) -> Any:
        """The voice's network with one more output: when each phoneme ends."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        model = Path(self._tts.model_path).read_bytes()
        # In protocol buffers a field that comes again is merged with the one before: a graph
        # (field 7 of a model) of one output (12) with a name (1) adds the output.
        output = _field(7, _field(12, _field(1, self.ENDS.encode())))
        return onnxruntime.InferenceSession(
            model + output, options, providers=["CPUExecutionProvider"]
        )


class Piper:
    """A piper voice of the user's.

    Parameters
    ----------
    model
        Its network; the description lies beside it, with ``.json`` behind the name.
    speed
        1 is the pace that it was trained for.
    """

    def __init__(self, model: Path, speed: float) -> None:
        from piper import PiperVoice, SynthesisConfig

        self._voice = PiperVoice.load(model)
        self.rate = int(self._voice.config.sample_rate)
        self._how = SynthesisConfig(length_scale=self._voice.config.length_scale / speed)

    def read(self, sentence: str) -> tuple[Samples, Sequence[float]]:
        """Read one sentence; when its words begin is not known. See :class:`Synthesizer`."""
        chunks = [chunk.audio_float_array for chunk in self._voice.synthesize(sentence, self._how)]
        if not chunks:
            raise VoiceError(f"the voice has nothing to say for {sentence!r}")
        return np.concatenate(chunks), ()


def _field(number: int, content: bytes) -> bytes:
    """Return a field of a protocol buffer that is shorter than 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content
