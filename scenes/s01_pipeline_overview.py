"""Training repeats five small stations, and the plane settles into the cloud."""

from __future__ import annotations

from contextlib import nullcontext

from manim import DOWN, LEFT, Create, FadeIn, FadeOut, GrowFromEdge, Indicate, LaggedStart, VGroup

from figures.pipeline_overview import marks
from figures.pipeline_overview.board import WATCHED, Board
from figures.pipeline_overview.loop import Loop
from figures.pipeline_overview.numbers import GradientNumbers, stand_in_column
from figures.pipeline_overview.trained_plane import TrainedPlane
from linreg.study.outcome import outcome
from visuals.layout import GAP
from visuals.numbers import integer, significant
from visuals.parts import Part
from visuals.pipeline import Station
from visuals.stage import LectureScene
from visuals.theme import Pace, Size, theme
from visuals.trackers import go

BACKGROUND, FADED = 0.5, 0.1
"""Opacities of the cloud behind an example, and behind a batch."""

PAST = 0.55
"""Share of their opacity that the numbers lose when they were used."""

STICKS, WIDE = 30, 0.1
"""Examples with a stick at first, and standard deviations of noise, in those of the labels, from
which sticks of the true plane are seen."""

WATCH_TIME, RUN_TIME = 0.8, 3.2
"""Seconds of each step that is watched, and of the last of all others."""


