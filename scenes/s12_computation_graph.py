"""Autograd records the forward pass as a graph, and walks it backwards."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Animation, FadeIn, FadeOut

from figures.computation_graph.arrivals import Arrived, DigitCheck, table_room
from figures.computation_graph.code_and_graph import BACKWARD, CodeAndGraph
from figures.computation_graph.flow import Flow
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.switches import Switches
from figures.computation_graph.tensors import ERRORS, HALVES, SQUARES, Names
from figures.computation_graph.unzeroed_run import UPDATE, UnzeroedRun
from linreg.study.computation_graph import recorded_graph
from linreg.study.unzeroed import Swing
from visuals.parts import Part
from visuals.stage import LectureScene
from visuals.theme import Pace

OPERATIONS = {
    "MmBackward0": "product",
    "AddBackward0": "plus",
    "SubBackward0": "minus",
    "PowBackward0": "square",
    "DivBackward0": "half",
    "SumBackward0": "sum",
}
"""Words that name the operations, by PyTorch's names."""

SLOW_STEP, STEP_TIME = 0.6, 0.15
"""Seconds in which a gradient is added: of the first steps, and of those after them."""

SLOW_STEPS = 2
"""Steps that are slow."""


class ComputationGraph(LectureScene):
    """The recorded graph, the flow through it both ways, and a run that forgets to zero."""

    part = Part.PRACTICE

    def construct(self) -> None:
        """Record the forward pass, walk it both ways, forget to zero, and compare."""
        code = self.beat(self.the_forward_pass_is_recorded)
        switches = self.beat(self.requires_grad_says_where, code)
        flow = self.beat(self.errors_flow_forward, switches, code)
        self.beat(self.each_node_multiplies_by_its_slope, flow)
        grads = self.beat(self.at_the_parameters_they_are_added_up, flow)
        self.beat(self.without_zeroing_it_does_not_land)
        self.beat(self.the_gradients_are_those_by_hand, flow, grads)

    def the_forward_pass_is_recorded(self) -> CodeAndGraph:
        """Let each operation of the code become a node."""
        self.head("how")
        drawn = RecordedGraph(self.body, recorded_graph(self.trace))
        both = CodeAndGraph(self.body, drawn)
        with self.asking("how_does_it"):
            self.play(FadeIn(both.alone))
            self.play(both.alone.focus(BACKWARD))
        with self.saying("records") as sentence:
            sentence.wait_until("operation")
            self.play(*both.raise_code())
            for name, node in zip(drawn.graph.names, drawn.operations, strict=True):
                sentence.wait_until(OPERATIONS[name])
                self.play(*both.record(name))
                self.add(node)
        self.play(both.listing.relax(Pace.QUICK / 2))
        self.add(drawn, both.listing)
        return both

    def requires_grad_says_where(self, code: CodeAndGraph) -> Switches:
        """Switch the recording off, at one parameter and everywhere."""
        self.head("where")
        drawn = code.drawn
        switches = Switches(code, self.body)
        nothing = recorded_graph(self.trace, no_grad=True)
        self.play(FadeOut(code.listing, run_time=Pace.QUICK / 2))
        self.play(*switches.show(), run_time=Pace.QUICK)
        self.play(drawn.light_only("w", "b", run_time=Pace.QUICK / 2))
        self.wait(Pace.QUICK / 2)
        with self.saying("says_where") as sentence:
            for param in ("w", "b"):
                sentence.wait_until(param)
                self.play(*switches.on(param))
            sentence.wait_until("done")
            self.play(drawn.pulse(), switches.listing.relax())
        with self.saying("no_grad") as sentence:
            self.play(*switches.switch_off(), drawn.keep(nothing))
            sentence.wait_until("nothing")
            self.play(drawn.run_through())
        self.wait(Pace.QUICK)
        return switches

    def errors_flow_forward(self, switches: Switches, code: CodeAndGraph) -> Flow:
        """Follow the errors of the first batch to the sum of their losses."""
        self.head("forward")
        drawn = switches.drawn
        self.play(*switches.go(), drawn.keep(drawn.graph, Pace.QUICK))
        self.play(code.go_home(Pace.QUICK))
        ends = self.words("total"), self.words("gradient")
        flow = Flow(
            drawn, self.body, Names(*ends, self.text("added_up"), self.text("for_each_loss"))
        )
        with self.saying("enters"):
            self._play_all(flow.make_errors())
        with self.saying("become_one") as sentence:
            for name in ("PowBackward0", "DivBackward0", "SumBackward0"):
                sentence.wait_until(OPERATIONS[name])
                self._play_all(flow.enter(name))
        self.wait(Pace.QUICK)
        return flow

    def each_node_multiplies_by_its_slope(self, flow: Flow) -> None:
        """Take a gradient of one back from the sum to the errors."""
        self.head("back")
        with self.saying("begins_with_one") as sentence:
            self.play(*flow.begin_back())
            self.play(*flow.show_one(), run_time=Pace.QUICK)
            sentence.wait_until("each")
            self.play(*flow.hand_out())
        with self.saying("times_slope") as sentence:
            self.play(*flow.point_at(HALVES))
            slope, product = flow.multiply(HALVES)
            sentence.wait_until("slope")
            self.play(*slope)
            sentence.wait_until("half")
            self.play(*product)
        with self.saying("two_r") as sentence:
            slope, product = flow.multiply(SQUARES)
            sentence.wait_until("square")
            self.play(*slope)
            sentence.wait_until("error")
            self.play(*product)

    def at_the_parameters_they_are_added_up(self, flow: Flow) -> list[Arrived]:
        """Take the errors to the bias, and times the inputs to the weights."""
        self.head("arrive")
        at_b, at_w = Arrived(flow.drawn, "b"), Arrived(flow.drawn, "w")
        with self.saying("passes"):
            self.play(*flow.pass_on(ERRORS))
            self.play(*flow.pass_on("AddBackward0"))
        with self.saying("at_b"):
            self._play_all(flow.add_up_at_b(at_b))
        with self.saying("at_w"):
            self._play_all(flow.multiply_by_input(0))
        with self.saying("each_sum"):
            self._play_all(flow.add_up_at_w(at_w, 0))
        with self.saying("next_input") as sentence:
            sentence.wait_until("next")
            for number in range(1, len(at_w.rows)):
                self._play_all(flow.multiply_by_input(number, Pace.QUICK))
                self._play_all(flow.add_up_at_w(at_w, number))
        self.play(*flow.light_up(Pace.QUICK / 2))
        self.wait(Pace.QUICK)
        return [at_w, at_b]

    def without_zeroing_it_does_not_land(self) -> None:
        """Train without the line that zeroes, and watch the path pass the bottom."""
        self.head("forgotten")
        self.clear_body()
        names = (self.words(key) for key in ("bottom", "step", "minus_sum"))
        run = UnzeroedRun(self.body, self.lesson, *names)
        shown = run.listing, run.weight_map, run.path, run.bottom, run.grad, run.counter
        self.play(FadeIn(*shown), run_time=Pace.QUICK)
        self.wait(Pace.QUICK)
        self.add(run.sum, run.path, run.bottom)
        with self.asking("backward_adds") as sentence:
            self.play(run.add_first(Pace.MOVE))
            sentence.wait_until("zero")
            self.play(*run.strike_out())
        with self.saying("takes_all"):
            self.play(run.listing.focus(*UPDATE), run_time=STEP_TIME)
            for step in range(run.first):
                slow = step < SLOW_STEPS
                naming = [run.sum.name_it(SLOW_STEP)] if step == 1 else []
                self.play(run.take_and_add(step, SLOW_STEP if slow else STEP_TIME), *naming)
        if run.ending is Swing.MISSES:
            with self.saying("runs_past"):
                self.play(*run.go_to(2 * run.passing, Pace.HOLD))
        with self.saying(f"end_{run.ending.value}"):
            self.play(*run.go_to(run.run.num_steps, 3.0), *run.sum.vanish())
            self.head(f"found_{run.ending.value}")
        self.add(run.listing, run.stroke)
        self.wait(Pace.MOVE)

    def the_gradients_are_those_by_hand(self, flow: Flow, grads: list[Arrived]) -> None:
        """Compare the gradients that have arrived with those by hand."""
        self.head("ours")
        self.clear_body()
        slot = table_room(flow.drawn, self.body)
        check = DigitCheck(slot, flow.drawn, self.trace, self.words("by_hand"))
        with self.asking("is_it_ours"):
            self.play(FadeIn(*flow.receded(), *grads), run_time=Pace.QUICK)
            self.play(*check.take(*grads))
            self.play(check.show_by_hand())
        with self.saying("divided") as sentence:
            self.play(check.divide())
            sentence.wait_until("digits")
            self.play(*check.compare(1.8))
        self.head("same")
        self.wait(Pace.MOVE)

    def _play_all(self, moves: Iterable[list[Animation]]) -> None:
        for together in moves:
            self.play(*together)
