"""The qualities of films: manim's own, by manim's own letters, and one for phones."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """One size and frame rate.

    Attributes
    ----------
    flag
        The letter after ``-q``.
    width, height
        In pixels.
    frame_rate
        In frames a second.
    """

    flag: str
    width: int
    height: int
    frame_rate: int

    @property
    def name(self) -> str:
        """Size and frame rate, as in ``1080p60``."""
        return f"{self.size}{self.frame_rate}"

    @property
    def size(self) -> str:
        """Height, as in ``1080p``, or ``vertical``."""
        return "vertical" if self.is_tall else f"{self.height}p"

    @property
    def is_tall(self) -> bool:
        """Return whether the frame is taller than wide."""
        return self.height > self.width

    @property
    def pixel_rate(self) -> int:
        """Pixels drawn for one second of film: what rendering time goes with."""
        return self.width * self.height * self.frame_rate


QUALITIES = {
    quality.flag: quality
    for quality in (
        Quality("l", 854, 480, 15),
        Quality("m", 1280, 720, 30),
        Quality("h", 1920, 1080, 60),
        Quality("p", 2560, 1440, 60),
        Quality("k", 3840, 2160, 60),
        Quality("v", 1080, 1920, 60),
    )
}
"""By flag, from the smallest to the largest; the tall one comes last."""

FILM_QUALITY = QUALITIES["h"]
"""Quality in which the lecture is published."""

SIZES = {quality.size: quality for quality in QUALITIES.values()}
"""By size, in the same order."""
