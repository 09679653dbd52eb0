"""Three bugs raise no error; each one has a picture, and each picture shows the cure."""

from __future__ import annotations

import torch
from manim import DOWN, RIGHT, FadeIn, FadeOut, ValueTracker, linear

from figures.pitfalls.bound_name import BoundName
from figures.pitfalls.cure_list import cure_list
from figures.pitfalls.error_grid import ErrorGrid
from figures.pitfalls.gorge import Gorge
from figures.pitfalls.run_plane import CountedPlane, run_plane, weight_readouts
from linreg.pitfalls import (
    aligned_loss,
    batch_loss,
    in_place_sgd,
    rebinding_sgd,
    standardize,
)
from linreg.study import pitfalls
from linreg.study.outcome import Outcome, loss_outcome
from linreg.study.rescaling import rescaled_bowl
from visuals.layout import GAP, is_wide
from visuals.listing import Listing
from visuals.numbers import integer
from visuals.parts import Part
from visuals.readout import readout_column
from visuals.source import body_of, broken, fitted, padded
from visuals.stage import LectureScene
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go

SMALLER = 0.1
"""Factor of the first feature in another unit."""

FLAT = 0.4
"""Share of the true weights up to which a plane is called flat."""

CREEPS = 0.5
"""Share of the way up to which a path is said to creep."""

COLUMNS = 28
"""Columns of the update, which stands beside the plane in a wide frame."""

LINES = 3
"""Predictions that are lit one after the other."""

FIRST, FIRST_TIME, REST_TIME = 20, 1.1, 1.5
"""Steps that are walked slowly, and seconds of these and of all others."""


