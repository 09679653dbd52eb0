"""Fragments stand in somebody else's Markdown as one block."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from studio.film.records import Cue
from studio.web.fragments import fragment
from studio.web.renditions import FilmSource, Rendition
from tests.studio.web.films import make_clips, make_lecture

CAPTIONS = ["one\n\n# two\n \nthree", "\n\none", "one\n\n\n", "one\n\t\n* two"]


@pytest.mark.parametrize("text", CAPTIONS)
@pytest.mark.parametrize("whole", [False, True], ids=["chapter", "lecture"])
def test_an_empty_line_in_a_caption_does_not_end_the_block(text: str, whole: bool) -> None:
    clips = [replace(clip, cues=(Cue(0.0, 1.0, text),)) for clip in make_clips("dark")]
    film = make_lecture(clips) if whole else clips[0]
    sources = (FilmSource(f"{film.name}.mp4", "video/mp4"),)
    html = fragment(film, [Rendition("dark", "./", sources)])
    tokens = MarkdownIt("commonmark").parse(f"Before.\n\n{html}\nAfter.\n")
    blocks = [token.type for token in tokens]
    assert blocks.count("html_block") == 1
    assert "heading_open" not in blocks
    assert "bullet_list_open" not in blocks
