"""Docstrings begin with their subject."""

from __future__ import annotations

import re

from studio.rooms import PACKAGES, ROOT

RIDDLE = re.compile(r'^\s*"""(What|Who|Where|Which|How) ', re.MULTILINE)


def test_no_docstring_begins_with_a_question_word() -> None:
    files = (file for room in PACKAGES for file in (ROOT / room).rglob("*.py"))
    assert not [file.name for file in files if RIDDLE.search(file.read_text(encoding="utf-8"))]
