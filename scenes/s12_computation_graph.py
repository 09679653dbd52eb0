"""Autograd records the forward pass as a graph, and walks it backwards."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Animation, FadeIn, FadeOut, VGroup

from figures.computation_graph.arrivals import DigitCheck, arrived
from figures.computation_graph.code_and_graph import BACKWARD, CodeAndGraph
from figures.computation_graph.flow import Flow, swell
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.switches import Switches
from figures.computation_graph.unzeroed_run import UnzeroedRun
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

STEP_TIME = 0.2
"""Seconds in which a gradient is added, and in which a step is taken."""


class ComputationGraph(LectureScene):
    """The recorded graph, the flow through it both ways, and a run that forgets to zero."""

    part = Part.PRACTICE

    def construct(self) -> None:
        """Record the forward pass, walk it both ways, forget to zero, and compare."""
        code = self.beat(self.the_forward_pass_is_recorded)
        switches = self.beat(self.requires_grad_says_where, code)
        flow = self.beat(self.errors_flow_forward, switches, code)
        grads = self.beat(self.each_node_multiplies_by_its_slope, flow, code)
        self.beat(self.without_zeroing_it_does_not_land)
        self.beat(self.the_gradients_are_those_by_hand, flow, grads)

    def the_forward_pass_is_recorded(self) -> CodeAndGraph:
        """Let each operation of the code become a node."""
        self.head("how")
        drawn = RecordedGraph(self.body, recorded_graph(self.trace))
        both = CodeAndGraph(self.body, drawn)
        with self.asking("how_does_it"):
            self.play(FadeIn(both.large))
            self.play(both.large.focus(BACKWARD))
        self.play(both.large.relax(Pace.QUICK / 2))
        self.play(both.raise_code(Pace.QUICK))
        with self.saying("records") as sentence:
            for name, node in zip(drawn.graph.names, drawn.operations, strict=True):
                sentence.wait_until(OPERATIONS[name])
                self.play(*both.record(name))
                self.add(node)
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
        with self.saying("says_where") as sentence:
            for param in ("w", "b"):
                sentence.wait_until(param)
                self.play(*switches.on(param))
            sentence.wait_until("done")
            self.play(drawn.pulse())
        with self.saying("no_grad") as sentence:
            self.play(*switches.switch_off())
            sentence.wait_until("nothing")
            self.play(drawn.keep(nothing))
        self.wait(Pace.QUICK)
        return switches

    def errors_flow_forward(self, switches: Switches, code: CodeAndGraph) -> Flow:
        """Follow the errors of the first batch to the sum of their losses."""
        self.head("forward")
        drawn = switches.drawn
        self.play(*switches.go(), drawn.keep(drawn.graph))
        self.play(code.go_home(Pace.QUICK))
        self.play(FadeIn(code.put_below()), run_time=Pace.QUICK / 2)
        flow = Flow(drawn, (self.words("total"), self.words("gradient")))
        with self.saying("enters"):
            self.play(code.listing.focus("y_hat =", "r ="))
            self._play_all(flow.make_errors())
        with self.saying("become_one") as sentence:
            for name in ("PowBackward0", "DivBackward0", "SumBackward0"):
                sentence.wait_until(OPERATIONS[name])
                self.play(code.focus(name))
                self._play_all(flow.enter(name))
        self.add(code.listing)
        self.wait(Pace.MOVE)
        return flow

    def each_node_multiplies_by_its_slope(self, flow: Flow, code: CodeAndGraph) -> VGroup:
        """Take a gradient of one back from the sum to the parameters."""
        self.head("back")
        names = [self.words(key) for key in ("arrives", "slope", "goes_on")]
        with self.saying("begins_with_one") as sentence:
            self.play(*flow.begin_back(), FadeOut(code.listing))
            self.play(*flow.show_one(), run_time=Pace.QUICK)
            sentence.wait_until("node")
            product, moves = flow.multiply("SumBackward0", names)
            self.play(*moves)
        with self.saying("two_slopes") as sentence:
            for name in ("DivBackward0", "PowBackward0"):
                sentence.wait_until(OPERATIONS[name])
                product, moves = flow.multiply(name, names, product)
                self.play(*moves)
            self.play(*flow.make_gradients(product))
            sentence.wait_until("error")
            self.play(swell(flow.error_label[-1]), swell(flow.gradient_label))
        with self.saying("passes"):
            self.play(*flow.set_out(product))
        at_b, at_w = arrived(flow.drawn, "b"), arrived(flow.drawn, "w")
        with self.saying("at_b"):
            self._play_all(flow.add_up("AddBackward0", "b", at_b))
            self.play(*flow.pass_on("AddBackward0"))
        with self.saying("at_w"):
            self._play_all(flow.multiply_by_inputs("w", at_w))
        self.play(*flow.light_up(Pace.QUICK / 2))
        self.wait(Pace.QUICK)
        return VGroup(at_b, at_w)

    def without_zeroing_it_does_not_land(self) -> None:
        """Train without the line that zeroes, and watch the path pass the bottom."""
        self.head("forgotten")
        self.clear_body()
        names = (self.words(key) for key in ("bottom", "step", "minus_sum"))
        run = UnzeroedRun(self.body, self.lesson, *names)
        with self.asking("backward_adds") as sentence:
            self.play(
                FadeIn(run.listing, run.weight_map, run.path, run.bottom), run_time=Pace.QUICK
            )
            self.add(run.path, run.bottom)
            sentence.wait_until("zero")
            self.play(*run.strike_out(), FadeIn(run.readouts))
        with self.saying("takes_all"):
            self.add(run.path, run.chain, run.bottom)
            self.play(FadeIn(run.minus_sum, run_time=STEP_TIME))
            for step in range(run.first):
                self.play(run.add_and_take(step, STEP_TIME))
        if run.ending is Swing.MISSES:
            with self.saying("runs_past"):
                self.play(run.chain.straighten(Pace.QUICK), FadeOut(run.minus_sum))
                self.play(*run.go_to(2 * run.passing, 2.0))
        with self.saying(f"end_{run.ending.value}"):
            self.play(*run.go_to(run.run.num_steps, 3.0))
        self.head(f"found_{run.ending.value}")
        self.add(run.listing, run.stroke)
        self.wait(Pace.QUICK)

    def the_gradients_are_those_by_hand(self, flow: Flow, grads: VGroup) -> None:
        """Compare the gradients that have arrived with those by hand."""
        self.head("ours")
        self.clear_body()
        check = DigitCheck(
            flow.raise_to(self.body, *grads), flow.drawn, self.trace, self.words("by_hand")
        )
        with self.asking("is_it_ours"):
            self.play(FadeIn(*flow.walked, grads), run_time=Pace.QUICK)
            self.play(check.show_by_hand())
        with self.saying("divided") as sentence:
            self.play(check.show_by_autograd(), flow.drawn.light_only("w", "b"))
            sentence.wait_until("digits")
            self.play(check.compare(2.4))
        self.small_picture("a table below the graph that its numbers come from")
        self.head("same")
        self.wait(Pace.MOVE)

    def _play_all(self, moves: Iterable[list[Animation]]) -> None:
        for together in moves:
            self.play(*together)
