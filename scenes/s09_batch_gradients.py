"""The gradient of a batch is a cheap and noisy vote; the mean of the votes is the full gradient."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, VGroup

from figures.batch_gradients.gradient_fan import GradientFan
from figures.batch_gradients.gradient_view import GradientView
from figures.batch_gradients.running_mean import RunningMean
from figures.batch_gradients.spread_plot import SpreadPlot
from linreg.study.batch_fan import Fan, fan
from linreg.study.outcome import has_arrived
from linreg.study.votes import Vote
from visuals.layout import is_wide
from visuals.numbers import integer, significant
from visuals.parts import Part
from visuals.plates import plate
from visuals.readout import Readout
from visuals.scales import round_factor
from visuals.stage import LectureScene
from visuals.theme import Pace, theme
from visuals.trackers import go
from visuals.typography import Words

FEW = 5
"""Batches whose arrows come one by one."""

DRAWN = 200
"""Batches that are drawn of every size."""

WEIGHTS = slice(2)
SIZES = (1, 10, 100, 1000)
"""Batch sizes that are compared, as far as there are examples for two of them."""

MOST_AGREE = 0.9
"""Share of the votes from which on they agree."""

LEAST_ZOOM = 2.0


class BatchGradients(LectureScene):
    """One batch, five, all; their mean; their size; early and late."""

    part = Part.GRADIENT
    illustrations = (float(FEW),)

    def construct(self) -> None:
        """Show votes as arrows, take their mean, change their size, and count who agrees."""
        self.early, self.late = Vote.early(self.trace), Vote.late(self.trace)
        self.slot, self.aside = self.body.beside(74, 26) if is_wide() else self.body.stacked(80, 20)
        self.view = GradientView.of(self.slot, self.early.each, self.early.full)
        several = len(self.early.each) > 1
        arrows = self.beat(self.one_batch_gives_one_arrow)
        if several:
            self.beat(self.the_mean_of_the_votes_is_the_full_gradient, arrows)
        self.beat(self.larger_batches_vote_closer_together, arrows)
        if several:
            judged = self.beat(self.early_the_votes_agree)
            self.beat(self.near_the_bottom_the_votes_differ, *judged)

    # One, five, all

    def one_batch_gives_one_arrow(self) -> GradientFan:
        """Let the arrows of the first batches grow one after the other."""
        arrows = GradientFan(self.slot, self.early.each, self.early.full, self.view)
        arrows.shown.set_value(0)
        arrows.follow()
        few = min(FEW, len(self.early.each))
        with self.saying("one_arrow"):
            self.play(FadeIn(arrows))
            self.play(arrows.shoot(1, Pace.MOVE))
        if few > 1:
            with self.saying("another_arrow"):
                self.play(arrows.shoot(2, Pace.MOVE))
        if few == FEW:
            with self.saying("more_arrows"):
                for count in range(3, FEW + 1):
                    self.play(arrows.shoot(count, Pace.QUICK))
        self.head("speak_for_all")
        with self.asking("can_it_speak"):
            pass
        return arrows

    def the_mean_of_the_votes_is_the_full_gradient(self, arrows: GradientFan) -> None:
        """Show all arrows, the gradient of all examples, and the mean of the arrows."""
        self.head("votes")
        batches = integer(len(self.early.each))
        with self.saying("all_arrows", batches=batches):
            self.play(arrows.shoot(len(self.early.each)))
        with self.saying("call_each_a_vote"):
            self.play(go(arrows.headed, 0.0))
        name = self._name_of_full(arrows)
        with self.saying("the_full_gradient"):
            self.play(go(arrows.full_shown, 1.0))
            self.play(FadeIn(name), run_time=Pace.QUICK)
        mean = RunningMean(arrows, self.early, self.words("mean_label", color=theme.INK))
        last = self.trace.batches[self.trace.steps_per_epoch - 1]
        key = "mean_of_the_votes"
        if len(last) < self.lesson.batch_size:
            key = "mean_of_the_votes_short_last"
        with self.saying(key):
            self.play(FadeIn(mean), run_time=Pace.QUICK)
            self.play(mean.run())
        self.wait(Pace.HOLD)
        self.mean_and_name = VGroup(mean, name)

    def _name_of_full(self, arrows: GradientFan) -> VGroup:
        """Return the name of the gradient of all examples, on a plate beside its tip."""
        words = self.words("all_examples", color=theme.GRADIENT)
        tip = arrows.at(arrows.full)
        side = RIGHT if tip[0] >= arrows.origin[0] else LEFT
        words.next_to(tip, UP if tip[1] >= arrows.origin[1] else DOWN, buff=0.3).shift(side * 0.8)
        return VGroup(plate(words), words)

    # The size

    def larger_batches_vote_closer_together(self, arrows: GradientFan) -> None:
        """Change the batches' size by factors of ten, and plot the spread over it."""
        self.head("how_large")
        fans = self._fans()
        spread = Readout(lambda: arrows.spread, 2, self.words("spread"), color=theme.INK)
        size = self._size_name(fans[0])
        notes = VGroup(size, spread).arrange(DOWN, buff=0.4, aligned_edge=LEFT)
        self.aside.place(notes, y=0.6, shrink=False)
        hidden = [go(tracker, 0.0, Pace.QUICK) for tracker in (arrows.ticks_shown, arrows.headed)]
        self.play(*hidden, FadeOut(self.mean_and_name, run_time=Pace.QUICK))
        widest = GradientView.of(self.slot, fans[0].each)
        with self.saying("batches_of_one"):
            self.play(arrows.become_votes(fans[0].each), *arrows.zoom_to(widest))
            arrows.put_ticks()
            spread.follow()
            self.play(FadeIn(notes), go(arrows.ticks_shown, 1.0, Pace.QUICK))
            self.play(go(arrows.full_shown, 1.0), go(arrows.spread_shown, 1.0))
            self.add(spread.tracked())
        for key, sized in zip(("ten_times_larger", "and_again"), fans[1:-1], strict=False):
            with self.saying(key):
                size = self._change_size(size, sized)
                self.play(arrows.become_votes(sized.each))
        if len(fans) > 1:
            with self.saying("the_whole_deck"):
                size = self._change_size(size, fans[-1])
                self.play(arrows.become_votes(fans[-1].each))
            self._plot_spreads(arrows, VGroup(size, spread), fans)

    def _fans(self) -> list[Fan]:
        """Return gradients of batches of 1, 10, 100, ... and of all examples."""
        n, start = self.lesson.num_examples, self.trace.params(0)
        sizes = [size for size in SIZES if 2 * size <= n]
        fans = [fan(self.trace, size, start, WEIGHTS, DRAWN) for size in sizes]
        return [*fans, fan(self.trace, n, start, WEIGHTS, 1)]

    def _size_name(self, sized: Fan) -> Words:
        return self.words("size", examples=integer(sized.batch_size))

    def _change_size(self, name: Words, sized: Fan) -> Words:
        """Put the size of other batches in the place of a size."""
        new = self._size_name(sized).move_to(name, aligned_edge=LEFT)
        self.play(FadeOut(name), FadeIn(new), run_time=Pace.QUICK / 2)
        return new

    def _plot_spreads(self, arrows: GradientFan, notes: VGroup, fans: list[Fan]) -> None:
        """Plot the measured spreads and the curve that is expected of them."""
        self.play(FadeOut(notes, arrows))
        plot = SpreadPlot(self.body, fans, self.words("batch_size"), self.words("spread"))
        with self.saying("root_of_the_size"):
            self.play(FadeIn(plot))
            self.play(plot.draw_dots())
            self.play(plot.draw_curve())
        if len(fans) > 2 and fans[1].spread > 0:
            share = significant(fans[0].times_wider_than(fans[1]), 2)
            steps = plot.step(
                0,
                Words("× %(work)s", work=integer(fans[1].batch_size)),
                Words("÷ %(share)s", share=share),
            )
            with self.saying("ten_times_the_work"):
                self.play(FadeIn(steps))
        self.wait(Pace.HOLD)

    # Early and late

    def early_the_votes_agree(self) -> tuple[GradientFan, Readout]:
        """Tint the side that agrees, and count the votes on it."""
        self.clear_body()
        self.head("agree")
        arrows = self._all_votes(self.early, self.view)
        agree = self._counter(arrows)
        with self.saying("a_vote_agrees"):
            self.play(FadeIn(arrows))
            self.play(go(arrows.side_shown, 1.0))
        early, batches = self.early.agreeing, len(self.early.each)
        key = "early_they_agree" if early >= MOST_AGREE * batches else "early_they_agree_some"
        with self.saying(key, early=integer(early), batches=integer(batches)):
            self.play(FadeIn(agree), run_time=Pace.QUICK)
            self.add(agree.tracked())
            self.play(arrows.judge())
        return arrows, agree

    def _all_votes(self, vote: Vote, view: GradientView) -> GradientFan:
        """Return the votes with the gradient of all examples."""
        arrows = GradientFan(self.slot, vote.each, vote.full, view)
        arrows.full_shown.set_value(1.0)
        arrows.headed.set_value(0.0)
        return arrows.follow()

    def _counter(self, arrows: GradientFan) -> Readout:
        """Return the number of judged votes that agree."""
        counter = Readout(lambda: arrows.agreeing, 0, self.words("agreeing"), color=theme.INK)
        self.aside.place(counter, y=0.6, shrink=False)
        return counter

    def near_the_bottom_the_votes_differ(self, arrows: GradientFan, agree: Readout) -> None:
        """Let the arrows shrink to those of the end, enlarge them, and count again."""
        landed = has_arrived(self.trace)
        self.head("and_late" if landed else "and_true")
        agree.clear_updaters()
        unmarked = [go(tracker, 0.0, Pace.QUICK) for tracker in (arrows.side_shown, arrows.judged)]
        self.play(FadeOut(agree, run_time=Pace.QUICK), *unmarked)
        key = "after_training" if landed else "after_training_at_the_truth"
        with self.saying(key, num_steps=integer(self.trace.num_steps)):
            self.play(arrows.become_votes(self.late.each, self.late.full))
        if self.late.vanishes_beside(self.early):
            with self.saying("zoom_in_no_noise"):
                self.wait(Pace.HOLD)
            return
        self._zoom(arrows)
        late, batches = self.late.agreeing, len(self.late.each)
        differ = late <= MOST_AGREE * batches
        key = "late_they_differ" if differ else "late_they_differ_most"
        agree = self._counter(arrows)
        with self.saying(key, late=integer(late), batches=integer(batches)):
            self.play(go(arrows.side_shown, 1.0), FadeIn(agree))
            self.add(agree.tracked())
            self.play(arrows.judge())
        if landed and differ and self.early.agreeing >= MOST_AGREE * batches:
            with self.saying("cheap_and_noisy"):
                self.wait(Pace.HOLD)

    def _zoom(self, arrows: GradientFan) -> None:
        """Enlarge the arrows by a round factor, which is shown."""
        near = GradientView.of(self.slot, self.late.each, self.late.full)
        factor = round_factor(self.view.reach / near.reach)
        if factor < LEAST_ZOOM:
            return
        zoom = Readout(
            lambda: self.view.reach / arrows.reach.get_value(),
            0,
            self.words("zoom"),
            color=theme.INK,
        )
        self.aside.place(zoom, y=0.9, shrink=False)
        with self.saying("zoom_in"):
            self.play(FadeIn(zoom), go(arrows.ticks_shown, 0.0, Pace.QUICK))
            self.add(zoom.tracked())
            self.play(*arrows.zoom_to(GradientView(near.middle, self.view.reach / factor), 2.5))
            arrows.put_ticks()
            self.play(go(arrows.ticks_shown, 1.0, Pace.QUICK))
