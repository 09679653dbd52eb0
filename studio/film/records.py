"""Records of finished films: size, beats, captions, and the names of their files.

All files of a film lie in one folder and share its name; only their endings differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from studio.jobs import BeatTimes
from visuals.phrases import on_one_line
from visuals.writing import writing_of

SMALL_SIDE = 720
"""Greatest length of the shorter side of the small film and of posters, in pixels."""

LOOP_WIDTH = 640
"""Greatest width of the loop, in pixels."""


@dataclass(frozen=True)
class Cue:
    """One caption.

    Attributes
    ----------
    start, end
        In seconds from the film's beginning.
    text
        One line or two, as plain text.
    """

    start: float
    end: float
    text: str


class Files:
    """The names of a film's files, by their roles.

    Attributes
    ----------
    name
        Text that all of them begin with.
    """

    name: str

    @property
    def film(self) -> str:
        """H.264, with captions inside."""
        return f"{self.name}.mp4"

    @property
    def small(self) -> str:
        """AV1, its shorter side at most 720 pixels, and at most 30 frames a second."""
        return f"{self.name}.webm"

    @property
    def poster(self) -> str:
        """One good frame, of the small film's size: a page loads it before anything is played."""
        return f"{self.name}.webp"

    @property
    def captions(self) -> str:
        """Captions as WebVTT, which pages take."""
        return f"{self.name}.vtt"

    @property
    def subtitles(self) -> str:
        """Captions as SubRip, which players and video sites take."""
        return f"{self.name}.srt"


@dataclass(frozen=True)
class Clip(Files):
    """One chapter's film.

    Attributes
    ----------
    name
        Class name of the chapter.
    title
        The title on the screen: any text, on one line.
    language
        Code of the language of all its texts.
    theme
        ``"dark"`` or ``"light"``.
    width, height
        Of the film, in pixels.
    frame_rate
        In frames a second.
    frames
        Number of frames.
    cues
        Its captions, in order.
    beats
        Its beats, in order.
    best_beat
        Name of the beat that the poster and the loop are of.
    """

    name: str
    title: str
    language: str
    theme: str
    width: int
    height: int
    frame_rate: int
    frames: int
    cues: tuple[Cue, ...]
    beats: tuple[BeatTimes, ...]
    best_beat: str

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.frames / self.frame_rate

    @property
    def best(self) -> BeatTimes:
        """The best beat."""
        return next(beat for beat in self.beats if beat.name == self.best_beat)

    def said_in(self, beat: BeatTimes) -> str:
        """Return all that is said in a beat, on one line: a caption belongs to where its middle is.

        Parameters
        ----------
        beat
            One of the beats.
        """
        said = (c.text for c in self.cues if beat.start <= (c.start + c.end) / 2 < beat.end)
        return on_one_line("\n".join(said), writing_of(self.language))

    @property
    def loop(self) -> str:
        """The best beat, silent and without end, as animated AVIF."""
        return f"{self.name}.avif"

    @property
    def fallback(self) -> str:
        """The loop as GIF."""
        return f"{self.name}.gif"

    @property
    def loop_size(self) -> tuple[int, int]:
        """Width and height of the loop, in pixels."""
        return fitted(self.width, self.height, LOOP_WIDTH, self.height)

    @property
    def small_size(self) -> tuple[int, int]:
        """Width and height of the small film, in pixels."""
        if self.height > self.width:
            return fitted(self.width, self.height, SMALL_SIDE, self.height)
        return fitted(self.width, self.height, self.width, SMALL_SIDE)


@dataclass(frozen=True)
class Lecture(Files):
    """The whole film: the chapters, one after the other.

    Attributes
    ----------
    title
        The title on the screen: any text, on one line.
    language, theme
        Those of every clip.
    clips
        The chapters that it is joined from.
    """

    title: str
    language: str
    theme: str
    clips: tuple[Clip, ...]
    name = "lecture"

    @property
    def starts(self) -> tuple[float, ...]:
        """Time at which each chapter begins, in seconds."""
        return tuple(accumulate((clip.duration for clip in self.clips[:-1]), initial=0.0))

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return sum(clip.duration for clip in self.clips)

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The captions of all chapters, in order."""
        return tuple(
            Cue(start + cue.start, start + cue.end, cue.text)
            for clip, start in zip(self.clips, self.starts, strict=True)
            for cue in clip.cues
        )

    @property
    def chapters(self) -> tuple[Cue, ...]:
        """The titles of the chapters, each while its chapter plays."""
        return tuple(
            Cue(start, start + clip.duration, clip.title)
            for clip, start in zip(self.clips, self.starts, strict=True)
        )

    @property
    def chapters_track(self) -> str:
        """The chapters as WebVTT, which pages take."""
        return f"{self.name}.chapters.vtt"

    @property
    def chapters_text(self) -> str:
        """The chapters as lines of ``0:00 Title``, which video sites take."""
        return f"{self.name}.chapters.txt"

    @property
    def description(self) -> str:
        """Title, summary, chapters and credit: the text below a film on a video site."""
        return f"{self.name}.description.txt"

    @property
    def thumbnail(self) -> str:
        """The title beside a picture, for video sites."""
        return f"{self.name}.thumbnail.png"

    @property
    def transcript(self) -> str:
        """All that is said, as Markdown."""
        return f"{self.name}.md"


def fitted(width: int, height: int, widest: int, highest: int) -> tuple[int, int]:
    """Return a size of the same shape within bounds, never larger than the given one.

    Parameters
    ----------
    width, height
        The given size, in pixels.
    widest, highest
        The bounds, in pixels.

    Returns
    -------
    size
        Width and height, both even as encoders want them.
    """
    scale = min(1.0, widest / width, highest / height)
    return 2 * round(width * scale / 2), 2 * round(height * scale / 2)
