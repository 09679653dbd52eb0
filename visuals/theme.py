"""Colours by role, and the sizes, line widths, radii, durations and opacities of all pictures.

Scenes read ``theme.MODEL`` when they draw, never earlier, because the lesson chooses the palette.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from manim import ManimColor


class Role(Enum):
    """Meaning of a colour, in every picture, formula and listing."""

    DATA = "data"
    MODEL = "model"
    LOSS = "loss"
    GRADIENT = "gradient"
    TRUTH = "truth"
    INK = "ink"
    MUTED = "muted"


@dataclass(frozen=True)
class Palette:
    """One colour for each role and the two grounds, as hexadecimal strings."""

    background: str
    panel: str
    data: str
    model: str
    loss: str
    gradient: str
    truth: str
    ink: str
    muted: str


PALETTES: Final = {
    "dark": Palette(
        background="#0F141A",
        panel="#1B2430",
        data="#B8CFD9",
        model="#E3B206",
        loss="#F53BA4",
        gradient="#56B7FC",
        truth="#219D5B",
        ink="#E8EDF2",
        muted="#8A98A8",
    ),
    "light": Palette(
        background="#FBFAF7",
        panel="#EDEFF1",
        data="#273B48",
        model="#806900",
        loss="#B9398F",
        gradient="#0064EC",
        truth="#116741",
        ink="#12181F",
        muted="#626C78",
    ),
}


class Theme:
    """The palette in use, by role."""

    def __init__(self) -> None:
        self.use("dark")

    def use(self, name: str) -> None:
        """Switch to the palette of that name.

        Raises
        ------
        KeyError
            If there is no such palette.
        """
        self.palette = PALETTES[name]

    def of(self, role: Role) -> ManimColor:
        """Return the colour of a role."""
        return ManimColor(getattr(self.palette, role.value))

    @property
    def BACKGROUND(self) -> ManimColor:  # noqa: N802
        """The frame's ground."""
        return ManimColor(self.palette.background)

    @property
    def PANEL(self) -> ManimColor:  # noqa: N802
        """The ground of a listing or a table."""
        return ManimColor(self.palette.panel)

    @property
    def DATA(self) -> ManimColor:  # noqa: N802
        """Examples, labels and other given data. Drawn as dots."""
        return self.of(Role.DATA)

    @property
    def MODEL(self) -> ManimColor:  # noqa: N802
        """Line, prediction, w, b, and the dot in parameter space."""
        return self.of(Role.MODEL)

    @property
    def LOSS(self) -> ManimColor:  # noqa: N802
        """Residuals, their squares, and the loss curve."""
        return self.of(Role.LOSS)

    @property
    def GRADIENT(self) -> ManimColor:  # noqa: N802
        """Arrows, tangents and steps."""
        return self.of(Role.GRADIENT)

    @property
    def TRUTH(self) -> ManimColor:  # noqa: N802
        """True w and b, and the minimum. Drawn dashed."""
        return self.of(Role.TRUTH)

    @property
    def INK(self) -> ManimColor:  # noqa: N802
        """Text."""
        return self.of(Role.INK)

    @property
    def MUTED(self) -> ManimColor:  # noqa: N802
        """Past or background. Also used for axes."""
        return self.of(Role.MUTED)


theme: Final = Theme()


class Size:
    """Heights of an em in scene units (135 pixels at 1080p)."""

    TITLE: Final = 0.48
    BODY: Final = 0.35
    CODE: Final = 0.30
    TICK: Final = 0.26


class Stroke:
    """Widths of lines in manim's unit (a hundredth of a scene unit)."""

    AXIS: Final = 2.0
    THIN: Final = 2.0
    LINE: Final = 4.0
    BOLD: Final = 6.0


class Radius:
    """Radii of dots in scene units."""

    CLOUD: Final = 0.025
    SAMPLE: Final = 0.07
    MARK: Final = 0.1


class Pace:
    """Durations in seconds."""

    QUICK: Final = 0.6
    MOVE: Final = 1.0
    SWEEP: Final = 2.5
    HOLD: Final = 2.0


class Dim:
    """Opacities of what is not in focus."""

    FAINT: Final = 0.15
    SOFT: Final = 0.73
    LABEL: Final = 0.78
    """For labels, which keep the contrast of text even over a shaded area."""
