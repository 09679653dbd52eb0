"""The command line: what it accepts, what it says, and where the files go."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from tests.studio.project import SMALL, TEXTS_FILE, Project, film_files


def test_films_and_captions_are_written_and_named(project: Project) -> None:
    result = project.run("-ql")
    assert result.returncode == 0, result.stderr
    exported = project.exported()
    assert film_files("Quick", "Other", "lecture") < exported
    assert {f"480p15/{n}.{ending}" for n in ("Quick", "Other") for ending in SMALL} < exported
    for name in exported:
        assert f"exports/{name}" in result.stdout
    with av.open(project.root / "exports/480p15/Quick.mp4") as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (854, 480, 15)
    assert "It moves." in (project.root / "exports/480p15/Quick.srt").read_text()


def test_films_only(project: Project) -> None:
    assert project.run("-ql", "--films-only").returncode == 0
    assert project.exported() == film_files("Quick", "Other")
    assert project.run("-ql", "--films-only").stdout.startswith("Nothing to do")


def test_one_chapter_of_two(project: Project) -> None:
    assert project.run("-ql", "Other").returncode == 0
    assert project.exported("**/*.mp4") == {"480p15/Other.mp4"}


def test_stills_are_the_last_frame_of_every_beat(project: Project) -> None:
    assert project.run("-ql", "--stills", "Quick").returncode == 0
    stills = {"480p15/stills/Quick/01-appears.png", "480p15/stills/Quick/02-moves.png"}
    assert project.exported() == stills
    first, second = (project.root / "exports" / name for name in sorted(stills))
    assert first.read_bytes() != second.read_bytes()


def test_list_names_chapters_in_order(project: Project) -> None:
    result = project.run("--list")
    assert result.returncode == 0
    assert result.stdout == "Quick  A square\nOther  A circle\n"
    assert project.run("Other", "--list", "Quick").stdout == result.stdout


def test_help_exits_with_success(project: Project) -> None:
    for arguments in (["--help"], ["serve", "--help"], ["clean", "--help"]):
        result = project.run(*arguments)
        assert result.returncode == 0
        assert f"usage: {' '.join(['./render.sh', *arguments[:-1]])}" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["Nowhere"], "unknown chapter Nowhere; allowed are Quick, Other"),
        (["--frobnicate"], "unknown option --frobnicate; allowed are --help"),
        (["-qz"], "choose from 'l', 'm', 'h', 'p', 'k'"),
        (["--theme", "blue"], "'blue'"),
        (["--base", "course/"], "--base 'course/': allowed is an address that begins with /"),
        (["--base", '/a"b/'], "allowed is an address that begins with / or https://"),
        (["--jobs", "0"], "--jobs 0: allowed is 1 or more"),
        (["--lesson", "missing.toml"], "missing.toml"),
        (["--frobnicate", "1", "Quick"], "unknown option --frobnicate; allowed are --help"),
        (["clean", "Quick"], "too much: Quick; allowed are --help"),
        (["serve", "Quick"], "too much: Quick; allowed are --help, --port"),
        (["watch", "Quick", "Other"], "too much: Other; allowed are --help, --quality"),
        (["serve", "--port", "http"], "--port: invalid int value: 'http'"),
        (["Quick", "serve"], "unknown chapter serve; allowed are Quick, Other"),
        (["serve"], "exports is not there yet: run ./render.sh first"),
        (["--matrix", "color=red"], "allowed are language=..., theme=..., size=..."),
        (["--matrix", "theme=dark,blue"], "theme=blue: allowed are dark, light"),
        (
            ["--matrix", "size=tall"],
            "size=tall: allowed are 480p, 720p, 1080p, 1440p, 2160p, vertical, square",
        ),
        (["--matrix", "language=en,eo"], "'eo': there are catalogues for en"),
    ],
)
def test_wrong_command_is_one_line_and_status_2(
    project: Project, arguments: list[str], complaint: str
) -> None:
    result = project.run(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert complaint in result.stderr
    assert not (project.root / ".cache").exists()


@pytest.mark.parametrize("how", ["option", "variable", "default"])
def test_bad_lesson_is_one_line_and_nothing_is_overwritten(project: Project, how: str) -> None:
    film = project.root / "exports/480p15/Quick.mp4"
    film.parent.mkdir(parents=True)
    film.write_text("the film of yesterday")
    bad = project.root / ("lesson.toml" if how == "default" else "bad.toml")
    text = (project.root / "lesson.toml").read_text()
    bad.write_text(text.replace("batch_size = 10 ", "batch_size = 4000 "))
    result = project.run(
        "-ql",
        *(["--lesson", "bad.toml"] if how == "option" else []),
        **({"LESSON": "bad.toml"} if how == "variable" else {}),
    )
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert "batch_size" in result.stderr
    assert "4000" in result.stderr
    assert film.read_text() == "the film of yesterday"
    assert project.exported() == {"480p15/Quick.mp4"}


def test_language_without_a_catalogue_is_one_line_and_status_2(project: Project) -> None:
    project.edit("lesson.toml", 'language = "en"', 'language = "eo"')
    result = project.run("-ql")
    assert result.returncode == 2
    assert result.stderr == "render.sh: language = 'eo': there are catalogues for en\n"


def test_a_language_of_the_command_line_has_a_folder_of_its_own(project: Project) -> None:
    texts = (project.root / TEXTS_FILE).read_text()
    other = project.root / "assets/locales/zh-Hant/lecture.po"
    other.parent.mkdir()
    other.write_text(texts.replace('msgstr "', 'msgstr "中'))
    assert "中" in project.run("--list", "--language", "zh-Hant").stdout
    assert "zh-Hant: stale" in project.run("--why", "--matrix", "language=en,zh-Hant").stdout
    other.write_text('msgid "lecture.title"\nmsgstr "回歸"\n')
    result = project.run("--language", "zh-Hant")
    assert result.returncode == 2
    line = "assets/locales/zh-Hant/lecture.po: there is no text of Quick.title"
    assert result.stderr == f"render.sh: {line}\n"


def test_drafts_do_not_overwrite_the_film(project: Project, tmp_path: Path) -> None:
    text = (project.root / "lesson.toml").read_text()
    (tmp_path / "large.toml").write_text(text.replace("noise_std = 0.01", "noise_std = 1.0"))
    result = project.run("-ql", "--lesson", "large.toml", "--theme", "light", "Quick")
    assert result.returncode == 0
    assert "large-light-480p15/Quick.mp4" in project.exported()
    # The theme that the lesson has anyway is no other film.
    assert project.run("-ql", "--theme", "dark", "Quick").returncode == 0
    assert "480p15/Quick.mp4" in project.exported()


def test_vertical_film_has_a_tall_frame(project: Project) -> None:
    project.edit("scenes/other.py", "rotate(self.lesson.lr)", "shift([0, config.frame_height, 0])")
    project.edit("scenes/other.py", "import Circle", "import Circle, config")
    project.edit(
        "scenes/other.py",
        "        self.play",
        "        assert config.frame_width == 8\n        self.play",
    )
    result = project.run("--films-only", "Other", "--matrix", "size=vertical")
    assert result.returncode == 0, result.stderr
    assert project.exported() == {f"vertical60/Other.{ending}" for ending in ("mp4", "srt", "vtt")}
    with av.open(project.root / "exports/vertical60/Other.mp4") as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (1080, 1920, 60)
        # A circle of radius 1 moves up by the whole height, and out.
        first, *_, last = (frame.to_ndarray(format="gray") for frame in film.decode(video=0))
    assert np.ptp(np.flatnonzero((first > 128).any(axis=1))) == pytest.approx(270, abs=10)
    assert not (last > 128).any()


def test_square_film_has_a_square_frame(project: Project) -> None:
    project.edit(
        "scenes/other.py", "rotate(self.lesson.lr)", "shift([config.frame_width / 2, 0, 0])"
    )
    project.edit("scenes/other.py", "import Circle", "import Circle, config")
    result = project.run("--films-only", "Other", "--matrix", "size=square")
    assert result.returncode == 0, result.stderr
    assert project.exported() == {f"square60/Other.{ending}" for ending in ("mp4", "srt", "vtt")}
    with av.open(project.root / "exports/square60/Other.mp4") as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height) == (1080, 1080)
        # A circle of radius 1, in the middle of 12 units, moves half out of the frame.
        first, *_, last = (frame.to_ndarray(format="gray") for frame in film.decode(video=0))
    for axis in (0, 1):
        assert np.ptp(np.flatnonzero((first > 128).any(axis=axis))) == pytest.approx(180, abs=8)
    assert np.ptp(np.flatnonzero((last > 128).any(axis=0))) == pytest.approx(90, abs=8)


def test_matrix_is_one_queue(project: Project) -> None:
    matrix = ["--matrix", "language=en", "theme=dark,light", "size=480p,720p"]
    why = project.run("--why", *matrix).stdout
    assert "Quick dark 480p: stale" in why
    result = project.run("Quick", *matrix)
    assert result.returncode == 0, result.stderr
    folders = ("480p15", "720p30", "light-480p15", "light-720p30")
    assert project.exported("**/*.mp4") == {f"{folder}/Quick.mp4" for folder in folders}
    assert "Quick light 720p: done, 12 frames" in result.stdout
    assert "Nothing to do" in project.run("Quick", *matrix).stdout


def test_settings_of_the_user_have_no_say(project: Project) -> None:
    home = project.root / "home"
    settings = home / ".config/manim/manim.cfg"
    settings.parent.mkdir(parents=True)
    settings.write_text("[CLI]\nframe_height = 2\nbackground_color = WHITE\nformat = gif\n")
    assert project.run("-ql", "--stills", "Quick", HOME=str(home)).returncode == 0
    still = project.root / "exports/480p15/stills/Quick/01-appears.png"
    with_settings = still.read_bytes()
    still.unlink()
    assert project.run("clean").returncode == 0
    assert project.run("-ql", "--stills", "Quick").returncode == 0
    assert still.read_bytes() == with_settings
