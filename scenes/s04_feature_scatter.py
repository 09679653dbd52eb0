"""The spread over one feature is the other feature, and in space all examples lie on one plane.

Rows of the tensors become dots. The cloud is far wider than the noise: coloured by the other
feature it is sorted, and without it a line is left. Both plots are sides of one cloud.
"""

from __future__ import annotations

from collections.abc import Iterable

from manim import Animation, Dot, FadeIn, FadeOut

from figures.feature_scatter.bracket import Bracket
from figures.feature_scatter.case import Case, case_of, edge_on_case, told
from figures.feature_scatter.cloud_in_space import CloudInSpace, PlaneName
from figures.feature_scatter.feature_plot import FeaturePlot
from figures.feature_scatter.ramp import RampKey
from figures.feature_scatter.rooms import Rooms
from figures.feature_scatter.row_flight import RowFlight
from figures.feature_scatter.strip import Strip
from figures.feature_scatter.table import TensorTable, data_table, side_by_side
from figures.feature_scatter.taking_out import TakingOut
from figures.feature_scatter.terms import Product
from figures.feature_scatter.zoom import FACTORS, Zoom
from linreg.study.spreads import spread_given
from visuals.formula import formula
from visuals.numbers import Num, as_typed, places_of
from visuals.parts import Part
from visuals.stage import LectureScene
from visuals.theme import Pace
from visuals.trackers import go

DIM = 0.22
"""Opacity of dots that are not looked at."""

WITHOUT_PART = (Case.NO_WEIGHT, Case.ONE_EXAMPLE)
"""Cases in which the other feature has no part in the spread."""

TILTED = (Case.OTHER_FEATURE, Case.NO_NOISE)
"""Cases in which the tilt of the plane makes the cloud wide."""


