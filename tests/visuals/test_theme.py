from __future__ import annotations

import itertools
import re

import pytest
from coloraide.everything import ColorAll as Color

from studio.rooms import DRAWING_ROOMS, ROOT
from visuals.theme import PALETTES, Dim, Palette, Role

VISION = ("normal", "protan", "deutan", "tritan")
DRAWN = (Role.DATA, Role.MODEL, Role.LOSS, Role.GRADIENT, Role.TRUTH)
LEAST_DISTANCE = 12.0  # CIEDE2000
LEAST_CONTRAST = 4.5  # WCAG 2.1 for text
LEAST_CONTRAST_OF_MARKS = 3.0  # and for large text


def color(palette: Palette, role: Role, vision: str = "normal") -> Color:
    seen = Color(getattr(palette, role.value))
    return seen if vision == "normal" else seen.filter(vision)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("vision", VISION)
def test_roles_differ_for_every_eye(name: str, vision: str) -> None:
    for one, other in itertools.combinations(DRAWN, 2):
        seen = color(PALETTES[name], one, vision)
        distance = seen.delta_e(color(PALETTES[name], other, vision), method="2000")
        assert distance >= LEAST_DISTANCE, (one, other)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_read_on_both_grounds(name: str, role: Role) -> None:
    palette = PALETTES[name]
    for ground in (palette.background, palette.panel):
        assert color(palette, role).contrast(ground) >= LEAST_CONTRAST


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("role", DRAWN)
def test_what_is_past_can_still_be_made_out(name: str, role: Role) -> None:
    ground = Color(PALETTES[name].background)
    past = ground.mix(color(PALETTES[name], role), Dim.SOFT, space="srgb")
    assert past.contrast(ground) >= LEAST_CONTRAST_OF_MARKS


def test_colours_stand_in_one_file() -> None:
    rooms = [ROOT / room for room in DRAWING_ROOMS]
    files = {file for room in rooms for file in room.rglob("*.py")}
    for file in files - {ROOT / "visuals" / "theme.py"}:
        found = re.findall(r"#[0-9A-Fa-f]{6}\b", file.read_text(encoding="utf-8"))
        assert not found, file
