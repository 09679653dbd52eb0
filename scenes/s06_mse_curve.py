"""The loss curve is made of lines that were tried, and its slope tells which way is down.

Squares, because their slope tells how far, and because the noise is normal.
"""

from __future__ import annotations

from manim import (
    Create,
    FadeIn,
    FadeOut,
    Rectangle,
    SurroundingRectangle,
    Transform,
    VGroup,
    linear,
)

from figures.mse_curve.error_plot import FAR, HALF_WAY, NEAR, ErrorPlot, NamedTangent
from figures.mse_curve.floor_zoom import FloorZoom, open_band
from figures.mse_curve.pinned_line import ErrorName, LowestMark, PinnedLine, beside_dot
from figures.mse_curve.slope_plot import (
    Joint,
    SlopePlot,
    drop_foot,
    hide_foot,
    slope_chart,
    upper_chart,
    zero_to_bottom,
)
from linreg.loss import squared_loss
from linreg.study.losses import floor_band, noise_floor
from linreg.study.profile import single_profile, single_profile_at_truth
from linreg.study.single_run import run_single
from visuals.formula import formula
from visuals.layout import GAP, is_wide
from visuals.listing import Listing
from visuals.loss_curve import LossCurve, loss_chart
from visuals.numbers import Num, integer, significant
from visuals.pipeline import Station
from visuals.plots import chart_in, charts_over_one_x, move_chart
from visuals.roles import ROLES_IN_TRAINING
from visuals.source import fitted, line_of, source_of
from visuals.stage import LectureScene
from visuals.theme import Dim, Pace, Stroke, theme
from visuals.trackers import go
from visuals.typography import Math

SHOWN = 10
"""Most examples whose squares are drawn."""

PERCENT = 95.0
"""Share of the data sets that fall into the band."""

TURNS = (0.3, 0.72, 0.9)
"""Weights that are tried one by one, as shares of what is tried."""

BAR = 0.12
"""Width of the bar into which the half square is poured, in scene units."""

RING = 0.06
"""Space between the half in the code and the frame around it, in scene units."""

LEAST_NOISE = 1e-3
"""Less noise leaves no loss that the zoom reaches."""


