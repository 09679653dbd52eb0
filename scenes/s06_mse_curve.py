"""The loss curve is made of lines that were tried, and its slope tells which way is down.

Its floor is the noise. Squares, because their slope is the error, and because the noise is normal.
"""

from __future__ import annotations

from manim import DOWN, Animation, Create, FadeIn, FadeOut, Transform, VGroup

from figures.mse_curve.bell_plot import RARE, BellPlot
from figures.mse_curve.error_plot import FAR, NEAR, ErrorPlot
from figures.mse_curve.floor_zoom import NUM_SETS, FloorZoom
from figures.mse_curve.half_in_code import HalfInCode
from figures.mse_curve.pinned_line import PinnedLine
from figures.mse_curve.sliding_curve import SlidingCurve, frame_of
from figures.mse_curve.slope_plot import Joint, Side, slope_below, zero_to_bottom
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
    """Lines become dots, dots a curve; its floor, why squares, and its slope."""

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
        self.beat(self.the_slope_of_the_half_square_is_the_error)
        self.beat(self.the_least_squares_are_most_likely)
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
        names, error = line.name_far()
        with self.saying("prediction_minus_label") as sentence:
            self.play(FadeIn(names.prediction), line.show_predictions(Pace.QUICK))
            sentence.wait_until("label")
            self.play(FadeIn(names.label), run_time=Pace.QUICK)
            sentence.wait_until("error")
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
            self.play(pour.to_strip(1.4))
            self.play(pour.share(Pace.QUICK))
            self.play(pour.to_mean(Pace.QUICK))
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
            self.play(FadeIn(line.pin), FadeOut(curve.number), run_time=Pace.QUICK)
            curve.drop()
            sentence.wait_until("turn")
            for share in TURNS:
                self.play(curve.shift_to(share))
                curve.drop()
        with self.asking("where_is_the_lowest"):
            pass
        with self.saying("dots_draw_a_parabola") as sentence:
            self.play(curve.shift_to(0.0))
            self.play(curve.sweep(line.tried[1], 2.0))
            self.play(curve.show_curve(Pace.QUICK))
            sentence.wait_until("bottom")
            self.play(line.show_squares(Pace.QUICK), curve.hide(curve.height_shown))
            self.play(curve.turn_to(self.profile.lowest_at, 1.5))
            bottom = curve.bottom(self.profile.lowest_at)
            self.play(Create(bottom.line), FadeIn(bottom.title), run_time=Pace.QUICK)

    def the_lowest_loss_is_the_noise(self) -> None:
        """Enlarge the bottom of the loss until the noise that is left shows."""
        zoom = FloorZoom(self.body, self.run, self.lesson.single_feature, SHOWN, self.line.reach)
        self.head("is_it_zero")
        self._to_the_true_line(zoom, zoom.truth(self.text("true")))
        with self.saying("zoom_in" if zoom.is_noisy else "zoom_in_no_noise"):
            factors = zoom.zoom_names(self.text("zoom"))
            self.play(zoom.hide_numbers(), FadeIn(factors), run_time=Pace.QUICK)
            self.play(zoom.enlarge(Pace.SWEEP))
            self.play(FadeIn(zoom.numbers(zoom.near)), run_time=Pace.QUICK)
            if zoom.is_noisy:
                self.play(Create(bracket := zoom.bracket()))
            self.head("floor" if zoom.is_noisy else "floor_no_noise")
        if not zoom.is_noisy:
            return
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

    def _to_the_true_line(self, zoom: FloorZoom, truth: VGroup) -> None:
        """Give the curve the whole room, move b to its true value in sight, and mark the true w."""
        old, wide = self.curve.chart, zoom.wide
        sliding = SlidingCurve(old, wide, self.profile)
        frame, last = frame_of(old), frame_of(wide)
        self.add(frame, sliding)
        self.clear_body(frame, sliding)
        with self.asking("is_it_zero"):
            self.play(sliding.grow(), Transform(frame, last))
            b = sliding.readout().move_to(truth[1])
            self.play(FadeIn(zoom.numbers(wide), b), run_time=Pace.QUICK)
            b.tracked()
            self.play(go(sliding.b, self.lesson.single_feature.true_b, Pace.MOVE))
            b.clear_updaters()
            self.remove(frame)
            self.add(wide)
            self.play(FadeOut(b), run_time=Pace.QUICK / 2)
            self.play(FadeIn(zoom, truth), run_time=Pace.QUICK)
            self.remove(sliding)

    def the_slope_of_the_half_square_is_the_error(self) -> None:
        """Slide tangents along the size, the square and its half."""
        self.head("why_squares")
        self.clear_body()
        errors = ErrorPlot(self.body, self.text("loss"), self.text("slope"))
        square, size = errors.square, errors.size
        of_square, of_size = errors.names["square"], errors.names["size"]
        with self.asking("why_not_size") as sentence:
            self.play(FadeIn(errors.chart), run_time=Pace.QUICK)
            self.play(Create(square), FadeIn(of_square))
            sentence.wait_until("size")
            self.play(Create(size), FadeIn(of_size))
        right, left = errors.tangent(size, FAR, "1"), errors.tangent(size, -FAR, "-1")
        with self.saying("side_but_not_distance"):
            self.play(errors.dim_square(), FadeIn(right, left), run_time=Pace.QUICK)
            self.play(go(right.error, NEAR, Pace.SWEEP), go(left.error, -NEAR, Pace.SWEEP))
        tangent = errors.tangent(square, NEAR, "2 {{ r : error }}", "{{ r : error }}")
        with self.saying("the_square_tells_both") as sentence:
            leaving = FadeOut(right, left, size, of_size)
            self.play(errors.light_square(), leaving, FadeIn(tangent), run_time=Pace.QUICK)
            self.play(go(tangent.error, FAR, 1.5))
            sentence.wait_until("half")
            self.add(errors.left_behind)
            self.bring_to_front(square, tangent)
            self.play(square.change(Pace.MOVE), go(tangent.named, 1), FadeIn(errors.names["half"]))
        listing = HalfInCode()
        room = listing.put_below(self.body)
        with self.saying("half_in_squared_loss"):
            self.play(move_chart(errors.chart, room), FadeIn(listing))
            self.play(listing.light())
            self.play(listing.frame_half())
        self.wait(Pace.MOVE)

    def the_least_squares_are_most_likely(self) -> None:
        """Turn the bell of the noise into the half square by minus its logarithm."""
        self.head("why_most_likely")
        self.clear_body()
        plot = BellPlot(self.body)
        with self.saying("noise_follows_the_bell") as sentence:
            self.play(FadeIn(plot.chart), run_time=Pace.QUICK)
            self.play(Create(plot.bell), FadeIn(plot.bell_name, plot.marks))
            self.add(plot.curve, plot.bell, plot.marks)
            sentence.wait_until("large")
            self.play(go(plot.error, RARE, 1.5))
        with self.saying("minus_its_logarithm"):
            self.play(plot.take_logarithm(2))
            self.play(FadeIn(plot.curve_name), run_time=Pace.QUICK)
        with self.saying("least_squares"):
            self.play(go(plot.error, 0.0, 2.0))
            self.head("most_likely")
        self.wait(Pace.QUICK)

    def the_slope_tells_which_way_is_down(self) -> None:
        """Roll a tangent down both sides, and draw its slope below."""
        self.head("which_way")
        self.clear_body()
        curve = TriedCurve(self.body, self.line).all_tried(ASKED)
        self.play(FadeIn(curve), run_time=Pace.QUICK)
        upper, slope = slope_below(curve, self.profile, self.body)
        with self.saying("slope_below"):
            self.play(curve.show_tangent())
            self.play(*curve.hide_foot(), run_time=Pace.QUICK / 2)
            self.play(curve.make_room_below(upper), FadeIn(slope))
            joint = Joint(curve, slope)
            self.play(FadeIn(joint), run_time=Pace.QUICK)
        sides = (-1, "left_negative", "larger"), (1, "right_positive", "smaller")
        for sign, key, change in sides:
            with self.saying(key):
                self.play(slope.go_to_end(sign), run_time=Pace.QUICK)
                self.play(*slope.draw_side(sign))
                side = Side(slope, sign, self.text("slope"), self.text(change))
                self.play(FadeIn(side), run_time=Pace.QUICK)
        with self.saying("zero_at_the_bottom"):
            self.play(*slope.close())
            self.head("zero_slope")
            self.play(FadeOut(joint), Create(zero_to_bottom(curve, slope)))
        self.wait(Pace.QUICK)
