"""Chinese writing: its fonts, its lines, and the time that it takes to read."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations

import pytest
import typst

from visuals import language
from visuals.captions import CAPTION_LINES, caption_pages
from visuals.phrases import NO_BEGINNING, NO_END, on_one_line, phrases, spaced
from visuals.speeches import utterance_of
from visuals.stage import in_two_lines
from visuals.typography import (
    PREAMBLE,
    Math,
    TypographyError,
    Words,
    _preamble,
    missing_characters,
)
from visuals.writing import FONTS, LATIN, WRITINGS, writing_of

ZH, HANT = WRITINGS["zh"], WRITINGS["zh-Hant"]

SENTENCES = (
    "每个样本都是一副牌里的一张。",
    "学习率说明每一步走多远，而梯度说明往哪个方向走：两者合起来，就是一步更新。",
    "“均方误差”（MSE）是误差的平方的平均值，它不看正负号，只看离得多远，大的误差比小的误差更贵。",
    "每次yield发出一批：100批，每批10张，torch.randperm先洗牌，然后每个样本正好用一次。",
    "那么，如果学习率是0.03，批量大小是10，经过300步以后，参数w₁和w₂离真实值还有多远呢？",
    "他说：「误差」、「损失」、「梯度」、「更新」、「权重」、「偏置」、「样本」、「特征」、「标签」。",
)


@pytest.fixture
def chinese() -> Iterator[None]:
    language.use("zh")
    yield
    language.use("en")


@pytest.mark.parametrize("writing", [ZH, HANT], ids=["zh", "zh-Hant"])
@pytest.mark.parametrize("text", SENTENCES)
def test_captions_keep_the_rules_of_chinese_lines(text: str, writing: object) -> None:
    pages = caption_pages(text, ZH if writing is ZH else HANT)
    lines = [line for page in pages for line in page.splitlines()]
    assert all(len(page.splitlines()) <= CAPTION_LINES for page in pages)
    assert all(ZH.length(line) <= ZH.columns for line in lines), lines
    assert not [line for line in lines if line[0] in NO_BEGINNING or line[-1] in NO_END]
    assert on_one_line("\n".join(pages), ZH) == spaced(text)


def test_two_lines_of_chinese_part_behind_a_clause_where_both_fit() -> None:
    (page,) = caption_pages("纯属偶然，均值和标准差偏离了中心。", ZH)
    assert page == "纯属偶然，\n均值和标准差偏离了中心。"


def test_a_thin_space_and_a_new_line_are_not_read() -> None:
    assert ZH.length("w\u2009的梯度，\n是\u20092 r") == ZH.length("w的梯度，是2 r") == 7.0


def test_a_latin_word_is_not_parted_and_stands_apart_from_chinese() -> None:
    lines = [line for page in caption_pages(SENTENCES[3], ZH) for line in page.splitlines()]
    assert [line for line in lines if "torch.randperm" in line]
    assert "每次\u2009yield\u2009发出一批" in "".join(lines)


def test_a_phrase_longer_than_a_line_is_broken() -> None:
    (page,) = caption_pages("torch.nn.functional.mse_loss(y_hat,y)" + "哈" * 12, ZH)
    assert max(map(ZH.length, page.splitlines())) <= 2 * ZH.columns
    (page,) = caption_pages("哈" * 30, ZH)
    assert max(map(ZH.length, page.splitlines())) <= ZH.columns


def test_line_breaks_of_english_are_blanks_and_of_chinese_nothing() -> None:
    assert on_one_line("one\ntwo") == "one two"
    assert on_one_line("一批\n样本", ZH) == "一批样本"
    assert on_one_line("用\nyield\nbatch", ZH) == "用\u2009yield batch"


@pytest.mark.usefixtures("chinese")
def test_a_heading_is_broken_where_a_word_ends() -> None:
    first, second = in_two_lines("为什么误差要平方而不取绝对值").splitlines()
    assert first + second == "为什么误差要平方而不取绝对值"
    assert first in ("为什么误差要", "为什么误差要平方", "为什么误差要平方而")
    assert phrases("one two", LATIN) == ["one ", "two"]


def test_silent_timing_is_by_chinese_letters() -> None:
    class Texts(NullTranslations):
        def gettext(self, message: str) -> str:
            return "每次[a]发出一批，共十批牌。" if message == "A.b" else message

        def info(self) -> dict[str, str]:
            return {"language": "zh"}

    said = utterance_of(("A.b",), {}, Texts(), None)
    assert 5 <= 13 / said.seconds <= 6
    assert said.marks["a"] == pytest.approx(2 / ZH.reading_speed)


def test_english_is_set_as_before() -> None:
    assert writing_of("en") is writing_of("pt_BR") is LATIN
    assert _preamble(LATIN) == PREAMBLE


def test_fonts_are_small_and_carry_their_license() -> None:
    files = [file for writing in WRITINGS.values() for file in writing.files.glob("*.otf")]
    assert len(files) == 2
    assert sum(file.stat().st_size for file in files) < 5_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text("utf-8")
    families = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]).families()
    assert {ZH.font, HANT.font} < set(families)


@pytest.mark.usefixtures("chinese")
def test_chinese_stands_on_the_line_of_latin_letters() -> None:
    letter, character = Words("x国", size=1.0)
    baseline = letter.get_bottom()[1]
    low, high = (character.get_edge_center([0, side, 0])[1] - baseline for side in (-1, 1))
    assert -0.15 < low < 0
    assert 0.7 < high < 0.85
    assert (low + high) / 2 == pytest.approx(ZH.middle, abs=0.04)


@pytest.mark.usefixtures("chinese")
def test_chinese_stands_in_formulas_too() -> None:
    assert len(Math('"损失" = 1/n')) == 6


def test_the_forms_are_those_of_the_language() -> None:
    shapes = {}
    for code in ("zh", "zh-Hant"):
        language.use(code)
        shapes[code] = len(Words("骨")[0].points)
    language.use("en")
    assert shapes["zh"] != shapes["zh-Hant"]


@pytest.mark.usefixtures("chinese")
def test_a_character_that_the_font_lacks_is_named() -> None:
    assert missing_characters("梯度龘", "zh") == ["龘"]
    with pytest.raises(TypographyError, match=r"^no font of language = 'zh' has 龘 \(U\+9F98\)"):
        Words("梯度龘")
