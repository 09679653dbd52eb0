"""The stage of every chapter: lesson, theme, voice, beats, heading, safe area."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, ParamSpec, TypeVar

import torch
from manim import UP, Animation, Camera, FadeIn, FadeOut, Mobject

from fastcairo import FastScene
from linreg.lesson import Lesson
from linreg.lesson_file import LessonError, load_lesson
from linreg.study.recording import TRAINED_ON, train
from linreg.study.trace import Trace
from visuals import language, layout
from visuals.narrator import SENTENCE_PAUSE, THINKING_TIME, Narrator, Sentence
from visuals.numbers import Num
from visuals.parts import Part, Strip
from visuals.phrases import phrases
from visuals.speeches import Speech
from visuals.theme import Pace, Size, Stroke, theme
from visuals.typography import Words
from visuals.writing import writing_of
from voice import Voice, VoiceError, open_voice

P = ParamSpec("P")
T = TypeVar("T")


_traces: dict[tuple[object, ...], Trace] = {}


def trace_of(lesson: Lesson) -> Trace:
    """Train once on the same numbers, however many chapters ask.

    No other value of the lesson is read: what is read, a chapter's film depends on.
    """
    numbers = tuple(getattr(lesson, key) for key in TRAINED_ON)
    if numbers not in _traces:
        _traces[numbers] = train(lesson)
    return _traces[numbers]


def open_voice_of(lesson: Lesson) -> Voice | None:
    """Return the voice that a lesson asks for, or None for a silent film."""
    return open_voice(lesson.voice, lesson.language)


@dataclass(frozen=True)
class PlayedBeat:
    """A beat that was played: its name and its time, in seconds.

    Attributes
    ----------
    name
        Name of the method.
    start, end
        Time of the scene.
    small_because
        Reason for which no large picture stands at its end; empty where one does.
    """

    name: str
    start: float
    end: float
    small_because: str = ""


class LectureScene(FastScene):
    """A chapter of the lecture.

    A chapter's ``construct`` is its table of contents: one :meth:`beat` a line.

    Attributes
    ----------
    given_lesson
        The numbers of the lesson when they are set before the scene is made; else those of the
        file that ``LESSON`` names, or of ``lesson.toml``.
    lesson
        The numbers of the lesson in use.
    part
        Part of the lecture that the chapter belongs to.
    illustrations
        Numbers that a chapter chooses itself to show how something depends on them, as
        three standard deviations of a bell. All other numbers on screen are computed.
    body
        The slot between the header and the caption band.
    beats
        The beats played so far.
    small_because
        Reason for which the present beat ends without a large picture; empty where it does not.
    speeches
        The sentences said so far.
    """

    given_lesson: ClassVar[Lesson | None] = None
    part: ClassVar[Part] = Part.LEARNING
    illustrations: ClassVar[tuple[float, ...]] = ()
    #: Updaters here follow trackers: what they do depends on what those say now.
    updaters_have_memory = False
    handed_over = ("beats", "speeches")

    def setup(self) -> None:
        """Take the lesson, its theme and language."""
        torch.set_num_threads(1)
        try:
            self.lesson = self.given_lesson or load_lesson()
            language.use(self.lesson.language)
            voice = open_voice_of(self.lesson)
        except (LessonError, language.LanguageError, VoiceError) as error:
            print(error, file=sys.stderr)  # noqa: T201
            raise SystemExit(2) from None
        theme.use(self.lesson.theme)
        camera = self.camera
        assert isinstance(camera, Camera)
        camera.background_color = theme.BACKGROUND
        camera.init_background()
        self.body = layout.body()
        self.beats: list[PlayedBeat] = []
        self.small_because = ""
        self.strip = Strip(self.part)
        layout.header().inset(Stroke.THIN / 100).place(self.strip, x=1)
        self._heading: Words | None = None
        self._narrator = Narrator(self, language.in_use(), voice)
        self.speeches: list[Speech] = self._narrator.speeches

    @cached_property
    def trace(self) -> Trace:
        """The record of the lesson's training run, which is made when it is first asked for.

        A chapter that does not ask does not depend on the numbers of the training.
        """
        return trace_of(self.lesson)

    # Words

    def text(self, key: str) -> str:
        """Return a text of the catalogue: a key of this chapter, or a whole key."""
        own = f"{type(self).__name__}.{key}"
        return language.tr(own if language.has(own) else key)

    def words(self, key: str, **style: object) -> Words:
        """Return a text of the catalogue as :class:`Words`; ``style`` is handed on."""
        return Words(self.text(key), **style)  # type: ignore[arg-type]

    # Beats

    def beat(self, action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Play one beat: a method, a section and a still of one name."""
        name = getattr(action, "__name__", str(action))
        self.next_section(name)
        start = self.time
        self.small_because = ""
        self.beat_began(name)
        result = action(*args, **kwargs)
        self.beats.append(PlayedBeat(name, start, self.time, self.small_because))
        self.beat_ended(name)
        return result

    def beat_began(self, name: str) -> None:
        """Do nothing; whoever watches a scene overrides it."""

    def beat_ended(self, name: str) -> None:
        """Do nothing; whoever watches a scene overrides it. The beat's last frame stands."""

    def small_picture(self, reason: str) -> None:
        """Say why this beat ends without a picture that fills half of the body."""
        self.small_because = reason

    # Voice

    @contextmanager
    def saying(self, key: str, **numbers: Num) -> Iterator[Sentence]:
        """Say a sentence while the body of the ``with`` statement plays.

        What is played inside begins with the sentence. The picture then waits for the end of
        the sentence, and the next sentence for the end of what is played.

        Parameters
        ----------
        key
            Key of the sentence in this chapter.
        numbers
            Numbers that stand for the names in the sentence.

        Yields
        ------
        Sentence
            To wait until a marked word, or to play for as long as the sentence lasts.
        """
        with self._narrator.saying(key, numbers, SENTENCE_PAUSE) as sentence:
            yield sentence

    @contextmanager
    def asking(self, key: str, **numbers: Num) -> Iterator[Sentence]:
        """Say a question as :meth:`saying` does, and leave two seconds to guess."""
        with self._narrator.saying(key, numbers, THINKING_TIME) as sentence:
            yield sentence

    # Header

    def head(self, key: str) -> None:
        """Show a heading, in place of the one before; the strip comes with the first."""
        text = self.text(key)
        heading = Words(text, size=Size.TITLE)
        slot = layout.header()
        room = slot.width - self.strip.width - layout.GAP
        if heading.width > room:
            heading = Words(text, size=Size.BODY)
        if heading.width > room:
            heading = slot.place(Words(in_two_lines(text), size=Size.BODY), -1, 1, shrink=False)
        else:
            slot.place(heading, x=-1, shrink=False)
            # Headings stand on one line, whatever hangs below it.
            heading.shift(UP * (slot.center[1] - heading.middle))
        coming: list[Animation] = [FadeIn(heading)]
        if self._heading is None:
            coming.append(FadeIn(self.strip))
        else:
            self.play(FadeOut(self._heading), run_time=Pace.QUICK / 2)
        self._heading = heading
        self.play(*coming, run_time=Pace.QUICK / 2)

    @property
    def header(self) -> list[Mobject]:
        """The strip and the heading, if there is one."""
        return [self.strip, *([self._heading] if self._heading else [])]

    def clear_body(self, *kept: Mobject, run_time: float = Pace.QUICK) -> None:
        """Fade out everything but the header and what is kept."""
        staying = {part for whole in (*self.header, *kept) for part in whole.get_family()}
        gone = [part for mobject in self.mobjects for part in _without(mobject, staying)]
        for mobject in gone:
            mobject.clear_updaters()
        if gone:
            self.play(*(FadeOut(mobject) for mobject in gone), run_time=run_time)


def in_two_lines(text: str) -> str:
    """Break a text where words end, at the place that leaves the longer line shortest."""
    writing = writing_of(language.code())
    pieces = phrases(text, writing)
    breaks = ["".join(pieces[:count]) for count in range(1, len(pieces))]
    lines = [(first.rstrip(), text[len(first) :]) for first in breaks]
    longest = [max(map(writing.length, pair)) for pair in lines]
    return "\n".join(lines[longest.index(min(longest))]) if lines else text


def _without(mobject: Mobject, staying: set[Mobject]) -> list[Mobject]:
    """Return the largest parts of a mobject in which nothing stays.

    An animation of parts leaves the parts in the scene, in a group of its own, and not the whole.
    """
    if mobject in staying:
        return []
    if staying.isdisjoint(mobject.get_family()):
        return [mobject]
    return [part for child in mobject.submobjects for part in _without(child, staying)]
