"""The slides on paper: a PDF of the last frames, one page a beat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

LONGEST_SIDE = 40 / 3
"""Longer side of a page, in inches: that of a wide slide."""

QUALITY = 92
"""Of JPEG; in a PDF and for stills."""


def write_pdf(target: Path, stills: Sequence[Path], title: str) -> None:
    """Write pictures as a PDF, one a page.

    Parameters
    ----------
    target
        The file to write.
    stills
        The pictures: at least one.
    title
        Title of the document.
    """
    with Image.open(stills[0]) as first:
        first.save(
            target,
            "PDF",
            resolution=max(first.size) / LONGEST_SIDE,
            save_all=True,
            append_images=(Image.open(still) for still in stills[1:]),
            title=title,
            quality=QUALITY,
        )
