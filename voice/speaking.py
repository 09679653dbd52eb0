"""A voice: from a sentence to its sound, its length and the times of its marks."""

from __future__ import annotations

import hashlib
import wave
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from voice.errors import VoiceError
from voice.marks import parse_marks
from voice.process import Speaker
from voice.reading import ASSETS, is_english, spoken_with_marks
from voice.recordings import Recording, recorded_keys, recording
from voice.shelf import Shelf, Spoken
from voice.timing import Starts, reached, shared_starts

DEFAULT, NONE = "default", "none"

CACHE = Path(__file__).parent.parent / ".cache" / "voice"
"""Folder of the sound unless another one is named."""

PACE = {DEFAULT: 0.82}
"""Of a voice that speaks faster than a lecture: this makes 203 words a minute 155."""

MAKERS = ("__main__.py", "sound.py", "synthesis.py", "timing.py")
"""The modules that sound depends on beside its text."""


@dataclass(frozen=True)
class Utterance:
    """A sentence that is said.

    Attributes
    ----------
    file
        A WAV file of one channel; None where nobody speaks.
    seconds
        Its length; 0 without a file.
    marks
        When the word after each mark begins, in seconds.
    complaint
        Why one's own recording is not used, in one line; empty otherwise.
    """

    file: Path | None
    seconds: float
    marks: Mapping[str, float] = field(default_factory=dict)
    complaint: str = ""


@dataclass(frozen=True)
class Voice:
    """Somebody who reads the sentences of one language.

    Attributes
    ----------
    name
        "default", or the file of a piper voice; "none" for one's own recordings alone.
    language
        Of all that is read.
    cache_folder
        Where sound is kept.
    recordings
        The folder of one's own recordings in this language.
    """

    name: str
    language: str
    cache_folder: Path
    recordings: Path

    def say(self, text: str, spoken: str | None = None, key: str | None = None) -> Utterance:
        """Say a sentence.

        Parameters
        ----------
        text
            As the catalogue has it, with its numbers; it may hold marks.
        spoken
            What is said in its place, with the same marks.
        key
            Chapter and key of the sentence, with a point between them: one's own recording of it
            is used where there is one.

        Raises
        ------
        VoiceError
            When the voice fails, a recording cannot be read, or the marks differ.
        """
        plain, marks = parse_marks(text)
        said, places = spoken_with_marks(text if spoken is None else spoken, self.language)
        if places.keys() != marks.keys():
            raise VoiceError(f"text and spoken form of {plain!r} have different marks")
        own = recording(self.recordings, key, plain) if key else None
        complaint = own.complaint if own else ""
        if own and not complaint:
            sound, starts = self._played(own, said)
        elif self.name == NONE:
            return Utterance(None, 0.0, complaint=complaint)
        else:
            sound = self._spoken(said)
            starts = sound.starts
        end = len(said), sound.seconds
        times = {mark: reached(starts, place, end) for mark, place in places.items()}
        return Utterance(sound.file, sound.seconds, times, complaint)

    def _spoken(self, said: str) -> Spoken:
        made_from = [makers(), self._identity, self._speed, said]
        return self._kept(made_from, {"say": said})

    def _played(self, own: Recording, said: str) -> tuple[Spoken, Starts]:
        """Return a recording, its words timed as the voice would say them."""
        digest = hashlib.sha256(own.file.read_bytes()).hexdigest()
        sound = self._kept([makers(), digest], {"decode": str(own.file.resolve())})
        if self.name == NONE:
            return sound, shared_starts(said, sound.seconds)
        model = self._spoken(said)
        stretch = sound.seconds / model.seconds
        return sound, [(place, second * stretch) for place, second in model.starts]

    def _kept(self, made_from: object, request: dict[str, str]) -> Spoken:
        shelf = Shelf(self.cache_folder)
        if found := shelf.find(made_from):
            return found
        answer, content = self._speaker.ask(request)
        with wave.open(BytesIO(content)) as file:
            seconds = file.getnframes() / file.getframerate()
        return shelf.keep(made_from, content, seconds, answer["starts"])

    @property
    def _speed(self) -> float:
        return PACE.get(self.name, 1.0)

    @cached_property
    def _speaker(self) -> Speaker:
        model = self.name if self.name in (DEFAULT, NONE) else str(Path(self.name).resolve())
        return Speaker(model, self._speed)

    @cached_property
    def _identity(self) -> str:
        """Identity of the voice: its name and version."""
        if self.name == DEFAULT:
            return f"hibari-tts {version('hibari-tts')}"
        digest = hashlib.sha256(Path(self.name).read_bytes()).hexdigest()
        return f"piper-tts {version('piper-tts')} {digest}"


@cache
def makers() -> str:
    """Return what changes with the code that sound is made by."""
    room = Path(__file__).parent
    return hashlib.sha256(b"".join((room / name).read_bytes() for name in MAKERS)).hexdigest()


def open_voice(
    name: str, language: str, cache_folder: Path | None = None, recordings: Path | None = None
) -> Voice | None:
    """Return the voice of a name.

    Parameters
    ----------
    name
        "default", "none", or the file of a piper voice.
    language
        Of what it will read. The default voice speaks English only.
    cache_folder
        Where sound is kept; several processes may share it. The project's when it is None.
    recordings
        The folder of one's own recordings in this language; the project's when it is None.

    Returns
    -------
    voice
        None for "none", and for a language without a voice and without recordings.

    Raises
    ------
    VoiceError
        When there is no such voice, or what it needs is not installed.
    """
    if name == NONE:
        return None
    recordings = recordings or ASSETS / language
    if name == DEFAULT:
        _need("hibari-tts", "hibari")
        if not is_english(language):
            if not any(recorded_keys(recordings)):
                return None
            name = NONE
    else:
        _check_piper(Path(name))
    return Voice(name, language, cache_folder or CACHE, recordings)


def _check_piper(model: Path) -> None:
    if model.suffix != ".onnx":
        raise VoiceError(
            f"voice = {str(model)!r}: allowed are {DEFAULT}, {NONE}, or the file of a piper voice, "
            "which ends in .onnx"
        )
    for file in (model, model.with_name(f"{model.name}.json")):
        if not file.is_file():
            raise VoiceError(f"voice = {str(model)!r}: there is no file {file}")
    _need("piper-tts", "piper")


def _need(package: str, module: str) -> None:
    try:
        version(package)
        missing = find_spec(module) is None
    except PackageNotFoundError:
        missing = True
    if missing:
        raise VoiceError(f"this voice needs the package {package}: pip install {package}")
