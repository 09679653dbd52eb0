"""Parts of manim that it keeps to itself and that the engine uses, in one place.

They were checked with the version :data:`CHECKED_WITH` and may change with any other minor version.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import manim.mobject.text.tex_mobject
import manim.mobject.text.typst_mobject
from manim import (
    Animation,
    Create,
    MarkupText,
    SceneFileWriter,
    ShowPassingFlash,
    Text,
    Transform,
)
from manim._config.render_session import RenderSessionSpec
from manim._config.video_encoder import VideoEncoderSpec
from manim.mobject.mobject import _AnimationBuilder as AnimationBuilder
from manim.mobject.svg.svg_mobject import se  # type: ignore[attr-defined]  # svgelements
from manim.scene.scene_file_writer import _SceneFileWriterSettings as FileWriterSettings
from manim.scene.video_segment_encoder import VideoSegmentEncoder

__all__ = [
    "CHECKED_WITH",
    "GET_BOUNDS",
    "PATH_FUNC",
    "USED_METHODS",
    "AnimationBuilder",
    "FileWriterSettings",
    "RenderSessionSpec",
    "SVGPath",
    "VideoEncoderSpec",
    "path_func_of",
    "typesetters",
]

CHECKED_WITH = "0.22.0"
GET_BOUNDS = "_get_bounds"
PATH_FUNC = "_path_func"
SVGPath: type = se.Path

#: Private methods that are called or overridden, by their owner; a test looks for each. The encoder
#: also uses ``_next_pts``, ``_closed``, ``_container`` and ``_stream`` of the one that it derives
#: from, and the file writer ``_current_encode_job``.
USED_METHODS: Mapping[type, tuple[str, ...]] = {
    Create: (GET_BOUNDS,),
    ShowPassingFlash: (GET_BOUNDS,),
    Text: ("_text2svg",),
    MarkupText: ("_text2svg",),
    SceneFileWriter: ("_create_segment_encoder",),
    VideoSegmentEncoder: ("_validate_frame", "_operation_error"),
}


def path_func_of(animation: Animation) -> Any:
    """Return the path along which a transform moves points; ``None`` when it has none."""
    return animation.__dict__.get(PATH_FUNC) if isinstance(animation, Transform) else None


def typesetters() -> list[tuple[Any, str]]:
    """Return owner and name of the functions that write a text's SVG file."""
    return [
        (Text, "_text2svg"),
        (MarkupText, "_text2svg"),
        (manim.mobject.text.typst_mobject, "typst_to_svg_file"),
        (manim.mobject.text.tex_mobject, "tex_to_svg_file"),
    ]
