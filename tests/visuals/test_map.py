from __future__ import annotations

import re
from pathlib import Path

import visuals


def test_the_map_names_every_module_once() -> None:
    folder = Path(visuals.__file__).parent
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert visuals.__doc__ is not None
    named = re.findall(r":mod:`~visuals\.(\w+)`", visuals.__doc__)
    assert sorted(named) == sorted(modules)
