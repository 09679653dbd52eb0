"""Every chapter, for lessons that differ in all that matters: what eyes would catch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fastcairo.levers import LEVERS_VARIABLE
from fastcairo.testing import Frame, differences
from linreg.lesson import Lesson
from linreg.lesson_file import check_lesson
from scenes.manifest import CHAPTERS, LONGEST_BEAT, Chapter
from tests.scenes import stage
from tests.scenes.claims import CLAIMS, false_claims
from tests.scenes.large_picture import LEAST_SHARE, largest_share
from tests.scenes.ledger import Ledger, untrue
from visuals import inspection, language
from visuals.captions import CAPTION_LINES
from visuals.stage import LectureScene
from visuals.writing import writing_of

DEFAULT = stage.SILENT_LESSON


def lesson(**values: object) -> Lesson:
    return check_lesson({**DEFAULT.model_dump(), **values})


LESSONS = {
    "few and noisy": lesson(
        num_examples=5, batch_size=2, true_w=[0.0, -50.0], noise_std=2.0, theme="light"
    ),
    "diverging": lesson(num_examples=2500, batch_size=64, true_w=[-1.0, 0.5], lr=2.5),
}
"""Hardly any data, a short batch, a weight of zero; a run that leaves every chart."""

RARE = {
    "nothing moves": lesson(lr=0, batch_size=1, num_examples=23, noise_std=0.0, num_epochs=1),
    "many": lesson(num_examples=20_000, batch_size=64),
    "one of everything": lesson(
        num_examples=1, batch_size=1, num_epochs=1, true_w=[50.0, -0.01], true_b=-300.0
    ),
}
"""Lessons at the ends of what is valid; their beats have no longest time."""


def inspected(
    chapter: Chapter, told: Lesson, media: Path, frames: list[Frame] | None = None
) -> LectureScene:
    """Play a chapter, and inspect the last frame of each beat."""
    computed: list[object] = []
    headings: list[str] = []
    faults: list[str] = []

    def watch(scene: LectureScene, beat: str) -> None:
        faults.extend(f"{beat}: {fault}" for fault in inspection.inspected(scene))
        checks = {"not computed": untrue(scene, Ledger(scene, computed))}
        if told is DEFAULT and not scene.small_because:
            share = largest_share(scene)
            checks["without a large picture"] = [f"{share:.2f}"] if share < LEAST_SHARE else []
        for fault, found in checks.items():
            faults.extend(f"{beat}: {fault}: {text}" for text in found)

    stage.load(chapter)
    with stage.recording(computed):
        scene = stage.play(chapter, told, media, watch, frames, headings)
    faults.extend(f"false: {claim}" for claim in false_claims(scene, headings))
    assert not faults, "\n".join(faults)
    assert scene.beats
    longest = max(beat.end - beat.start for beat in scene.beats)
    assert longest <= LONGEST_BEAT
    assert scene.time <= chapter.longest
    return scene


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_the_books_lesson(
    chapter: Chapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One play is inspected; manim's own play of the same lesson gives the same frames."""
    engine: list[Frame] = []
    scene = inspected(chapter, DEFAULT, tmp_path / "engine", engine)
    film = stage.frames_of(stage.film_of(chapter, tmp_path / "engine"))
    assert chapter.shortest <= scene.time
    assert len(film) == round(scene.time * stage.SMALL["frame_rate"])
    assert chapter.best_beat in [beat.name for beat in scene.beats]
    check_captions(scene)

    stock: list[Frame] = []
    monkeypatch.setenv(LEVERS_VARIABLE, "")
    stage.play(chapter, DEFAULT, tmp_path / "stock", lambda *_: None, stock)
    differing = list(differences(stock, engine))
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize("told", LESSONS.values(), ids=LESSONS)
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_every_beat_ends_in_a_good_picture(chapter: Chapter, told: Lesson, tmp_path: Path) -> None:
    inspected(chapter, told, tmp_path)


