"""Autograd records the forward pass as a graph, and walks it backwards."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Animation, Create, FadeIn, FadeOut

from figures.computation_graph.arrivals import DigitCheck, arrived
from figures.computation_graph.code_and_graph import BACKWARD, CodeAndGraph
from figures.computation_graph.flow import Flow, swell
from figures.computation_graph.graph import RecordedGraph
from figures.computation_graph.switches import BROAD, Switches
from figures.computation_graph.unzeroed_run import UnzeroedRun
from linreg.study.computation_graph import recorded_graph
from linreg.study.unzeroed import Swing
from visuals.numbers import integer
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


class ComputationGraph(LectureScene):
    """The recorded graph, the flow through it both ways, and a run that forgets to zero."""

    part = Part.PRACTICE

    def construct(self) -> None:
        """Record the forward pass, walk it both ways, switch it off, and forget to zero."""
        code = self.beat(self.the_forward_pass_is_recorded)
        flow = self.beat(self.values_flow_forward, code)
        self.beat(self.each_node_multiplies_by_its_slope, flow)
        self.beat(self.the_gradients_are_those_by_hand, flow)
        self.beat(self.requires_grad_says_where, flow)
        self.beat(self.without_zeroing_it_does_not_land)

    def the_forward_pass_is_recorded(self) -> CodeAndGraph:
        """Let each operation of the code become a node."""
        self.head("how")
        drawn = RecordedGraph(self.body, recorded_graph(self.trace))
        both = CodeAndGraph(self.body, drawn)
        with self.asking("how_does_it"):
            self.play(FadeIn(both.listing))
            self.play(both.listing.focus(BACKWARD))
            self.wait(Pace.HOLD)
            self.play(both.listing.relax())
            self.play(both.raise_code())
        with self.saying("records") as sentence:
            for name, node in zip(drawn.graph.names, drawn.operations, strict=True):
                sentence.wait_until(OPERATIONS[name])
                self.play(*both.record(name))
                self.add(node)
        self.add(drawn, both.listing)
        self.head("recorded")
        with self.saying("record_is_a_graph") as sentence:
            sentence.wait_until("names")
            self.play(FadeIn(both.names))
        self.wait(1)
        return both

    def values_flow_forward(self, code: CodeAndGraph) -> Flow:
        """Follow the first batch from the weights to the sum of its losses."""
        drawn = code.drawn
        self.head("forward")
        self.play(FadeOut(code.listing, code.names), code.go_home())
        flow = Flow(drawn, self.text("keeps"))
        with self.saying("enters") as sentence:
            sentence.wait_until("features")
            self.play(*flow.keep("MmBackward0"))
        with self.saying("errors") as sentence:
            for mark, name in (("hat", "AddBackward0"), ("error", "SubBackward0")):
                sentence.wait_until(mark)
                self._play_all(flow.forward(name))
        with self.saying("follow_one") as sentence:
            self.play(flow.values["SubBackward0"].point_out())
            sentence.wait_until("square")
            self._play_all(flow.forward("PowBackward0"))
            sentence.wait_until("kept")
            self.play(*flow.keep("PowBackward0"))
        with self.saying("all_added") as sentence:
            for name in ("DivBackward0", "SumBackward0"):
                sentence.wait_until(OPERATIONS[name])
                self._play_all(flow.forward(name))
        self.wait(1)
        return flow

    def each_node_multiplies_by_its_slope(self, flow: Flow) -> None:
        """Take a gradient of one back from the sum to the errors."""
        self.head("back")
        with self.saying("begins_with_one"):
            self.play(FadeIn(flow.gradient_labels[flow.last]))
            self.play(Create(flow.out_back), *flow.dim_beside_errors())
        with self.saying("own_slope"):
            for name in reversed(flow.graph.names):
                self.play(*flow.show_slope(name))
        with self.saying("three_slopes") as sentence:
            self._play_all(flow.backward("SumBackward0"))
            for name in ("DivBackward0", "PowBackward0"):
                sentence.wait_until(OPERATIONS[name])
                self._play_all(flow.backward(name))
        with self.saying("half_of_two_r") as sentence:
            for name in ("DivBackward0", "PowBackward0"):
                self.play(swell(flow.slopes[name], run_time=0.8))
            sentence.wait_until("error")
            same = flow.values["SubBackward0"], flow.gradients["SubBackward0"]
            self.play(*map(swell, same))
        with self.saying("passes") as sentence:
            self._play_all(flow.backward("SubBackward0"))
            sentence.wait_until("passes")
            self._play_all(flow.backward("AddBackward0"))
        self.wait(1)

    def the_gradients_are_those_by_hand(self, flow: Flow) -> None:
        """Let gradients arrive at the parameters, and compare them with those by hand."""
        self.head("arrives")
        drawn = flow.drawn
        at_b, at_w = arrived(drawn, "b"), arrived(drawn, "w")
        with self.saying("at_b"):
            self._play_all(flow.arrive("AddBackward0", "b", at_b))
        with self.saying("at_w") as sentence:
            sentence.wait_until("input")
            self._play_all(flow.arrive("MmBackward0", "w", at_w))
        size = integer(drawn.graph.size)
        names = self.words("by_hand"), self.words("grad_over", n=size)
        check = DigitCheck(flow.table_room(self.body, at_w), drawn, self.trace, *names)
        with self.asking("is_it_ours"):
            self.play(flow.clear_gradients())
            self.play(check.show_by_hand())
        with self.saying("divided") as sentence:
            self.play(check.show_by_autograd())
            sentence.wait_until("digits")
            self.play(check.compare(3.0))
        self.head("ours")
        self.wait(1)

    def requires_grad_says_where(self, flow: Flow) -> None:
        """Switch the recording off, at one parameter and everywhere."""
        self.clear_body(*flow.forward_parts)
        self.play(*flow.light_and_lower())
        self.head("where")
        switches = Switches(flow, self.body)
        without_w = recorded_graph(self.trace, requires_grad=("b",))
        nothing = recorded_graph(self.trace, no_grad=True)
        with self.saying("says_where") as sentence:
            self.play(FadeIn(*switches.badges.values()))
            for param in ("w", "b"):
                sentence.wait_until(param)
                self.play(switches.outline(param, BROAD))
        with self.saying("without_it") as sentence:
            self.play(*switches.off("w"))
            sentence.wait_until("gone")
            self.play(flow.drawn.keep(without_w))
        self.play(*switches.on("w"), flow.drawn.keep(flow.graph))
        with self.saying("no_grad") as sentence:
            self.play(FadeIn(switches.no_grad))
            sentence.wait_until("gone")
            self.play(flow.drawn.keep(nothing), FadeOut(flow.out))
        self.head("only_where")
        self.wait(1)

    def without_zeroing_it_does_not_land(self) -> None:
        """Train without the line that zeroes, and watch the path pass the bottom."""
        self.clear_body()
        self.head("forgotten")
        run = UnzeroedRun(self.body, self.lesson, self.words("bottom"), self.words("step"))
        with self.saying("backward_adds"):
            self.play(FadeIn(run.listing, run.weight_map, run.path, run.bottom))
            self.add(run.path, run.bottom)
            self.play(run.listing.focus("zero_"))
        with self.asking("if_forgotten"):
            self.play(*run.strike_out())
            self.play(FadeIn(run.readouts))
        with self.saying("takes_all"):
            self.add(run.path, run.chain, run.bottom)
            for step in range(run.first):
                self.play(run.add(step, 0.3))
                self.play(run.take(step, 0.3))
        if run.ending is Swing.MISSES:
            with self.saying("runs_past"):
                self.play(run.chain.straighten())
                self.play(*run.go_to(2 * run.passing, 2.5))
        with self.saying(f"end_{run.ending.value}"):
            self.play(*run.go_to(run.run.num_steps, 6.0))
        self.head(f"found_{run.ending.value}")
        self.add(run.listing, run.stroke)
        self.wait(1.5)

    def _play_all(self, moves: Iterable[list[Animation]]) -> None:
        for together in moves:
            self.play(*together)
