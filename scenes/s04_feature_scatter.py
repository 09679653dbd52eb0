"""The spread you see is not noise, it is the other feature.

Rows of the tensors become dots in two plots. Both clouds are far wider than the noise, until the
other feature's share is taken out: then they collapse to lines. In three dimensions both plots are
views of one cloud, which lies on a plane; seen edge-on only the noise is left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from manim import DEGREES, UP, ApplyMethod, FadeIn, FadeOut, Transform, VGroup, VMobject

from figures.feature_scatter.collapsing_plot import (
    COLLAPSE,
    PLANE,
    QUIET,
    TOTAL,
    WAITING,
    CollapsingPlot,
    Narrowing,
    share,
)
from figures.feature_scatter.feature_space import FeatureSpace
from figures.feature_scatter.plane_errors import PlaneErrors
from figures.feature_scatter.projection import HIGHEST_ELEVATION
from figures.feature_scatter.row_flight import RowFlight
from figures.feature_scatter.table import TensorTable, side_by_side, table_over_plots
from visuals.formula import formula
from visuals.layout import Slot, is_wide
from visuals.numbers import Num, integer, places_of, significant
from visuals.pipeline import Station
from visuals.stage import LectureScene
from visuals.theme import Pace, theme
from visuals.typography import Words

Plots: TypeAlias = tuple[CollapsingPlot, CollapsingPlot]
Tables: TypeAlias = tuple[TensorTable, TensorTable]

NUM_ROWS = 5
RULER_ROOM = 1.5
SPACE_SHARES = (56, 44)


class FeatureScatter(LectureScene):
    """Show that the other feature makes the cloud wide, and that the examples lie on a plane."""

    station = Station.DATA

    def construct(self) -> None:
        """Go from rows to dots, from clouds to lines, and from lines to the plane."""
        tables = self.beat(self.rows_of_the_tensors)
        plots = self.beat(self.each_row_is_two_dots, tables)
        strip, noise = self.beat(self.noise_is_not_so_wide, tables, plots)
        self.beat(self.spread_is_the_other_feature, plots[0], strip)
        self.beat(self.so_does_the_second, plots, noise)
        space, plane = self.beat(self.two_plots_are_two_sides, plots)
        self.beat(self.edge_on_only_noise_is_left, space, plane, plots[0].narrowing)

    # Beats

    def rows_of_the_tensors(self) -> Tables:
        """Show the first rows, with the shapes of both tensors."""
        features = self._table("features", "x_1", "x_2")
        labels = self._table("labels", "y")
        self.body.place(side_by_side((features, labels)), shrink=False)
        self.head("heading_rows")
        self.play(FadeIn(features), run_time=Pace.MOVE)
        self.play(FadeIn(labels), run_time=Pace.MOVE)
        self.hold()
        return features, labels

    def each_row_is_two_dots(self, tables: Tables) -> Plots:
        """Let the rows fly to their dots, the first one slowly, then show all of them."""
        table_slot, *slots = table_over_plots(self.body)
        both = VGroup(*tables)
        target = table_slot.place(both.copy(), x=-1 if is_wide() else 0, shrink=False)
        first, second = (
            CollapsingPlot(self.trace, i, slot, NUM_ROWS) for i, slot in enumerate(slots)
        )
        self.play(both.animate.move_to(target), run_time=Pace.MOVE)
        self.play(FadeIn(first.chart, first.name, second.chart, second.name))
        self._fly(tables, (first, second))
        self.say("all_rows", n=integer(len(self.trace.labels)))
        self.play(first.cloud.appear(), second.cloud.appear())
        self.wait(Pace.MOVE)
        return first, second

    def noise_is_not_so_wide(self, tables: Tables, plots: Plots) -> tuple[VGroup, Words]:
        """Measure the labels in a strip of the first cloud, and compare with the noise."""
        plot, second = plots
        slots = [replace(slot, right=slot.right - RULER_ROOM) for slot in self.body.beside(1, 1)]
        self.head("heading_question")
        self.play(FadeOut(*tables), run_time=Pace.QUICK)
        self.play(plot.move_to(slots[0]), second.move_to(slots[1]))
        strip, line = plot.strip(), plot.own_line()
        self.play(plot.fade_to(WAITING), second.fade_to(WAITING, QUIET), FadeIn(line, strip))
        self.wait(Pace.MOVE)
        noise = self.words("noise_std", noise=Num(self.lesson.noise_std, self._places))
        ruler = plot.ruler(self.words("spread"), self._places, noise)
        self.say(
            "why_so_wide" if plot.narrowing is not Narrowing.UNMOVED else "as_wide_as_noise",
            spread=ruler.number.number,
            noise=noise.numbers[0],
        )
        self.play(FadeIn(ruler, plot.name_line()), run_time=Pace.MOVE)
        self.hold()
        self.play(FadeIn(noise), run_time=Pace.MOVE)
        self.hold(noise)
        return strip, noise

    def spread_is_the_other_feature(self, plot: CollapsingPlot, strip: VGroup) -> None:
        """Take the bias and the other feature out of the first cloud: it collapses."""
        self.head("heading_answer" if plot.narrowing is not Narrowing.UNMOVED else "heading_noise")
        self.play(plot.fade_to(1.0), FadeOut(strip), run_time=Pace.QUICK)
        self._take_out_the_bias(plot, Pace.SWEEP)
        self.say("own_way")
        ways = plot.shares()
        self.play(plot.cloud.animate.set_opacity(WAITING), FadeIn(ways), run_time=Pace.QUICK)
        if plot.narrowing is not Narrowing.UNMOVED:
            name = plot.name_share(formula(share(1)))
            self.play(FadeIn(name), run_time=Pace.QUICK)
            self.hold()
            self.play(FadeOut(name), run_time=Pace.QUICK)
        self.play(plot.cloud.animate.set_opacity(1), run_time=Pace.QUICK)
        self._collapse(plot, plot.narrowing.value)
        self.remove(ways)
        self.hold()

    def so_does_the_second(self, plots: Plots, noise: Words) -> None:
        """Take the bias and the first feature out of the second cloud."""
        first, second = plots
        self.play(first.drop(noise), first.fade_to(WAITING, QUIET), second.fade_to(WAITING))
        ruler = second.ruler(self.words("spread"), self._places)
        self.play(FadeIn(ruler, second.own_line(), second.name_line()))
        self.hold()
        self._take_out_the_bias(second, Pace.MOVE)
        self.play(second.fade_to(1.0))
        self._collapse(second, f"second_{second.narrowing.value}", Pace.SWEEP)
        self.play(first.fade_to(1.0))
        self.hold()

    def two_plots_are_two_sides(self, plots: Plots) -> tuple[FeatureSpace, VGroup]:
        """Put everything back, and turn from one plot to the other and on to the plane."""
        self.head("heading_space")
        self.clear_body(*plots[0].parts, *plots[1].parts)
        self.play(*(change for plot in plots for change in plot.put_back()))
        space = self._enter_space(*plots)
        self.wait(Pace.MOVE)
        self.play(space.walk_to(90 * DEGREES, 1.2 * Pace.SWEEP))
        self.wait(Pace.MOVE)
        self.head("heading_plane" if space.is_flat else "heading_near_plane")
        self.say("all_on_one_plane" if space.is_flat else "all_near_one_plane")
        self.play(
            space.turn(space.nearly_edge_on, HIGHEST_ELEVATION, 1.2 * Pace.SWEEP),
            space.show_plane(),
        )
        plane = space.name_the_plane(formula(PLANE))
        self.play(FadeIn(plane), run_time=Pace.QUICK)
        self.hold()
        return space, plane

    def edge_on_only_noise_is_left(
        self, space: FeatureSpace, plane: VGroup, narrowing: Narrowing
    ) -> None:
        """Look along the plane, then subtract it."""
        left, right = self.body.beside(*SPACE_SHARES)
        self.head("heading_edge" if self.lesson.noise_std > 0 else "heading_edge_clean")
        self.play(FadeOut(plane, run_time=Pace.QUICK), space.turn(space.edge_on, 0, 2 * Pace.SWEEP))
        axis = formula(TOTAL)
        labels = space.edge_on_labels(axis, formula(PLANE))
        self.play(space.name_the_sum(labels, axis))
        self.add(labels)
        self.wait(Pace.HOLD + Pace.MOVE)
        way = space.center_in(left) - space.projection.center.get_location()
        self.play(ApplyMethod(space.projection.center.shift, way), ApplyMethod(labels.shift, way))
        self._show_what_is_left(space, labels[-1], right, narrowing)

    # Parts of beats

    def _table(self, key: str, *columns: str) -> TensorTable:
        """Show a tensor of the data by its name in the code."""
        heads = [formula(f"{{{{ {column} : {column} }}}}") for column in columns]
        tensor = {"features": self.trace.features, "labels": self.trace.labels}[key]
        return TensorTable(self.words(key), self.text("shape"), tensor, heads, NUM_ROWS)

    def _fly(self, tables: Tables, plots: Plots) -> None:
        """Light every row of the tables, and let it fly to its dots."""
        dots = VGroup()
        for row in range(len(tables[0].cells)):
            flights = [RowFlight(*tables, row, plot) for plot in plots]
            self.play(*(table.focus(row, Pace.QUICK / 2) for table in tables))
            if row == 0:
                for flight in flights:
                    self.play(flight.to_the_axes())
                    self.play(flight.to_the_dot())
                    self.play(FadeOut(flight.traces), run_time=Pace.QUICK)
                self.wait(Pace.MOVE)
            else:
                self.play(*(flight.at_once() for flight in flights))
            dots.add(*(flight.dot for flight in flights))
        self.remove(*dots)
        self.add(*(plot.marked for plot in plots))
        self.play(*(ApplyMethod(table.set_opacity, QUIET) for table in tables))

    def _take_out_the_bias(self, plot: CollapsingPlot, run_time: float) -> None:
        """Slide a cloud and its line by the bias; their names change on the way."""
        self.play(*plot.take_out_the_bias(run_time))
        self.remove(plot.line_name).add(plot.name_line())
        self.wait(Pace.MOVE)

    def _collapse(self, plot: CollapsingPlot, key: str, run_time: float = COLLAPSE) -> None:
        """Take the other feature out, and say what is left."""
        self.say(key, left=Num(plot.noise_spread, self._places))
        self.play(*plot.take_out_the_other(run_time))

    def _enter_space(self, plot: CollapsingPlot, other: CollapsingPlot) -> FeatureSpace:
        """Let a plot become the space, seen from the same side."""
        slot, middle = self.body.beside(*SPACE_SHARES)[0], self.body.center
        space = FeatureSpace(slot, self.trace, NUM_ROWS)
        space.projection.center.set_x(middle[0]).shift(UP * (middle - slot.center)[1])
        space.follow()
        chart = plot.chart
        pairs = [
            (plot.cloud.clear_updaters(), space.cloud),
            (plot.marked.clear_updaters(), space.marked),
            (plot.name, space.names[2]),
            (chart.axes, space.frame()),
            (chart[-1], space.names[0]),
        ]
        come = VGroup(*space.scales, space.y_labels)
        self.play(
            *(Transform(part, target.copy()) for part, target in pairs),
            FadeOut(chart.tick_marks, chart.x_tick_labels, chart.y_tick_labels, *other.parts),
            FadeIn(come),
            run_time=1.5,
        )
        self.remove(*(part for part, _ in pairs), come)
        self.add(space)
        return space

    def _show_what_is_left(
        self, space: FeatureSpace, name: VMobject, slot: Slot, narrowing: Narrowing
    ) -> None:
        """Take the plane out of the labels, and enlarge what is left."""
        left = PlaneErrors(space, self.trace, replace(slot, right=slot.right - RULER_ROOM))
        noisy = self.lesson.noise_std > 0
        before, after = Num(left.before, self._places), Num(left.spread, self._places)
        was = self.words("spread_before", spread=before, color=theme.MUTED)
        self.play(FadeIn(left.chart), run_time=Pace.QUICK)
        some = "noise_off_the_plane" if narrowing is Narrowing.UNMOVED else "off_the_plane"
        self.say(some if noisy else "nothing_off_the_plane", spread=before, left=after)
        self.play(left.enlarge())
        self.play(FadeIn(left.numbers, left.mark_before(was, name)), run_time=Pace.QUICK)
        if narrowing is not Narrowing.UNMOVED:
            self.head("heading_end")
        if noisy:
            ruler = left.ruler(self.words("noise"), self._places)
            scale = self.words("scale", times=significant(left.times, 2))
            self.play(FadeIn(ruler, ruler.compare(scale)))
        self.hold(*([ruler, scale] if noisy else []))

    @property
    def _places(self) -> int:
        """Places behind the point that show the noise."""
        return max(2, places_of(self.lesson.noise_std, digits=1))
