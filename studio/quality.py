"""The qualities of films: manim's own, by manim's own letters, and two for phones and feeds."""

from __future__ import annotations

from dataclasses import dataclass

FRAME_HEIGHT = 8.0
"""Height of a wide frame in scene units: manim's own."""

SQUARE_SIDE = 12.0
"""Side of a square frame in scene units: room for what stands side by side in a wide frame."""


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
        """Height, as in ``1080p``, or ``vertical`` or ``square``."""
        if self.is_wide:
            return f"{self.height}p"
        return "vertical" if self.height > self.width else "square"

    @property
    def is_wide(self) -> bool:
        """Return whether the frame is wider than tall."""
        return self.width > self.height

    @property
    def frame(self) -> tuple[float, float]:
        """Width and height of the frame, in scene units."""
        if self.width == self.height:
            return SQUARE_SIDE, SQUARE_SIDE
        long = FRAME_HEIGHT * 16 / 9
        # A vertical frame is as wide as others are high: mobjects keep their size in pixels.
        return (long, FRAME_HEIGHT) if self.is_wide else (FRAME_HEIGHT, long)

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
        Quality("s", 1080, 1080, 60),
    )
}
"""By flag, from the smallest to the largest; those that are not wide come last."""

FILM_QUALITY = QUALITIES["h"]
"""Quality in which the lecture is published."""

SIZES = {quality.size: quality for quality in QUALITIES.values()}
"""By size, in the same order."""