def assert_legible_and_true(chapter: Chapter, told: Lesson, media: Path, **frame: float) -> None:
    """Play a chapter; its texts are inside, apart and large enough, and its claims hold."""
    faults: list[str] = []
    headings: list[str] = []

    def watch(scene: LectureScene, beat: str) -> None:
        faults.extend(f"{beat}: {fault}" for fault in inspection.inspected(scene))

    settings = {**stage.ENDS_ALONE, **frame}
    scene = stage.play(chapter, told, media, watch, headings=headings, **settings)
    faults.extend(f"false: {claim}" for claim in false_claims(scene, headings))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("frame", [stage.TALL, stage.SQUARE], ids=["tall", "square"])
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_frames_that_are_not_wide_are_laid_out(
    chapter: Chapter, frame: dict[str, float], tmp_path: Path
) -> None:
    assert_legible_and_true(chapter, DEFAULT, tmp_path, **frame)


@pytest.mark.parametrize("told", RARE.values(), ids=RARE)
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_every_chapter_survives_rare_lessons(
    chapter: Chapter, told: Lesson, tmp_path: Path
) -> None:
    assert_legible_and_true(chapter, told, tmp_path)


def check_captions(scene: LectureScene) -> None:
    """Captions fit their two lines, play with their beat, and there is time to read each."""
    writing = writing_of(scene.lesson.language)
    captions = scene.renderer.file_writer.subcaptions
    assert len(captions) >= len(scene.beats)
    for caption in captions:
        lines = caption.content.splitlines()
        assert len(lines) <= CAPTION_LINES
        assert max(map(writing.length, lines)) <= writing.columns
        seconds = (caption.end - caption.start).total_seconds()
        frame = 1 / stage.SMALL["frame_rate"]  # a beat lasts whole frames
        most = 1.03 * writing.reading_speed * (seconds + frame)
        assert writing.length(caption.content) <= most, caption.content
        middle = (caption.start + caption.end).total_seconds() / 2
        (beat,) = (beat for beat in scene.beats if beat.start <= middle < beat.end)
        assert beat.start - 0.001 <= caption.start.total_seconds(), caption.content
        assert caption.end.total_seconds() <= beat.end + 0.001, caption.content


def test_every_chapter_has_a_title() -> None:
    for chapter in CHAPTERS:
        assert chapter.title() != f"{chapter.name}.title"


def test_a_chapter_is_loaded_from_its_file() -> None:
    for chapter in CHAPTERS:
        scene = stage.load(chapter)
        assert issubclass(scene, LectureScene)
        assert scene.__doc__
        assert language.has(f"{chapter.name}.title")


TRANSLATED = [
    chapter
    for chapter in CHAPTERS
    if (language.LOCALES / "zh" / f"{Path(chapter.file).stem}.po").exists()
]
"""Chapters in Chinese, whose texts are of other widths; the traditional ones are as wide."""


@pytest.fixture
def _english_afterwards() -> Iterator[None]:
    yield
    language.use(language.ENGLISH)


@pytest.mark.usefixtures("_english_afterwards")
@pytest.mark.parametrize("chapter", TRANSLATED, ids=lambda chapter: chapter.name)
def test_a_translated_chapter_is_laid_out(chapter: Chapter, tmp_path: Path) -> None:
    check_captions(inspected(chapter, lesson(language="zh"), tmp_path))


EXTREME = {
    "too slow": (lesson(lr=0.003), "PipelineOverview GradientDescent TrainingCode"),
    "large batches": (lesson(batch_size=999), "BatchGradients GradientDescent"),
    "loud": (lesson(noise_std=100.0), "TrainingCode PipelineOverview FeatureScatter"),
    "one example": (lesson(num_examples=1, batch_size=1), "TrainingCode SampledBatches"),
    "silent": (lesson(noise_std=0.0), "NormalDistribution BatchGradients"),
    "one batch": (lesson(batch_size=1000), "BatchGradients SampledBatches"),
    "flat": (lesson(true_w=[0.0, 0.0]), "FeatureScatter"),
    "noisy": (lesson(noise_std=5.0), "FeatureScatter NormalDistribution"),
}
"""Lessons, and the chapters whose pictures or claims they are most likely to break."""

PLAYED = [
    pytest.param(chapter, told, id=f"{name}-{chapter.name}")
    for name, (told, names) in EXTREME.items()
    for chapter in CHAPTERS
    if chapter.name in names.split()
]


@pytest.mark.parametrize(("chapter", "told"), PLAYED)
def test_extreme_lessons_are_legible_and_true(
    chapter: Chapter, told: Lesson, tmp_path: Path
) -> None:
    assert_legible_and_true(chapter, told, tmp_path)


def test_every_claim_is_a_sentence_of_its_chapter() -> None:
    assert [key for key in CLAIMS if not language.has(key)] == []
