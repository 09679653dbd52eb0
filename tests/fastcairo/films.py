"""Films of the engine's tests: small, and read back as they were encoded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from manim import Scene

SMALL: dict[str, Any] = {
    "pixel_width": 426,
    "pixel_height": 240,
    "frame_rate": 10,
    "progress_bar": "none",
    "verbosity": "ERROR",
}


def frames_of(scene: Scene) -> list[npt.NDArray[np.uint8]]:
    """Decode the film of a scene that was rendered."""
    film: Path = scene.output_plan.primary_artifact
    with av.open(film) as container:
        return [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
