"""A small project of its own, in which the studio's commands are tried as a user would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from studio.rooms import PACKAGES

REPOSITORY = Path(__file__).resolve().parents[2]

MANIFEST = """
from dataclasses import dataclass

from visuals.language import catalogue


@dataclass(frozen=True)
class Chapter:
    name: str
    file: str
    best_beat: str

    def title(self, language):
        return catalogue(language).gettext(f"{self.name}.title")


CHAPTERS = (
    Chapter("Quick", "scenes/quick.py", best_beat="moves"),
    Chapter("Other", "scenes/other.py", best_beat="turns"),
)

POSTER = "Other"
THUMBNAIL = "Quick"


def lecture_title(language):
    return catalogue(language).gettext("lecture.title")


def lecture_summary(language):
    return "All about shapes."


def lecture_credit(language):
    return "After a book."
"""

STAGE = """
from manim import Scene

from linreg.lesson_file import load_lesson


class Stage(Scene):
    given_lesson = None

    def setup(self):
        self.lesson = self.given_lesson or load_lesson()

    def beat_began(self, name):
        pass

    def beat_ended(self, name):
        pass
"""

TEXTS = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "lecture.title"
msgstr "Shapes <script> \\"]]>"

msgid "Quick.title"
msgstr "A square"

msgid "Other.title"
msgstr "A circle"

msgid "Other.turns"
msgstr "It turns."
"""

QUICK = """
from manim import Square

from visuals.stage import Stage


class Quick(Stage):
    def construct(self):
        square = Square(side_length=self.lesson.noise_std + 1)
        for name in ("appears", "moves"):
            self.beat_began(name)
            self.add_subcaption(f"It {name}.", duration=0.2)
            self.play(square.animate(run_time=0.2).shift([1, 0, 0]))
            self.beat_ended(name)
"""

OTHER = """
from manim import Circle

from visuals.language import tr
from visuals.stage import Stage


class Other(Stage):
    def construct(self):
        self.beat_began("turns")
        self.add_subcaption(tr("Other.turns"), duration=0.2)
        self.play(Circle().animate(run_time=0.2).rotate(self.lesson.lr))
        self.beat_ended("turns")
"""


SPEAKING = """
from manim import Circle

from visuals.language import in_use
from visuals.narrator import Narrator
from visuals.numbers import integer
from visuals.stage import Stage
from voice import open_voice


class Other(Stage):
    def construct(self):
        voice = open_voice(self.lesson.voice, self.lesson.language)
        narrator = Narrator(self, in_use(), voice)
        with narrator.saying("says", {"n": integer(3)}):
            self.play(Circle().animate(run_time=SECONDS).rotate(1))
        self.speeches = narrator.speeches
"""

PAGE_TEXTS = tuple(f"assets/locales/en/{name}.po" for name in ("pages", "playgrounds", "post"))
TEXTS_FILE = "assets/locales/en/lecture.po"

FILM = ("mp4", "srt", "vtt")
"""Endings of what is there as soon as a chapter is drawn."""

SMALL = ("webm", "webp", "avif", "gif")
"""Endings of what is made of the film afterwards."""


def film_files(*names: str) -> set[str]:
    """Return the files of films at -ql that are there at once."""
    return {f"480p15/{name}.{ending}" for name in names for ending in FILM}


@dataclass
class Project:
    """A project with two tiny chapters.

    Attributes
    ----------
    root
        Its folder.
    """

    root: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def command(self) -> list[str]:
        """Command that ``./render.sh`` runs after the set-up."""
        return [sys.executable, "-m", "studio"]

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start the command line."""
        environment = {k: v for k, v in os.environ.items() if k != "LESSON"} | variables
        process = subprocess.Popen(
            [*self.command, *arguments],
            cwd=self.root,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.started.append(process)
        return process

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the command line to its end."""
        process = self.start(*arguments, **variables)
        out, err = process.communicate(timeout=600)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text in a file."""
        path = self.root / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def exported(self, pattern: str = "**/*") -> set[str]:
        """Return the names of the files under exports/."""
        exports = self.root / "exports"
        return {
            path.relative_to(exports).as_posix() for path in exports.glob(pattern) if path.is_file()
        }


def make_project(root: Path) -> Project:
    """Write the project's files into a folder."""
    # Whole rooms: a module that is missing here would be taken from the installed project.
    for room in set(PACKAGES) - {"figures", "scenes"}:
        shutil.copytree(
            REPOSITORY / room, root / room, ignore=shutil.ignore_patterns("__pycache__")
        )
    for file in ("lesson.toml", "manim.cfg"):
        shutil.copy(REPOSITORY / file, root)
    shutil.copytree(REPOSITORY / "assets/web", root / "assets/web")
    for file, text in {
        "scenes/__init__.py": "",
        "scenes/manifest.py": MANIFEST,
        "scenes/quick.py": QUICK,
        "scenes/other.py": OTHER,
        "assets/locales/en/lecture.po": TEXTS,
        **{file: (REPOSITORY / file).read_text() for file in PAGE_TEXTS},
        "visuals/stage.py": STAGE,
    }.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Project(root)


def make_it_speak(project: Project, seconds: float) -> None:
    """Let the other chapter say a sentence during an action of so many seconds."""
    says = 'msgid "Other.says"\nmsgstr "Turns %(n)s times."'
    project.edit(TEXTS_FILE, 'msgid "Other.title"', f'{says}\n\nmsgid "Other.title"')
    (project.root / "scenes/other.py").write_text(SPEAKING.replace("SECONDS", str(seconds)))


def eventually(condition: Callable[[], object], seconds: float = 300) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that waits to be reaped does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
