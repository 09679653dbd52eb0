"""The loss has an exact answer, and descent walks to it."""

from __future__ import annotations

from manim import ApplyMethod, FadeIn, FadeOut

from figures.closed_form.answer_map import AnswerMap
from figures.closed_form.columns import ThreeColumns
from figures.closed_form.cost_chart import CostChart
from figures.closed_form.equation import Equation
from figures.closed_form.line_and_space import LineAndSpace
from figures.closed_form.solving_code import light_call, solving_code
from figures.closed_form.sums_table import SumsTable
from linreg.study.costs import costs
from linreg.study.outcome import Outcome, loss_outcome
from linreg.study.running_sums import running_sums
from linreg.study.single_run import run_single
from linreg.study.three_examples import ThreeExamples, three_examples
from visuals.map_marks import Named
from visuals.narrator import Sentence
from visuals.numbers import integer
from visuals.parts import Part
from visuals.stage import LectureScene
from visuals.theme import Pace
from visuals.trackers import go

PAST = 0.6
"""Share of its light that a plot loses when it is spoken of no longer."""

ENDS = "learned", "solved", "true"
"""The weights that are compared, by their names."""


class ClosedForm(LectureScene):
    """The exact answer, its place on the map and in space, and why one descends all the same."""

    part = Part.PRACTICE

    def construct(self) -> None:
        """Set the gradient to zero, solve, see the right angle, and count what solving costs."""
        self.ending = loss_outcome(self.trace, self.lesson)
        self.single_run = run_single(self.lesson.single_feature)
        self.left, self.right = self.body.beside(48, 52)
        alone, self.aside = self.body.beside(77, 23)
        self.map = AnswerMap(self.trace, alone, self.right)
        self.beat(self.the_gradient_is_zero_at_the_bottom)
        self.beat(self.zero_is_three_equations)
        self.beat(self.one_call_finds_the_bottom)
        if three := three_examples(self.single_run):
            both = self.beat(self.all_lines_make_a_plane, three)
            self.beat(self.the_error_is_at_right_angles, both)
        self.beat(self.solving_costs_more_with_features)

    def the_gradient_is_zero_at_the_bottom(self) -> None:
        """Walk to the bottom, and see the gradient shrink to nothing."""
        self.head("is_there_a_shortcut")
        picture = self.map
        bottom, steps = picture.bottom_mark(self.words("bottom")), integer(self.trace.num_steps)
        with self.saying(f"training_walked_{self.ending.value}", num_steps=steps):
            self.play(FadeIn(picture.close), run_time=Pace.QUICK)
            self.add(picture.close, picture.path)
            self.play(picture.path.run(2.5))
            self.play(FadeIn(bottom), run_time=Pace.QUICK / 2)
            self.add(bottom)
        with self.asking("can_we_jump"):
            self.play(FadeOut(picture.path), run_time=Pace.QUICK)
        walker, arrow = picture.walker(), picture.arrow_of_walker()
        numbers = self.aside.place(picture.gradient_readouts(), x=-1, y=0.6, shrink=False)
        with self.saying("gradient_shrinks"):
            self.play(FadeIn(walker, arrow, numbers), run_time=Pace.QUICK)
            self.add(*picture.left_behind(), arrow, walker, numbers)
            self.play(picture.walk(2.8))
            self.head("is_zero_at_the_bottom")
        self.wait(Pace.QUICK)

    def zero_is_three_equations(self) -> None:
        """Set the gradient to zero, and let every example add its products to the sums."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("an_equation")
        above, below = self.body.stacked(14, 86)
        equation = Equation(self.body, above)
        sums = running_sums((self.trace.features, self.trace.labels))
        table = SumsTable(below, above, sums, self.words("example"))
        with self.saying("set_it_to_zero") as sentence:
            self.play(FadeIn(equation.gradient))
            sentence.wait_until("zero")
            self.play(equation.set_to_zero())
        with self.saying("a_column_of_ones"):
            self.play(equation.write_error_out())
            self.play(table.show_names())
        with self.saying("each_example_adds"):
            self.play(equation.multiply_out(), table.show_example(), run_time=Pace.QUICK)
            for products in table.show_products():
                self.play(products)
            self.add(table.tracked())
            self.play(table.take(sums.num_examples, 2.0))
        with self.saying("three_equations"):
            leaving, coming = table.as_equations()
            table.clear_updaters()
            self.play(FadeOut(*leaving), *coming)
        self.wait(Pace.QUICK)

    def one_call_finds_the_bottom(self) -> None:
        """Let PyTorch solve the equations, and compare with the end of training."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("one_call")
        picture = self.map
        code = solving_code(self.left, self.map.exact.is_unique)
        picture.close.put_in("beside").tracked()
        heads = [self.words(key) for key in ENDS]
        marks = dict(zip(ENDS, picture.end_marks(heads), strict=True))
        solved = marks["solved"]
        with self.saying("pytorch_solves_them") as sentence:
            self.play(FadeIn(code, picture.close), run_time=Pace.QUICK)
            sentence.wait_until("solve")
            self.play(light_call(code))
            sentence.wait_until("dot")
            self.play(FadeIn(solved))
            self.add(picture.close, solved)
        if not self.map.exact.is_unique:
            with self.saying("lstsq_takes_the_shortest"):
                self.wait(Pace.QUICK)
        picture.run.step.set_value(0)
        path = picture.path.follow()
        within = self.ending is Outcome.LANDS and picture.is_within
        key = "walk_ends_within" if within else f"walk_ends_{self.ending.value}"
        factor = integer(picture.factor)
        with self.saying(key, factor=factor) as sentence:
            self.play(FadeIn(path), run_time=Pace.QUICK / 2)
            self.add(path, solved)
            self.play(path.run(1.8))
            if within:
                sentence.wait_until("zoom")
                for move in picture.zoom_in(3.0):
                    self.play(move)
                enlarged = self.words("enlarged", factor=factor)
                corner = picture.put_in_corner(enlarged, [*marks.values()])
                self.play(FadeIn(corner), run_time=Pace.QUICK)
        table = ThreeColumns(self.left, self.map.exact, heads)
        key = "three_columns" if self.lesson.noise_std else "three_columns_no_noise"
        with self.saying(key) as sentence:
            self.play(FadeOut(code), run_time=Pace.QUICK / 2)
            self._show_columns(sentence, table, marks)
            if within:
                self.head("within_a_dot")

    def _show_columns(
        self, sentence: Sentence, table: ThreeColumns, marks: dict[str, Named]
    ) -> None:
        """Show what was learned, solved and true, as numbers and as marks."""
        for (name, mark), column in zip(marks.items(), table.columns, strict=True):
            sentence.wait_until(name)
            names = [table.ground, table.names] if name == "learned" else []
            # The answer is marked since it was found.
            coming = [] if name == "solved" else [mark]
            self.play(FadeIn(*names, column, *coming), run_time=Pace.QUICK / 2)
            self.add(mark)

    def all_lines_make_a_plane(self, three: ThreeExamples) -> LineAndSpace:
        """Take labels and predictions of three examples as points in space."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("three_examples")
        names = [self.words(key) for key in ("first", "second", "third")]
        both = LineAndSpace(self.body, three, names)
        plot, space = both.plot, both.space
        plot.aside.set_value(0)
        with self.saying("labels_are_a_point") as sentence:
            self.play(FadeIn(plot.follow()), run_time=Pace.QUICK)
            self.add(plot)
            sentence.wait_until("labels")
            self.play(plot.stand_aside(), FadeIn(space))
            self.add(space)
            self.play(go(space.guide_drawn, 1, 1.8))
            sentence.wait_until("y")
            self.play(go(space.label_shown, 1, Pace.QUICK))
        with self.saying("two_ways") as sentence:
            self.play(go(space.guide_drawn, 0), go(space.prediction_shown, 1), run_time=Pace.QUICK)
            self.play(go(space.columns_shown, 1, Pace.QUICK))
            for mark, moves in (("b", both.lift()), ("w", both.turn())):
                sentence.wait_until(mark)
                for move in moves:
                    self.play(*move)
        with self.saying("a_plane"):
            plot.clear_updaters()
            self.play(go(space.plane_shown, 1, Pace.MOVE), ApplyMethod(plot.fade, PAST))
        self.small_picture("a space beside its plot, which is past; it is seen large next")
        return both

    def the_error_is_at_right_angles(self, both: LineAndSpace) -> None:
        """Find the point of the plane that is nearest to the labels."""
        self.head("which_is_nearest")
        space = both.space
        with self.asking("nearest_point"):
            self.play(FadeOut(both.plot), *space.lie_level(2.5), go(space.error_shown, 1))
        numbers = space.gradient_readouts()
        with self.saying("straight_below"):
            self.play(space.lower_eye(1.2), FadeIn(numbers))
            self.add(numbers)
            self.play(*space.go_to(*space.three.best, 1.8))
        with self.saying("at_right_angles"):
            self.play(go(space.corners_shown, 1, Pace.QUICK))
            self.play(space.turn(2.6))
            self.head("at_right_angle")
        self.wait(Pace.QUICK)

    def solving_costs_more_with_features(self) -> None:
        """Count the multiplications of both ways while features are added."""
        self.clear_body(run_time=Pace.QUICK / 2)
        self.head("why_descend")
        cost = costs(self.lesson)
        features, factor = integer(cost.clear_at), integer(cost.ratio(cost.clear_at))
        counts = {"num_examples": cost.num_examples, "num_epochs": cost.num_epochs}
        counted = {name: integer(count) for name, count in counts.items()}
        labels = self.words("features"), self.words("multiplications", **counted)
        names = self.words("solving"), self.words("descent")
        times = self.words("times", factor=factor)
        chart = CostChart(self.body, cost, labels, names, times)
        with self.asking("then_why_descend"):
            self.play(FadeIn(chart))
        with self.saying("what_each_multiplies") as sentence:
            for mark, curve in zip(("solving", "descent"), chart.curves, strict=True):
                sentence.wait_until(mark)
                self.play(FadeIn(curve), run_time=Pace.QUICK / 2)
                self.play(curve.draw(2.0))
        with self.saying("times_as_much", features=features, factor=factor):
            self.play(chart.compare())
            self.head("descent_stays_cheap")
