"""The voice as a user has it: chosen, left out, or replaced by recordings."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from tests.studio.project import TEXTS_FILE, Project, make_it_speak
from voice.sound import RATE, wav


def record(project: Project, key: str, seconds: float) -> None:
    file = (project.root / "assets/voice/en").joinpath(*key.split(".")).with_suffix(".wav")
    file.parent.mkdir(parents=True, exist_ok=True)
    times = np.arange(round(seconds * RATE)) / RATE
    file.write_bytes(wav(np.asarray(0.1 * np.sin(2 * np.pi * 440 * times), np.float32)))


def pitch_of(film: Path) -> float:
    """Return the strongest frequency of the second half second, in hertz."""
    with av.open(film) as container:
        frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    part = np.concatenate(frames)[RATE // 2 : RATE]
    return float(np.abs(np.fft.rfft(part)).argmax() * 2)


def test_recordings_are_played_noted_and_named(project: Project) -> None:
    make_it_speak(project, 3)
    film = project.root / "exports/480p15/Other.mp4"
    missing = project.run("script", "-ql", "Other")
    assert missing.returncode == 1
    assert missing.stderr == "render.sh: Other is not in the script: it was never rendered\n"
    assert project.run("-ql", "Other").returncode == 0
    assert pitch_of(film) != 440

    script = project.run("script", "-ql", "Other")
    assert (script.returncode, script.stderr) == (0, "")
    assert script.stdout == "Wrote exports/480p15/script.md\n"
    text = (project.root / "exports/480p15/script.md").read_text()
    assert "## A circle" in text
    assert " s  \nTurns 3 times." in text

    record(project, "Other.says", 1.5)
    record(project, "Other.gone", 1)
    played = project.run("-ql", "Other")
    gone = "Other.gone is recorded in 'en', but the catalogue has no such sentence"
    assert played.stderr == f"render.sh: {gone}\n"
    assert "frames in" not in played.stdout, "the chapter is not drawn again"
    assert pitch_of(film) == 440

    assert project.run("script", "-ql", "Other").returncode == 0
    project.edit(TEXTS_FILE, "Turns %(n)s times.", "Spins %(n)s times.")
    changed = project.run("-ql", "Other")
    assert "says.wav of Other.says was recorded for 'Turns 3 times.'\n" in changed.stderr
    assert pitch_of(film) != 440


def test_a_film_without_a_voice_has_no_sound_and_a_folder_of_its_own(project: Project) -> None:
    make_it_speak(project, 1)
    result = project.run("-ql", "--films-only", "--voice", "none", "Other")
    assert result.returncode == 0, result.stderr
    with av.open(project.root / "exports/silent-480p15/Other.mp4") as film:
        assert not film.streams.audio
        assert film.streams.subtitles
