"""Claims of the chapters about a run, each with the condition under which it is true.

Each condition is computed here from the numbers of the run alone, with none of the code by which a
chapter chooses its sentence. The bounds are wider than those of the chapters: a claim that breaks
one is plainly false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from visuals.stage import LectureScene

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Facts:
    """Facts about the run that a chapter showed."""

    scene: LectureScene

    @cached_property
    def noise(self) -> float:
        """Standard deviation of the noise."""
        return float(self.scene.lesson.noise_std)

    @cached_property
    def x(self) -> Array:
        """Features, shape (n, p)."""
        return np.asarray(self.scene.trace.features.double())

    @cached_property
    def y(self) -> Array:
        """Labels, shape (n,)."""
        return np.asarray(self.scene.trace.labels.double()).reshape(-1)

    @cached_property
    def true_w(self) -> Array:
        """True weights, shape (p,)."""
        return np.asarray(self.scene.trace.true_w.double()).reshape(-1)

    @cached_property
    def path(self) -> Array:
        """Weights and bias before every step and after the last, shape (steps + 1, p + 1)."""
        trace = self.scene.trace
        return np.column_stack([trace.w.double().numpy(), trace.b.double().numpy()])

    @cached_property
    def truth(self) -> Array:
        """True weights and bias, shape (p + 1,)."""
        return np.append(self.true_w, float(self.scene.trace.true_b))

    def rms(self, step: int) -> float:
        """Return the root of the mean squared error over all examples before a step."""
        *w, b = self.path[step]
        return float(np.sqrt(np.mean((self.x @ np.array(w) + b - self.y) ** 2)))

    def off(self, step: int) -> float:
        """Return how far the parameters are from the true ones before a step."""
        return float(np.linalg.norm(self.path[step] - self.truth))

    @property
    def moves(self) -> bool:
        """Whether the last parameters are not the first."""
        return not np.array_equal(self.path[0], self.path[-1])

    @property
    def lands(self) -> bool:
        """Whether little more than noise is left, or a tenth of what there was."""
        rms = self.rms(-1)
        return bool(np.isfinite(rms) and rms <= max(2 * self.noise, 0.11 * self.rms(0)))

    @property
    def flies(self) -> bool:
        """Whether the error grew."""
        return not self.rms(-1) <= self.rms(0)

    @property
    def arrives(self) -> bool:
        """Whether the parameters are near the true ones, in units of a weight or of the way."""
        return bool(self.off(-1) <= max(0.11 * self.off(0), 0.35))

    @property
    def batches(self) -> int:
        """Batches of an epoch."""
        return -(-len(self.y) // self.scene.lesson.batch_size)

    def spread(self, feature: int) -> float:
        """Return the standard deviation of the labels without a feature's share."""
        return float((self.y - self.true_w[feature] * self.x[:, feature]).std())

    def votes(self, at: Array) -> tuple[int, int]:
        """Return how many batches of the first epoch agree with all examples, of how many."""
        *w, b = at
        errors = self.x @ np.array(w) + b - self.y
        each = self.x * errors[:, None]
        rows = [np.asarray(batch) for batch in self.scene.trace.batches[: self.batches]]
        full = each.mean(axis=0)
        return sum(float(each[batch].mean(axis=0) @ full) > 0 for batch in rows), len(rows)


Condition = Callable[[Facts], bool]

