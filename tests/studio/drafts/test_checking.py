"""``./render.sh check`` says what is wrong with a chapter, and where."""

from __future__ import annotations

import re

from tests.studio.project import Project

FAULTY = """
from manim import RIGHT

from visuals.stage import Stage
from visuals.typography import Words


class Quick(Stage):
    def construct(self):
        for name, texts in {
            "meets": [Words("one"), Words("two")],
            "leaves": [Words("far").shift(6.9 * RIGHT)],
            "stands": [Words("well")],
        }.items():
            self.beat_began(name)
            self.clear()
            self.add(*texts)
            self.wait(0.2)
            self.beat_ended(name)
"""

NUMBER = r"-?\d+\.\d\d"
PLACE = rf"x {NUMBER} to {NUMBER}, y {NUMBER} to {NUMBER}"


def test_every_finding_is_one_line_with_its_place(project: Project) -> None:
    (project.root / "scenes/quick.py").write_text(FAULTY)
    for _ in range(2):
        done = project.run("check", "Quick")
        assert (done.returncode, done.stderr) == (1, "")
        met, left = done.stdout.splitlines()
        assert re.fullmatch(rf"Quick, meets: text over text: 'one' and 'two', {PLACE}", met)
        assert re.fullmatch(rf"Quick, leaves: outside the margins: 'far', {PLACE}", left)
    assert project.exported() == set()


def test_nothing_found_is_a_success_and_a_failed_chapter_is_none(project: Project) -> None:
    done = project.run("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing was found.\n", "")
    project.edit("scenes/quick.py", "square = ", "square = undefined and ")
    done = project.run("check")
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.match(r"render\.sh: Quick failed: .*undefined.*; log: .*\n$", done.stderr)


def test_a_wrong_command_is_one_line(project: Project) -> None:
    done = project.run("check", "Nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "render.sh: unknown chapter Nowhere; allowed are Quick, Other\n"
    done = project.run("watch")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
