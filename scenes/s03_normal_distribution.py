"""The features and the noise come from one curve, and every symbol in it has a job."""

from __future__ import annotations

from manim import Create, FadeIn, FadeOut, ReplacementTransform, ValueTracker, VGroup, linear

from figures.normal_distribution.bell import RULER_HEIGHTS, Bell, SigmaRuler
from figures.normal_distribution.density import DensityFigure, Growth, Measured, matched_charts
from figures.normal_distribution.falling_draw import LEAST_SIGMA, FallingDraw, rise_together
from figures.normal_distribution.label_sum import LabelSum
from figures.normal_distribution.noisy_label import NoisyLabel
from figures.normal_distribution.rain import Rain
from linreg.data import synthetic_data
from linreg.study import example, normal
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.listing import Listing
from visuals.numbers import Num, integer, significant
from visuals.pipeline import Station
from visuals.plots import Chart
from visuals.source import body_of, line_of
from visuals.stage import LectureScene
from visuals.theme import Dim, Pace, Size, theme

FEATURES_LINE = "torch.normal(0, 1"
NOISE_LINE = "torch.normal(0, sigma"

SIGMAS, ASIDE = (2.0, 1.0, 0.5), 1.5
GROWING = (-6.0, 6.0), (0.0, 1.1)
ZOOM_TIME = 5.0


