"""Three bugs raise no error; each one has a picture, and each picture shows the cure."""

from __future__ import annotations

import torch
from manim import DOWN, LEFT, RIGHT, FadeIn, FadeOut, ValueTracker, VGroup, linear

from figures.pitfalls.bound_name import BoundName
from figures.pitfalls.error_grid import ErrorGrid
from figures.pitfalls.gorge import Gorge
from figures.pitfalls.run_plane import run_plane, weight_readouts
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
from visuals.readout import Readout, readout_column
from visuals.source import SIDE_COLUMNS, TALL_COLUMNS, body_of, broken, fitted
from visuals.stage import LectureScene
from visuals.theme import Pace, Stroke, theme
from visuals.trackers import go

SMALLER = 0.1
"""Factor of the first feature in another unit."""

FLAT = 0.4
"""Share of the true weights up to which a plane is called flat."""

CREEPS = 0.5
"""Share of the way up to which a path is said to creep."""

LINES = 3
"""Predictions that are lit one after the other."""

FIRST, FIRST_TIME, REST_TIME = 20, 1.1, 1.7
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
        room, below = self.body.stacked(84, 16)
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
            self.play(go(step, min(FIRST, run.num_steps), FIRST_TIME, linear))
            self.play(go(step, run.num_steps, REST_TIME, linear))
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
        if not is_wide():
            room, aside = room.stacked(88, 12)
        grid = ErrorGrid(room, mixing)
        with self.saying("shapes"):
            self.play(grid.show_shapes())
        with self.saying("stretch"):
            self.play(grid.broadcast(1.6))
            self.play(grid.meet())
        size, number = integer(mixing.size), integer(mixing.number)
        many, few = (
            self.words("errors_label", color=theme.LOSS, number=count) for count in (number, size)
        )
        many.next_to(grid.squares, RIGHT, buff=GAP) if is_wide() else aside.place(many)
        with self.saying("each_meets_all", size=size, number=number) as sentence:
            self.play(FadeIn(many))
            sentence.wait_until("each")
            for row in range(min(LINES, grid.count)):
                self.play(grid.light_line(row))
        cured = Listing(fitted(body_of(aligned_loss))).move_to(line).align_to(line, DOWN)
        with self.saying("reshape"):
            self.play(FadeOut(line, many), FadeIn(cured), run_time=Pace.QUICK / 2)
            self.play(grid.reshape(1.6))
            few.next_to(grid.own_squares, RIGHT, buff=GAP) if is_wide() else aside.place(few)
            self.play(grid.join(), FadeIn(few), run_time=Pace.QUICK / 2)
            self.head("its_own_label")
        self.wait(Pace.QUICK)

    # Features in other units

    def a_small_feature_makes_a_gorge(self) -> tuple[Gorge, Listing]:
        """Change the unit of the first feature, and walk on what the bowl becomes."""
        self.clear_body()
        bowl = rescaled_bowl((self.trace.features, self.trace.labels))
        bottom = self.words("bottom")
        gorge = Gorge(self.body, bowl, self.trace.w[0].double(), SMALLER, bottom)
        table = gorge.table(self.trace.features)
        cure = Listing(fitted(body_of(standardize)))
        above = VGroup(cure, table).arrange(DOWN, buff=GAP / 2, aligned_edge=RIGHT)
        self.body.place(above, x=1, y=1, shrink=False)
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
            self._walk(gorge)
        return gorge, cure

    def standardized_it_is_round(self, gorge: Gorge, cure: Listing) -> None:
        """Standardize the features, and walk again."""
        self.head("one_scale")
        run = pitfalls.run_on(self.trace, pitfalls.standardized(self.trace), self.lr)
        with self.saying("standardize"):
            self.play(FadeIn(cure), go(gorge.path_shown, 0.0, Pace.QUICK / 2))
            spread = self.trace.features.std(0)
            first, second = (1 / spread).tolist()
            self.play(gorge.rescale(first, second, centred=1.0))
            gorge.put_path(run.w)
        with self.saying("straight_down" if self.is_run else "round_again"):
            self.play(go(gorge.path_shown, 1.0, Pace.QUICK / 2))
            self._walk(gorge)

    def _walk(self, gorge: Gorge) -> None:
        """Walk the first steps slowly, and the others fast."""
        self.play(gorge.walk(FIRST, FIRST_TIME))
        self.play(gorge.walk(len(gorge.weights), REST_TIME))

    # A name that is bound anew

    def a_new_name_moves_no_weight(self) -> None:
        """Follow a name from one tensor to another, and put the cure beside it."""
        self.clear_body()
        columns = SIDE_COLUMNS if is_wide() else TALL_COLUMNS
        left, right = self.body.beside(50, 50)
        wrong = left.place(Listing(broken(body_of(rebinding_sgd), columns)), x=-1, shrink=False)
        step, run = ValueTracker(0), pitfalls.rebound_run(self.trace, self.lr)
        above, below = right.stacked(88, 12)
        plane = run_plane(above, self.trace, step, run)
        counter = Readout(step.get_value, 0, self.words("step_label"), color=theme.INK)
        below.place(counter, shrink=False)
        self.head("third_bug")
        with self.saying("the_update"):
            self.play(FadeIn(wrong, plane, counter))
            self.add(counter.tracked())
            self.play(go(step, run.num_steps, Pace.SWEEP, linear))
        self.head("where_is_the_step")
        old, new = self.trace.w[0], pitfalls.lost_step(self.trace, self.lr)
        bound = BoundName(right, old, new, 3, self.words("new_numbers", color=theme.MUTED))
        with self.asking("why_not"):
            self.play(wrong.focus("param = param", "batch_size"))
            counter.clear_updaters()
            self.play(FadeOut(plane, counter), run_time=Pace.QUICK)
            self.play(bound.bind())
        with self.saying("minus_makes_new") as sentence:
            sentence.wait_until("new")
            self.play(bound.make_new())
            sentence.wait_until("points")
            self.play(bound.rebind(Pace.MOVE))
        with self.saying("w_is_as_before") as sentence:
            sentence.wait_until("lost")
            self.play(bound.forget())
        cure = Listing(broken(body_of(in_place_sgd), columns)).move_to(wrong).align_to(wrong, LEFT)
        with self.saying("minus_equals"):
            self.play(FadeOut(wrong), FadeIn(cure), run_time=Pace.QUICK / 2)
            self.play(cure.focus("param -=", "batch_size"), bound.bind_again())
            self.add(cure)
            self.play(bound.change_in_place())
            self.head("w_itself")

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
        names = ("shape", "scale", "place")
        bugs = [self.words(f"{name}_bug", color=theme.MUTED) for name in names]
        cures = [self.words(f"{name}_cure") for name in names]
        for bug, cure in zip(bugs, cures, strict=True):
            cure.next_to(bug, DOWN, buff=GAP / 2, aligned_edge=LEFT)
        cured = VGroup(*map(VGroup, bugs, cures)).arrange(DOWN, buff=2 * GAP, aligned_edge=LEFT)
        right.place(cured, shrink=False)
        with self.saying("three_cures" if self.is_run else "keep_three") as sentence:
            for mark, pair in zip(names, cured, strict=True):
                sentence.wait_until(mark)
                self.play(FadeIn(pair), run_time=Pace.QUICK / 2)
            if self.is_run:
                sentence.wait_until("training")
            self.play(go(step, self.trace.num_steps, 2.0))
        self.head("cures")
        with self.saying("what_next"):
            self.play(plane.turn_to(plane.view.azimuth.get_value() - 0.3))
