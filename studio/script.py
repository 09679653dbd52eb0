"""The script: every sentence that is said, for somebody who reads it aloud."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from studio.film.captions import escaped
from studio.jobs import BeatTimes, Job
from studio.orders import Order
from studio.quality import QUALITIES
from studio.store.cache import Cache, Entry
from studio.voices import voice_of
from visuals.language import catalogue
from visuals.speeches import Speech, sentence
from voice import parse_marks
from voice.reading import ASSETS
from voice.recordings import take_note

SCRIPT = "script.md"

FOREWORD = """\
Each sentence stands under the name of its beat, with the seconds that it takes now. A recording of
it is put into `{folder}`, as `{example}.wav` (or .flac, .mp3, .ogg), in any sample rate;
`./render.sh` then plays it. `./render.sh script` notes which text a new recording was made for.
"""


def script_of(order: Order, cache: Cache) -> tuple[str, list[str]]:
    """Return the script of an order as Markdown, and note what new recordings were made for.

    Parameters
    ----------
    order
        Chapters and lesson. Which numbers a sentence has is known once its chapter was rendered,
        in any quality.
    cache
        The cache that has them.

    Returns
    -------
    script
        The script; empty when no chapter was rendered.
    complaints
        One line for each chapter that was not rendered, and each recording that fits no sentence.
    """
    language = order.lesson["language"]
    texts = catalogue(language)
    parts: list[str] = []
    said: dict[str, str] = {}
    complaints: list[str] = []
    for job, chapter in order.jobs().items():
        entry = _latest(job, cache)
        if entry is None:
            complaints.append(f"{chapter.name} is not in the script: it was never rendered")
            continue
        parts.append(f"## {escaped(chapter.title(language))}")
        for beat, speeches in _by_beat(entry, chapter.name):
            parts.append(f"### {escaped(beat)}")
            for speech in speeches:
                text, _ = parse_marks(sentence(speech.keys, speech.numbers, texts))
                seconds = speech.utterance(texts, voice_of(order.lesson)).seconds
                said[speech.keys[0]] = text
                parts.append(f"`{speech.keys[0]}`, {seconds:.1f} s  \n{escaped(text)}")
    complaints += take_note(ASSETS / language, said)
    if not said:
        return "", complaints
    folder = f"assets/voice/{language}/"
    foreword = FOREWORD.format(folder=folder, example=next(iter(said)).replace(".", "/"))
    return "\n\n".join(
        [f"# {escaped(order.title or 'Script')}", foreword, *parts]
    ) + "\n", complaints


def _latest(job: Job, cache: Cache) -> Entry | None:
    """Return the latest entry of a chapter, in the job's quality or else in any."""
    for flag in dict.fromkeys([job.quality, *QUALITIES]):
        for entry in cache.entries(replace(job, quality=flag)):
            return entry
    return None


def _by_beat(entry: Entry, name: str) -> Iterator[tuple[str, list[Speech]]]:
    """Yield the name of each beat in which something is said, with what is said in it.

    What is said outside of any beat belongs to the chapter.
    """
    record = json.loads((entry.folder / f"{name}.json").read_bytes())
    beats = [BeatTimes(**beat) for beat in record["beats"]]

    def beat_of(speech: Speech) -> str:
        begun = [beat.name for beat in beats if beat.start <= speech.start + 1e-6]
        return begun[-1] if begun else name

    for beat, speeches in groupby(entry.inputs.speeches, beat_of):
        yield beat, list(speeches)
