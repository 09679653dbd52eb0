"""File writer that gives plain H.264 to the fast encoder and leaves forked plays' segments alone.

Whatever is not H.264 in MP4 is left to manim's encoder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from fastcairo.encoder import FastSegmentEncoder
from fastcairo.encoder_settings import is_plain_h264, still_packets
from fastcairo.forked import ForkedPlays

if TYPE_CHECKING:
    from manim.typing import StrPath

__all__ = ["FastFileWriter"]


class SegmentDivider(Protocol):
    """Part of the renderer that the writer needs to leave segments to other processes."""

    plays: ForkedPlays

    def must_write(self, index: int) -> bool:
        """Tell whether this process has to write the segment of play ``index``."""


class FastFileWriter(SceneFileWriter):
    """Hands H.264 segments to :class:`FastSegmentEncoder` and all others to manim's encoder."""

    #: Set by the renderer before the first segment.
    takes_updates = False
    repeats_stills = False
    renderer: SegmentDivider | None = None
    series = ""

    def begin_animation(
        self,
        allow_write: bool = False,
        *,
        animation_index: int,
        file_path: StrPath | None = None,
    ) -> None:
        """Begin a segment, unless a forked child writes it or it is there already."""
        if allow_write and self.output_spec.is_video and self.renderer is not None:
            allow_write = self.renderer.must_write(animation_index)
        super().begin_animation(allow_write, animation_index=animation_index, file_path=file_path)

    def prepare_stills(self) -> None:
        """Make what every still stretch needs once, before children are forked that need it."""
        if self.repeats_stills and self.video_encoder is not None:
            still_packets(self.video_encoder)

    def end_animation(self, allow_write: bool = False) -> None:
        """End the segment, if it is written here."""
        super().end_animation(allow_write and self._current_encode_job is not None)

    def is_already_cached(self, hash_invocation: str) -> bool:
        """Tell whether a segment exists, or is on its way."""
        if self.renderer is not None and self.output_spec.is_video:
            segment = Path(self.output_plan.segment_path(hash_invocation))
            if self.renderer.plays.is_drawing(segment):
                return True
        return super().is_already_cached(hash_invocation)

    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
        """Discard what is unfinished, here and in forked children."""
        if self.renderer is not None:
            self.renderer.plays.kill()
        super().abort_encode_jobs(reraise_encoder_failures)

    @staticmethod
    def _concat_manifest_bytes(input_files: list[str]) -> bytes:
        """Return FFmpeg's list of the segments, quoted as FFmpeg reads it.

        Manim does not quote an apostrophe, so that no film comes of a folder with one.
        """
        paths = (Path(file).as_posix().replace("'", r"'\''") for file in input_files)
        return "".join(f"file 'file:{path}'\n" for path in paths).encode()

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        spec = self.video_encoder
        if (
            spec is None
            or not is_plain_h264(spec)
            or not (self.takes_updates or self.repeats_stills)
        ):
            return super()._create_segment_encoder(target)
        return FastSegmentEncoder(
            target=target, spec=spec, repeat_stills=self.repeats_stills, series=self.series
        )