class PipelineOverview(LectureScene):
    """A question, the ring of five stations, and one batch that goes round it."""

    part = Part.LEARNING

    def construct(self) -> None:
        """Table of contents."""
        plane, example = self.beat(self.an_example_is_a_place_and_a_height)
        self.beat(self.a_plane_can_predict_the_labels, plane, example)
        loop = self.beat(self.training_is_one_loop, plane)
        board = self.beat(self.data_deals_a_batch, loop)
        names = self.beat(self.the_model_predicts, board)
        poured = self.beat(self.the_loss_is_one_number, board, names)
        gradient = self.beat(self.the_gradient_is_three_numbers, board, poured)
        was = self.beat(self.the_update_goes_the_other_way, board, gradient)
        self.beat(self.the_loop_finds_the_plane, board, was)

    def an_example_is_a_place_and_a_height(self) -> tuple[TrainedPlane, VGroup]:
        """Show the cloud, and one example with its three numbers."""
        plane = TrainedPlane(self.body, self.trace, names=marks.named_axes(self.text))
        plane.plane_shown.set_value(0)
        plane.cloud_lit.set_value(BACKGROUND)
        names = VGroup(*plane.box.names).set_fill(theme.MUTED)
        row = marks.front_example(plane)
        drop, to_x1, to_x2, height = marks.guides(plane, row)
        with self.saying("every_dot_is_an_example"):
            self.play(FadeIn(plane.follow()))
            self.play(FadeIn(dot := marks.large_dot(plane, row), scale=0.5), run_time=Pace.QUICK)
            called = marks.beside(self.words("example", color=theme.DATA), dot, plane)
            self.play(FadeIn(called), run_time=Pace.QUICK / 2)
        with self.saying("place_is_features"):
            self.play(Create(drop), run_time=Pace.QUICK)
            for way, name in ((to_x1, names[0]), (to_x2, names[1])):
                self.play(Create(way), name.animate.set_fill(theme.DATA), run_time=Pace.MOVE)
        with self.saying("height_is_label"):
            lit = names[2].animate.set_fill(theme.DATA)
            self.play(Create(height), lit, run_time=Pace.SWEEP / 2)
        return plane, VGroup(dot, called, drop, to_x1, to_x2, height)

    def a_plane_can_predict_the_labels(self, plane: TrainedPlane, example: VGroup) -> None:
        """Ask for the plane, and tilt it into the cloud."""
        self.play(FadeOut(example), plane.light_cloud())
        with self.saying("a_plane_predicts"):
            self.play(plane.show_plane(run_time=2 * Pace.MOVE))
        with self.saying("sticks_are_errors"):
            rows = range(min(STICKS, len(plane.examples)))
            self.play(
                FadeIn(batch := marks.dots(plane, rows)), plane.dim_cloud(), run_time=Pace.QUICK
            )
            self.remove(batch)
            self.play(plane.show_errors(rows))
        with self.asking("which_plane_is_best"):
            self.head("which_plane")
        noisy = self.lesson.noise_std > WIDE * float(self.trace.labels.std(correction=0))
        with self.saying("sticks_become_short" if noisy else "sticks_vanish"):
            truth = self.trace.true_w, self.trace.true_b.item()
            self.play(plane.move_plane(*truth, run_time=Pace.SWEEP), plane.light_cloud())

    def training_is_one_loop(self, plane: TrainedPlane) -> Loop:
        """Name the lecture; then draw the ring as large as the body."""
        name = self.words("name", size=Size.TITLE, align="center")
        card = VGroup(name, self.words("credit", color=theme.MUTED)).arrange(DOWN, buff=GAP)
        card.move_to(self.body.center)
        with self.saying("how_is_it_found"):
            self.head("how")
        with self.saying("this_lecture"):
            self.play(LaggedStart(FadeOut(plane), FadeIn(card), lag_ratio=0.7, run_time=Pace.MOVE))
        loop = Loop(self.body, Size.TITLE)
        with self.saying("five_stations") as sentence:
            self.head("loop")
            drawing = max(Pace.MOVE, sentence.seconds_until(Station.DATA.value))
            self.play(FadeOut(card, run_time=Pace.QUICK), loop.draw(drawing))
            for station, label in zip(Station, loop.names, strict=True):
                sentence.wait_until(station.value)
                self.play(FadeIn(label), run_time=Pace.QUICK / 2)
        self.remove(*loop.get_family())
        self.add(loop)
        return loop

    def data_deals_a_batch(self, loop: Loop) -> Board:
        """Light one batch in the cloud, and close in on it."""
        board = Board.of(self.body, loop, self.trace, self.lesson, self.words)
        plane, lesson = board.plane, self.lesson
        plane.plane_shown.set_value(0)
        self.play(loop.move_to_other(Loop(board.rooms.loop)))
        self.play(FadeIn(plane.follow()), run_time=Pace.QUICK)
        numbers = {key: integer(getattr(lesson, key)) for key in ("batch_size", "num_examples")}
        with self.saying("data_deals", **numbers) as sentence:
            self._work(board, Station.DATA)
            way = plane.dim_cloud(FADED, Pace.MOVE)
            self.play(FadeIn(dots := marks.dots(plane, plane.batch)), way)
            self.remove(dots)
            plane.mark(plane.batch)
            sentence.wait_until("closer")
            self.play(plane.close_in(1.5), plane.dim_cloud(0, 1.5))
        return board

    def the_model_predicts(self, board: Board) -> VGroup:
        """Move the first plane, lay the predictions on it; return the names of one example."""
        plane = board.plane
        with self.saying("w_tilts_b_lifts") as sentence:
            self._work(board, Station.MODEL)
            self.play(plane.show_plane(Pace.QUICK))
            moved = zip(("w", "b"), (0, 2), board.code[Station.MODEL].words, strict=True)
            for key, parameter, word in moved:
                sentence.wait_until(key)
                tracker, first, tried = plane.tried(parameter)
                self.play(go(tracker, tried, Pace.QUICK), FadeIn(word))
                self.play(go(tracker, first, Pace.QUICK))
        with self.saying("prediction_on_the_plane"):
            plane.predictions_shown.set_value(1)
            self.play(plane.predict_batch(run_time=1.5 * Pace.MOVE))
            names = marks.names_of_example(plane, self.words("error", color=theme.LOSS))
            self.play(FadeIn(*names[:2]), run_time=Pace.QUICK)
        return names

    def the_loss_is_one_number(self, board: Board, names: VGroup) -> VGroup:
        """Pour the squares of the errors into one mean square, and halve it."""
        plane, loss = board.plane, board.loss
        with self.saying("error_is_difference"):
            self._arrive(board, Station.LOSS)
            self.play(plane.show_errors())
            self.play(FadeIn(names[2]), run_time=Pace.QUICK / 2)
        squares = plane.error_squares(plane.batch)
        with self.saying("errors_become_squares"):
            grown = LaggedStart(*(GrowFromEdge(square, LEFT) for square in squares), lag_ratio=0.1)
            code = FadeIn(*board.code[Station.LOSS].at_first)
            self.play(grown, FadeOut(names), code, run_time=1.5 * Pace.MOVE)
        pour = plane.pour_into(board.rooms.squares, squares)
        with self.saying("squares_pour" if len(squares) > 1 else "one_square"):
            self.remove(*squares)
            self.add(pour)
            self.play(FadeOut(plane, run_time=Pace.QUICK), pour.to_strip(1.2 * Pace.MOVE))
            self.play(pour.share(0.8 * Pace.MOVE))
            self.play(pour.to_mean(0.8 * Pace.MOVE))
            name = self.words("mean_square", color=theme.LOSS).next_to(pour.mean, DOWN, buff=GAP)
            self.play(FadeIn(name), run_time=Pace.QUICK / 2)
        loss.tracked().follow().stand_beside(pour.mean)
        with self.saying("half_is_the_loss", first_loss=significant(plane.loss())):
            self.play(pour.halve(), FadeIn(board.code[Station.LOSS].words))
            self.play(FadeIn(loss), run_time=Pace.QUICK / 2)
        return VGroup(pour, name)

    def the_gradient_is_three_numbers(self, board: Board, poured: VGroup) -> VGroup:
        """Tilt the plane along both features and lift it: each time the loss changes."""
        plane, loss = board.plane, board.loss
        numbers = GradientNumbers(self.trace, self.words)
        stand_in_column(numbers, board.rooms.numbers.left, board.feet(Station.GRADIENT))
        with self.saying("if_the_plane_moved"):
            self._arrive(board, Station.GRADIENT)
            way = board.way_of_loss()
            gone = map(FadeOut, (*poured, *loss.drop_name()))
            self.play(*gone, loss.animate.shift(way), run_time=Pace.QUICK)
            self.play(FadeIn(plane.follow()), run_time=Pace.QUICK)
        falls = self.trace.grad_b[0].item() < 0
        keys = "along_x1", "along_x2", "upwards_falls" if falls else "upwards"
        for parameter, key in enumerate(keys):
            with self.saying(key) as sentence:
                tracker, first, tried = plane.tried(parameter)
                half = max(sentence.remaining / 2, 0.8)
                self.play(go(tracker, tried, half), FadeIn(numbers.names[parameter]))
                self.play(go(tracker, first, half), FadeIn(numbers.readouts[parameter]))
        batch = self.lesson.batch_size
        key = "gradient_of_sum" if batch > 1 else "that_is_the_gradient"
        with self.saying(key, batch_size=integer(batch)) as sentence:
            self.play(*(Indicate(number, 1.3, theme.GRADIENT) for number in numbers.readouts))
            sentence.wait_until("code")
            self.play(FadeIn(board.code[Station.GRADIENT]))
        return numbers

    def the_update_goes_the_other_way(self, board: Board, gradient: VGroup) -> VGroup:
        """Make the first step of the run; return what was before it."""
        plane, end = board.plane, outcome(self.trace, self.lesson)
        before, first = marks.outline(plane), plane.loss()
        name = marks.below_edge(self.words("before"), plane)
        with self.saying(f"moved_{end.value}"):
            self._work(board, Station.UPDATE)
            self.play(FadeIn(before, name), gradient.animate.fade(PAST), run_time=Pace.QUICK)
            self.play(plane.run_to(1, run_time=2 * Pace.MOVE))
        was = board.was(self.text("was"), first)
        with self.saying("loss_is_smaller") if plane.loss() < first else nullcontext():
            self.play(FadeOut(gradient), FadeIn(was))
        return VGroup(before, name, was)

    def the_loop_finds_the_plane(self, board: Board, before: VGroup) -> None:
        """Go round for every step of the run."""
        plane, loop, token = board.plane, board.loop, board.loop.token()
        steps, epochs = self.trace.num_steps, self.lesson.num_epochs
        counter = board.count(self.text, self.words)
        self.head("again")
        with self.saying("new_batches" if steps > 1 else "one_step"):
            back = plane.hide_errors(), plane.draw_back(run_time=1.5 * Pace.MOVE)
            gone = FadeOut(board.code[Station.UPDATE], *before)
            self.play(loop.light(*Station), gone, FadeIn(counter), *back)
            self.add(token, loop.boxes, loop.names)  # it passes behind the stations
            self.play(plane.dim_cloud(FADED), run_time=Pace.QUICK / 2)
            counter.tracked()
            for step in range(2, min(WATCHED, steps) + 1):
                turn = go(loop.turns, step - 1, WATCH_TIME)
                self.play(turn, plane.run_to(step, WATCH_TIME))
        share = 0.0
        if steps > WATCHED:
            key = "all_steps" if epochs > 1 else "one_pass"
            with self.saying(key, num_epochs=integer(epochs), num_steps=integer(steps)) as sentence:
                first = sentence.remaining
                share = first / (first + RUN_TIME)
                self.play(*board.run(0, share, first))
        end = outcome(self.trace, self.lesson)
        with self.saying(f"plane_{end.value}"):
            if steps > WATCHED:
                self.play(*board.run(share, 1, RUN_TIME), plane.light_cloud(RUN_TIME))
            self.head(f"found_{end.value}")
            self.remove(token)  # it has come back behind a station
            self.play(plane.light_cloud())
        self.wait(Pace.MOVE)

    def _work(self, board: Board, station: Station) -> None:
        """Name a station, light it, and show its line of code alone."""
        self._arrive(board, station)
        self.play(FadeIn(*board.code[station].at_first), run_time=Pace.QUICK / 2)

    def _arrive(self, board: Board, station: Station) -> None:
        """Name a station and light it; the line of code of the one before goes."""
        self.head(f"at_{station.value}")
        seen = self.get_mobject_family_members()
        past = [code for code in board.code.values() if code.listing in seen]
        self.play(board.arrive(station), *map(FadeOut, past), run_time=Pace.QUICK)
