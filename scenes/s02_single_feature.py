"""Nudge a parameter, see how the loss changes, move the other way; many steps find the line."""

from __future__ import annotations

from contextlib import nullcontext

from manim import ApplyMethod, Create, FadeIn, FadeOut, GrowFromPoint, Indicate

from figures.single_feature.board import NUDGES, Board
from figures.single_feature.columns import FirstStep
from figures.single_feature.flight import fly
from figures.single_feature.plot import SHOWN, LineName
from figures.single_feature.rows import ErrorOf, RowTable
from figures.single_feature.state import FEW, LiveNumbers
from figures.single_feature.two_gradients import TwoGradients
from visuals.numbers import as_typed, integer
from visuals.parts import Part
from visuals.readout import Readout
from visuals.stage import LectureScene
from visuals.theme import Pace, theme
from visuals.trackers import go

DIM = 0.5
"""Opacity of examples that are not in focus."""


class SingleFeature(LectureScene):
    """One step of gradient descent on one feature, by hand; then a thousand."""

    part = Part.LEARNING
    illustrations = NUDGES

    def construct(self) -> None:
        """Make a table, nudge, derive, step, and look at new examples."""
        self.board = Board(self.body, self.lesson.single_feature, self.text, self.words)
        self.plot, self.record = self.board.plot, self.board.record
        name = self.beat(self.one_feature_makes_the_model_a_line)
        loss = self.beat(self.the_mean_square_is_the_loss, name)
        two = self.beat(self.nudging_b_shows_its_gradient, loss)
        self.beat(self.a_formula_gives_the_same_number, two)
        self.beat(self.for_w_each_error_counts_times_x)
        self.beat(self.a_step_goes_against_the_gradient)
        self.beat(self.the_line_holds_for_new_examples)

    def one_feature_makes_the_model_a_line(self) -> LineName:
        """Show the examples and the line, and keep some of them aside."""
        plot, aside = self.plot, self.board.aside
        name = self.board.line_name()
        self.head("one_line")
        with self.saying("the_model_is_a_line") as sentence:
            self.play(FadeIn(plot.chart), run_time=Pace.QUICK)
            self.add(plot)
            self.play(plot.deal(1.0), FadeIn(aside))
            self.play(plot.draw_line())
            self.play(FadeIn(name.equation), run_time=Pace.QUICK / 2)
            sentence.wait_until("params")
            self.play(FadeIn(name.params), run_time=Pace.QUICK)
            self.add(name)
        with self.saying("some_are_kept_aside", num_aside=integer(self.board.num_aside)):
            self.play(aside.leave())
            self.play(FadeIn(aside.title), run_time=Pace.QUICK)
        with self.asking("can_it_be_done_by_hand"):
            self.head("by_hand")
        return name

    def the_mean_square_is_the_loss(self, name: LineName) -> Readout:
        """Fill a table row by row, and average all squares."""
        self.play(FadeOut(name, *self.board.aside.all), run_time=Pace.QUICK / 2)
        self.head("rows")
        table, shown = self._first_row()
        with self.saying("three_more_rows"):
            self.play(FadeOut(shown[0].names), run_time=Pace.QUICK / 2)
            for row in range(1, SHOWN):
                self.play(table.fill_row(row, shown[row]))
        sweep = self.board.sweep()
        loss = self.board.state.averaged(table.foot, self.text("mean_of"))
        with self.saying("the_mean_is_the_loss", num_train=integer(self.record.num_train)):
            errors = self.plot.show_errors(Pace.QUICK)
            self.play(errors, table.light_squares(), *map(FadeOut, shown), run_time=Pace.QUICK)
            self.add(sweep)
            self.play(sweep.sweep(1.6))
            self.remove(sweep)
            self.play(FadeIn(loss), run_time=Pace.QUICK)
            self.wait(1.5)
        return loss

    def _first_row(self) -> tuple[RowTable, list[ErrorOf]]:
        """Make room for the table, and fill its first row number by number."""
        with self.saying("take_one_example") as sentence:
            self.play(self.plot.move_to_slot(self.board.right, 0.6))
            table = self.board.row_table()
            shown = [ErrorOf(self.plot, row) for row in range(SHOWN)]
            one = shown[0]
            dimmed = self.board.light(DIM)
            self.play(FadeIn(table), FadeIn(one.example, scale=2), dimmed, run_time=Pace.QUICK)
            for key, guide in (("x", one.down), ("y", one.across)):
                sentence.wait_until(key)
                self.play(Create(guide), run_time=Pace.QUICK / 2)
                self.play(table.fill(key))
            self.play(FadeIn(one.names.label), run_time=Pace.QUICK / 2)
        with self.saying("prediction_and_error") as sentence:
            sentence.wait_until("y_hat")
            coming = FadeIn(one.mark, one.names.prediction)
            self.play(FadeOut(one.down, one.across), coming, run_time=Pace.QUICK / 2)
            self.play(table.fill("y_hat"))
            sentence.wait_until("r")
            self.play(Create(one.stick), FadeIn(one.error_name), run_time=Pace.QUICK)
            self.play(table.fill("r"))
        with self.saying("its_square"):
            self.play(FadeOut(one.error_name, run_time=Pace.QUICK / 2))
            self.play(GrowFromPoint(one.square, one.middle), run_time=Pace.QUICK)
            self.play(table.fill("square"))
        return table, shown

    def nudging_b_shows_its_gradient(self, found: Readout) -> TwoGradients:
        """Raise b a little: change of loss over change of b."""
        plot = self.plot
        table, fraction = self.board.nudge_table()
        self.clear_body(plot, found, run_time=Pace.QUICK / 2)
        self.head("nudge")
        with self.saying(self.board.raising):
            self.play(FadeOut(found), table.begin(found.digits.get_center()))
            self.add(before := plot.line_copy())
            self.play(FadeIn(table.now), run_time=Pace.QUICK)
            table.track()
            self.play(go(plot.b, fraction.b, 1.5))
            self.play(FadeIn(plot.name_of_nudge(before, NUDGES[0])), run_time=Pace.QUICK)
        two = self.board.two_gradients()
        with self.saying("change_over_change") as sentence:
            pairs = zip(("first", "raised"), table.losses, strict=True)
            losses = (fly(fraction.part(key), place) for key, place in pairs)
            self.play(*losses, FadeIn(fraction.part("minus")))
            sentence.wait_until("over")
            below = FadeIn(fraction.part("nudge"), fraction.unlabelled())
            self.play(below, run_time=Pace.QUICK)
            self.play(FadeIn(fraction.part("value")), run_time=Pace.QUICK)
            sentence.wait_until("nearly")
            value = fly(two.first_try, fraction.part("value").get_center())
            self.play(value, FadeIn(two.nudging_name))
        return two

    def a_formula_gives_the_same_number(self, two: TwoGradients) -> None:
        """Derive the gradient for b from one square, and compare it digit by digit."""
        plot, board = self.plot, self.board
        self.clear_body(plot, two.first_try, two.nudging_name, run_time=Pace.QUICK / 2)
        self.head("formula")
        lines, mean = board.derivation()
        with self.saying("every_error_changes_by_h"):
            self.play(go(plot.b, self.record.b[0].item(), Pace.QUICK))
            square = board.growing_square()
            self.play(
                plot.hide(plot.errors_shown), board.light(0), FadeIn(square), run_time=Pace.QUICK
            )
            self.add(plot.line_copy().set_stroke(opacity=0.6))
            self.play(square.move_line(1.5))
            self.play(FadeIn(lines.change), run_time=Pace.QUICK)
        with self.saying("its_square_changes"):
            self.play(go(square.square_shown, 1))
            self.play(go(square.strips_shown, 1))
            self.play(FadeIn(lines.is_equal), run_time=Pace.QUICK)
        with self.saying("divide_by_h") as sentence:
            self.play(FadeIn(lines.quotient), run_time=Pace.QUICK)
            sentence.wait_until("shrink")
            goes = ApplyMethod(lines.rest.set_opacity, 0, run_time=1.5)
            self.play(square.return_line(1.5), goes, FadeOut(lines.sign), FadeIn(lines.arrow))
        with self.saying("mean_of_two_r"):
            self.play(FadeOut(square), board.light(DIM), plot.show_errors())
            self.play(FadeIn(mean), run_time=Pace.QUICK)
            self.play(FadeIn(two.by_formula, two.formula_name))
        with self.saying("digit_by_digit"):
            for number in range(len(NUDGES)):
                two.show(self, number)
                self.wait(Pace.QUICK * 0.8)

    def for_w_each_error_counts_times_x(self) -> None:
        """Turn the line: each stick changes by h times its x."""
        plot = self.plot
        self.clear_body(plot, run_time=Pace.QUICK / 2)
        self.head("for_w")
        for_b, rule, for_w = self.board.both_gradients()
        gains, before = plot.gains(), plot.line_copy()
        with self.saying("w_moves_by_x"):
            self.play(FadeIn(for_b), run_time=Pace.QUICK)
            self.add(before, gains)
            self.play(plot.turn(2.0))
            self.play(FadeIn(rule, plot.name_of_gain(before)))
        with self.saying("mean_of_two_r_x"):
            self.play(FadeIn(for_w[0]))
            self.play(FadeIn(for_w[1]))

    def a_step_goes_against_the_gradient(self) -> None:
        """Fill the rule of one step with numbers, then let the steps run."""
        plot, state = self.plot, self.board.state
        self.clear_body(plot, run_time=Pace.QUICK / 2)
        self.head("one_step")
        step = self.board.first_step()
        with self.saying("the_other_way") as sentence:
            back = go(plot.w, self.record.w[0].item(), Pace.QUICK)
            self.play(back, plot.show_errors(Pace.QUICK))
            self.play(FadeIn(step.rules), run_time=Pace.QUICK)
            sentence.wait_until("other")
            self.play(*(Indicate(minus, 1.8, theme.INK) for minus in step.minus))
        with self.saying("multiply_and_subtract") as sentence:
            self.play(*step.make_room())
            self.play(FadeIn(step.filled[0]))
            sentence.wait_until("minus")
            raised = go(plot.b, self.record.b[1].item(), Pace.QUICK)
            self.play(FadeIn(step.results[0]), raised, run_time=Pace.QUICK)
        with self.saying("w_in_the_same_way"):
            self.play(FadeIn(step.filled[1]))
            turned = go(plot.w, self.record.w[1].item(), Pace.QUICK)
            self.play(FadeIn(step.results[1]), turned, run_time=Pace.QUICK)
        state.stand_after(1)
        counter = state.numbers(self.board.lower, "step", "loss", y=-1)
        with self.saying(self.board.told("the_line_jumps")):
            self.play(FadeIn(counter), run_time=Pace.QUICK)
        self._walk(step, counter)

    def _walk(self, step: FirstStep, counter: LiveNumbers) -> None:
        """Take four more steps one by one, and the others at speed."""
        steps, state = self.record.num_steps, self.board.state
        live = state.numbers(self.board.below, "step", "w", "b", "loss", y=1)
        with self.saying("four_more_steps") if steps >= FEW else nullcontext():
            self.head("many_steps")
            gone = FadeOut(step.filled, step.results, counter)
            self.play(gone, *step.gather(self.board.left), run_time=Pace.QUICK)
            self.play(FadeIn(live), run_time=Pace.QUICK / 2)
            for number in range(2, FEW + 1) if steps >= FEW else ():
                self.play(state.jump(number))
                self.wait(Pace.QUICK / 3)
        if steps > FEW:
            with self.saying(self.board.told("many_steps_later"), num_steps=integer(steps)):
                self.play(state.walk(2.8))

    def the_line_holds_for_new_examples(self) -> None:
        """Compare the loss of the examples kept aside, show the truth."""
        plot, board, aside = self.plot, self.board, self.board.aside
        self.clear_body(plot, run_time=Pace.QUICK / 2)
        self.play(plot.hide(plot.errors_shown), plot.move_to_slot(board.last), run_time=Pace.QUICK)
        self.head("new_examples")
        losses = board.losses()
        waiting = board.bring_aside(losses)
        with self.saying(board.comparison()) as sentence:
            self.play(FadeIn(*waiting), board.light(DIM), run_time=Pace.QUICK)
            self.play(aside.enter(1.0), FadeOut(aside.title))
            sticks = aside.sticks()
            sentence.wait_until("loss")
            self.play(Create(sticks), FadeIn(losses.heads, *losses.rows))
        self.wait(Pace.MOVE)
        table, true_w, true_b = board.learned(), *map(as_typed, board.true.values())
        self.play(FadeOut(losses, sticks, aside), run_time=Pace.QUICK / 2)
        self.play(FadeIn(table.numbers(0)), run_time=Pace.QUICK / 2)
        self.head("found" if board.has_landed else "learned_and_true")
        key = "nobody_told_it" if board.has_landed else "nobody_told_it_elsewhere"
        with self.saying(key, true_w=true_w, true_b=true_b) as sentence:
            sentence.wait_until("true")
            self.play(FadeIn(table.numbers(1)), Create(plot.true_line(**board.true)))
        self.wait(Pace.MOVE)
