"""The features and the noise come from one curve, of which area is probability.

Only sigma differs, and one example is three draws from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from manim import (
    Animation,
    Create,
    FadeIn,
    FadeOut,
    linear,
)

from figures.normal_distribution.bell import FIRST, LAST, AreaPiece, PeakMark
from figures.normal_distribution.bricks import Bricks, highest_bar
from figures.normal_distribution.density import CLEARING, DensityFigure, Growth
from figures.normal_distribution.moments import moments_beside
from figures.normal_distribution.noisy_label import NoisyLabel
from figures.normal_distribution.rooms import Rooms
from figures.normal_distribution.sigma_ruler import RULER_HEIGHTS, SigmaRuler
from figures.normal_distribution.three_draws import LEAST_SIGMA, ThreeDraws
from figures.normal_distribution.two_lines import FEATURES_LINE, NOISE_LINE, CodeLine, RandomLines
from linreg.study import example, normal
from visuals.formula import formula
from visuals.numbers import Num, as_typed
from visuals.parts import Part
from visuals.stage import LectureScene
from visuals.theme import Pace, Size
from visuals.trackers import go

SIGMAS, ASIDE = (1.5, 0.75, 1.0), -1.5


class NormalDistribution(LectureScene):
    """The origin of features and noise: the normal density and draws from it."""

    part = Part.DATA
    illustrations = (*SIGMAS, ASIDE, *RULER_HEIGHTS)

    rooms: Rooms

    def construct(self) -> None:
        """Grow the curve, let the real values fall on it, shrink it to the noise, make a label."""
        self.rooms = Rooms.of(self.body)
        lines = self.beat(self.two_lines_draw_at_random)
        figure = self.beat(self.divided_by_its_area_it_is_a_density, lines)
        self.beat(self.mu_is_the_middle_sigma_the_ruler, figure)
        self.beat(self.the_real_values_fill_the_curve, figure)
        if self.lesson.noise_std >= LEAST_SIGMA:
            self.beat(self.a_density_is_not_a_probability, figure)
            self.beat(self.beside_the_labels_it_is_a_hair, figure)
        else:
            self.beat(self.no_noise_is_added)
        self.beat(self.one_example_is_three_draws)

    def two_lines_draw_at_random(self) -> RandomLines:
        """Show where the generator uses chance."""
        self.head("where_from")
        lines = RandomLines(self.body)
        with self.saying("two_lines_are_random") as sentence:
            self.play(FadeIn(lines.listing))
            sentence.wait_until("features")
            self.play(*lines.mark_features(self.words("features_note")))
            sentence.wait_until("noise")
            self.play(*lines.mark_noise(self.words("noise_note")))
        with self.asking("both_call_normal"):
            self.play(lines.light_calls())
        return lines

    def divided_by_its_area_it_is_a_density(self, lines: RandomLines) -> DensityFigure:
        """Fill the area of a bell, divide by it, and slide a piece of it to where it is large."""
        line = CodeLine(FEATURES_LINE).put(self.rooms.line)
        self.play(*lines.leave(line))
        self.add(line)
        self.head("often")
        figure = DensityFigure(self.rooms, line, self.words("height"), self.words("area"))
        bell = figure.bell
        with self.saying("start_from_this_curve"):
            self.play(FadeIn(figure.chart), run_time=Pace.QUICK)
            self.play(Create(bell.curve, rate_func=linear, run_time=1.4), FadeIn(figure.formula))
        self.add(bell)
        figure.live()
        with self.saying("its_area", area=Num(normal.area_under(normal.bell, 0, 1))) as sentence:
            self.play(FadeIn(figure.area), run_time=Pace.QUICK / 2)
            self.play(figure.fill(max(1.0, sentence.seconds_until("root"))))
            self.play(FadeIn(figure.area.root), run_time=Pace.QUICK)
        with self.saying("divide_by_it"):
            self.play(FadeOut(figure.area.root), figure.grow(Growth.AREA), run_time=Pace.QUICK)
            self.play(go(bell.constant, 1, 1.6))
        with self.saying("area_is_probability") as sentence:
            strip = AreaPiece(bell, FIRST, self.words("probability"))
            self.play(*figure.come_closer())
            self.play(FadeIn(strip.follow()), run_time=Pace.QUICK)
            sentence.wait_until("density")
            self._play_all(figure.rename_height(self.words("density")))
        self.add(figure.chart, bell, strip.tracked())
        with self.saying("near_zero_most_often"):
            self.play(go(strip.place, LAST, 2.2))
        return figure

    def mu_is_the_middle_sigma_the_ruler(self, figure: DensityFigure) -> None:
        """Let sigma and mu slide while the area stays one, and measure the bell in sigma."""
        bell = figure.bell
        self.clear_body(*figure.parts, figure.formula, run_time=CLEARING)
        self.head("mu_sigma")
        wider, narrower, one = SIGMAS
        with self.saying("one_is_sigma"):
            self.play(figure.grow(Growth.WIDTH), *figure.name_sigma())
        with self.saying("larger_sigma"):
            self.play(figure.slide(wider, 1.6))
        with self.saying("smaller_sigma"):
            self.play(figure.slide(narrower, 1.6))
        with self.saying("mu_is_the_middle"):
            self.play(figure.slide(one, 0.6), figure.grow(Growth.MIDDLE), *figure.name_mu())
            for place in (ASIDE, 0.0):
                self.play(go(bell.mu, place, 0.9))
        with self.saying("within_sigmas") as sentence:
            self.play(*figure.hand_over(), run_time=Pace.QUICK)
            for reach, mark in zip(RULER_HEIGHTS, ("one", "two", "three"), strict=True):
                sentence.wait_until(mark)
                self._draw_ruler(figure, reach)
        self.wait(Pace.QUICK)

    def the_real_values_fill_the_curve(self, figure: DensityFigure) -> None:
        """Let the values of feature one fall as bricks, and compare their moments."""
        values, bell = self.trace.features[:, 0], figure.bell
        self.clear_body(*figure.parts, run_time=CLEARING)
        self.head("real")
        with self.saying("they_are_bricks"):
            room = figure.make_room(values, highest_bar(values))
            self.play(figure.chart.rename_x("x_1"), *room)
            bricks = Bricks(figure.chart, values)
            self.play(FadeIn(bricks), run_time=Pace.QUICK / 2)
            self.add(bricks.tracked(), bell)
            self.play(bricks.drop())
        with self.saying("they_fill_the_curve" if bricks.enough else "they_fill_the_curve_few"):
            self.play(bricks.pour())
        if len(values) > 1:
            mean, deviation = self.words("mean"), self.words("standard_deviation")
            key = f"mean_and_deviation{'' if bricks.enough else '_few'}"
            with self.saying(key) as sentence:
                for pair, mark in moments_beside(self.rooms, bricks, values, mean, deviation):
                    sentence.wait_until(mark)
                    self.play(FadeIn(pair))

    def a_density_is_not_a_probability(self, figure: DensityFigure) -> None:
        """Let sigma go to that of the noise, and the axis follow the peak."""
        std, bell = self.lesson.noise_std, figure.bell
        figure.line = CodeLine(NOISE_LINE).put(self.rooms.line)
        self.clear_body(figure.chart, bell, run_time=CLEARING)
        self.head("noise")
        change = "_one" if std == 1 else "_wide" if std > 1 else ""
        with self.saying(f"noise_sigma{change}", noise_std=as_typed(std)):
            coming = figure.line, figure.give_sigma(std)
            self.play(*map(FadeIn, coming), figure.chart.rename_x("epsilon"))
            self.play(figure.light_both())
            self.add(figure.sigma.tracked())
            self.play(*figure.shrink(std))
        with self.saying("the_peak_is_a_density") as sentence:
            self.play(FadeIn(PeakMark(bell, self.words("peak"))), run_time=Pace.QUICK)
            self.play(figure.point_at_density())
            sentence.wait_until("area")
            self._play_all(figure.count_area())
        self.wait(Pace.QUICK)

    def no_noise_is_added(self) -> None:
        """Say that the noise has no deviation."""
        self.clear_body(run_time=CLEARING)
        self.head("noise")
        line = CodeLine(NOISE_LINE).put(self.rooms.line)
        nothing = formula("{{ epsilon : epsilon }} = 0", size=Size.TITLE)
        with self.saying("noise_sigma_no_noise"):
            self.play(FadeIn(line), FadeIn(self.rooms.chart.place(nothing)))
        self.small_picture("without noise there is no curve to draw")

    def beside_the_labels_it_is_a_hair(self, figure: DensityFigure) -> None:
        """Put the noise's bell around one sum on the axis of the labels, and zoom in."""
        std, one = self.lesson.noise_std, example.noisy_example(self.trace, self.lesson)
        names = self.words("labels"), self.words("density"), self.text("zoom")
        noise = self.words("their_noise")
        label = NoisyLabel(self.rooms.whole, self.trace.labels, one, std, *names, noise)
        self.clear_body(figure.chart, figure.bell, run_time=CLEARING)
        self.head("how_large")
        with self.saying("labels_on_their_axis"):
            room = figure.chart.grow_to(self.rooms.whole, Pace.QUICK)
            self.play(FadeOut(figure.chart.across), *figure.bell.lit(0.0), room)
            self.remove(*figure.chart.get_family(), figure.bell)
            self.add(label.chart, label.waiting())
            coming = map(FadeIn, (label.chart.across, label.rug_name))
            self.play(label.rug.appear(1.2), *coming)
        variant = "" if label.hidden else "_wide_noise"
        with self.saying(f"thin_as_a_hair{variant}") as sentence:
            self._play_all(label.show_sum())
            sentence.wait_until("hair")
            self.play(*label.stand())
        self.add(label.tracked(), label.clean_mark, label.dot)
        with self.saying(f"zoom_until_it_shows{variant}"):
            going = FadeOut(label.rug_name, label.bell_name)
            self.play(going, FadeIn(label.factor), run_time=Pace.QUICK / 2)
            self.play(label.zoom())
        with self.saying("that_is_epsilon"):
            self._play_all(label.show_noise(self.words("other_labels")))

    def one_example_is_three_draws(self) -> None:
        """Draw two features and the noise, and add up the label."""
        one, std = example.noisy_example(self.trace, self.lesson), self.lesson.noise_std
        noisy = std >= LEAST_SIGMA
        self.head("three_draws_heading" if noisy else "two_draws_heading")
        sigma, density = std if noisy else None, partial(self.words, "density")
        picture = ThreeDraws(self.body, one, sigma, density)
        self.small_picture("small multiples of a bell that was seen large")
        self.clear_body(run_time=CLEARING)
        self.play(*picture.appear(), run_time=CLEARING)
        variant = "" if noisy else "_no_noise"
        with self.saying(f"three_draws{variant}") as sentence:
            for draw, mark in zip(picture.draws, ("x1", "x2", "epsilon"), strict=False):
                sentence.wait_until(mark)
                self._play_all(picture.make(draw))
        weights = dict(zip(("w1", "w2"), map(as_typed, one.w), strict=False))
        with self.saying(f"they_add_up{variant}", **weights):
            self._play_all(picture.add_up())
        self.wait(Pace.MOVE)

    def _draw_ruler(self, figure: DensityFigure, reach: int) -> None:
        """Draw a ruler out to so many sigma, and name its length and its share."""
        ruler = SigmaRuler(figure.bell, reach).tracked()
        self.add(ruler, figure.bell)
        self.play(ruler.draw_out(Pace.QUICK))
        self.play(FadeIn(ruler.labels()), run_time=Pace.QUICK / 2)

    def _play_all(self, moves: Iterable[list[Animation]]) -> None:
        for together in moves:
            self.play(*together)
