"""The chapters in the order of the lecture.

This is data: nothing here imports a scene, and whoever renders one loads it by file and name.
"""

from __future__ import annotations

from dataclasses import dataclass

from visuals import language


@dataclass(frozen=True)
class Chapter:
    """A chapter.

    Attributes
    ----------
    name
        The scene's class.
    file
        Where it stands, from the project's root.
    """

    name: str
    file: str

    def title(self, code: str = language.ENGLISH) -> str:
        """Return the title that a viewer reads, in a language."""
        return language.catalogue(code).gettext(f"{self.name}.title")


CHAPTERS = (
    Chapter("PipelineOverview", "scenes/s01_pipeline_overview.py"),
    Chapter("NormalDistribution", "scenes/s02_normal_distribution.py"),
    Chapter("FeatureScatter", "scenes/s03_feature_scatter.py"),
    Chapter("SampledBatches", "scenes/s04_sampled_batches.py"),
    Chapter("MSECurve", "scenes/s05_mse_curve.py"),
    Chapter("GradientDescent", "scenes/s06_gradient_descent.py"),
    Chapter("TrainingCode", "scenes/s07_training_code.py"),
)
