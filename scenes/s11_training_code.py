"""The loop is the pipeline, and it finds the parameters."""

from __future__ import annotations

from functools import partial

from manim import UP, FadeIn, FadeOut, ValueTracker, VGroup, linear

from figures.training_code.line_results import LineResults, results_of_line, step_places
from figures.training_code.run_charts import LossRun, ParameterRun, level
from figures.training_code.station_marks import StationMarks
from figures.training_code.terminal import Terminal
from linreg.study.iteration import Iteration, iterate
from linreg.study.losses import noise_floor
from linreg.study.outcome import finite_steps, outcome
from linreg.study.report import report
from linreg.training import fit
from visuals.layout import GAP, is_wide
from visuals.listing import Listing
from visuals.numbers import integer
from visuals.pipeline import Station
from visuals.ring import Ring
from visuals.source import TALL_COLUMNS, body_of, fitted, padded
from visuals.stage import LectureScene
from visuals.theme import Pace, Stroke, theme

COMMAND = "python -m linreg"
LINE_OF_STATION = {
    Station.DATA: "data_iter",
    Station.MODEL: "linreg(",
    Station.LOSS: "squared_loss",
    Station.GRADIENT: "backward",
    Station.UPDATE: "sgd(",
}
"""A part of the line of each station."""

LOG = "yield"
"""A part of the line that hands each step to whoever records the run."""

START = "init_params"
"""A part of the line before the loop."""

LOOP_COLUMNS = 34
"""Columns in a tall frame, where lines end at the stations' names."""

LISTING_LOOK = 4.0
"""Seconds for a listing before its lines are named."""

LOOK = 2.4
"""Seconds for what one line makes, once all of it is there."""

SHORT_LOOK = 0.8
"""Seconds for what one line makes, when it is like what was seen before."""

ROW_TIME = 0.6
"""Seconds for one row of what a line makes."""

TABLE_LOOK = 3.9
"""Seconds for what the terminal has printed."""

RUN_TIME = 8.0
"""Seconds that the whole run takes on the screen."""

RUN_SEEN = 3 / 8
"""Share of the run that is seen before it is said what becomes of it."""


