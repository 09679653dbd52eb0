"""The loss curve is made of lines that were tried, and its slope tells which way is down.

Squares, because their slope tells how far, and because the noise is normal.
"""

from __future__ import annotations

from manim import Animation, Create, FadeIn, FadeOut, Transform, VGroup, linear

from figures.mse_curve.error_plot import FAR, HALF_WAY, NEAR, ErrorPlot
from figures.mse_curve.floor_zoom import PERCENT, FloorZoom, open_band
from figures.mse_curve.half_in_code import HalfInCode
from figures.mse_curve.pinned_line import PinnedLine
from figures.mse_curve.slope_plot import Joint, slope_below, zero_to_bottom
from figures.mse_curve.tried_curve import TriedCurve
from linreg.study.profile import single_profile
from linreg.study.single_run import run_single
from visuals.layout import GAP
from visuals.numbers import as_typed, integer
from visuals.parts import Part
from visuals.plots import move_chart
from visuals.stage import LectureScene
from visuals.theme import Pace
from visuals.trackers import go

SHOWN = 10
"""Most examples whose squares are drawn."""

TURNS, ROLL = (0.3, 0.72, 0.9), 0.1
"""Weights tried one by one, and where the tangent rolls at first, as shares of what is tried."""


class MSECurve(LectureScene):
    """Lines become dots, dots a curve, its tangent a slope; then the half, squares, the floor."""

    part = Part.GRADIENT
    illustrations = (PERCENT, FAR, HALF_WAY, NEAR)

    def construct(self) -> None:
        """Tell the chapter."""
        self.run = run_single(self.lesson.single_feature)
        self.profile = single_profile(self.run, SHOWN)
        self.line = PinnedLine(self.body, self.profile)
        self.curve = TriedCurve(self.body, self.line)
        self.beat(self.one_line_is_one_number)
        self.beat(self.every_w_leaves_a_dot)
        self.beat(self.the_slope_changes_sign_at_the_bottom)
        self.beat(self.the_half_makes_the_slope_the_error)
        self.beat(self.squares_tell_side_and_distance)
        self.beat(self.the_floor_is_the_noise)

    def one_line_is_one_number(self) -> None:
        """Measure a line: errors, squares, mean square, half, one dot."""
        self.head("how_wrong")
        line = self.line.hidden()
        with self.saying("examples_and_a_line", num_shown=integer(len(line.x))):
            self.play(FadeIn(line.chart), run_time=Pace.QUICK)
            self.add(line)
            self.play(line.deal(Pace.MOVE))
            self.play(line.show_line(Pace.QUICK))
        with self.saying("b_is_held"):
            self.play(FadeIn(line.pin), run_time=Pace.QUICK)
            self.play(line.wiggle())
        names, error = line.name_far()
        with self.saying("label_and_prediction") as sentence:
            self.play(FadeIn(names.label), run_time=Pace.QUICK)
            sentence.wait_until("y_hat")
            self.play(FadeIn(names.prediction), line.show_predictions())
        with self.saying("between_them_the_error"):
            self.play(line.show_errors(Pace.QUICK), FadeIn(error))
            self.wait(Pace.QUICK / 2)
            self.play(line.mark_one_by_one())
        self._pour(FadeOut(names, error), line.hide(line.predictions_shown))

    def _pour(self, *leaving: Animation) -> None:
        """Pour the squares into their mean; half of it is the height of a dot."""
        line, curve = self.line, self.curve
        left, right = self.body.beside(58, 42)
        with self.saying("squares_pour") as sentence:
            self.play(*leaving, line.move(left), line.show_squares())
            sentence.wait_until("pour")
            pour = line.pour_into(right.inset(GAP))
            line.squares_shown.set_value(0)
            self.add(pour)
            self.play(pour.to_strip(1.6))
            self.play(pour.share(0.8))
            self.play(pour.to_mean(0.8))
        with self.saying("half_is_the_height") as sentence:
            self.play(pour.halve())
            half = pour.fill.copy()
            self.add(half)
            self.play(FadeOut(line, line.pin, pour), run_time=Pace.QUICK / 2)
            self.play(FadeIn(curve.chart), run_time=Pace.QUICK / 2)
            self.play(Transform(half, curve.bar()))
            sentence.wait_until("dot")
            curve.height_shown.set_value(1)
            coming = FadeIn(curve.follow().dot, curve.number, curve.height_line)
            self.play(coming, FadeOut(half), run_time=Pace.QUICK)
        self.add(curve)

    def every_w_leaves_a_dot(self) -> None:
        """Turn the line: dots, then the curve, then its bottom."""
        self.head("which_w")
        line, curve = self.line, self.curve
        left, right = self.body.beside(50, 50)
        self.play(FadeOut(curve.number), move_chart(curve.chart, right))
        with self.saying("turn_the_line") as sentence:
            self.play(FadeIn(line.reset(left), line.pin))
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
            self.bottom = curve.bottom(lowest)
            self.play(Create(self.bottom.line), FadeIn(self.bottom.title), run_time=Pace.QUICK)

    def the_slope_changes_sign_at_the_bottom(self) -> None:
        """Roll a tangent down both sides, and draw its slope below."""
        self.head("which_way")
        line, curve = self.line, self.curve
        leaving = FadeOut(line, line.pin, self.bottom), go(curve.tries_shown, 0)
        self.play(*leaving, run_time=Pace.QUICK / 2)
        self.play(move_chart(curve.chart, self.body), curve.shift_to(0.0, Pace.MOVE))
        with self.saying("tangent"):
            self.play(curve.show_tangent())
            self.play(curve.shift_to(ROLL))
            self.play(curve.shift_to(0.0))
        upper, slope = slope_below(curve, self.profile, self.body)
        with self.saying("slope_below"):
            self.play(*curve.hide_foot(), run_time=Pace.QUICK / 2)
            self.play(curve.make_room_below(upper), FadeIn(slope))
            joint = Joint(curve, slope)
            self.play(FadeIn(joint), run_time=Pace.QUICK)
        with self.saying("left_negative"):
            self.play(*slope.draw_side(-1))
            self.play(FadeIn(slope.side(-1)), run_time=Pace.QUICK)
        with self.saying("right_positive"):
            self.play(curve.shift_to(1.0))
            self.play(*slope.draw_side(1))
            self.play(FadeIn(slope.side(1)), run_time=Pace.QUICK)
        with self.saying("zero_at_the_bottom"):
            self.play(*slope.close())
            self.head("zero_slope")
            self.play(FadeOut(joint), Create(zero_to_bottom(curve, slope)))
            self.wait(Pace.QUICK / 2)

    def the_half_makes_the_slope_the_error(self) -> None:
        """Halve the square of one error: the bottom stays, the slope is the error."""
        self.head("why_half")
        self.clear_body()
        listing = HalfInCode()
        room = listing.put_below(self.body)
        errors = self.errors = ErrorPlot(self.body, self.text("loss"), self.text("slope"))
        tangent = errors.tangent(errors.square, HALF_WAY, "2 {{ r : error }}", "{{ r : error }}")
        with self.saying("one_example"):
            self.play(FadeIn(errors.chart), run_time=Pace.QUICK)
            self.play(Create(errors.square), FadeIn(errors.names["square"]))
        with self.saying("slope_two_r"):
            self.play(FadeIn(tangent))
        with self.saying("halved"):
            self.add(errors.left_behind)
            self.bring_to_front(errors.square, tangent)
            self.play(errors.square.change(1.5), go(tangent.named, 1, 1.5))
            self.play(FadeIn(errors.names["half"]), run_time=Pace.QUICK)
        with self.saying("half_in_squared_loss"):
            self.play(move_chart(errors.chart, room), FadeIn(listing))
            self.play(listing.light())
            self.play(listing.frame_half())
        self.wait(Pace.MOVE)
        self.gone = VGroup(listing, listing.frame, tangent, errors.left_behind)

    def squares_tell_side_and_distance(self) -> None:
        """Compare the square with the size, and the bell with the parabola."""
        self.head("why_squares")
        errors, names = self.errors, self.errors.names
        self.play(FadeOut(*self.gone, names["square"]), run_time=Pace.QUICK / 2)
        self.play(move_chart(errors.chart, self.body, Pace.QUICK))
        with self.asking("why_not_size"):
            self.play(Create(errors.size), FadeIn(names["size"]))
        self._compare_slopes()
        with self.saying("a_second_reason"):
            leaving = FadeOut(errors.size, names["size"])
            self.play(leaving, *errors.recede(), run_time=Pace.QUICK)
            self.play(Create(errors.bell))
            self.play(FadeIn(names["bell"]), run_time=Pace.QUICK)
        with self.saying("minus_logarithm"):
            self.add(errors.minus_log)
            self.play(errors.minus_log.change(2.0))
            self.play(FadeIn(names["minus_log"]), FadeOut(names["half"]))
        pair = errors.pair(FAR)
        with self.saying("chances_multiply"):
            self.play(FadeIn(pair), run_time=Pace.QUICK)
            self.play(go(pair.error, NEAR, Pace.MOVE))
        with self.saying("most_likely"):
            self.play(go(pair.error, 0.0, Pace.MOVE))
            self.play(Create(errors.middle()))

    def _compare_slopes(self) -> None:
        """Slide tangents: the slope of the size is one everywhere, that of the square is not."""
        errors = self.errors
        right, left = errors.size_tangent(FAR, "1"), errors.size_tangent(-NEAR, "-1")
        with self.saying("slope_one_everywhere") as sentence:
            self.play(FadeIn(right), run_time=Pace.QUICK)
            self.play(go(right.error, NEAR, Pace.MOVE, linear))
            sentence.wait_until("left")
            self.play(FadeOut(right), FadeIn(left), run_time=Pace.QUICK)
            self.play(go(left.error, -FAR, Pace.MOVE, linear))
        square = errors.tangent(errors.square, left.error)
        with self.saying("side_but_not_distance") as sentence:
            self.play(FadeIn(square), run_time=Pace.QUICK)
            sentence.wait_until("near")
            self.play(go(left.error, -NEAR, 1.5))
        self.play(FadeOut(left, square), run_time=Pace.QUICK)

    def the_floor_is_the_noise(self) -> None:
        """Enlarge the bottom of the loss until the noise that is left shows."""
        zoom = FloorZoom(self.body, self.run, self.lesson.single_feature, SHOWN, self.line.reach)
        self.head("is_it_zero")
        self.clear_body()
        with self.asking("true_line_zero"):
            self.play(FadeIn(zoom.wide, zoom))
            self.play(FadeIn(zoom.truth(self.text("true"))))
        with self.saying("zoom_in"):
            name = zoom.zoom_name(self.text("zoom"))
            self.play(zoom.hide_numbers(), FadeIn(name), run_time=Pace.QUICK)
            self.play(zoom.enlarge(Pace.SWEEP))
            self.play(FadeIn(zoom.numbers(zoom.near)), FadeOut(name), run_time=Pace.QUICK)
        if not zoom.is_noisy:
            with self.saying("the_noise_is_left_no_noise"):
                self.head("floor_no_noise")
            return
        with self.saying("the_noise_is_left"):
            self.play(Create(zoom.bracket()))
            self.head("floor")
        level, others = zoom.level(), zoom.others()
        sigma = as_typed(self.lesson.single_feature.noise_std)
        with self.saying("half_of_sigma_squared", sigma=sigma) as sentence:
            self.add(others)
            self.bring_to_front(zoom)
            self.play(zoom.dim_curve(), others.appear(sentence.seconds_until("mean")))
            self.play(Create(level[0]), FadeIn(level[1]))
        with self.saying("most_fall_in_the_band"):
            self.play(open_band(zoom.band(self.text("of_data_sets")), level))
