"""A sentence fits its picture, or the picture must be drawn anew."""

from __future__ import annotations

from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path

import pytest

from visuals.language import LanguageError
from visuals.speeches import CAPTION_STAYS, END, Speech, utterance_of
from visuals.writing import LATIN
from voice import Utterance, Voice

TEXTS = {
    "Chapter.one": "The loss is %(loss)s.",
    "Chapter.marked": "Errors become squares, [pour] and pour into one.",
    "Chapter.marked.spoken": "Errors become squares [pour] that pour into one.",
}

SPEECH = Speech(
    keys=("Chapter.one", "one"),
    numbers={"loss": "0.03"},
    start=10.0,
    seconds=2.0,
    silence=0.3,
    action=1.0,
    lasted=2.4,
)


class Texts(NullTranslations):
    def gettext(self, message: str) -> str:
        return TEXTS.get(message, message)


class Echo(Voice):
    """A voice that remembers what it was to say; it has a sound for all keys but one."""

    asked: tuple[str, str | None, str | None]

    def say(self, text: str, spoken: str | None = None, key: str | None = None) -> Utterance:
        self.__dict__["asked"] = (text, spoken, key)
        return Utterance(Path("a.wav"), 2.0, {"pour": 1.0})


@pytest.fixture
def echo() -> Echo:
    return Echo("default", "en", Path(), Path())


def said(seconds: float, **marks: float) -> Utterance:
    return Utterance(Path("a.wav"), seconds, marks)


def test_a_sentence_of_the_same_length_fits() -> None:
    assert SPEECH.fits(said(2.0))
    assert SPEECH.fits(said(2.04))
    assert not SPEECH.fits(said(2.2))
    assert not SPEECH.fits(said(1.8))


def test_in_a_longer_action_any_shorter_sentence_fits() -> None:
    long = replace(SPEECH, action=5.0, lasted=5.0)
    assert long.fits(said(0.5))
    assert long.fits(said(4.7))
    assert not long.fits(said(4.9))


def test_what_an_action_was_timed_by_must_stay_where_it_was() -> None:
    timed = replace(SPEECH, action=5.0, lasted=5.0, timed_by={"pour": 1.0, END: 2.0})
    assert timed.fits(said(2.0, pour=1.02, other=1.5))
    assert not timed.fits(said(2.0, pour=1.2))
    assert not timed.fits(said(2.5, pour=1.0))
    assert not timed.fits(said(2.0))


def test_captions_stand_a_little_longer_than_they_are_heard() -> None:
    long = replace(SPEECH, action=9.0, lasted=9.0)
    assert list(SPEECH.captions(Texts(), said(2.0))) == [(10.0, 2.4, "The loss is 0.03.")]
    assert list(long.captions(Texts(), said(2.0))) == [
        (10.0, 2.0 + CAPTION_STAYS, "The loss is 0.03.")
    ]
    assert list(long.captions(Texts(), Utterance(None, 2.0))) == [(10.0, 9.0, "The loss is 0.03.")]


def test_the_voice_is_asked_for_the_text_with_its_numbers(echo: Echo) -> None:
    heard = SPEECH.utterance(Texts(), echo)
    assert echo.asked == ("The loss is 0.03.", None, "Chapter.one")
    assert heard == said(2.0, pour=1.0)


def test_a_spoken_form_of_the_catalogue_is_said(echo: Echo) -> None:
    utterance_of(("Chapter.marked", "marked"), {}, Texts(), echo)
    assert echo.asked[1] == TEXTS["Chapter.marked.spoken"]


def test_without_a_voice_a_sentence_is_timed_by_reading() -> None:
    read = utterance_of(("Chapter.marked",), {}, Texts(), None)
    plain = "Errors become squares, and pour into one."
    assert read.file is None
    assert read.seconds == len(plain) / LATIN.reading_speed
    assert read.marks == {"pour": pytest.approx(plain.index("and pour") / LATIN.reading_speed)}


def test_a_key_without_a_text_is_named() -> None:
    with pytest.raises(LanguageError, match=r"none of Chapter\.gone, gone"):
        utterance_of(("Chapter.gone", "gone"), {}, Texts(), None)
