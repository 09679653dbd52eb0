"""The project's root and its rooms: the one list that everything else reads."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The project's root, here or on another machine."""

DRAWING_ROOMS = ("linreg", "fastcairo", "voice", "visuals", "figures", "scenes")
"""Packages that pictures depend on, each of which imports only those before it."""

PACKAGES = (*DRAWING_ROOMS, "studio")
"""All packages, each of which imports only those before it."""

ASSETS = "assets"
"""Folder of everything that is not code."""

PICTURE_ROOMS = (*DRAWING_ROOMS, ASSETS)
"""Folders that pictures depend on."""

ROOMS = (*PACKAGES, ASSETS)
"""All folders that a film and its pages are made from."""

PAGE_ROOMS = ("linreg", "fastcairo", "voice", "visuals", "studio", "assets/web", "assets/locales")
"""Folders that the pages around the films depend on."""

INDEPENDENT = ("linreg", "fastcairo", "voice")
"""Packages that import no other one, not even those before them."""
