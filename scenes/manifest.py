"""The chapters in the order of the lecture.

This is data: nothing here imports a scene, and whoever renders one loads it by file and name.
"""

from __future__ import annotations

from dataclasses import dataclass

from visuals import language

LONGEST_BEAT = 45
"""Seconds that one beat lasts at most."""


@dataclass(frozen=True)
class Chapter:
    """A chapter.

    Attributes
    ----------
    name
        The scene's class.
    file
        Where it stands, from the project's root.
    best_beat
        The beat that stands for the chapter where there is room for one: as its poster and as
        a loop.
    shortest, longest
        Seconds that the chapter lasts with the lesson as it comes; no lesson makes it longer.
    """

    name: str
    file: str
    best_beat: str
    shortest: float = 45
    longest: float = 120

    def title(self, code: str = language.ENGLISH) -> str:
        """Return the title that a viewer reads, in a language."""
        return language.catalogue(code).gettext(f"{self.name}.title")


CHAPTERS = (
    Chapter(
        "PipelineOverview",
        "scenes/s01_pipeline_overview.py",
        best_beat="the_loop_finds_the_plane",
        longest=98,
    ),
    Chapter(
        "SingleFeature",
        "scenes/s02_single_feature.py",
        best_beat="a_formula_gives_the_same_number",
        longest=98,
    ),
    Chapter(
        "NormalDistribution",
        "scenes/s03_normal_distribution.py",
        best_beat="the_real_values_fill_the_curve",
        longest=93,
    ),
    Chapter(
        "FeatureScatter",
        "scenes/s04_feature_scatter.py",
        best_beat="the_spread_is_the_other_feature",
    ),
    Chapter(
        "SampledBatches",
        "scenes/s05_sampled_batches.py",
        best_beat="each_yield_deals_one_batch",
        longest=78,
    ),
    Chapter(
        "MSECurve",
        "scenes/s06_mse_curve.py",
        best_beat="the_slope_tells_which_way_is_down",
        longest=98,
    ),
    Chapter(
        "GradientDerivation",
        "scenes/s07_gradient_derivation.py",
        best_beat="the_gradient_for_w_is_the_mean_area",
        longest=98,
    ),
    Chapter(
        "GradientDescent",
        "scenes/s08_gradient_descent.py",
        best_beat="the_steps_find_the_bottom",
        longest=98,
    ),
    Chapter(
        "BatchGradients",
        "scenes/s09_batch_gradients.py",
        best_beat="the_mean_of_the_votes_is_the_full_gradient",
        longest=78,
    ),
    Chapter(
        "LearningRate",
        "scenes/s10_learning_rate.py",
        best_beat="the_factor_runs_from_one_to_beyond_minus_one",
        longest=91,
    ),
    Chapter(
        "TrainingCode",
        "scenes/s11_training_code.py",
        best_beat="the_run_reaches_the_noise",
        longest=96,
    ),
    Chapter(
        "ComputationGraph",
        "scenes/s12_computation_graph.py",
        best_beat="each_node_multiplies_by_its_slope",
        longest=98,
    ),
    Chapter(
        "ConciseImplementation",
        "scenes/s13_concise_implementation.py",
        best_beat="half_the_rate_is_the_same_run",
        longest=84,
    ),
    Chapter(
        "ClosedForm",
        "scenes/s14_closed_form.py",
        best_beat="the_error_is_at_right_angles",
    ),
    Chapter(
        "Pitfalls",
        "scenes/s15_pitfalls.py",
        best_beat="standardized_it_is_round",
    ),
)

POSTER = "MSECurve"
"""The chapter whose poster stands for the lecture."""

THUMBNAIL = "PipelineOverview"
"""The chapter whose best beat is seen beside the lecture's title on a video site."""


def lecture_title(code: str = language.ENGLISH) -> str:
    """Return the title of the whole lecture, in a language."""
    return language.catalogue(code).gettext("lecture.title")


def lecture_summary(code: str = language.ENGLISH) -> str:
    """Return what the lecture is about, in a language."""
    return language.catalogue(code).gettext("lecture.summary")


def lecture_credit(code: str = language.ENGLISH) -> str:
    """Return after whom the lecture is told, in a language."""
    return language.catalogue(code).gettext("lecture.credit")