class TrainingCode(LectureScene):
    """The training loop, line by line, step by step, and to its end."""

    def construct(self) -> None:
        """Table of contents."""
        listing, stations = self.beat(self.the_loop_is_the_pipeline)
        results = self.beat(self.one_iteration_makes_shapes, listing, stations)
        self.beat(self.the_next_is_the_same, listing, stations, results)
        self.beat(self.all_steps_reach_the_truth)
        terminal = self.beat(self.the_terminal_prints_the_run)
        self.beat(self.the_loop_found_the_parameters, terminal)

    def the_loop_is_the_pipeline(self) -> tuple[Listing, StationMarks]:
        """Show the loop; each station of the ring is one of its lines."""
        self.head("loop")
        code = fitted(body_of(fit), LOOP_COLUMNS)
        listing = Listing(code if is_wide() else padded(code, TALL_COLUMNS))
        self.body.place(listing, x=-1, shrink=False)
        listing.code.shade(listing.line_number(LOG))
        stations = StationMarks(listing, LINE_OF_STATION)
        self.play(FadeIn(listing))
        self.wait(LISTING_LOOK)
        self.play(stations.appear(run_time=Pace.SWEEP / 2))
        self.hold(stations)
        self.say("record")
        notes = [
            stations.note(listing, START, self.words("start")),
            stations.note(listing, LOG, self.words("log")),
        ]
        self.play(*map(FadeIn, notes))
        self.hold(*notes)
        self.wait(Pace.MOVE)
        return listing, stations

    def one_iteration_makes_shapes(self, listing: Listing, stations: StationMarks) -> LineResults:
        """Go through the first turn line by line, and look at what each makes."""
        self.head("slow")
        results = LineResults(self.body.width)
        self.body.place(results, y=-1, shrink=False)
        rise = self.body.top - listing.panel.get_top()[1]
        self.play(VGroup(listing, stations).animate.shift(rise * UP), run_time=Pace.QUICK)
        self.play(FadeIn(results), run_time=Pace.QUICK)
        turn, _ = turns = self._turns()
        places = step_places(turns, self.lesson.lr)
        for station in LINE_OF_STATION:
            self.say(f"at_{station.value}")
            rows = results_of_line(station, turn, self.lesson.lr, places)
            self._go(station, rows, listing, stations, results, ROW_TIME * (1 + len(rows)))
            self.wait(LOOK)
        self.wait(Pace.HOLD)
        return results

    def the_next_is_the_same(
        self, listing: Listing, stations: StationMarks, results: LineResults
    ) -> None:
        """Go through the second turn at speed."""
        self.head("fast")
        _, turn = turns = self._turns()
        places = step_places(turns, self.lesson.lr)
        for station in LINE_OF_STATION:
            rows = results_of_line(station, turn, self.lesson.lr, places)
            self._go(station, rows, listing, stations, results, Pace.QUICK)
            self.wait(SHORT_LOOK)
        self.wait(LOOK - SHORT_LOOK)

    def _turns(self) -> tuple[Iteration, Iteration]:
        """Return the first turn of the loop and the next, if there is one."""
        return iterate(self.trace, 0), iterate(self.trace, min(1, self.trace.num_steps - 1))

    def _go(
        self,
        station: Station,
        rows: list[str],
        listing: Listing,
        stations: StationMarks,
        results: LineResults,
        run_time: float,
    ) -> None:
        self.play(
            listing.focus(
                LINE_OF_STATION[station], listing.last_line_number(LINE_OF_STATION[station])
            ),
            stations.focus(station),
            results.write(rows, run_time=run_time),
        )

    def all_steps_reach_the_truth(self) -> None:
        """Run all steps: the loss falls to its floor, the parameters run to the truth."""
        self.head(self._ending("all_steps"))
        self.clear_body(run_time=Pace.QUICK / 2)
        step = ValueTracker(0)
        loss, parameters = level(
            self.body,
            partial(
                LossRun,
                trace=self.trace,
                floor=noise_floor(self.lesson),
                step=step,
                x_label=self.words("step"),
                y_label=self.words("loss"),
                noise=self.words("noise"),
                epoch=self.text("epoch"),
            ),
            partial(
                ParameterRun,
                trace=self.trace,
                step=step,
                x_label=self.words("step"),
                y_label=self.words("parameter"),
                truth=self.text("true"),
            ),
        )
        self.play(FadeIn(loss), FadeIn(parameters))
        self.wait(Pace.HOLD)
        if loss.epochs:
            self.say(
                "epochs",
                epochs=integer(len(self.trace.epoch_loss)),
                batches=integer(self.trace.steps_per_epoch),
                steps=integer(self.trace.num_steps),
            )
            self.play(FadeIn(loss.epochs))
            self.hold(loss.epochs)
        loss.path.tracked()
        parameters.tracked()
        self._run_to(step, RUN_SEEN * finite_steps(self.trace), RUN_SEEN * RUN_TIME)
        self.say(self._ending("run"))
        self._run_to(step, finite_steps(self.trace), (1 - RUN_SEEN) * RUN_TIME)
        self.wait(Pace.HOLD + Pace.MOVE)

    def _run_to(self, step: ValueTracker, end: float, run_time: float) -> None:
        self.play(step.animate.set_value(end), run_time=run_time, rate_func=linear)

    def the_terminal_prints_the_run(self) -> Terminal:
        """Print what the command prints: a line an epoch, then a table."""
        self.head("terminal")
        self.clear_body(run_time=Pace.QUICK / 2)
        terminal = Terminal(COMMAND, report(self.trace), table_rows=len(self.trace.true_w) + 2)
        self.body.place(terminal, shrink=False)
        self.play(FadeIn(terminal), run_time=Pace.QUICK)
        self.play(terminal.type_command(run_time=Pace.QUICK))
        self.play(terminal.print_lines(run_time=Pace.QUICK))
        self.wait(TABLE_LOOK)
        return terminal

    def the_loop_found_the_parameters(self, terminal: Terminal) -> None:
        """Compare learned and true, and return to the ring."""
        self.head(self._ending("found_heading"))
        self.play(terminal.tint([theme.MODEL, theme.TRUTH, theme.INK]))
        self.say(self._ending("found"))
        length, whole = terminal.width, self.body.width
        if not is_wide():
            length, whole = terminal.height + 2 * GAP, self.body.height
        left, right = self.body.beside(length, whole - length - GAP)
        # The edges of its boxes are wide; and it is itself the pipeline that the strip shows.
        ring = Ring(right.inset(Stroke.LINE / 200))
        self.play(terminal.animate.move_to(left.center), FadeOut(self.strip))
        self.play(ring.appear())
        self.play(ring.turn(run_time=2 * Pace.SWEEP))
        self.wait(Pace.HOLD)

    def _ending(self, key: str) -> str:
        """Return a key for what became of the run."""
        return f"{key}_{outcome(self.trace, self.lesson).value}"
