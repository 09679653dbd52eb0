"""Segments decode to the right number of right pictures at the right times."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from manim import LEFT, RIGHT, UP, Circle, Create, Scene, Square, tempconfig
from manim._config.video_encoder import VideoEncoderSpec

from fastcairo import updates
from fastcairo.encoder import FastSegmentEncoder
from fastcairo.encoder_settings import cheap_spec, is_plain_h264, still_packets
from fastcairo.levers import Levers
from fastcairo.shapes import Box
from fastcairo.testing import fast
from fastcairo.updates import update_of

Pixels = npt.NDArray[np.uint8]

WIDTH, HEIGHT, RATE = 426, 240, 30
SPEC = VideoEncoderSpec(
    "mp4", "libx264", "yuv420p", WIDTH, HEIGHT, Fraction(RATE), (("crf", "23"),)
)
CHEAP = cheap_spec(SPEC, {})


def picture(seed: int) -> Pixels:
    """Return flat rectangles upon a gradient, opaque."""
    rng = np.random.default_rng(seed)
    pixels = np.zeros((HEIGHT, WIDTH, 4), dtype=np.uint8)
    pixels[..., 0] = np.linspace(0, 255, WIDTH)
    pixels[..., 3] = 255
    for _ in range(20):
        x, y = rng.integers(0, WIDTH - 40), rng.integers(0, HEIGHT - 30)
        pixels[y : y + 30, x : x + 40, :3] = rng.integers(0, 256, 3)
    return pixels


def decoded(path: Path) -> tuple[list[Pixels], list[Fraction]]:
    with av.open(path) as container:
        frames = list(container.decode(video=0))
    return [frame.to_ndarray(format="yuv420p") for frame in frames], [
        Fraction(frame.pts) * frame.time_base for frame in frames
    ]


def encoder(path: Path, spec: VideoEncoderSpec = CHEAP, *, stills: bool = True) -> Any:
    return FastSegmentEncoder(target=path, spec=spec, repeat_stills=stills)


@pytest.mark.parametrize("length", [1, 2, 3, 17, 40, 249, 250, 251, 640])
def test_a_still_decodes_to_equal_frames(tmp_path: Path, length: int) -> None:
    assert still_packets(CHEAP) is not None
    films = []
    for stills in (True, False):
        path = tmp_path / f"{stills}.mp4"
        writer = encoder(path, stills=stills)
        writer.write_frame(picture(1), repeat=length)
        writer.finish()
        films.append(decoded(path))
    (repeated, times), (encoded, true_times) = films
    assert times == true_times == [Fraction(number, RATE) for number in range(length)]
    assert all(np.array_equal(*pair) for pair in zip(repeated, encoded, strict=True))


def test_a_still_is_encoded_a_few_times_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded = 0
    encode = FastSegmentEncoder._encode

    def counting(self: FastSegmentEncoder) -> list[bytes]:
        nonlocal encoded
        encoded += 1
        return encode(self)

    monkeypatch.setattr(FastSegmentEncoder, "_encode", counting)
    writer = encoder(tmp_path / "still.mp4")
    writer.write_frame(picture(1), repeat=300)
    writer.finish()
    assert encoded < 10


def test_a_still_keeps_its_keyframes(tmp_path: Path) -> None:
    path = tmp_path / "still.mp4"
    writer = encoder(path)
    writer.write_frame(picture(1), repeat=600)
    writer.finish()
    with av.open(path) as container:
        keys = [i for i, p in enumerate(container.demux(video=0)) if p.size and p.is_keyframe]
    assert keys == [0, 250, 500]


def test_settings_of_the_users_own_are_not_repeated(tmp_path: Path) -> None:
    spec = cheap_spec(
        VideoEncoderSpec(
            "mp4", "libx264", "yuv420p", WIDTH, HEIGHT, Fraction(RATE), (("crf", "18"),)
        ),
        {"crf": "18"},
    )
    assert ("crf", "18") in spec.options
    assert still_packets(spec) is None
    path = tmp_path / "still.mp4"
    writer = encoder(path, spec)
    writer.write_frame(picture(1), repeat=50)
    writer.finish()
    assert len(decoded(path)[0]) == 50


@pytest.mark.parametrize("seed", range(6))
def test_an_update_is_the_conversion_of_the_whole_frame(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "PIXELS_PER_TILE", 0)
    rng = np.random.default_rng(seed)
    before, after = picture(seed), picture(seed)
    boxes = []
    for _ in range(8):
        left, top = int(rng.integers(0, WIDTH - 2)), int(rng.integers(0, HEIGHT - 2))
        box = Box(left, top, min(left + 37, WIDTH), min(top + 23, HEIGHT))
        after[box.top : box.bottom, box.left : box.right, :3] = rng.integers(0, 256, 3)
        boxes.append(box)
    writer = encoder(tmp_path / "updated.mp4")
    writer.write_frame(before)
    update = update_of(after, boxes)
    assert isinstance(update, updates.FrameUpdate)
    writer.write_frame(update)
    updated = writer._picture.to_ndarray()
    writer.write_frame(after)
    whole = writer._picture.to_ndarray()
    writer.finish()
    assert np.array_equal(updated, whole)


def test_an_update_needs_a_frame_before_it(tmp_path: Path) -> None:
    writer = encoder(tmp_path / "update.mp4")
    with pytest.raises(RuntimeError, match="cannot take a frame update"):
        writer.write_frame(update_of(picture(0), []))
    writer.abort()
    assert not (tmp_path / "update.mp4").exists()


def test_a_play_that_is_played_again_at_once_is_encoded_once(tmp_path: Path) -> None:
    class Again(Scene):
        def construct(self) -> None:
            for _ in range(6):
                square = Square(fill_opacity=1)
                self.play(Create(square), run_time=0.3)
                self.remove(square)

    assert len(decoded(film_of(fast(Again), tmp_path, disable_caching=False))[0]) == 18
    assert len(list(tmp_path.rglob("partial_movie_files/*/*.mp4"))) == 1


def test_segments_carry_colour_tags(tmp_path: Path) -> None:
    path = tmp_path / "tagged.mp4"
    writer = encoder(path)
    writer.write_frame(picture(0))
    writer.finish()
    with av.open(path) as container:
        context = container.streams.video[0].codec_context
        frame = next(container.decode(video=0))
        assert (context.color_primaries, context.color_trc) == (1, 1)  # BT.709
        assert (frame.colorspace, frame.color_range) == (6, 1)  # SMPTE 170M, limited
        converted = frame.to_ndarray(format="rgb24").astype(int)
    assert np.abs(converted - picture(0)[..., :3]).mean() < 4


def test_x264_params_of_the_user_come_last() -> None:
    options = {"x264-params": "colormatrix=bt709:ref=2"}
    spec = cheap_spec(
        VideoEncoderSpec(
            "mp4", "libx264", "yuv420p", WIDTH, HEIGHT, Fraction(RATE), tuple(options.items())
        ),
        {**options, "preset": "fast"},
    )
    parameters = dict(spec.options)["x264-params"].split(":")
    assert "colormatrix=bt709" in parameters
    assert "ref=2" in parameters
    assert "colormatrix=smpte170m" not in parameters


@pytest.mark.parametrize(
    "changes",
    [("webm", "libvpx-vp9", "yuva420p"), ("mov", "qtrle", "argb"), ("mp4", "libx265", "yuv420p")],
)
def test_other_formats_are_left_to_manim(changes: tuple[str, str, str]) -> None:
    assert not is_plain_h264(VideoEncoderSpec(*changes, WIDTH, HEIGHT, Fraction(RATE), ()))


class Clip(Scene):
    """Motion, stillness, and a play that ends where the next one begins."""

    def construct(self) -> None:
        square = Square(fill_opacity=1)
        self.play(Create(square), run_time=0.5)
        self.wait(1)
        self.play(square.animate.shift(RIGHT), Create(Circle().shift(LEFT)), run_time=0.5)
        self.play(square.animate.shift(UP), run_time=0.5)
        self.wait(0.1)


def film_of(kind: type[Scene], folder: Path, **settings: Any) -> Path:
    small = {
        "pixel_width": WIDTH,
        "pixel_height": HEIGHT,
        "frame_rate": 10,
        "media_dir": str(folder),
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
    with tempconfig(small | settings):
        scene = kind()
        scene.render()
        return scene.renderer.file_writer.final_file_path


def test_a_film_is_that_of_manim(tmp_path: Path) -> None:
    expected, times = decoded(film_of(Clip, tmp_path / "manim"))
    frames, fast_times = decoded(film_of(fast(Clip), tmp_path / "engine"))
    assert fast_times == times
    for number, (frame, other) in enumerate(zip(expected, frames, strict=True)):
        gap = np.abs(frame.astype(int) - other.astype(int))
        assert gap.mean() < 0.5, f"frame {number}"


@pytest.mark.parametrize("lever", ["damage", "colour", "encoder", "stills"])
def test_each_lever_alone_gives_the_same_times(tmp_path: Path, lever: str) -> None:
    _, times = decoded(film_of(Clip, tmp_path / "manim"))
    frames, alone = decoded(film_of(fast(Clip, Levers.only(lever)), tmp_path / lever))
    assert alone == times
    assert frames[0].mean() < frames[-1].mean()


@pytest.mark.parametrize(
    "settings",
    [
        {"format": "gif"},
        {"format": "webm"},
        {"format": "mov", "transparent": True},
        {"format": "webm", "transparent": True},
    ],
    ids=lambda settings: "-".join(map(str, settings.values())),
)
def test_other_films_keep_working(tmp_path: Path, settings: dict[str, Any]) -> None:
    counts = []
    for kind in (Clip, fast(Clip)):
        with av.open(film_of(kind, tmp_path / kind.__name__, **settings)) as container:
            counts.append(sum(1 for _ in container.decode(video=0)))
    assert counts[0] == counts[1]


def test_png_sequences_and_stills_keep_working(tmp_path: Path) -> None:
    from PIL import Image

    for settings in ({"format": "png-sequence"}, {"save_last_frame": True}):
        pictures = []
        for kind in (Clip, fast(Clip)):
            folder = tmp_path / f"{kind.__name__}{len(settings)}{next(iter(settings))}"
            film_of(kind, folder, **settings)
            files = sorted(folder.rglob("*.png"))
            pictures.append([np.array(Image.open(file)) for file in files])
        assert len(pictures[0]) == len(pictures[1]) > 0
        assert all(np.array_equal(*pair) for pair in zip(*pictures, strict=True))
