"""The page and the PowerPoint file, by the converters of manim-slides.

What a converter reads is a record in the schema of manim-slides, one a chapter. Its page is our own
template, ``assets/web/slides/index.html.j2``: the one that comes with manim-slides loads reveal.js
from a server, and plays a slide again when one goes back to it.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from manim_slides.config import PresentationConfig
from manim_slides.convert import PowerPoint, RevealJS

from studio.film.records import fitted
from studio.slides.records import Deck, Stack
from studio.web.fragments import TEMPLATES, templates
from studio.web.texts import PageTexts
from visuals.language import tag
from visuals.theme import PALETTES

PAGE = "index.html"
POWERPOINT = "lecture.pptx"
CLIPS, STILLS = "clips", "stills"
"""Folders beside the page: the films, and their last frames."""

ASSETS = TEMPLATES / "slides"
COPIED = ("slides.js", "reveal")
"""Assets that the page needs beside it as they are."""

WIDEST = 1280
"""Longer side of a PowerPoint slide in its pixels of 1/96 inch, as manim-slides has it: 13.3 in."""


SHORTER_SIDE = 1080
"""Shorter side, in pixels, of the slides that the sizes in the style are meant for."""


class Page(RevealJS):
    """The page of manim-slides with what our template says beyond it.

    Attributes
    ----------
    deck
        The slides.
    language
        Of the page, as pages write it.
    heard
        Whether the clips have a voice.
    say
        The texts of the page by key.
    """

    deck: Any
    language: str
    heard: bool
    say: Callable[[str], str]


def presentation(stack: Stack, deck: Deck, clips: Path) -> dict[str, Any]:
    """Return a chapter as manim-slides has it in JSON.

    Parameters
    ----------
    stack, deck
        The chapter, and all slides.
    clips
        Folder of the clips.

    Notes
    -----
    Reversed films are for the presenter that comes with manim-slides; a converter asks for their
    names and reads none, so each clip stands for its own.
    """
    return {
        "slides": [
            {
                "file": str(clips / slide.clip),
                "rev_file": str(clips / slide.clip),
                "notes": slide.notes,
                "direction": "vertical",
            }
            for slide in stack.slides
        ],
        "resolution": [deck.width, deck.height],
        "background_color": PALETTES[deck.theme].background,
    }


def convert(deck: Deck, clips: Path, folder: Path, *, heard: bool) -> None:
    """Write the page with its clips, and the PowerPoint file.

    Parameters
    ----------
    deck
        The slides.
    clips
        Folder of the clips.
    folder
        The folder to write into.
    heard
        Whether the clips have a voice.
    """
    configs = []
    for stack in deck.stacks:
        record = clips / f"{stack.number}.json"
        record.write_text(json.dumps(presentation(stack, deck, clips)), encoding="utf-8")
        configs.append(PresentationConfig.from_file(record))
    page = Page.model_validate(
        {
            "presentation_configs": configs,
            "template": ASSETS / "index.html.j2",
            "assets_dir": CLIPS,
            "deck": deck,
            "language": tag(deck.language),
            "heard": heard,
            "say": PageTexts(deck.language),
        }
    )
    page.convert_to(folder / PAGE)
    style = (
        templates()
        .get_template("slides/slides.css.j2")
        .render(palette=PALETTES[deck.theme], unit=min(deck.width, deck.height) / SHORTER_SIDE)
    )
    (folder / "slides.css").write_text(style, encoding="utf-8")
    for name in COPIED:
        copy = shutil.copytree if (ASSETS / name).is_dir() else shutil.copyfile
        copy(ASSETS / name, folder / name)
    width, height = fitted(deck.width, deck.height, WIDEST, WIDEST)
    powerpoint = PowerPoint.model_validate(
        {"presentation_configs": configs, "width": width, "height": height}
    )
    with redirect_stderr(io.StringIO()):  # a bar of progress
        powerpoint.convert_to(folder / POWERPOINT)