class NormalDistribution(LectureScene):
    """The origin of features and noise: the normal density and draws from it."""

    station = Station.DATA
    illustrations = (*SIGMAS, ASIDE, *RULER_HEIGHTS)

    line_slot: Slot
    stage: Slot
    side: Slot
    charts: list[Chart]

    def construct(self) -> None:
        """Grow the curve, let the real draws fall on it, shrink it to the noise, make a label."""
        self.line_slot, self.stage = self.body.stacked(0.7, 4.7)
        picture, self.side = self.stage.beside(60, 40)
        names, draws = (self.text("height"), self.text("density")), self.trace.features[:, 0]
        self.charts = matched_charts(picture, GROWING, draws, self.lesson.noise_std, names)
        listing = self.beat(self.two_lines_draw)
        line, grown = self.beat(self.sigma_sets_the_width, listing)
        self.beat(self.the_area_stays_one, grown)
        figure = self.beat(self.mu_is_the_middle_sigma_the_ruler, line, grown)
        self.beat(self.the_draws_settle_on_the_curve, line, figure)
        if self.lesson.noise_std >= LEAST_SIGMA:
            noise_line = self.beat(self.the_noise_is_the_same_bell, figure)
            label = self.beat(self.zoom_until_the_noise_shows, noise_line, figure.bell)
            self.beat(self.three_draws_make_one_label, label.bell)
        else:
            self.beat(self.no_noise_is_added)
            self.beat(self.three_draws_make_one_label, None)

    # The curve

    def two_lines_draw(self) -> Listing:
        """Show where the generator uses chance."""
        self.head("where_data_come_from")
        code = synthetic_data if is_wide() else body_of(synthetic_data)
        listing = self.body.place(Listing(code).shaded(), y=0.2, shrink=False)
        self.play(FadeIn(listing))
        self.wait(1)
        for line in (FEATURES_LINE, NOISE_LINE):
            self.play(listing.focus(line))
            self.wait(1.5)
        bar = listing.bar.copy().set_y(listing.y_of_line(FEATURES_LINE)).set_fill(opacity=0)
        listing.panel.add(bar)
        both = listing.code.copy().light(listing.line_number(FEATURES_LINE))
        self.play(bar.animate.set_fill(opacity=1), listing.code.animate.become(both))
        return listing

    def sigma_sets_the_width(self, listing: Listing) -> tuple[Listing, DensityFigure]:
        """Draw the bell, and let sigma make it wider than the code's, which is dimmed."""
        line, row = self._line(FEATURES_LINE), listing.glyphs_of_line(FEATURES_LINE).copy()
        line.code.save_state().shade(0)
        arrival = ReplacementTransform(row, line.code.rows[0])
        self.play(FadeOut(listing), FadeIn(line.panel), arrival, run_time=Pace.MOVE)
        self.add(line)
        self.head("every_symbol")
        bell = Bell(self.charts[0], constant=ValueTracker(0))
        grown = self._figure(bell, Growth.BELL)
        self.play(FadeIn(bell.chart), FadeIn(grown.formula))
        self.play(Create(bell.curve), rate_func=linear, run_time=1.5)
        self.play(FadeIn(bell.area), FadeIn(grown.area))
        self.wait(1.5)
        self.add(bell.tracked())
        self.play(grown.grow(Growth.WIDTH), FadeIn(grown.sigma), run_time=1.5)
        self.wait(1)
        self._slide(grown, SIGMAS[0], inside=True)
        self.wait(1.5)
        return line, grown

    def the_area_stays_one(self, grown: DensityFigure) -> None:
        """Divide by what makes the area one, and let sigma slide."""
        bell, density = grown.bell, grown.height_named(self.text("density"))
        divided = bell.constant.animate.set_value(1)
        self.play(FadeOut(grown.past), run_time=Pace.QUICK)
        self.play(grown.grow(Growth.AREA), divided, FadeOut(grown.y_label), run_time=1.5)
        grown.chart.remove(grown.y_label)
        self.play(FadeIn(density), run_time=Pace.QUICK)
        self.wait(1)
        grown.past = VGroup(density)
        for sigma in SIGMAS[1:]:
            self._slide(grown, sigma)
            self.wait(1.5)

    def mu_is_the_middle_sigma_the_ruler(self, line: Listing, old: DensityFigure) -> DensityFigure:
        """Move the bell by mu, measure it in sigma."""
        figure = self._magnified(old)
        bell = figure.bell
        grow, coming = figure.grow(Growth.MIDDLE), (bell.middle(), bell.middle_name(), figure.mu)
        self.play(grow, line.code.animate.restore(), *map(FadeIn, coming), run_time=1.5)
        self.play(bell.mu.animate.set_value(ASIDE))
        self.play(bell.mu.animate.set_value(0), bell.area.animate.set_fill(opacity=0))
        one, two, three = (Num(normal.percent_between(-k, k), 1) for k in RULER_HEIGHTS)
        for reach in RULER_HEIGHTS:
            ruler = SigmaRuler(bell, reach).tracked()
            self.add(ruler)
            self.play(ruler.reach.animate.set_value(reach))
            if reach == 1:
                self.say("share_within", one=one, two=two, three=three)
            self.play(FadeIn(ruler.labels()), run_time=Pace.QUICK)
            self.wait(1.7)
        return figure

    # The draws

    def the_draws_settle_on_the_curve(self, line: Listing, figure: DensityFigure) -> None:
        """Let the real values of feature one fall on the chart."""
        self.head("settle")
        values = self.trace.features[:, 0]
        rain = Rain(figure.chart, values, normal.histogram(values))
        sample = figure.sample(values, lambda: rain.landed)
        self.clear_body(line, *figure.parts)
        muted = figure.formula.animate.set_fill(theme.MUTED)
        self.play(figure.rename_x("x_1"), muted, FadeIn(sample))
        self.add(rain.tracked(), figure.bell)
        self.play(rain.fall(to=0.6))
        self.say("they_settle" if rain.enough else "too_few_to_settle", n=integer(len(values)))
        self.play(rain.fall(to=1.0))

    def the_noise_is_the_same_bell(self, figure: DensityFigure) -> Listing:
        """Change the ruler under the bell, not the bell."""
        self.head("same_bell")
        self.clear_body(*figure.parts)
        noise_line, bell, std = self._line(NOISE_LINE), figure.bell, self.lesson.noise_std
        shaded = bell.area.animate.set_fill(opacity=Dim.FAINT)
        self.play(FadeIn(noise_line), FadeIn(figure.area), shaded)
        measured = Measured(bell)
        self.play(FadeIn(measured.peak), FadeIn(measured.ruler))
        self.wait(1)
        noise = Measured(Bell(self.charts[2], sigma=ValueTracker(std)))
        highest = normal.constant(std)
        self.say("peak_above_one" if highest > 1 else "peak_below_one", peak=significant(highest))
        # What differs comes when what it replaces is gone.
        self.play(*map(FadeOut, (*measured.numbers, figure.sigma)), run_time=Pace.QUICK)
        coming = (*noise.numbers, figure.given_sigma(std))
        self.play(figure.rewrite_x("epsilon"), *map(FadeIn, coming))
        self.wait(2)
        self.play(bell.light_area())
        self.wait(2.5)
        return noise_line

    def zoom_until_the_noise_shows(self, noise_line: Listing, bell: Bell) -> NoisyLabel:
        """Put the noise's bell around one exact sum and magnify the axis of the labels."""
        bell.clear_updaters()
        self.clear_body(noise_line, bell)
        std, one = self.lesson.noise_std, example.noisy_example(self.trace, self.lesson)
        names = self.text("label"), self.text("density")
        label = NoisyLabel(self.stage, self.trace.labels, one, std, *names)
        label.stand_where(bell.chart)
        self.play(FadeIn(label.chart), ReplacementTransform(bell, label.bell))
        self.play(label.rug.appear(1.5))
        self.add(label.tracked())
        self.play(FadeIn(label.clean_mark))
        self.say("zoom_in" if label.hidden else "wide_noise")
        self.play(label.chart.zoom.animate.set_value(1), run_time=ZOOM_TIME, rate_func=linear)
        self.play(FadeIn(label.noise_mark()))
        self.wait(2.5)
        label.clear_updaters()
        return label

    def no_noise_is_added(self) -> None:
        """Say that next to no sigma adds next to nothing."""
        self.head("same_bell")
        self.clear_body()
        nothing = formula("{{ epsilon : epsilon }} approx 0", size=Size.TITLE)
        self.play(FadeIn(self._line(NOISE_LINE)), FadeIn(self.stage.place(nothing)))

    def three_draws_make_one_label(self, bell: Bell | None) -> None:
        """Draw two features and the noise, and add up the label."""
        self.head("one_curve")
        kept = [bell] if bell else []
        self.clear_body(*kept)
        room, below = self.body.stacked(3.7, 1.5)
        total = LabelSum(below, example.noisy_example(self.trace, self.lesson))
        sigmas = {"x_1": 1.0, "x_2": 1.0, "epsilon": self.lesson.noise_std}
        slots = dict(zip(sigmas, room.beside(1, 1, 1), strict=True))
        draws = [
            FallingDraw(slots[name], name, total.values[name], sigmas[name]) for name in sigmas
        ]
        self.remove(*kept)
        self.play(*rise_together(draws, bell))
        self.play(*(draw.ground() for draw in draws), FadeIn(total.symbols), run_time=Pace.QUICK)
        self.add(*draws)
        for draw, share in zip(draws, total.shares(), strict=True):
            self.play(draw.fall())
            self.play(*map(FadeIn, (draw.stem, draw.title, share)), run_time=Pace.QUICK)
            self.wait(0.5)
        self.play(FadeIn(total.result()), *(draw.rest() for draw in draws))
        self.add(total)
        self.wait(3.5)

    # Parts

    def _slide(self, grown: DensityFigure, sigma: float, inside: bool = False) -> None:
        """Let sigma slide, and name what it leaves behind."""
        name = grown.leave_behind(inside)
        self.add(grown.past, grown.bell)
        self.play(grown.slide(sigma), FadeIn(name, run_time=Pace.QUICK))

    def _line(self, text: str) -> Listing:
        """Return a line of the generator, where the line in question stands."""
        listing = Listing(line_of(synthetic_data, text))
        for argument in text.partition("(")[2].split(", "):
            listing.code.token(0, argument).set_fill(theme.TRUTH)
        return self.line_slot.place(listing, x=-1, shrink=False)

    def _figure(self, bell: Bell, growth: Growth) -> DensityFigure:
        return DensityFigure(bell, self.side, growth, self.text("area"))

    def _magnified(self, grown: DensityFigure) -> DensityFigure:
        """Show N(0, 1) alone, as large as fits."""
        bell = grown.bell
        self.play(bell.sigma.animate.set_value(1))
        self.play(FadeOut(bell.chart, grown.past, grown.area), run_time=Pace.QUICK)
        bell.clear_updaters()
        larger = Bell(self.charts[1], bell.mu, bell.sigma)
        figure = self._figure(larger, Growth.AREA)
        self.play(FadeIn(larger.chart), ReplacementTransform(bell, larger))
        self.remove(grown.formula, grown.sigma)
        self.add(larger.tracked(), figure.formula, figure.sigma)
        return figure
