"""Real films of a few seconds, with all that lies beside them, for pages to be made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
from PIL import Image

from studio.film.records import Clip, Cue, Lecture
from studio.film.sound import sound_packets, sound_stream
from studio.jobs import BeatTimes

SIZE = (320, 180)
RATE = 30
COLOURS = {"dark": ["#803020", "#205080", "#207040"], "light": ["#f0c0b0", "#b0d0f0", "#b0f0c0"]}

HOSTILE = ['<script>alert("title")</script>', '"]]> & {{ braces }} {% raw %} <b>', "Plain"]
"""Titles that are text, whatever they look like."""


def make_clips(theme: str, titles: Iterable[str] = HOSTILE, seconds: float = 2) -> list[Clip]:
    """Return the records of three short chapters, each with two captions."""
    names = ("Quick", "Other", "Third")
    return [
        Clip(
            name=name,
            title=title,
            language="en",
            theme=theme,
            width=SIZE[0],
            height=SIZE[1],
            frame_rate=RATE,
            frames=round(RATE * seconds) + 7 * number,
            cues=(
                Cue(0.2, 0.9, f"{name} begins.\nTwo lines, <i>plain</i> text."),
                Cue(1.0, 1.8, f"{name} & its end --> here."),
            ),
            beats=(BeatTimes("begins", 0, 1), BeatTimes("ends", 1, 2)),
            best_beat="ends",
        )
        for number, (name, title) in enumerate(zip(names, titles, strict=True))
    ]


def make_lecture(clips: list[Clip], title: str = 'A <script> & "lecture"') -> Lecture:
    return Lecture(title, clips[0].language, clips[0].theme, tuple(clips))


def write_films(folder: Path, clips: list[Clip], lecture: Lecture | None) -> None:
    """Write every file of the films: chapter n is of colour n, growing brighter downwards."""
    folder.mkdir(parents=True, exist_ok=True)
    colours = COLOURS[clips[0].theme]
    for clip, colour in zip(clips, colours, strict=True):
        _write_film(folder, clip.name, [(colour, clip.frames)])
        _write_cues(folder / clip.captions, clip.cues)
        small = Image.new("RGB", clip.loop_size, colour)
        frames = [Image.new("RGB", clip.loop_size, other) for other in colours]
        small.save(folder / clip.fallback, save_all=True, append_images=frames, loop=0)
        small.save(folder / clip.loop, save_all=True, append_images=frames)
    if lecture:
        parts = [(c, clip.frames) for clip, c in zip(clips, colours, strict=True)]
        _write_film(folder, lecture.name, parts)
        _write_cues(folder / lecture.captions, lecture.cues)
        _write_cues(folder / lecture.chapters_track, lecture.chapters)


def _write_film(folder: Path, name: str, parts: list[tuple[str, int]]) -> None:
    Image.new("RGB", SIZE, parts[0][0]).save(folder / f"{name}.webp")
    for ending, codec, options in [
        ("mp4", "libx264", {"preset": "ultrafast"}),
        ("webm", "libsvtav1", {"preset": "12"}),
    ]:
        with av.open(folder / f"{name}.{ending}", "w", options={}) as film:
            stream = film.add_stream(codec, rate=RATE, options=options)
            stream.width, stream.height = SIZE
            stream.pix_fmt = "yuv420p"
            sound = sound_stream(film, f".{ending}")
            tone = 0.2 * np.sin(np.arange(sum(count for _, count in parts) * 48_000 // RATE) / 20)
            for packet in sound_packets(np.asarray(tone, np.float32), sound):
                film.mux(packet)
            for colour, count in parts:
                frame = av.VideoFrame.from_image(Image.new("RGB", SIZE, colour))
                for _ in range(count):
                    frame.pts = None
                    film.mux(stream.encode(frame))
            film.mux(stream.encode())


def _write_cues(file: Path, cues: Iterable[Cue]) -> None:
    blocks = [
        f"{_time(cue.start)} --> {_time(cue.end)}\n"
        + cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for cue in cues
    ]
    file.write_text("WEBVTT\n\n" + "\n\n".join(blocks) + "\n", encoding="utf-8")


def _time(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02}:{rest:06.3f}"


def in_theme(clips: list[Clip], theme: str) -> list[Clip]:
    return [replace(clip, theme=theme) for clip in clips]
