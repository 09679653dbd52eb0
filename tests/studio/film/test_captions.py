"""Words in every form: what is written can be read back, and no text is more than text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.film.captions import (
    as_chapter_lines,
    as_description,
    as_srt,
    as_transcript,
    as_vtt,
    read_srt,
)
from studio.film.records import Cue, Lecture
from studio.jobs import BeatTimes
from tests.studio.film.films import clip

NASTY = '<script>alert(1)</script> "]]> & --> *bold* `code` | # [x](y)'


def lecture(*names: str, frames: int = 90) -> Lecture:
    return Lecture("The lecture", "en", "dark", tuple(clip(name, frames) for name in names))


def test_srt_is_read_back() -> None:
    cues = (Cue(0.0, 1.5, "One\ntwo"), Cue(3600.25, 3601.0, NASTY))
    assert read_srt(as_srt(cues)) == cues
    assert read_srt("") == ()


def test_vtt_has_times_and_no_markup() -> None:
    text = as_vtt([Cue(0.0, 1.5, "One\ntwo"), Cue(3723.0049, 3724.0, NASTY)])
    blocks = text.rstrip("\n").split("\n\n")
    assert blocks[0] == "WEBVTT"
    assert blocks[1] == "00:00:00.000 --> 00:00:01.500\nOne\ntwo"
    times, content = blocks[2].split("\n")
    assert times == "01:02:03.005 --> 01:02:04.000"
    assert content == (
        '&lt;script&gt;alert(1)&lt;/script&gt; "]]&gt; &amp; --&gt; *bold* `code` | # [x](y)'
    )


def test_an_empty_line_does_not_end_a_cue() -> None:
    text = as_vtt([Cue(0.0, 1.0, "one\n\ntwo\n \nthree")])
    assert text == "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\none\ntwo\nthree\n"


def test_lecture_follows_its_clips() -> None:
    whole = lecture("A", "B")
    assert whole.duration == 12
    assert whole.starts == (0.0, 6.0)
    assert [chapter.text for chapter in whole.chapters] == ["About A", "About B"]
    assert whole.cues[3] == Cue(6.0, 8.0, "B stands\nthere.")


def test_chapter_lines_begin_at_zero_and_counts_hours_when_there_are_any() -> None:
    assert as_chapter_lines(lecture("A", "B")) == "0:00 About A\n0:06 About B\n"
    hours = Lecture("", "en", "dark", tuple(clip(name, 15 * 4000) for name in "AB"))
    assert as_chapter_lines(hours) == "0:00:00 About A\n1:06:40 About B\n"


def test_description_is_ready_to_paste() -> None:
    assert as_description(lecture("A", "B"), "All about it.", "After a book: https://d2l.ai") == (
        "The lecture\n\nAll about it.\n\n0:00 About A\n0:06 About B\n\n"
        "After a book: https://d2l.ai\n"
    )


def test_a_title_of_many_lines_is_one_line_of_a_description() -> None:
    whole = Lecture("", "en", "dark", (clip("A", 15, title="1\n2:00 not a chapter"),))
    assert as_chapter_lines(whole) == "0:00 1 2:00 not a chapter\n"


def test_transcript_has_a_heading_a_chapter_and_a_paragraph_a_beat() -> None:
    assert as_transcript(lecture("A", "B")) == (
        "# The lecture\n\n"
        "## About A\n\n**0:00** A stands there.\n\n**0:02** A moves there.\n\n"
        "**0:04** A rests there.\n\n"
        "## About B\n\n**0:06** B stands there.\n\n**0:08** B moves there.\n\n"
        "**0:10** B rests there.\n"
    )


def test_line_breaks_of_chinese_leave_no_blank_in_a_transcript() -> None:
    told = replace(
        clip("A", 90),
        language="zh",
        cues=(Cue(0.0, 1.0, "每次yield\n发出一批。"), Cue(1.0, 2.0, "再一批。")),
    )
    text = as_transcript(Lecture("线性回归", "zh", "dark", (told,)))
    assert text.endswith(" 每次 yield 发出一批。再一批。\n")
    lines = as_chapter_lines(
        Lecture("线性回归", "zh", "dark", (replace(told, title="小批量抽样"),))
    )
    assert lines == "0:00 小批量抽样\n"


def test_beats_without_words_have_no_paragraph() -> None:
    silent = clip("A", 30, beats=(BeatTimes("b", 0, 2),), cues=())
    assert as_transcript(Lecture("T", "en", "dark", (silent,))) == "# T\n\n## About A\n"


@pytest.mark.parametrize("title", [NASTY, "# heading", "a\n\n# b", "<!-- -->", "~~x~~", "$x$"])
def test_titles_are_text_in_markdown(title: str) -> None:
    text = as_transcript(Lecture(title, "en", "dark", (clip("A", 15, title=title),)))
    first, _, rest = text.partition("\n")
    assert first.startswith("# ")
    assert rest.lstrip().startswith("## ")
    for line in (first.removeprefix("# "), rest.lstrip().partition("\n")[0].removeprefix("## ")):
        unescaped = line
        for sign in "\\`*_{}[]<>#|~&$":
            assert line.count(sign) == line.count(f"\\{sign}") or sign == "\\"
            unescaped = unescaped.replace(f"\\{sign}", sign)
        assert unescaped == " ".join(title.split())
