"""The spread you see is not noise, it is the other feature.

Rows of the tensors become dots in two plots. Both clouds are far wider than the noise, until the
other feature's share is taken out: then they collapse to lines. In three dimensions both plots are
views of one cloud, which lies on a plane; seen edge-on only the noise is left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from manim import (
    DEGREES,
    Animation,
    ApplyMethod,
    FadeIn,
    FadeOut,
    Transform,
    VGroup,
)

from visuals.collapse import BIAS, COLLAPSE, Fate, FeaturePlot, share
from visuals.formula import formula
from visuals.layout import Slot
from visuals.left_over import LeftOver
from visuals.numbers import Num, integer, places_of
from visuals.pipeline import Station
from visuals.row_flight import RowFlight
from visuals.space import HIGHEST, Space
from visuals.stage import LectureScene
from visuals.table import TensorTable, side_by_side
from visuals.theme import Dim, Pace

Plots: TypeAlias = tuple[FeaturePlot, FeaturePlot]
Tables: TypeAlias = tuple[TensorTable, TensorTable]

NUM_ROWS = 5
RULER_ROOM = 1.5
SPACE_SHARES = (56, 44)
QUARTER = 90 * DEGREES
ASIDE = 60 * DEGREES
"""How far from edge-on the plane is shown first."""


class FeatureScatter(LectureScene):
    """Show that the other feature makes the cloud wide, and that the examples lie on a plane."""

    station = Station.DATA

    def construct(self) -> None:
        """Go from rows to dots, from clouds to lines, and from lines to the plane."""
        tables = self.beat(self.rows_of_the_tensors)
        plots = self.beat(self.each_row_is_two_dots, tables)
        strip = self.beat(self.noise_is_not_so_wide, tables, plots)
        self.beat(self.spread_is_the_other_feature, plots[0], strip)
        self.beat(self.so_does_the_second, plots[1])
        space = self.beat(self.two_plots_are_two_sides, plots)
        self.beat(self.edge_on_only_noise_is_left, space)

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
        table_slot, *slots = self.body.beside(30, 35, 35)
        both = VGroup(*tables)
        target = table_slot.place(both.copy(), x=-1, shrink=False)
        first, second = (
            FeaturePlot(self.trace, feature, slot, NUM_ROWS) for feature, slot in enumerate(slots)
        )
        self.play(both.animate.move_to(target), run_time=Pace.MOVE)
        self.play(FadeIn(first.chart, first.name, second.chart, second.name))
        self._fly(tables, (first, second))
        self.say("all_rows", n=integer(len(self.trace.labels)))
        self.play(first.cloud.appear(), second.cloud.appear())
        self.hold()
        return first, second

    def noise_is_not_so_wide(self, tables: Tables, plots: Plots) -> VGroup:
        """Measure the labels in a strip of the first cloud, and compare with the noise."""
        plot, second = plots
        slots = [replace(slot, right=slot.right - RULER_ROOM) for slot in self.body.beside(1, 1)]
        self.head("heading_question")
        self.play(FadeOut(*tables), run_time=Pace.QUICK)
        self.play(plot.move_to(slots[0]), second.move_to(slots[1]))
        strip = plot.strip()
        self.play(plot.fade_to(Dim.FAINT), second.fade_to(Dim.FAINT, Dim.SOFT), FadeIn(strip))
        self.wait(Pace.MOVE)
        ruler = plot.ruler(self.words("spread"), self._places)
        noise = self.words("noise_std", noise=Num(self.taught.noise_std, self._places))
        self.say(
            "why_so_wide" if plot.fate is not Fate.UNMOVED else "as_wide_as_noise",
            spread=ruler.number.number,
            noise=noise.numbers[0],
        )
        self.play(FadeIn(ruler), run_time=Pace.MOVE)
        self.hold()
        self.play(FadeIn(ruler.compare(noise)), run_time=Pace.MOVE)
        self.hold(noise)
        return strip

    def spread_is_the_other_feature(self, plot: FeaturePlot, strip: VGroup) -> None:
        """Take the bias and the other feature out of the first cloud: it collapses."""
        self.head("heading_answer" if plot.fate is not Fate.UNMOVED else "heading_noise")
        self.play(plot.fade_to(1.0), FadeOut(strip), run_time=Pace.QUICK)
        self.play(ApplyMethod(plot.bias_out.set_value, 1), plot.rename(BIAS), run_time=Pace.SWEEP)
        self.wait(Pace.MOVE)
        self.say("own_way")
        ways = plot.shares()
        self.play(plot.cloud.animate.set_opacity(Dim.FAINT), FadeIn(ways), run_time=Pace.QUICK)
        if plot.fate is not Fate.UNMOVED:
            name = plot.name_share(formula(share(1)))
            self.play(FadeIn(name), run_time=Pace.QUICK)
            self.hold()
            self.play(FadeOut(name), run_time=Pace.QUICK)
        self.play(plot.cloud.animate.set_opacity(1), run_time=Pace.QUICK)
        self._collapse(plot, plot.fate.value)
        self.remove(ways)

    def so_does_the_second(self, second: FeaturePlot) -> None:
        """Take the bias and the first feature out of the second cloud."""
        self.play(second.fade_to(1.0))
        self.play(FadeIn(second.ruler(self.words("spread"), self._places)))
        self.hold()
        bias = ApplyMethod(second.bias_out.set_value, 1, run_time=COLLAPSE)
        self._collapse(second, f"second_{second.fate.value}", bias)

    def two_plots_are_two_sides(self, plots: Plots) -> Space:
        """Put everything back, and turn from one plot to the other and on to the plane."""
        self.head("heading_space")
        self.clear_body(*plots[0].parts, *plots[1].parts)
        self.play(*(change for plot in plots for change in plot.put_back()))
        space = self._enter_space(plots[0])
        self.wait(Pace.MOVE)
        self.play(space.walk_to(QUARTER, 1.2 * Pace.SWEEP))
        self.wait(Pace.MOVE)
        self.head("heading_plane" if space.is_flat else "heading_near_plane")
        self.say("all_on_one_plane" if space.is_flat else "all_near_one_plane")
        aside = space.edge_on - ASIDE
        run_time = Pace.SWEEP * min(2.0, max(1.5, (aside - QUARTER) / QUARTER))
        shown = ApplyMethod(space.plane_shown.set_value, 1)
        self.play(space.turn(aside, HIGHEST, run_time), shown, run_time=run_time)
        self.hold()
        return space

    def edge_on_only_noise_is_left(self, space: Space) -> None:
        """Look along the plane, then take it away."""
        left, right = self.body.beside(*SPACE_SHARES)
        noisy = self.taught.noise_std > 0
        self.head("heading_edge" if noisy else "heading_edge_clean")
        self.play(space.turn(space.edge_on, 0, 2 * Pace.SWEEP))
        self.wait(Pace.MOVE)
        self.play(
            ApplyMethod(space.eye.center.move_to, space.center_in(left)),
            ApplyMethod(space.names_shown.set_value, 0),
        )
        total = f"{share(0)} + {share(1)}"
        labels = space.edge_on_labels(formula(total), formula(f"{total} + {BIAS}"))
        self.play(FadeIn(labels), run_time=Pace.QUICK)
        self.wait(Pace.MOVE)
        self._show_what_is_left(space, right)

    # Parts of beats

    def _table(self, key: str, *columns: str) -> TensorTable:
        """Show a tensor of the data by its name in the code."""
        heads = [formula(f"{{{{ {column} : {column} }}}}") for column in columns]
        tensor = {"features": self.trace.features, "labels": self.trace.labels}[key]
        return TensorTable(self.words(key), self.text("shape"), tensor, heads, NUM_ROWS)

    def _fly(self, tables: Tables, plots: Plots) -> None:
        """Let every row of the tables fly to its dots."""
        dots = VGroup()
        for row in range(len(tables[0].cells)):
            flights = [RowFlight(*tables, row, plot) for plot in plots]
            focus = [table.focus(row) for table in tables]
            if row == 0:
                self.play(*focus)
                for flight in flights:
                    self.play(flight.to_the_axes())
                    self.play(flight.to_the_dot())
                    self.play(FadeOut(flight.guides), run_time=Pace.QUICK)
            else:
                self.play(*focus, *(flight.at_once() for flight in flights))
            dots.add(*(flight.dot for flight in flights))
        self.remove(*dots)
        self.add(*(plot.marked for plot in plots))
        self.play(*(table.focus(None) for table in tables))

    def _collapse(self, plot: FeaturePlot, key: str, *also: Animation) -> None:
        """Take the other feature out, then draw the one feature's line through what is left."""
        self.say(key, left=Num(plot.noise_spread, self._places))
        self.play(*also, *plot.take_out_the_other())
        self.play(FadeIn(plot.own_line(formula(share(plot.feature)))), run_time=Pace.MOVE)
        self.hold()

    def _enter_space(self, plot: FeaturePlot) -> Space:
        """Let a plot's cloud become the one in space, seen from the same side."""
        names = [formula(f"{{{{ {name} : {name} }}}}") for name in ("x_1", "x_2", "y")]
        space = Space(self.body.beside(*SPACE_SHARES)[0], self.trace, names)
        space.eye.center.set_x(self.body.center[0])
        space.follow()
        cloud = plot.cloud
        self.clear_body(cloud)
        cloud.clear_updaters()
        rest = VGroup(*(part for part in space.submobjects if part is not space.cloud))
        self.play(Transform(cloud, space.cloud.copy()), FadeIn(rest), run_time=1.5)
        self.remove(cloud, rest)
        self.add(space)
        return space

    def _show_what_is_left(self, space: Space, slot: Slot) -> None:
        """Take the plane out of the labels, and enlarge what is left."""
        left = LeftOver(space, self.trace, replace(slot, right=slot.right - RULER_ROOM))
        noisy = self.taught.noise_std > 0
        self.play(FadeIn(left.chart), run_time=Pace.QUICK)
        spread = {"left": Num(left.spread, self._places)} if noisy else {}
        self.say("off_the_plane" if noisy else "nothing_off_the_plane", **spread)
        self.play(left.enlarge())
        if noisy:
            self.play(FadeIn(left.ruler(self.words("noise"), self._places)))
        self.hold()

    @property
    def _places(self) -> int:
        """Places behind the point that show the noise."""
        return max(2, places_of(self.taught.noise_std, digits=1))
