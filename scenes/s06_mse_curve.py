"""The loss curve is made of lines that were tried, and its slope tells which way is down.

Squares, because their slope tells how far; and the lowest loss is not zero, because of the noise.
"""

from __future__ import annotations

from manim import DOWN, Animation, Create, FadeIn, FadeOut, Transform, VGroup

from figures.mse_curve.error_plot import FAR, NEAR, ErrorPlot
from figures.mse_curve.floor_zoom import NUM_SETS, FloorZoom
from figures.mse_curve.half_in_code import HalfInCode
from figures.mse_curve.pinned_line import PinnedLine
from figures.mse_curve.sliding_curve import SlidingCurve, frame_of
from figures.mse_curve.slope_plot import Joint, Side, SlopePlot, slope_below, zero_to_bottom
from figures.mse_curve.tried_curve import TriedCurve
from linreg.study.profile import single_profile
from linreg.study.single_run import run_single
from visuals.chart_rooms import move_chart
from visuals.layout import GAP
from visuals.numbers import integer
from visuals.parts import Part
from visuals.plots import LABEL_GAP
from visuals.stage import LectureScene
from visuals.theme import Pace
from visuals.trackers import go

SHOWN = 10
"""Most examples whose squares are drawn."""

TURNS, ASKED = (0.3, 0.72, 0.9), 0.12
"""Weights tried one by one, and where it is asked which way is down, as shares of what is tried."""