class MSECurve(LectureScene):
    """Lines become dots, dots a curve, its tangent a slope; then the half, squares, the floor."""

    station = Station.LOSS
    illustrations = (PERCENT, FAR, HALF_WAY, NEAR)

    def construct(self) -> None:
        """Tell the chapter."""
        self.run = run_single(self.lesson.single_feature)
        self.profile = single_profile(self.run, SHOWN)
        self.line = PinnedLine(self.body, self.profile)
        self.beat(self.one_line_is_one_number)
        self.beat(self.every_w_leaves_a_dot)
        self.beat(self.the_slope_changes_sign_at_the_bottom)
        errors = self.beat(self.the_half_makes_the_slope_the_error)
        self.beat(self.squares_tell_side_and_distance, errors)
        self.beat(self.the_floor_is_the_noise)

    # One line, one number

    def one_line_is_one_number(self) -> None:
        """Measure a line: errors, squares, mean square, half, one dot."""
        self.head("how_wrong")
        line = self.line
        line.line_shown.set_value(0)
        line.shown.set_value(0)
        line.follow()
        with self.saying("examples_and_a_line", num_shown=integer(len(line.x))):
            self.play(FadeIn(line.chart), run_time=Pace.QUICK)
            self.add(line)
            self.play(line.deal(Pace.MOVE))
            self.play(line.show_line(Pace.QUICK))
        with self.saying("b_is_held"):
            self.play(FadeIn(line.pin), run_time=Pace.QUICK)
            self.play(line.wiggle())
        names = self._name_one_example()
        with self.saying("between_them_the_error"):
            name = ErrorName(line, line.far)
            self.play(line.show_errors(Pace.QUICK), FadeIn(name))
            self.wait(Pace.MOVE)
            self.play(line.mark_one_by_one())
        self._pour(FadeOut(names, name))

    def _name_one_example(self) -> VGroup:
        """Name the label and the prediction of the example furthest right."""
        line = self.line
        y, y_hat = (
            formula(name, ROLES_IN_TRAINING) for name in ("{{ y : y }}", "{{ hat(y) : hat }}")
        )
        names = line.name_example(line.far, y, y_hat)
        line.num_sticks.set_value(1)
        with self.saying("label_and_prediction") as sentence:
            sentence.wait_until("y")
            self.play(FadeIn(names.label), run_time=Pace.QUICK)
            sentence.wait_until("y_hat")
            self.play(FadeIn(names.prediction), line.show_predictions())
        return names

    def _pour(self, *leaving: FadeOut) -> None:
        """Pour the squares into their mean; half of it is the height of a dot."""
        line = self.line
        left, right = self.body.beside(58, 42)
        with self.saying("squares_pour") as sentence:
            self.play(
                *leaving,
                line.hide(line.predictions_shown),
                move_chart(line.chart, left),
                line.show_squares(),
            )
            sentence.wait_until("pour")
            pour = line.pour_into(right.inset(GAP))
            self.add(pour)
            self.play(pour.to_strip(), line.hide(line.squares_shown))
            self.play(pour.share())
            self.play(pour.to_mean())
        low_high = self.line.tried
        chart = loss_chart(self.body, self.profile.loss, low_high)
        self.curve = LossCurve(chart, line.w, self.profile.loss, self.profile.slope)
        loss = self.curve.function(line.w.get_value())
        self.number = beside_dot(
            self.curve, Math("L = %(loss)s", color=theme.LOSS, loss=significant(loss))
        )
        with self.saying("half_is_the_height") as sentence:
            self.play(pour.halve())
            half = pour.fill.copy()
            self.add(half)
            self.play(FadeOut(line, line.pin, pour), run_time=Pace.QUICK)
            self.play(FadeIn(chart), run_time=Pace.QUICK)
            self.play(Transform(half, self._bar()))
            sentence.wait_until("dot")
            self.curve.height_shown.set_value(1)
            self.curve.follow()
            self.play(
                FadeIn(self.curve.dot, self.number, self.curve.height_line),
                FadeOut(half),
                run_time=Pace.QUICK,
            )
        self.add(self.curve)

    def _bar(self) -> Rectangle:
        """Return the thin bar over the weight of now, as high as its loss."""
        at, w = self.curve.chart.at, self.line.w.get_value()
        foot, top = at(w, 0.0), self.curve.at(w)
        bar = Rectangle(width=BAR, height=max(top[1] - foot[1], 1e-3), stroke_width=0)
        return bar.set_fill(theme.LOSS, 1).move_to((foot + top) / 2)

    # Dots and curve

    def every_w_leaves_a_dot(self) -> None:
        """Turn the line: dots, then the curve, then its bottom."""
        self.head("which_w")
        line, curve = self.line, self.curve
        low, high = line.tried
        left, right = self.body.beside(50, 50)
        self.play(FadeOut(self.number), move_chart(curve.chart, right))
        line.chart.become(chart_in(left, line.chart))
        line.follow()
        with self.saying("turn_the_line") as sentence:
            self.play(FadeIn(line, line.pin.follow()))
            curve.drop()
            sentence.wait_until("turn")
            for share in TURNS:
                self.play(curve.turn_to(low + share * (high - low), Pace.QUICK))
                curve.drop()
        with self.asking("where_is_the_lowest"):
            pass
        with self.saying("dots_draw_a_parabola") as sentence:
            self.play(curve.turn_to(low, Pace.QUICK))
            self.play(curve.sweep(high, 3.0))
            sentence.wait_until("curve")
            self.play(curve.show_curve(Pace.MOVE))
        with self.saying("smallest_at_the_bottom"):
            lowest = self.profile.lowest_at
            self.play(line.show_squares(Pace.QUICK), curve.hide(curve.height_shown))
            self.play(curve.turn_to(lowest, Pace.SWEEP))
            name = Math("{{ w : w }} = %(w)s", color=theme.MODEL, w=significant(lowest))
            self.bottom = LowestMark(curve, name, lowest)
            self.play(Create(self.bottom.line), FadeIn(self.bottom.title), run_time=Pace.QUICK)

    # The slope

    def the_slope_changes_sign_at_the_bottom(self) -> None:
        """Roll a tangent down both sides, and draw its slope below."""
        self.head("which_way")
        line, curve, profile = self.line, self.curve, self.profile
        (low, high), lowest = line.tried, profile.lowest_at
        self.play(
            FadeOut(line, line.pin, self.bottom, run_time=Pace.QUICK),
            go(curve.tries_shown, 0, Pace.QUICK),
            move_chart(curve.chart, self.body),
            curve.turn_to(low),
        )
        with self.saying("tangent"):
            self.play(curve.show_tangent())
            self.play(curve.turn_to(low + 0.2 * (lowest - low)))
            self.play(curve.turn_to(low))
        upper, lower = charts_over_one_x(
            [
                lambda slot: upper_chart(slot, curve.chart),
                lambda slot: slope_chart(slot, profile, line.tried),
            ],
            self.body.stacked(52, 48),
        )
        slope = SlopePlot(lower, profile, curve.w)
        slope.left_to.set_value(low)
        slope.right_to.set_value(high)
        with self.saying("slope_below"):
            self.play(*hide_foot(curve.chart), run_time=Pace.QUICK / 2)
            drop_foot(curve.chart)
            self.play(Transform(curve.chart, upper), FadeIn(slope))
            joint = Joint(curve, slope)
            self.play(FadeIn(joint), run_time=Pace.QUICK)
        with self.saying("left_negative"):
            left = slope.side(-1)
            nearly = lowest + 0.06 * (low - lowest)
            self.play(curve.turn_to(nearly, 2.0), go(slope.left_to, nearly, 2.0))
            self.play(FadeIn(left), run_time=Pace.QUICK)
        with self.saying("right_positive"):
            right = slope.side(1)
            self.play(curve.turn_to(high, Pace.QUICK))
            nearly = lowest + 0.06 * (high - lowest)
            self.play(curve.turn_to(nearly, 2.0), go(slope.right_to, nearly, 2.0))
            self.play(FadeIn(right), run_time=Pace.QUICK)
        with self.saying("zero_at_the_bottom"):
            ends = (slope.left_to, slope.right_to)
            self.play(curve.turn_to(lowest), *(go(end, lowest) for end in ends))
            self.play(FadeOut(joint), Create(zero_to_bottom(curve, slope)))
            self.head("zero_slope")

    # The half

    def the_half_makes_the_slope_the_error(self) -> ErrorPlot:
        """Halve the square of one error: the bottom stays, the slope is the error."""
        self.head("why_half")
        self.clear_body()
        listing = Listing(_half_in_code())
        room, below = self.body.stacked(self.body.height - listing.height - GAP, listing.height)
        below.place(listing, shrink=False)
        errors = ErrorPlot(self.body, self.words("loss", color=theme.LOSS))
        with self.saying("one_example"):
            self.play(FadeIn(errors.chart), run_time=Pace.QUICK)
            self.play(Create(errors.square), FadeIn(errors.names["square"]))
        two_r, r = (_slope_name(slope) for slope in ("2 {{ r : error }}", "{{ r : error }}"))
        tangent = NamedTangent(errors.square, HALF_WAY, two_r, r)
        with self.saying("slope_two_r"):
            self.play(FadeIn(tangent))
        with self.saying("halved") as sentence:
            self.add(errors.left_behind)
            self.bring_to_front(errors.square, tangent)
            self.play(errors.square.change(1.5))
            self.play(FadeIn(errors.names["half"]), run_time=Pace.QUICK)
            sentence.wait_until("slope")
            self.play(go(tangent.named, 1, Pace.QUICK))
        with self.saying("half_in_squared_loss"):
            self.play(move_chart(errors.chart, room), FadeIn(listing))
            self.play(listing.focus("** 2", "/ 2"))
            half = SurroundingRectangle(
                listing.code.token(listing.line_number("/ 2"), "/ 2"),
                color=theme.LOSS,
                stroke_width=Stroke.LINE,
                buff=RING,
            )
            self.play(Create(half), run_time=Pace.QUICK)
        self.wait(Pace.HOLD)
        self.gone = VGroup(listing, half, tangent, errors.left_behind, errors.names["square"])
        return errors

    # The square

    def squares_tell_side_and_distance(self, errors: ErrorPlot) -> None:
        """Compare the square with the size, and the bell with the parabola."""
        self.head("why_squares")
        self.play(FadeOut(*self.gone), run_time=Pace.QUICK)
        self.play(move_chart(errors.chart, self.body))
        with self.asking("why_not_size"):
            self.play(Create(errors.size), FadeIn(errors.names["size"]))
        self._compare_slopes(errors)
        bell = errors.bell
        with self.saying("a_second_reason"):
            assert errors.chart.y_label is not None
            self.play(
                FadeOut(errors.size, errors.names["size"]),
                errors.chart.y_label.animate.set_opacity(0),
                go(errors.square.shown, Dim.FAINT),
                run_time=Pace.QUICK,
            )
            self.play(Create(bell))
            self.play(FadeIn(errors.names["bell"]), run_time=Pace.QUICK)
        with self.saying("minus_logarithm"):
            self.add(errors.minus_log)
            self.play(errors.minus_log.change())
            self.play(FadeIn(errors.names["minus_log"]), FadeOut(errors.names["half"]))
        with self.saying("most_likely"):
            self.play(Create(errors.middle()))

    def _compare_slopes(self, errors: ErrorPlot) -> None:
        """Slide tangents: the slope of the size is one everywhere, that of the square is not."""
        right, left = (
            NamedTangent(errors.size, error, _slope_name(slope), inside=True)
            for error, slope in ((FAR, "1"), (-NEAR, "-1"))
        )
        with self.saying("slope_one_everywhere") as sentence:
            self.play(FadeIn(right), run_time=Pace.QUICK)
            self.play(go(right.error, NEAR, Pace.MOVE, linear))
            sentence.wait_until("left")
            self.play(FadeOut(right), FadeIn(left), run_time=Pace.QUICK)
            self.play(go(left.error, -FAR, Pace.MOVE, linear))
        along_square = NamedTangent(errors.square, left.error)
        with self.saying("side_but_not_distance") as sentence:
            self.play(FadeIn(along_square), run_time=Pace.QUICK)
            sentence.wait_until("near")
            self.play(go(left.error, -NEAR, 2.0))
        self.play(FadeOut(left, along_square), run_time=Pace.QUICK)

    # The floor

    def the_floor_is_the_noise(self) -> None:
        """Enlarge the bottom of the loss until the noise that is left shows."""
        numbers = self.lesson.single_feature
        noisy = numbers.noise_std >= LEAST_NOISE
        profile = single_profile_at_truth(self.run, numbers.true_w, numbers.true_b, SHOWN)
        low, high = floor_band(numbers.noise_std, len(profile.x), PERCENT / 100)
        reach = (self.line.tried[1] - self.line.tried[0]) / 2
        zoom = FloorZoom(self.body, profile, reach, high if noisy else 0.0)
        self.head("is_it_zero")
        self.clear_body()
        with self.asking("true_line_zero"):
            self.play(FadeIn(zoom.wide, zoom))
            self.play(FadeIn(zoom.truth(self.words("true_w"))))
        with self.saying("zoom_in"):
            self.play(zoom.hide_numbers(), FadeIn(zoom.factors()), run_time=Pace.QUICK)
            self.play(zoom.enlarge(4.0))
            self.play(FadeIn(zoom.numbers(zoom.near)), run_time=Pace.QUICK)
        with self.saying("the_noise_is_left" if noisy else "the_noise_is_left_no_noise"):
            if noisy:
                self.play(Create(zoom.bracket()))
            self.head("floor" if noisy else "floor_no_noise")
        if not noisy:
            return
        level = zoom.level(noise_floor(numbers))
        with self.saying("half_of_sigma_squared"):
            self.play(Create(level[0]), FadeIn(level[1]))
        with self.saying("most_fall_in_the_band"):
            band = zoom.band(low, high, Num(PERCENT, 0))
            self.play(open_band(band, level))


def _slope_name(slope: str) -> Math:
    """Return the name of a tangent with its slope."""
    return Math(f'"slope" {slope}', color=theme.GRADIENT)


def _half_in_code() -> str:
    """Return the function of the half square; in a tall frame what it returns, which fits there."""
    if is_wide():
        return source_of(squared_loss)
    return fitted(line_of(squared_loss, "return").removeprefix("return "))
