from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from linreg.lesson import Lesson, SingleFeature
from linreg.lesson_file import DEFAULT_FILE, LessonError, check_lesson, load_lesson

BAD = {
    "wrong type": ({"lr": "fast"}, "lr = 'fast'"),
    "not a number": ({"lr": float("nan")}, "lr = nan"),
    "infinite": ({"true_b": float("inf")}, "true_b = inf"),
    "zero examples": ({"num_examples": 0}, "num_examples = 0"),
    "negative batch": ({"batch_size": -1}, "batch_size = -1"),
    "no epochs": ({"num_epochs": 0}, "num_epochs = 0"),
    "negative noise": ({"noise_std": -0.1}, "noise_std = -0.1"),
    "a bool is no count": ({"num_epochs": True}, "num_epochs = True"),
    "a fraction is no count": ({"batch_size": 2.5}, "batch_size = 2.5"),
    "batch over data": ({"batch_size": 1001}, "batch_size = 1001: at most num_examples = 1000"),
    "too many steps": ({"batch_size": 1, "num_epochs": 100, "num_examples": 20_000}, "num_epochs"),
    "2000 weights": ({"true_w": [1.0] * 2000}, "true_w = 2000 values"),
    "one weight": ({"true_w": [1.0]}, "true_w = 1 values"),
    "a word for a weight": ({"true_w": [1.0, "two"]}, "true_w[1] = 'two'"),
    "unknown key": ({"epochs": 3}, "epochs is not a key"),
    "a list for a number": ({"lr": [1.0, 2.0]}, "lr = [1.0, 2.0]: input should be"),
    "no voice": ({"voice": "loud"}, 'voice = \'loud\': allowed are "default", "none"'),
    "a number for a voice": ({"voice": 3}, "voice = 3"),
    "no table": ({"single_feature": 3}, "single_feature = 3: allowed is a table"),
    "wrong type in a table": ({"single_feature": {"lr": "fast"}}, "single_feature.lr = 'fast'"),
    "unknown key in a table": (
        {"single_feature": {"rate": 1}},
        "single_feature.rate is not a key of [single_feature]; the keys are true_w",
    ),
    "nothing kept aside": ({"single_feature": {"test_share": 0}}, "keep 0 aside and leave 100"),
    "all kept aside": ({"single_feature": {"test_share": 1}}, "keep 100 aside and leave 0"),
    "too few to train on": ({"single_feature": {"num_examples": 11}}, "leave 9 to train on"),
    "more than all kept aside": ({"single_feature": {"test_share": 2.0}}, "keep 200 aside"),
    "too many for a plot": ({"single_feature": {"num_examples": 1001}}, "num_examples = 1001"),
    "too large a weight": ({"true_w": [1, -101]}, "true_w[1] = -101: input should be greater"),
    "too large a fraction": ({"true_w": [100.5, 1]}, "or equal to 100"),
    "too loud": ({"noise_std": 101}, "noise_std = 101: input should be less than or equal to 100"),
    "too far a bias": (
        {"true_b": 1001},
        "true_b = 1001: input should be less than or equal to 1000",
    ),
    "too large a weight in a table": (
        {"single_feature": {"true_w": 101.0}},
        "single_feature.true_w = 101.0: input should be less than or equal to 100",
    ),
    "too loud in a table": (
        {"single_feature": {"noise_std": 101}},
        "single_feature.noise_std = 101: input should be less than or equal to 100",
    ),
    "unknown theme": ({"theme": "sepia"}, "theme = 'sepia'"),
}


@pytest.mark.parametrize(("values", "named"), BAD.values(), ids=BAD)
def test_a_bad_lesson_is_named_in_one_line(
    lesson: Lesson, values: dict[str, object], named: str
) -> None:
    with pytest.raises(LessonError) as raised:
        check_lesson({**lesson.model_dump(), **values}, source="mine.toml")
    text = str(raised.value)
    assert text.startswith("mine.toml: ")
    assert named in text
    assert "\n" not in text
    assert len(text) < 200


def test_every_key_of_the_training_must_be_there(lesson: Lesson) -> None:
    for key in (name for name, field in Lesson.model_fields.items() if field.is_required()):
        values = lesson.model_dump()
        del values[key]
        with pytest.raises(LessonError, match=f"^lesson: {key} is missing$"):
            check_lesson(values)


@pytest.mark.parametrize("content", [None, b"lr = ", b"lr = \xff", b"true_w = 1\ntrue_w = 2"])
def test_a_broken_file_is_named_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "mine.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(LessonError) as raised:
        load_lesson(file)
    assert str(raised.value).startswith(f"{file}: ")
    assert "\n" not in str(raised.value)


def test_a_folder_is_no_lesson(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="cannot be read"):
        load_lesson(tmp_path)


def test_the_variable_chooses_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(DEFAULT_FILE.read_text().replace("lr = 0.03", "lr = 0.3"))
    monkeypatch.setenv("LESSON", str(file))
    assert load_lesson().lr == 0.3
    assert load_lesson(DEFAULT_FILE).lr == 0.03


def test_keys_that_may_be_left_out_are_as_in_the_project_s_own_lesson(lesson: Lesson) -> None:
    values = lesson.model_dump(exclude={"voice", "single_feature"})
    assert check_lesson(values) == lesson
    written = tomllib.loads(DEFAULT_FILE.read_text("utf-8"))
    assert list(written) == list(Lesson.model_fields)
    assert list(written["single_feature"]) == list(SingleFeature.model_fields)


def test_one_key_of_a_table_may_stand_alone(lesson: Lesson) -> None:
    single = check_lesson({**lesson.model_dump(), "single_feature": {"lr": 1}}).single_feature
    assert single == lesson.single_feature.model_copy(update={"lr": 1.0})
    assert (single.num_train, single.num_test) == (80, 20)


def test_a_voice_is_found_from_the_lesson_s_folder(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(DEFAULT_FILE.read_text().replace('"default"', '"voices/amy.onnx"'))
    with pytest.raises(LessonError, match=r"'voices/amy\.onnx': there is no such file$"):
        load_lesson(file)
    voice = tmp_path / "voices" / "amy.onnx"
    voice.parent.mkdir()
    voice.touch()
    assert load_lesson(file).voice == str(voice.resolve())


def test_integers_are_good_weights(lesson: Lesson) -> None:
    assert check_lesson({**lesson.model_dump(), "true_w": [2, 0]}).true_w == (2.0, 0.0)


def test_the_command_says_one_line_and_exits_with_2(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("lr = 1\n")
    run = subprocess.run(
        [sys.executable, "-m", "linreg", "--lesson", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"true_w": [100, -100.0]},
        {"noise_std": 100},
        {"true_b": -1000},
        {"single_feature": {"true_w": -100, "noise_std": 100.0, "true_b": 1000}},
    ],
)
def test_the_largest_numbers_that_pictures_hold_are_good(values: dict[str, object]) -> None:
    check_lesson({**load_lesson().model_dump(), **values})