class FeatureScatter(LectureScene):
    """Show that the other feature makes the cloud wide, and that all examples lie on a plane."""

    part = Part.DATA
    illustrations = FACTORS

    rooms: Rooms
    case: Case

    def construct(self) -> None:
        """Go from rows to dots, from a cloud to a line, and from one side of it to the other."""
        self.rooms = Rooms.of(self.body)
        self.case = case_of(self.trace, 0)
        first = self.beat(self.each_row_is_a_dot)
        bracket = self.beat(self.the_cloud_is_wider_than_the_noise, first)
        key = self.beat(self.the_spread_is_the_other_feature, first, bracket)
        zoom = self.beat(self.without_it_a_line_is_left, first, bracket, key)
        space = self.beat(self.both_plots_are_sides_of_one_cloud, first, zoom)
        self.beat(self.a_tilted_plane_makes_the_cloud_wide, space)

    def each_row_is_a_dot(self) -> FeaturePlot:
        """Let the first rows fly to their dots, and show all of them."""
        left, right = self.body.beside(40, 60)
        features = data_table(self.words("features"), self.trace.features, "x_1", "x_2")
        labels = data_table(self.words("labels"), self.trace.labels, "y")
        tables = self.body.place(side_by_side((features, labels)), shrink=False)
        plot = FeaturePlot(self.trace, 0, right)
        self.head("rows")
        with self.saying("each_row_is_an_example") as sentence:
            self.play(FadeIn(features))
            sentence.wait_until("label")
            self.play(FadeIn(labels))
        self.play(tables.animate.move_to(left.place(tables.copy(), x=-1, shrink=False)))
        dots = self._fly((features, labels), plot)
        with self.saying("all_rows_a_cloud"):
            plot.dealt.set_value(0)
            self.add(plot.dots)
            self.play(go(plot.dealt, 1, 1.5), FadeOut(*dots))
        return plot

    def the_cloud_is_wider_than_the_noise(self, plot: FeaturePlot) -> Bracket:
        """Measure the spread around the true line, and compare it with the noise."""
        self.clear_body(*plot.parts)
        self.head("how_wide")
        with self.saying("the_true_line"):
            self.play(plot.move_to(self.rooms.plot, Pace.QUICK))
            self.add(plot.line)
            self.play(plot.draw_line(1.5))
            self.play(FadeIn(plot.line_name()))
        (spread, _), std = plot.spreads, self.lesson.noise_std
        wide = Bracket(plot, lambda: spread, self.words("spread"), self._places)
        noise = Bracket(plot, lambda: std, self.words("noise"), self._places, column=1)
        numbers = {"spread": Num(spread, self._places), "noise_std": as_typed(std)}
        with self.saying("spread_and_noise", **numbers) as sentence:
            on_the_line, beside, named = wide.come()
            self.play(plot.dots.light(DIM), on_the_line)
            sentence.wait_until("beside")
            self.play(plot.dots.light(), beside)
            self.play(named)
            sentence.wait_until("noise")
            self.play(FadeIn(noise))
        key = told("why_so_wide", self.case, *WITHOUT_PART)
        self.head(key)
        with self.asking(key):
            pass
        return wide

    def the_spread_is_the_other_feature(self, plot: FeaturePlot, wide: Bracket) -> RampKey:
        """Colour the dots by the other feature, and see that it sorts them in a strip."""
        case = self.case
        self.clear_body(*plot.parts, wide)
        key = self.rooms.key.place(RampKey(formula("{{ x_2 : x_2 }}")), x=1, shrink=False)
        with self.saying("colour_by_x2"):
            self.play(FadeIn(key), run_time=Pace.QUICK)
            self.play(plot.dots.colour(2.5))
        strip = Strip(plot)
        with self.saying(told("sorted_in_a_strip", case, *WITHOUT_PART)):
            self.add(strip.dots)
            self.play(plot.dots.light(DIM), FadeIn(strip.band))
            self.add(strip.band, strip.dots)
            self.play(strip.grow())
        self.head(told("other_feature", case, Case.WIDE_NOISE, *WITHOUT_PART))
        size = told("size_of_w2_times_spread", case, Case.WIDE_NOISE, *WITHOUT_PART)
        with self.saying(size) as sentence:
            if case not in WITHOUT_PART:
                weight, spread_of = self.lesson.true_w[1], self.text("spread_of")
                product = Product(self.trace, weight, self._places, spread_of)
                symbols, numbers = self.rooms.put_product(product, wide).come()
                self.play(symbols)
                sentence.wait_until("times")
                self.play(numbers)
        return key

    def without_it_a_line_is_left(
        self, plot: FeaturePlot, wide: Bracket, key: RampKey
    ) -> Zoom | None:
        """Take the other feature out: the cloud collapses to its line."""
        case, names = self.case, (self.words("before"), self.words("now"))
        terms = TakingOut(plot, self.rooms, names, self._places)
        self.clear_body(*plot.parts, wide, key)
        self.play(plot.dots.light())
        self.head("take_it_out")
        collapse = told("take_x2_out", case, *WITHOUT_PART)
        with self.saying(collapse, after=Num(plot.spreads[1], self._places)) as sentence:
            self.play(FadeOut(wide), run_time=Pace.QUICK / 2)
            self.play(terms.show())
            if case is not Case.NO_WEIGHT:
                sentence.wait_until("collapse")
                self.play(*terms.leave())
        self.play(terms.pale())
        left = told("zoom_to_the_noise", case, Case.NO_NOISE, Case.WIDE_NOISE, Case.ONE_EXAMPLE)
        self.head(told("what_is_left", case, Case.NO_NOISE, Case.ONE_EXAMPLE))
        if case is Case.OTHER_FEATURE:
            return self._zoom(plot, left, terms)
        with self.saying(left):
            self.wait(1)
        return None

    def both_plots_are_sides_of_one_cloud(
        self, plot: FeaturePlot, zoom: Zoom | None
    ) -> CloudInSpace:
        """Put everything back, and turn from the first plot to the second."""
        self.head("one_cloud")
        self.clear_body(*plot.parts)
        space = CloudInSpace(self.trace, plot, self.body)
        with self.saying("everything_back"):
            if zoom:
                self.play(zoom.go_out())
                self.play(zoom.show_numbers())
            back = plot.put_back(1.5)
            self.play(*back, go(plot.line_shown, 0))
        with self.saying("x2_is_depth"):
            self.remove(plot.dots)
            self.add(space.dots)
            gone = FadeOut(plot.chart, plot.name, plot.line, run_time=Pace.QUICK / 2)
            self.play(gone, FadeIn(space.picture), space.arrive())
            self.add(space.picture, space.dots)
            self.play(space.turn_aside())
        with self.saying("quarter_turn"):
            self._play_all(space.turn(*space.side, 3.0))
        return space

    def a_tilted_plane_makes_the_cloud_wide(self, space: CloudInSpace) -> None:
        """Show the plane, look along it, and see it from the front again."""
        self.head("what_holds")
        with self.saying("a_plane_through_the_cloud") as sentence:
            self._play_all(space.turn(*space.oblique, Pace.SWEEP))
            self.play(space.picture.show_plane())
            sentence.wait_until("plane")
            self.play(FadeIn(PlaneName(space, self.body)))
        case = edge_on_case(self.trace, self.case, self.lesson.noise_std)
        noise = space.noise(self.words("noise"), self.lesson.noise_std, self._places)
        along = self.words("along_the_plane")
        with self.saying(told("now_edge_on", case, Case.NO_NOISE, Case.WIDE_NOISE)) as sentence:
            self.play(space.hide_axes())
            seconds = max(1.8, sentence.seconds_until("edge"))
            self._play_all(space.turn(space.edge_on, 0.0, seconds))
            self.play(space.join_axes(along), FadeIn(noise, run_time=Pace.QUICK / 2))
        self.wait(Pace.MOVE)
        if case not in TILTED:
            self.head(told("on_one_plane", case, Case.WIDE_NOISE))
            self.wait(Pace.QUICK)
            return
        self.head("tilted_plane")
        with self.saying("tilt_makes_it_wide"):
            self.play(space.part_axes(along), FadeOut(noise))
            self._play_all(space.turn(*space.front, Pace.SWEEP))
        self.wait(Pace.MOVE)

    # Parts of beats

    def _fly(self, tables: tuple[TensorTable, TensorTable], plot: FeaturePlot) -> list[Dot]:
        """Let the first row fly to its dot, then the others at speed."""
        first, *others = (RowFlight(*tables, row, plot) for row in range(len(tables[0].cells)))
        with self.saying("row_becomes_a_dot") as sentence:
            lit = (table.focus(0) for table in tables)
            self.play(FadeIn(plot.chart, plot.name), *lit, run_time=Pace.QUICK)
            for axis, mark in enumerate(("across", "up")):
                sentence.wait_until(mark)
                self.play(first.to_the_axis(axis))
            self.play(first.to_the_dot())
            self.play(FadeOut(first.traces), run_time=Pace.QUICK)
            for row, flight in enumerate(others, 1):
                self.play(*(table.focus(row, 0.4) for table in tables), flight.at_once(0.4))
            self.play(*(table.focus(None) for table in tables), run_time=Pace.QUICK)
        return [flight.dot for flight in (first, *others)]

    def _zoom(self, plot: FeaturePlot, key: str, terms: TakingOut) -> Zoom:
        """Enlarge what is left until the noise is seen."""
        zoom = Zoom(plot, self.text("times"))
        with self.saying(key):
            gone = FadeOut(terms.before, terms.equation, run_time=Pace.QUICK / 2)
            self.play(zoom.hide_numbers(), gone)
            self.play(zoom.go_in())
            numbers = zoom.numbers()
            self.play(FadeIn(numbers), run_time=Pace.QUICK)
        return zoom

    def _play_all(self, moves: Iterable[Animation]) -> None:
        for move in moves:
            self.play(move)

    @property
    def _places(self) -> int:
        """Places behind the point: two, fewer beside large numbers, more for a small noise."""
        std, spread = self.lesson.noise_std, spread_given(self.trace, 0).item()
        most = min(2, places_of(max(std, spread), digits=4))
        return max(most, places_of(std, digits=1))
