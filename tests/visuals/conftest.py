from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from manim import tempconfig


@pytest.fixture(autouse=True)
def own_media_folder(tmp_path: Path) -> Iterator[None]:
    with tempconfig({"media_dir": str(tmp_path)}):
        yield
