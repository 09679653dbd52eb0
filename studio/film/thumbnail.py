"""The picture of the lecture on a video site: its title, large, beside a frame of a chapter."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import typst
from PIL import Image

from studio.film.pictures import last_frame
from studio.film.records import Clip, Lecture
from studio.rooms import ROOT
from visuals.writing import writing_of

TEMPLATE = ROOT / "assets" / "web" / "thumbnail.typ"


def save_thumbnail(lecture: Lecture, clip: Clip, film: Path, target: Path) -> None:
    """Write the thumbnail: 1280 x 720, as video sites ask for.

    Parameters
    ----------
    lecture
        The lecture that it is of.
    clip, film
        The chapter whose best beat stands beside the title, and its film.
    target
        The PNG to write.
    """
    from visuals.theme import PALETTES  # loads manim, which takes seconds

    frame, writing = last_frame(film, clip.best.end), writing_of(lecture.language)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Image.fromarray(frame.to_ndarray(format="rgb24")).save(folder / "frame.png")
        shutil.copyfile(TEMPLATE, folder / TEMPLATE.name)
        typst.compile(
            folder / TEMPLATE.name,
            output=target,
            format="png",
            ppi=72,  # a pixel a point
            ignore_system_fonts=True,
            font_paths=[writing.files] if writing.font else [],
            sys_inputs={
                "title": lecture.title,
                "font": writing.font,
                **asdict(PALETTES[lecture.theme]),
            },
        )