class MSECurve(LectureScene):
    """Lines become dots, dots a curve; its floor, the square and the half, and its slope."""

    part = Part.GRADIENT
    illustrations = (NUM_SETS, FAR, NEAR)

    def construct(self) -> None:
        """Tell the chapter."""
        self.run = run_single(self.lesson.single_feature)
        self.profile = single_profile(self.run, SHOWN)
        self.line = PinnedLine(self.body, self.profile)
        self.left, self.right = self.body.beside(50, 50)
        self.curve = TriedCurve(self.right, self.line)
        self.beat(self.one_line_is_one_number)
        self.beat(self.every_w_leaves_a_dot)
        self.beat(self.the_lowest_loss_is_the_noise)
        self.beat(self.squares_tell_side_and_distance)
        self.beat(self.the_half_makes_the_slope_the_error)
        self.beat(self.the_slope_tells_which_way_is_down)

    def one_line_is_one_number(self) -> None:
        """Measure a line: errors, squares, mean square, half, one dot."""
        self.head("how_wrong")
        line = self.line.hidden()
        with self.saying("examples_and_a_line", num_shown=integer(len(line.x))) as sentence:
            self.play(FadeIn(line.chart), run_time=Pace.QUICK)
            self.add(line, line.line_name)
            self.play(line.deal(Pace.MOVE))
            sentence.wait_until("line")
            self.play(line.show_line(Pace.QUICK), go(line.line_name.shown, 1, Pace.QUICK))
        with self.saying("b_is_held"):
            self.play(FadeIn(line.pin), run_time=Pace.QUICK)
            self.play(line.wiggle())
        names, error = line.name_far()
        with self.saying("label_and_prediction") as sentence:
            self.play(FadeIn(names.label), run_time=Pace.QUICK)
            sentence.wait_until("y_hat")
            self.play(FadeIn(names.prediction), line.show_predictions())
        with self.saying("their_difference_is_the_error"):
            self.play(line.show_errors(Pace.QUICK), FadeIn(error))
            self.play(line.mark_one_by_one())
        self._pour(FadeOut(names, error), line.hide(line.predictions_shown))

    def _pour(self, *leaving: Animation) -> None:
        """Pour the squares into their mean; half of it is the height of a dot."""
        line, curve = self.line, self.curve
        with self.saying("squares_pour") as sentence:
            leaving = *leaving, go(line.line_name.counted, 1)
            self.play(*leaving, line.move(self.left), line.show_squares())
            sentence.wait_until("pour")
            pour = line.pour_into(self.right.inset(GAP))
            line.squares_shown.set_value(0)
            self.add(pour)
            self.play(pour.to_strip(1.6))
            self.play(pour.share(0.8))
            self.play(pour.to_mean(0.8))
            name = self.words("mean_square").next_to(pour.mean, DOWN, buff=LABEL_GAP)
            self.play(FadeIn(name), run_time=Pace.QUICK)
        with self.saying("half_is_the_loss") as sentence:
            self.play(pour.halve(), FadeOut(name))
            half = pour.fill.copy()
            self.add(half)
            self.play(FadeOut(pour), FadeIn(curve.chart), run_time=Pace.QUICK)
            sentence.wait_until("height")
            self.play(Transform(half, curve.bar()))
            curve.height_shown.set_value(1)
            coming = FadeIn(curve.follow().dot, curve.number, curve.height_line)
            self.play(coming, FadeOut(half), run_time=Pace.QUICK)
        self.add(curve)

    def every_w_leaves_a_dot(self) -> None:
        """Turn the line: dots, then the curve, then its bottom."""
        self.head("which_w")
        line, curve = self.line, self.curve
        with self.saying("turn_the_line") as sentence:
            self.play(FadeOut(curve.number), run_time=Pace.QUICK)
            curve.drop()
            sentence.wait_until("turn")
            for share in TURNS:
                self.play(curve.shift_to(share))
                curve.drop()
        with self.asking("where_is_the_lowest"):
            pass
        with self.saying("dots_draw_a_parabola") as sentence:
            self.play(curve.shift_to(0.0))
            self.play(curve.sweep(line.tried[1], Pace.SWEEP))
            sentence.wait_until("curve")
            self.play(curve.show_curve(Pace.MOVE))
        with self.saying("smallest_at_the_bottom"):
            lowest = self.profile.lowest_at
            self.play(line.show_squares(Pace.QUICK), curve.hide(curve.height_shown))
            self.play(curve.turn_to(lowest, Pace.SWEEP))
            bottom = curve.bottom(lowest)
            self.play(Create(bottom.line), FadeIn(bottom.title), run_time=Pace.QUICK)

    def the_lowest_loss_is_the_noise(self) -> None:
        """Enlarge the bottom of the loss until the noise that is left shows."""
        zoom = FloorZoom(self.body, self.run, self.lesson.single_feature, SHOWN, self.line.reach)
        self.head("is_it_zero")
        truth = zoom.truth(self.text("true"))
        self._to_the_true_b(zoom, truth)
        with self.saying("zoom_in"):
            factors = zoom.zoom_names(self.text("zoom"))
            self.play(zoom.hide_numbers(), FadeIn(factors), run_time=Pace.QUICK)
            self.play(zoom.enlarge(Pace.SWEEP))
            self.play(FadeIn(zoom.numbers(zoom.near)), run_time=Pace.QUICK)
        if not zoom.is_noisy:
            with self.saying("the_noise_is_left_no_noise"):
                self.head("floor_no_noise")
            return
        with self.saying("the_noise_is_left"):
            bracket = zoom.bracket()
            self.play(Create(bracket))
            self.head("floor")
        others = zoom.others()
        with self.saying("half_of_sigma_squared") as sentence:
            self.add(others)
            self.bring_to_front(zoom)
            name = zoom.name_others(self.text("data_sets"))
            self.play(FadeOut(bracket), run_time=Pace.QUICK)
            self.play(zoom.dim_curve(), others.appear(sentence.seconds_until("mean")), FadeIn(name))
            line, level = zoom.level()
            self.play(Create(line), FadeIn(level))
        self.wait(Pace.QUICK)

    def _to_the_true_b(self, zoom: FloorZoom, truth: VGroup) -> None:
        """Give the curve the whole room, and move b to its true value in sight."""
        old, wide = self.curve.chart, zoom.wide
        sliding = SlidingCurve(old, wide, self.profile)
        frame, last = frame_of(old), frame_of(wide)
        self.add(frame, sliding)
        self.clear_body(frame, sliding)
        with self.saying("b_becomes_true") as sentence:
            self.play(sliding.grow(), Transform(frame, last))
            b = sliding.readout().move_to(truth[1])
            self.play(FadeIn(zoom.numbers(wide), b), run_time=Pace.QUICK)
            b.tracked()
            sentence.wait_until("true")
            self.play(go(sliding.b, self.lesson.single_feature.true_b, Pace.SWEEP))
        b.clear_updaters()
        self.remove(frame)
        self.add(wide)
        with self.asking("is_it_zero"):
            self.play(FadeOut(b), run_time=Pace.QUICK)
            self.play(FadeIn(zoom, truth))
            self.remove(sliding)

    def squares_tell_side_and_distance(self) -> None:
        """Slide tangents: the slope of the size is one everywhere, that of the square is not."""
        self.head("why_squares")
        self.clear_body()
        errors = self.errors = ErrorPlot(self.body, self.text("loss"), self.text("slope"))
        square, size = errors.square, errors.size
        of_square, of_size = errors.names["square"], errors.names["size"]
        with self.asking("why_not_size") as sentence:
            self.play(FadeIn(errors.chart), run_time=Pace.QUICK)
            self.play(Create(square), FadeIn(of_square))
            sentence.wait_until("size")
            self.play(Create(size), FadeIn(of_size))
        right, left = errors.tangent(size, FAR, "1"), errors.tangent(size, -FAR, "-1")
        with self.saying("slope_of_the_size") as sentence:
            self.play(go(square.shown, 0, Pace.QUICK), FadeOut(of_square), FadeIn(right))
            sentence.wait_until("left")
            self.play(FadeIn(left), run_time=Pace.QUICK)
        with self.saying("side_but_not_distance"):
            self.play(go(right.error, NEAR, Pace.SWEEP), go(left.error, -NEAR, Pace.SWEEP))
        self.tangent = errors.tangent(square, NEAR, "2 {{ r : error }}", "{{ r : error }}")
        with self.saying("slope_of_the_square") as sentence:
            self.play(FadeOut(right, left, size, of_size), run_time=Pace.QUICK)
            self.play(go(square.shown, 1, Pace.QUICK), FadeIn(of_square))
            self.play(FadeIn(self.tangent), run_time=Pace.QUICK)
            sentence.wait_until("far")
            self.play(go(self.tangent.error, FAR, Pace.SWEEP))

    def the_half_makes_the_slope_the_error(self) -> None:
        """Halve the square of one error: the bottom stays, the slope is the error."""
        self.head("why_half")
        errors, tangent = self.errors, self.tangent
        listing = HalfInCode()
        room = listing.put_below(self.body)
        with self.saying("halved"):
            self.add(errors.left_behind)
            self.bring_to_front(errors.square, tangent)
            self.play(errors.square.change(1.5), go(tangent.named, 1, 1.5))
            self.play(FadeIn(errors.names["half"]), run_time=Pace.QUICK)
        with self.saying("half_in_squared_loss"):
            self.play(move_chart(errors.chart, room), FadeIn(listing))
            self.play(listing.light())
            self.play(listing.frame_half())
        self.wait(1.5 * Pace.MOVE)

    def the_slope_tells_which_way_is_down(self) -> None:
        """Roll a tangent down both sides, and draw its slope below."""
        self.head("which_way")
        self.clear_body()
        curve = TriedCurve(self.body, self.line).all_tried(ASKED)
        with self.asking("all_examples_again"):
            self.play(FadeIn(curve))
        upper, slope = slope_below(curve, self.profile, self.body)
        with self.saying("slope_below"):
            self.play(curve.show_tangent())
            self.play(*curve.hide_foot(), run_time=Pace.QUICK / 2)
            self.play(curve.make_room_below(upper), FadeIn(slope))
            joint = Joint(curve, slope)
            self.play(FadeIn(joint), run_time=Pace.QUICK)
        self._both_sides(slope)
        with self.saying("zero_at_the_bottom"):
            self.play(*slope.close())
            self.head("zero_slope")
            self.play(FadeOut(joint), Create(zero_to_bottom(curve, slope)))
        self.wait(Pace.QUICK)

    def _both_sides(self, slope: SlopePlot) -> None:
        """Draw the slope from both ends, and say what its sign means."""
        for sign, key, change in (
            (-1, "left_negative", "larger"),
            (1, "right_positive", "smaller"),
        ):
            with self.saying(key):
                self.play(slope.go_to_end(sign), run_time=Pace.QUICK)
                self.play(*slope.draw_side(sign))
                side = Side(slope, sign, self.text("slope"), self.text(change))
                self.play(FadeIn(side), run_time=Pace.QUICK)
