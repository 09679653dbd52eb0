"""A voice: from text to sound, its length, and the times at which its words begin.

The room knows neither the drawing nor the lecture. :func:`open_voice` gives a :class:`Voice`, and
that gives a sentence as an :class:`Utterance`: a sound file and its seconds. The sound is made in
a process of its own (:mod:`voice.process`, :mod:`voice.__main__`) and kept (:mod:`voice.shelf`).
:mod:`voice.reading` turns what is written into words.
"""

from voice.errors import VoiceError
from voice.marks import parse_marks
from voice.reading import spoken_form
from voice.recordings import Recording, recording
from voice.speaking import Utterance, Voice, open_voice

__all__ = [
    "Recording",
    "Utterance",
    "Voice",
    "VoiceError",
    "open_voice",
    "parse_marks",
    "recording",
    "spoken_form",
]