CLAIMS: dict[str, Condition] = {
    "PipelineOverview.sticks_vanish": lambda f: f.noise <= 0.15 * f.y.std(),
    "PipelineOverview.plane_lands": lambda f: f.lands,
    "PipelineOverview.found_lands": lambda f: f.lands,
    "PipelineOverview.plane_underway": lambda f: f.moves and not f.flies,
    "PipelineOverview.plane_stands_still": lambda f: not f.moves,
    "PipelineOverview.plane_diverges": lambda f: f.flies,
    "PipelineOverview.new_batches": lambda f: len(f.path) > 2,
    "PipelineOverview.upwards_falls": lambda f: f.scene.trace.grad_b[0].item() < 0,
    "PipelineOverview.gradient_of_sum": lambda f: f.scene.lesson.batch_size > 1,
    "PipelineOverview.all_steps": lambda f: f.scene.lesson.num_epochs > 1,
    "NormalDistribution.three_draws": lambda f: f.noise > 0,
    "NormalDistribution.that_is_epsilon": lambda f: f.noise > 0,
    "NormalDistribution.noise_sigma": lambda f: 0 < f.noise < 1,
    "NormalDistribution.noise_sigma_wide": lambda f: f.noise > 1,
    "NormalDistribution.noise_sigma_no_noise": lambda f: f.noise == 0,
    "NormalDistribution.thin_as_a_hair": lambda f: 0 < f.noise <= 0.1 * max(f.y.std(), 1.0),
    "NormalDistribution.they_fill_the_curve": lambda f: len(f.y) >= 30,
    "FeatureScatter.other_feature": lambda f: f.true_w[1] != 0 and f.spread(0) > 1.5 * f.noise,
    "FeatureScatter.sorted_in_a_strip": lambda f: f.true_w[1] != 0,
    "FeatureScatter.now_edge_on": lambda f: 0 < f.noise <= 0.5 * max(f.y.std(), 1.0),
    "FeatureScatter.tilt_makes_it_wide": lambda f: f.true_w[1] != 0 and f.spread(0) > 1.5 * f.noise,
    "SampledBatches.cut_into_batches": lambda f: f.batches > 1,
    "SampledBatches.cut_into_batches_one_batch": lambda f: f.batches == 1,
    "SampledBatches.each_exactly_once": lambda f: (
        sorted(np.concatenate([np.asarray(b) for b in f.scene.trace.batches[: f.batches]]).tolist())
        == list(range(len(f.y)))
    ),
    "GradientDescent.path_ends_lands": lambda f: f.lands,
    "GradientDescent.path_ends_one_batch": lambda f: f.lands and f.batches == 1,
    "GradientDescent.found_lands": lambda f: f.lands,
    "GradientDescent.path_ends_underway": lambda f: f.moves and not f.flies,
    "GradientDescent.path_ends_stands_still": lambda f: not f.moves,
    "GradientDescent.path_ends_diverges": lambda f: f.flies,
    "GradientDescent.rings_move": lambda f: f.path[0, -1] != f.path[10, -1],
    "BatchGradients.all_arrows": lambda f: f.batches > 1,
    "BatchGradients.mean_of_the_votes": lambda f: f.batches > 1,
    "BatchGradients.early_they_agree": lambda f: _share(f.votes(f.path[0])) >= 0.9,
    "BatchGradients.late_they_differ": lambda f: (
        min(_share(f.votes(f.path[-1])), _share(f.votes(f.truth))) <= 0.95
    ),
    "BatchGradients.cheap_and_noisy": lambda f: (
        f.batches > 1 and f.lands and _share(f.votes(f.path[0])) > _share(f.votes(f.path[-1]))
    ),
    "BatchGradients.zoom_in_no_noise": lambda f: f.noise == 0,
    "LearningRate.run_thrown_out": lambda f: f.batches > 1,
    "LearningRate.ours": lambda f: f.moves and not f.flies,
    "LearningRate.ours_is_far_below": lambda f: f.lands,
    "TrainingCode.only_noise_is_left": lambda f: f.noise > 0 and f.rms(-1) <= 2 * f.noise,
    "TrainingCode.parameters_lands": lambda f: f.arrives,
    "TrainingCode.found_lands": lambda f: f.arrives,
    "TrainingCode.parameters_underway": lambda f: f.moves and not f.flies,
    "TrainingCode.parameters_stands_still": lambda f: not f.moves,
    "TrainingCode.parameters_diverges": lambda f: f.flies,
    "TrainingCode.it_does_not_move": lambda f: not f.moves,
    "TrainingCode.it_rises": lambda f: f.flies,
    "TrainingCode.this_plane": lambda f: f.lands,
    "TrainingCode.it_found_the_true": lambda f: f.arrives,
    "Pitfalls.it_creeps": lambda f: f.lands,
    "Pitfalls.straight_down": lambda f: f.lands,
    "Pitfalls.three_cures": lambda f: f.lands,
}
"""Sentences and headings that are true of some runs only, by their keys."""


def false_claims(scene: LectureScene, headings: Iterable[str]) -> Iterator[str]:
    """Yield a line for each claim of a played chapter that its run does not bear out.

    Parameters
    ----------
    scene
        The chapter, which has said its sentences.
    headings
        Keys of the headings that it showed.
    """
    facts, chapter = Facts(scene), type(scene).__name__
    said = [speech.keys[0] for speech in scene.speeches]
    for key in dict.fromkeys([*said, *(f"{chapter}.{heading}" for heading in headings)]):
        condition = CLAIMS.get(key)
        if condition is not None and not condition(facts):
            yield f"{key}: {scene.text(key.partition('.')[2])!r}"


def _share(votes: tuple[int, int]) -> float:
    return votes[0] / votes[1]
