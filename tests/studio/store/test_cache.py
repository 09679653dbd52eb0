"""Nothing is made twice, and nothing stale or damaged is handed out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import av
import numpy as np
import pytest

from studio.jobs import Inputs, Job, Product
from studio.store.cache import Cache, CachedFiles, publish
from studio.store.freshness import Current
from studio.store.sources import SETTINGS, everything
from tests.studio.project import TEXTS_FILE as TEXTS
from tests.studio.project import Project, make_it_speak

LESSON = {"lr": 0.03, "language": "en"}


def test_second_run_does_nothing(made: Project) -> None:
    film = made.root / "exports/480p15/Quick.mp4"
    before = film.stat()
    result = made.run("-ql")
    assert result.returncode == 0
    assert result.stdout.startswith("Nothing to do")
    assert (film.stat().st_ino, film.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_second_run_imports_neither_manim_nor_torch(made: Project) -> None:
    for library in ("manim", "torch"):
        (made.root / f"{library}.py").write_text("raise SystemExit('imported')")
    result = made.run("-ql")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Nothing to do")


def test_only_the_chapter_that_changed_is_made_again(made: Project) -> None:
    made.edit("scenes/quick.py", "run_time=0.2", "run_time=0.4")
    why = made.run("-ql", "--why").stdout
    assert why == "Quick: stale: scenes/quick.py changed\nOther: fresh\n"
    result = made.run("-ql")
    assert "Quick.mp4" in result.stdout
    assert "Other.mp4" not in result.stdout


def test_lesson_value_makes_only_the_chapter_that_reads_it(made: Project) -> None:
    made.edit("lesson.toml", "noise_std = 0.01", "noise_std = 0.5")
    why = made.run("-ql", "--why").stdout
    assert why == "Quick: stale: noise_std is 0.5, was 0.01\nOther: fresh\n"
    made.edit("lesson.toml", "noise_std = 0.5", "noise_std = 0.01")
    assert made.run("-ql").stdout.startswith("Nothing to do")


@pytest.mark.parametrize(
    ("file", "stale"),
    [
        ("visuals/stage.py", {"Quick", "Other"}),
        ("linreg/lesson.py", {"Quick", "Other"}),
        ("manim.cfg", {"Quick", "Other"}),
        ("studio/workers/worker.py", {"Quick", "Other"}),
        ("linreg/training.py", set()),
        ("studio/display.py", set()),
        ("scenes/manifest.py", set()),
    ],
)
def test_file_stales_the_chapters_that_opened_it(made: Project, file: str, stale: set[str]) -> None:
    path = made.root / file
    comment = ";" if path.suffix == ".cfg" else "#"
    path.write_text(f"{path.read_text()}\n{comment} a change\n")
    lines = made.run("-ql", "--why").stdout.splitlines()
    assert {line.partition(":")[0] for line in lines if "fresh" not in line} == stale


def test_text_makes_only_the_chapters_that_look_it_up(made: Project) -> None:
    made.edit("assets/locales/en/lecture.po", "It turns.", "It spins.")
    why = made.run("-ql", "--why").stdout
    assert why == "Quick: fresh\nOther: stale: the text of Other.turns changed\n"


def made_files(project: Project, pattern: str) -> set[int]:
    """Return what tells the files of the other chapter in the cache from those made anew."""
    return {file.stat().st_ino for file in (project.root / ".cache/made/Other").glob(pattern)}


DRAWN, ENCODED = "film-l/*/Other.mp4", "small/*/Other.webm"


def test_caption_is_changed_without_rendering(project: Project) -> None:
    make_it_speak(project, 0.2)
    project.edit("lesson.toml", 'voice = "default"', 'voice = "none"')
    captions = project.root / "exports/480p15/Other.srt"
    assert project.run("-ql", "Other").returncode == 0
    assert "00:00:00,000 --> 00:00:00,866\nTurns 3 times." in captions.read_text()
    with av.open(captions.with_suffix(".mp4")) as film:
        assert not film.streams.audio
    before = made_files(project, DRAWN)
    project.edit(TEXTS, "Turns %(n)s times.", "Spins %(n)s times.")
    assert project.run("-ql", "Other", "--why").stdout == "Other: fresh\n"
    result = project.run("-ql", "Other")
    assert "Other.srt" in result.stdout
    assert "Spins 3 times." in captions.read_text()
    assert made_files(project, DRAWN) == before
    project.edit(TEXTS, "Spins %(n)s times.", "Spins %(n)s times in all.")
    why = project.run("-ql", "Other", "--why").stdout
    assert why == "Other: stale: Other.says takes more or less time to say\n"


def test_sound_is_changed_without_rendering(project: Project) -> None:
    make_it_speak(project, 3)
    films = [project.root / f"exports/480p15/Other.{ending}" for ending in ("mp4", "webm")]
    result = project.run("-ql", "Other")
    assert result.returncode == 0, result.stderr
    before = [sound_of(film) for film in films]
    assert all(np.abs(sound).max() > 0.1 for sound in before)
    made = [made_files(project, pattern) for pattern in (DRAWN, ENCODED)]
    project.edit(TEXTS, "Turns %(n)s times.", "Now it spins %(n)s times.")
    assert project.run("-ql", "Other", "--why").stdout == "Other: fresh\n"
    assert "Other.webm" in project.run("-ql", "Other").stdout
    assert [made_files(project, pattern) for pattern in (DRAWN, ENCODED)] == made
    for film, sound in zip(films, before, strict=True):
        assert not np.array_equal(sound_of(film), sound)
    project.edit(TEXTS, "Now it spins", "Now it spins, as it did before and always will,")
    why = project.run("-ql", "Other", "--why").stdout
    assert why == "Other: stale: Other.says takes more or less time to say\n"


def sound_of(film: Path) -> np.ndarray:
    with av.open(film) as container:
        return np.concatenate([f.to_ndarray().reshape(-1) for f in container.decode(audio=0)])


def test_what_a_forked_process_reads_counts(project: Project) -> None:
    project.edit(
        "scenes/other.py",
        "        self.beat_began",
        "        import os\n"
        "        if (child := os.fork()) == 0:\n"
        "            self.lesson.batch_size\n"
        "            open('assets/data.txt').read()\n"
        "            os._exit(0)\n"
        "        os.waitpid(child, 0)\n"
        "        self.beat_began",
    )
    data = project.root / "assets/data.txt"
    data.write_text("1")
    assert project.run("-ql", "Other").returncode == 0
    data.write_text("2")
    project.edit("lesson.toml", "batch_size = 10 ", "batch_size = 20 ")
    why = project.run("-ql", "--why", "Other").stdout
    assert "assets/data.txt changed" in why
    assert "batch_size is 20, was 10" in why


def test_lesson_loaded_behind_the_scenes_counts_as_read(project: Project) -> None:
    project.edit("scenes/other.py", "self.lesson.lr", "load_lesson().lr")
    project.edit(
        "scenes/other.py", "from manim", "from linreg.lesson_file import load_lesson\nfrom manim"
    )
    text = (project.root / "lesson.toml").read_text()
    (project.root / "fast.toml").write_text(text.replace("lr = 0.03", "lr = 0.3"))
    assert project.run("-ql", "--lesson", "fast.toml", "Other").returncode == 0
    why = project.run("-ql", "--why", "Other").stdout
    assert "lr is 0.03, was 0.3" in why


def test_damaged_entry_is_found_and_made_anew(made: Project) -> None:
    (kept,) = made.root.glob(".cache/made/Quick/film-*/*/Quick.mp4")
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    assert "damaged" in made.run("-ql", "--why").stdout
    result = made.run("-ql")
    assert result.returncode == 0, result.stderr
    assert made.run("-ql").stdout.startswith("Nothing to do")


def test_damaged_label_is_as_good_as_none(made: Project) -> None:
    (label,) = made.root.glob(".cache/made/Quick/film-*/*/entry.json")
    label.write_bytes(label.read_bytes()[:100])
    assert made.run("-ql").returncode == 0
    assert made.run("-ql").stdout.startswith("Nothing to do")


def test_lost_or_changed_export_is_published_again_without_rendering(made: Project) -> None:
    film = made.root / "exports/480p15/Quick.mp4"
    whole = film.read_bytes()
    film.write_bytes(b"half")
    (made.root / "exports/480p15/Other.mp4").unlink()
    (made.root / "manim.py").write_text("raise SystemExit('imported')")
    result = made.run("-ql")
    assert result.returncode == 0
    assert film.read_bytes() == whole
    assert "Other.mp4" in result.stdout


def test_what_was_made_is_named_even_when_it_came_out_the_same(made: Project) -> None:
    assert made.run("clean").returncode == 0
    assert "exports/480p15/Quick.mp4" in made.run("-ql").stdout


def test_clean_empties_the_cache_and_nothing_else(made: Project) -> None:
    exported = made.exported()
    assert made.run("clean").returncode == 0
    assert list((made.root / ".cache").iterdir()) == []
    assert made.exported() == exported
    assert "has never been made" in made.run("-ql", "--why").stdout


JOB = Job("Quick", "scenes/quick.py", LESSON, "l", "film")


def only_entry(cache: Cache) -> Path:
    return store(cache, b"film", lr=1)


def edit_label(folder: Path, old: str, new: str) -> None:
    label = folder / "entry.json"
    text = label.read_text()
    assert old in text
    label.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    "label",
    [
        b"", b"[1]", b"null", b"{}", b"\xff\xfe", b'{"place": 1}', b"[" * 100_000,
        b'["{}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"]',
    ],
)  # fmt: skip
def test_a_label_of_another_form_is_as_good_as_none(tmp_path: Path, label: bytes) -> None:
    cache = Cache(tmp_path)
    (only_entry(cache) / "entry.json").write_bytes(label)
    assert cache.entries(JOB) == []
    kept = keep(cache, "small", b"film")
    (kept.folder / "entry.json").write_bytes(label)
    assert cache.find_derived("Quick", "small", "key") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"lr": 1', '"lr": 2'),
        ('"frames": 1', '"frames": "1"'),
        ('"seconds": 1.0', '"seconds": NaN'),
        ('"place": "Quick', '"place": "Other'),
        ('"tools"', '"tolls"'),
        ('"frames": 1', '"frames": 1, "more": 1'),
    ],
)
def test_a_changed_label_is_as_good_as_none(tmp_path: Path, old: str, new: str) -> None:
    cache = Cache(tmp_path)
    edit_label(only_entry(cache), old, new)
    assert cache.entries(JOB) == []


def test_checksums_are_those_of_all_files(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    current = Current(tmp_path, {"lr": 1, "language": "en"})
    folder = only_entry(cache)
    assert cache.find(JOB, current).entry is not None
    (folder / "more").write_bytes(b"")
    assert cache.find(JOB, current).entry is None
    (folder / "more").unlink()
    edit_label(folder, '"Quick.mp4": "', '"Quick.mp4": "0')
    assert cache.find(JOB, current).entry is None
    label = json.loads((folder / "entry.json").read_bytes())
    (folder / "entry.json").write_text(json.dumps({**label, "checksums": {}}))
    assert cache.entries(JOB) == []


def swap(one: Path, other: Path) -> None:
    aside = one.with_name("aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def test_swapped_entries_are_as_good_as_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    swap(store(cache, b"one", lr=1), store(cache, b"two", lr=2))
    assert cache.entries(JOB) == []
    swap(keep(cache, "small", b"one").folder, keep(cache, "film", b"two").folder)
    assert cache.find_derived("Quick", "small", "key") is None
    assert cache.find_derived("Quick", "film", "key") is None


def keep(cache: Cache, kind: str, content: bytes) -> CachedFiles:
    return cache.derived(
        "Quick", kind, "key", lambda folder: (folder / "Quick.mp4").write_bytes(content)
    )


def test_derived_files_are_made_once_and_again_when_damaged(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first = keep(cache, "small", b"first")
    assert keep(cache, "small", b"second") == first
    (first.folder / "Quick.mp4").write_bytes(b"damaged")
    second = keep(cache, "small", b"second")
    assert (second.folder / "Quick.mp4").read_bytes() == b"second"
    assert second.is_whole()


def store(cache: Cache, content: bytes, **lesson: object) -> Path:
    inputs = Inputs(files={}, texts={}, lesson=lesson, tools={})
    return cache.store(JOB, Product({"Quick.mp4": content}, inputs, 1, 1.0)).folder


def test_size_limit_drops_the_entries_used_longest_ago(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    folders = [store(cache, bytes(10_000), lr=lr) for lr in (1, 2, 3)]
    # Finding the first entry is a use of it.
    job = Job("Quick", "scenes/quick.py", LESSON, "l", "film")
    assert cache.find(job, Current(tmp_path, {"lr": 1, "language": "en"})).entry is not None
    cache.shrink(25_000, keep=set())
    assert [folder.exists() for folder in folders] == [True, False, True]
    cache.shrink(0, keep={folders[2]})
    assert [folder.exists() for folder in folders] == [False, False, True]


def test_size_limit_counts_what_was_spoken(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    spoken = [tmp_path / "voice" / f"{name}.wav" for name in "ab"]
    spoken[0].parent.mkdir()
    for time, file in enumerate(spoken):
        file.write_bytes(bytes(10_000))
        os.utime(file, (time, time))
    cache.shrink(15_000, keep=set())
    assert [file.exists() for file in spoken] == [False, True]


@pytest.mark.parametrize("file", ["voice/reading.py", "assets/voice/en/Other/says.wav"])
def test_plays_are_not_taken_up_again_when_what_is_said_may_differ(
    tmp_path: Path, file: str
) -> None:
    for module in SETTINGS:
        (tmp_path / module).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / module).touch()
    before = everything(tmp_path, LESSON)
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).touch()
    assert everything(tmp_path, LESSON) != before


def test_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    job = Job("Quick", "scenes/quick.py", LESSON, "l", "film")
    inputs = Inputs(files={}, texts={}, lesson={}, tools={})
    entry = cache.store(job, Product({"Quick.mp4": b"new"}, inputs, 1, 1.0))
    (tmp_path / "Quick.mp4").write_bytes(b"old")

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        publish(entry, tmp_path)
    assert (tmp_path / "Quick.mp4").read_bytes() == b"old"
    with pytest.raises(OSError, match="No space"):
        cache.store(job, Product({"Quick.mp4": b"newer"}, inputs, 1, 1.0))
    assert cache.entries(job) == [entry]
    assert entry.is_whole()
    assert list(cache.scratch().iterdir()) == []
