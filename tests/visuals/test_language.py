from __future__ import annotations

import polib
import pytest

from tests.visuals.catalogue_keys import is_used
from visuals import language


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


def test_an_unknown_language_is_named_with_those_that_are_there() -> None:
    with pytest.raises(language.LanguageError, match=r"language = 'xx': .* en"):
        language.catalogue("xx")


def test_a_key_without_a_text_is_an_error_and_one_with_a_text_is_not() -> None:
    assert language.tr("part.data") == language.catalogue("en").gettext("part.data")
    assert language.has("part.data")
    assert not language.has("station.nowhere")
    with pytest.raises(language.LanguageError, match=r"^'station\.nowhere' is in no catalogue"):
        language.tr("station.nowhere")
