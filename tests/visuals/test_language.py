from __future__ import annotations

import re
import runpy
import tomllib
from collections import Counter
from pathlib import Path

import polib
import pytest

from tests.visuals.catalogue_keys import is_used
from visuals import language
from visuals.typography import missing_characters
from visuals.writing import writing_of


def entries(code: str) -> list[polib.POEntry]:
    files = sorted((language.LOCALES / code).glob("*.po"))
    return [entry for file in files for entry in polib.pofile(str(file))]


def test_no_key_is_said_twice() -> None:
    keys = [entry.msgid for entry in entries("en")]
    assert len(keys) == len(set(keys))


def test_english_is_complete() -> None:
    assert all(entry.msgstr.strip() for entry in entries("en"))


def test_every_key_is_used() -> None:
    texts = {entry.msgid: entry.msgstr for entry in entries("en")}
    assert [key for key in texts if not is_used(key, texts)] == []


@pytest.mark.parametrize(
    "key",
    [
        "MSECurve.heading_loss",
        "MSECurve.the_line",
        "GradientDescent.batch_gradient",
        "GradientDescent.areas_of_b",
        "PipelineOverview.training_loop",
        "NormalDistribution.sigma_is_the_area",
        "FeatureScatter.heading_spread",
        "SampledBatches.cut_by_noise",
        "SampledBatches.batches_at_the_truth",
        "TrainingCode.at_epoch",
        "TrainingCode.the_loss",
        "station.epoch",
        "station.lands.title",
        "lecture.subtitle",
        "post.MSECurve.noisy",
        "post.NormalDistribution.loud",
        "post.gradient",
        "NoChapter.title",
        "MSECurve",
    ],
)
def test_an_invented_key_is_not_used(key: str) -> None:
    texts = {entry.msgid: entry.msgstr for entry in entries("en")}
    assert not is_used(key, texts)


OTHERS = [code for code in language.languages() if code != "en"]


@pytest.mark.parametrize("code", OTHERS)
def test_a_file_has_the_keys_of_the_english_one(code: str) -> None:
    files = sorted((language.LOCALES / code).glob("*.po"))
    assert files
    for file in files:
        english = {entry.msgid for entry in polib.pofile(str(language.LOCALES / "en" / file.name))}
        keys = {entry.msgid for entry in polib.pofile(str(file))}
        assert not {key for key in english ^ keys if not key.endswith(language.SPOKEN)}


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_file(code: str) -> None:
    english, own = (
        {file.name for file in (language.LOCALES / c).glob("*.po")} for c in ("en", code)
    )
    assert own == english


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_keeps_names_of_numbers_and_marks(code: str) -> None:
    english = {entry.msgid: entry.msgstr for entry in entries("en")}
    for entry in entries(code):
        text = english.get(entry.msgid)
        if text is not None:
            assert fixed_parts(entry.msgstr) == fixed_parts(text), entry.msgid


def fixed_parts(text: str) -> Counter[str]:
    """Return what no translation changes: names of numbers, marks, and what an article puts in."""
    return Counter(re.findall(r"%\(\w+\)\w|\[[a-z][a-z0-9_]*\]|\{\w+[^{}]*\}", text))


@pytest.mark.parametrize("code", OTHERS)
def test_the_font_has_every_character_of_a_translation(code: str) -> None:
    said = "".join(entry.msgstr for entry in entries(code) if not entry.msgid.startswith("post."))
    assert missing_characters(said, code) == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_is_not_much_longer(code: str) -> None:
    writing = writing_of(code)
    english = {entry.msgid: entry.msgstr for entry in entries("en")}
    too_long = {
        entry.msgid: entry.msgstr
        for entry in entries(code)
        if not entry.msgid.startswith(("post.", "lecture."))
        if writing.length(entry.msgstr) > longest(english.get(entry.msgid, ""), code)
    }
    assert not too_long


def longest(english: str, code: str) -> float:
    """Return the letters that a translation may have: as many as fit where English fits."""
    return 4 + len(english) * (0.45 if writing_of(code).phrases else 1.3)


def test_traditional_chinese_is_about_as_wide_as_simplified() -> None:
    simplified = {entry.msgid: entry.msgstr for entry in entries("zh")}
    wider = {
        entry.msgid: entry.msgstr
        for entry in entries("zh-Hant")
        if not entry.msgid.startswith("post.")
        if len(entry.msgstr) > 1 + 1.1 * len(simplified[entry.msgid])
    }
    assert not wider


def test_traditional_chinese_is_what_the_script_makes_of_simplified() -> None:
    pytest.importorskip("opencc", reason="needs requirements-languages.txt")
    made = runpy.run_path(str(language.LOCALES / "make_traditional.py"))["catalogues"]()
    folder = language.LOCALES / "zh-Hant"
    assert made == {file.name: file.read_text("utf-8") for file in folder.glob("*.po")}


def test_rows_and_columns_of_traditional_chinese_are_those_of_taiwan() -> None:
    terms = tomllib.loads((language.LOCALES / "zh-Hant.toml").read_text("utf-8"))["terms"]
    said = "".join(file.read_text("utf-8") for file in (language.LOCALES / "zh-Hant").glob("*.po"))
    turned = [better for better in terms.values() if "行" in better or "列" in better]
    assert turned
    assert [better for better in turned if better not in said] == []


def test_a_text_that_only_english_has_is_an_error_that_names_key_and_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in ("en", "fr"):
        (tmp_path / code).mkdir()
        said = 'msgid "A.one"\nmsgstr "1"\n\n'
        more = 'msgid "A.two"\nmsgstr "2"\n\nmsgid "A.two.spoken"\nmsgstr "II"\n'
        (tmp_path / code / "a.po").write_text(said + (more if code == "en" else ""))
    monkeypatch.setattr(language, "LOCALES", tmp_path)
    language.forget()
    try:
        texts = language.catalogue("fr")
        assert texts.gettext("A.one") == "1"
        assert texts.gettext("A.three") == "A.three"
        assert texts.gettext("A.two.spoken") == "A.two.spoken"
        with pytest.raises(language.LanguageError) as error:
            texts.gettext("A.two")
        assert str(error.value) == "assets/locales/fr/a.po: there is no text of A.two"
    finally:
        language.forget()


def test_an_unknown_language_is_named_with_those_that_are_there() -> None:
    with pytest.raises(language.LanguageError, match=r"language = 'xx': .* en"):
        language.catalogue("xx")


def test_a_key_without_a_text_is_an_error_and_one_with_a_text_is_not() -> None:
    assert language.tr("part.data") == language.catalogue("en").gettext("part.data")
    assert language.has("part.data")
    assert not language.has("station.nowhere")
    with pytest.raises(language.LanguageError, match=r"^'station\.nowhere' is in no catalogue"):
        language.tr("station.nowhere")