class Pitfalls(LectureScene):
    """Labels of the wrong shape, features of other units, a name that is bound anew."""

    part = Part.PRACTICE
    illustrations = (SMALLER,)

    def construct(self) -> None:
        """Show three faults, each with its cure; end with the question of the beginning."""
        self.lr = self.lesson.lr
        self.is_run = loss_outcome(self.trace, self.lesson) is Outcome.LANDS
        if len(self.trace.features) > 1:
            line = self.beat(self.the_loss_falls_but_the_plane_stays_flat)
            self.beat(self.each_prediction_meets_every_label, line)
            gorge, cure = self.beat(self.a_small_feature_makes_a_gorge)
            self.beat(self.standardized_it_is_round, gorge, cure)
        self.beat(self.a_new_name_moves_no_weight)
        self.beat(self.the_plane_answers_the_first_question)

    # Labels of the wrong shape

    def the_loss_falls_but_the_plane_stays_flat(self) -> Listing:
        """Run the faulty loss, and see where the plane ends."""
        run = pitfalls.mixed_run(self.trace, self.lr)
        room, below = self.body.stacked(86, 14)
        line = below.place(Listing(fitted(body_of(batch_loss))), shrink=False)
        step = ValueTracker(0)
        picture, aside = room.beside(72, 28) if is_wide() else room.stacked(80, 20)
        plane = run_plane(picture, self.trace, step, run)
        numbers = aside.place(readout_column(*weight_readouts(plane)), x=-1, shrink=False)
        self.head("title")
        self.play(FadeIn(plane, line))
        share = run.w[-1].norm() / self.trace.true_w.norm()
        key = "it_stays_flat" if share < FLAT and self.is_run else "not_the_cloud"
        with self.saying(key) as sentence:
            self.play(FadeIn(numbers), run_time=Pace.QUICK)
            self.add(*(number.tracked() for number in numbers))
            sentence.wait_until("but")
            self._walk(step, run.num_steps)
        with self.asking("what_is_wrong"):
            self.play(line.focus(0))
        self.add(line)
        return line

    def each_prediction_meets_every_label(self, line: Listing) -> None:
        """Lay a column of predictions against a row of labels, and reshape the row."""
        mixing = pitfalls.mixing(self.trace)
        self.clear_body(line)
        self.head("column_and_row")
        room, _ = self.body.stacked(80, 20)
        room, aside = room.columns(77, 23) if is_wide() else room.stacked(88, 12)
        grid = ErrorGrid(room, mixing)
        size, number = integer(mixing.size), integer(mixing.number)
        many, few = (
            self.words("errors_label", color=theme.LOSS, number=count) for count in (number, size)
        )
        many.next_to(grid.squares, RIGHT, buff=GAP) if is_wide() else aside.place(many)
        with self.saying("shapes"):
            self.play(grid.show_shapes())
        with self.saying("stretch"):
            self.play(grid.broadcast(1.6))
            self.play(grid.meet(), FadeIn(many))
        with self.saying("each_meets_all", size=size, number=number) as sentence:
            self.play(grid.light_own())
            sentence.wait_until("become")
            self.play(grid.light_all())
            sentence.wait_until("each")
            for row in range(min(LINES, grid.count)):
                self.play(grid.light_line(row))
        cured = Listing(fitted(body_of(aligned_loss))).move_to(line).align_to(line, DOWN)
        with self.saying("reshape"):
            self.play(FadeOut(line, many), FadeIn(cured), run_time=Pace.QUICK / 2)
            self.play(grid.reshape(1.6))
            few.next_to(grid.own_squares, RIGHT, buff=GAP) if is_wide() else aside.place(few)
            self.play(grid.join(), FadeIn(few), cured.focus(0), run_time=Pace.QUICK / 2)
            self.add(cured)
            self.head("its_own_label")
        self.wait(Pace.QUICK)

    # Features in other units

    def a_small_feature_makes_a_gorge(self) -> tuple[Gorge, Listing]:
        """Change the unit of the first feature, and walk on what the bowl becomes."""
        self.clear_body()
        bowl = rescaled_bowl((self.trace.features, self.trace.labels))
        bottom = self.words("bottom")
        aside, room = (
            reversed(self.body.columns(88, 12)) if is_wide() else self.body.stacked(36, 64)
        )
        gorge = Gorge(room, bowl, self.trace.w[0].double(), SMALLER, bottom)
        table = aside.inset(0.05).place(gorge.table(self.trace.features), x=1, shrink=False)
        cure = self.body.place(Listing(fitted(body_of(standardize))), x=1, y=1, shrink=False)
        if not is_wide():
            table.next_to(cure, DOWN, buff=GAP / 2, aligned_edge=RIGHT)
        self.head("second_bug")
        with self.saying("round_bowl"):
            self.play(FadeIn(gorge))
        with self.asking("in_another_unit") as sentence:
            self.play(FadeIn(table))
            self.add(table.tracked())
            sentence.wait_until("smaller")
            self.play(table.ground.animate.set_stroke(theme.INK, Stroke.THIN))
        with self.saying("a_gorge"):
            self.play(gorge.rescale(SMALLER))
        small = pitfalls.run_on(self.trace, pitfalls.rescaled(self.trace, SMALLER), self.lr)
        gorge.put_path(small.w)
        factors = torch.tensor([SMALLER, 1.0], dtype=torch.float64)
        way = small.w[-1, 0] / bowl.bottom(factors)[0]
        creeps = self.is_run and abs(way) < CREEPS
        with self.saying("it_creeps" if creeps else "its_path"):
            self._walk(gorge.step, gorge.num_steps)
        return gorge, cure

    def standardized_it_is_round(self, gorge: Gorge, cure: Listing) -> None:
        """Standardize the features, and walk again."""
        self.head("one_scale")
        run = pitfalls.run_on(self.trace, pitfalls.standardized(self.trace), self.lr)
        with self.saying("standardize"):
            self.play(FadeIn(cure), go(gorge.path_shown, 0.0, Pace.QUICK / 2))
            spread = self.trace.features.std(0)
            first, second = (1 / spread).tolist()
            self.play(gorge.rescale(first, second, centred=1.0), cure.focus(0))
            self.add(cure)
            gorge.put_path(run.w)
        with self.saying("straight_down" if self.is_run else "round_again"):
            self.play(go(gorge.path_shown, 1.0, Pace.QUICK / 2))
            self._walk(gorge.step, gorge.num_steps)

    def _walk(self, step: ValueTracker, last: int) -> None:
        """Take the first steps slowly, and the others fast."""
        self.play(go(step, min(FIRST, last), FIRST_TIME, linear))
        self.play(go(step, last, REST_TIME, linear))

    # A name that is bound anew

    def a_new_name_moves_no_weight(self) -> None:
        """Follow a name from one tensor to another, and put the cure beside it."""
        self.clear_body()
        code, right = self.body.beside(45, 55) if is_wide() else self.body.stacked(58, 42)
        above, below = code.stacked(38, 62)
        wrong, cure = (
            above.place(
                Listing(padded(broken(body_of(sgd), COLUMNS), COLUMNS)), x=-1, y=1, shrink=False
            )
            for sgd in (rebinding_sgd, in_place_sgd)
        )
        runs = pitfalls.rebound_run(self.trace, self.lr), self.trace
        still, cured = (
            CountedPlane(right, self.trace, run, self.words("step_label")) for run in runs
        )
        self.head("third_bug")
        with self.saying("the_update"):
            self.play(FadeIn(wrong, still.plane, still.counter))
            self.add(still.counter.tracked())
            self.play(go(still.step, still.num_steps, Pace.SWEEP, linear))
        self.head("where_is_the_step")
        weights = cured.plane.w1, cured.plane.w2
        widest = -float(self.trace.w[: 2 if not self.is_run else None].abs().max())
        new = pitfalls.lost_step(self.trace, self.lr)
        new_name = self.words("new_numbers", color=theme.MUTED)
        bound = BoundName(below, weights, new, widest, new_name)
        with self.asking("why_not"):
            self.play(wrong.focus("param = param", "param.grad"), still.plane.dim_cloud())
            self.play(bound.bind())
        with self.saying("minus_makes_new") as sentence:
            sentence.wait_until("new")
            self.play(bound.make_new())
            sentence.wait_until("points")
            self.play(bound.rebind(Pace.MOVE))
        with self.saying("w_is_as_before") as sentence:
            sentence.wait_until("lost")
            self.play(bound.forget())
        with self.saying("minus_equals"):
            counters = FadeOut(still.counter), FadeIn(cured.counter)
            self.play(FadeOut(wrong), FadeIn(cure), *counters, run_time=Pace.QUICK / 2)
            self.remove(still.plane)
            self.add(cured.plane, cured.counter.tracked())
            bind = cure.focus("param -=", "param.grad"), bound.bind_again(), bound.drop_new()
            self.play(*bind, run_time=Pace.QUICK)
            self.add(cure, bound.old)
            self.play(go(cured.step, 1, Pace.QUICK / 2))
            if self.is_run:
                self.head("plane_moves")
                self._walk(cured.step, cured.num_steps)
                self.wait(Pace.QUICK)

    # The question of the beginning

    def the_plane_answers_the_first_question(self) -> None:
        """Let the plane settle into the cloud once more, and sum the three cures up."""
        self.clear_body()
        self.head("first_question")
        step = ValueTracker(0)
        left, right = self.body.beside(66, 34)
        plane = run_plane(left, self.trace, step, self.trace)
        with self.saying("the_question"):
            self.play(FadeIn(plane))
        names = ("shape", "scale", "place", "next")
        pairs = cure_list(
            (self.words(f"{name}_bug", color=theme.MUTED), self.words(f"{name}_cure"))
            for name in names
        )
        *cured, following = right.place(pairs, shrink=False)
        with self.saying("three_cures" if self.is_run else "keep_three") as sentence:
            for mark, pair in zip(names, cured, strict=False):
                sentence.wait_until(mark)
                self.play(FadeIn(pair), run_time=Pace.QUICK / 2)
            if self.is_run:
                sentence.wait_until("training")
            self.play(go(step, self.trace.num_steps, 2.0))
        self.head("cures")
        with self.saying("what_next"):
            self.play(FadeIn(following), run_time=Pace.QUICK)
            self.play(plane.turn_to(plane.view.azimuth.get_value() - 0.3))
