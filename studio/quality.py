"""The qualities that a film comes in: manim's own, by manim's own letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """One size and frame rate.

    Attributes
    ----------
    flag
        The letter after ``-q``.
    manim_name
        What ``manim.config.quality`` calls it.
    width, height
        In pixels.
    frame_rate
        In frames a second.
    """

    flag: str
    manim_name: str
    width: int
    height: int
    frame_rate: int

    @property
    def name(self) -> str:
        """Height and frame rate, as in ``1080p60``."""
        return f"{self.height}p{self.frame_rate}"

    @property
    def size(self) -> str:
        """Height, as in ``1080p``."""
        return f"{self.height}p"

    @property
    def pixel_rate(self) -> int:
        """Pixels drawn for one second of film: what rendering time goes with."""
        return self.width * self.height * self.frame_rate


QUALITIES = {
    quality.flag: quality
    for quality in (
        Quality("l", "low_quality", 854, 480, 15),
        Quality("m", "medium_quality", 1280, 720, 30),
        Quality("h", "high_quality", 1920, 1080, 60),
        Quality("p", "production_quality", 2560, 1440, 60),
        Quality("k", "fourk_quality", 3840, 2160, 60),
    )
}
"""By flag, from the smallest to the largest."""

FILM_QUALITY = QUALITIES["h"]
"""What the lecture is published in."""

SIZES = {quality.size: quality for quality in QUALITIES.values()}
"""By size, from the smallest to the largest."""
