"""The gradient of a batch is a cheap and noisy vote; the mean of the votes is the full gradient."""

from __future__ import annotations

from manim import FadeIn, FadeOut, VGroup
from torch import Tensor

from figures.batch_gradients.aside import Aside
from figures.batch_gradients.fan_names import SpreadName, name_of_full, name_of_side
from figures.batch_gradients.gradient_fan import BEHIND, PALE, GradientFan
from figures.batch_gradients.gradient_view import GradientView
from figures.batch_gradients.running_mean import RunningMean
from figures.batch_gradients.spread_plot import SpreadPlot
from figures.batch_gradients.window import window_room
from linreg.study.batch_fan import Fan, fans_at_the_start
from linreg.study.outcome import has_arrived
from linreg.study.votes import Vote
from visuals.layout import is_wide
from visuals.numbers import integer
from visuals.parts import Part
from visuals.scales import round_factor
from visuals.stage import LectureScene
from visuals.theme import Pace, theme
from visuals.trackers import go
from visuals.typography import Words

FEW = 5
"""Batches whose arrows come one by one."""

MOST_AGREE = 0.9
"""Share of the votes from which on they agree."""

LEAST_ZOOM = 2.0


class BatchGradients(LectureScene):
    """One batch, five, all; their mean; their size; early and late."""

    part = Part.GRADIENT
    illustrations = (*range(1, FEW + 1),)

    def construct(self) -> None:
        """Show votes as arrows, take their mean, change their size, and count who agrees."""
        self.early, self.late = Vote.early(self.trace), Vote.late(self.trace)
        shares = (77, 23) if is_wide() else (80, 20)
        self.slot, beside = self.body.beside(*shares)
        self.aside = Aside(beside, self.text)
        self.view = self._view(self.early.each, self.early.full)
        several = len(self.early.each) > 1
        arrows = self.beat(self.one_batch_gives_one_arrow)
        if several:
            self.beat(self.the_mean_of_the_votes_is_the_full_gradient, arrows)
        spreading = self.beat(self.larger_batches_vote_closer_together, arrows)
        if len(spreading) > 1:
            self.beat(self.the_spread_falls_like_the_root, spreading)
        if several:
            judged = self.beat(self.early_the_votes_agree)
            self.beat(self.near_the_bottom_the_votes_differ, *judged)

    # One, five, all

    def one_batch_gives_one_arrow(self) -> GradientFan:
        """Let the arrows of the first batches grow one after the other."""
        self.head("one_batch")
        few = min(FEW, len(self.early.each))
        near = self._view(self.early.each[:few])
        arrows = GradientFan(self.slot, self.early.each, self.early.full, near)
        arrows.shown.set_value(0)
        arrows.follow()
        self.count = self.aside.batches(arrows)
        self.past = VGroup(self.count)
        with self.saying("one_arrow", size=integer(self.lesson.batch_size)):
            self.play(FadeIn(arrows, self.count))
            self.add(arrows, self.count.tracked())
            self.play(arrows.shoot(1, Pace.MOVE))
        if few > 1:
            with self.saying("other_arrows" if few > 2 else "another_arrow"):
                for count in range(2, few + 1):
                    self.play(arrows.shoot(count, Pace.QUICK))
        self.head("speak_for_all")
        with self.asking("can_it_speak"):
            pass
        return arrows

    def the_mean_of_the_votes_is_the_full_gradient(self, arrows: GradientFan) -> None:
        """Show all arrows, the gradient of all examples, and the mean of the arrows."""
        self.head("votes")
        window = arrows.window
        with self.saying("all_arrows", batches=integer(len(self.early.each))) as sentence:
            self.play(go(window.ticks_shown, 0.0, Pace.QUICK / 2))
            self.play(*window.zoom_to(self.view, Pace.QUICK))
            window.put_ticks()
            self.play(arrows.shoot(len(self.early.each)), go(window.ticks_shown, 1.0, Pace.QUICK))
            sentence.wait_until("vote")
            self.play(go(arrows.headed, 0.0))
        name = name_of_full(arrows, self.words("all_examples"))
        with self.saying("the_full_gradient"):
            self.play(go(arrows.full_shown, 1.0), go(arrows.lit, PALE))
            self.play(FadeIn(name), run_time=Pace.QUICK)
        mean = RunningMean(arrows, self.early, self.words("mean_label", color=theme.INK))
        last = self.trace.batches[self.trace.steps_per_epoch - 1]
        key = "mean_of_the_votes"
        if len(last) < self.lesson.batch_size:
            key = "mean_of_the_votes_short_last"
        with self.saying(key):
            self.play(FadeIn(mean), run_time=Pace.QUICK)
            self.play(mean.run(2.0))
            self.head("same_gradient")
            self.wait(Pace.MOVE)
        self.count.clear_updaters()
        self.past = VGroup(self.count, mean, name)

    def larger_batches_vote_closer_together(self, arrows: GradientFan) -> list[Fan]:
        """Change the batches' size by factors of ten; return the votes that spread."""
        self.head("how_large")
        fans, window = fans_at_the_start(self.trace), arrows.window
        size = self.aside.size(fans[0].batch_size)
        spread = SpreadName(arrows, self.words("spread"))
        with self.saying("batches_of_one"):
            fading = go(window.ticks_shown, 0.0), go(arrows.headed, 0.0), go(arrows.lit, 1.0)
            self.play(*fading, FadeOut(self.past), run_time=Pace.QUICK)
            far = self._view(self.early.each, fans[0].each)
            self.play(*window.zoom_to(far, Pace.MOVE))
            window.put_ticks()
            self.play(arrows.become_votes(fans[0].each, run_time=1.4))
            self.play(FadeIn(size), go(window.ticks_shown, 1.0, Pace.QUICK))
        with self.saying("spread_is_the_distance"):
            self.play(go(arrows.full_shown, 1.0), go(arrows.spread_shown, 1.0))
            spread.follow()
            self.play(FadeIn(spread), run_time=Pace.QUICK)
            self.add(spread)
        larger = fans[1:-1]
        if larger:
            with self.saying("larger_and_again" if larger[1:] else "ten_times_larger"):
                for sized in larger:
                    size = self._change_size(arrows, size, sized, Pace.MOVE)
                    if sized is larger[0]:
                        self._zoom(arrows, far, self._view(sized.each, sized.full), 1.2)
        if len(fans) > 1:
            with self.saying("the_whole_deck"):
                self._change_size(arrows, size, fans[-1], Pace.SWEEP)
        spread.clear_updaters()
        return [sized for sized in fans[:-1] if sized.spread > 0]

    def _change_size(self, arrows: GradientFan, name: Words, sized: Fan, seconds: float) -> Words:
        """Move the votes to those of other batches, whose size stands there when they arrive."""
        new = self.aside.size(sized.batch_size)
        gone = FadeOut(name, run_time=Pace.QUICK / 2)
        self.play(arrows.become_votes(sized.each, run_time=seconds), gone)
        self.play(FadeIn(new), run_time=Pace.QUICK / 2)
        return new

    def the_spread_falls_like_the_root(self, fans: list[Fan]) -> None:
        """Plot the measured spreads and the curve that is expected of them."""
        self.clear_body()
        names = self.words("size_axis"), self.words("spread_axis")
        plot = SpreadPlot(self.body, fans, *names, self.text("batch_size"))
        with self.saying("root_of_the_size"):
            self.play(FadeIn(plot), run_time=Pace.QUICK)
            self.play(plot.draw_dots())
            self.play(plot.draw_curve())
            self.play(FadeIn(plot.law), run_time=Pace.QUICK)
        less = plot.times_smaller
        with self.saying("keep_it_small", times=less) as sentence:
            self.head("slowly")
            sentence.wait_until("work")
            self.play(plot.go_along(self.words("more_work", times=plot.times_more)))
            sentence.wait_until("less")
            self.play(plot.go_down(self.words("less_spread", times=less)))

    # Early and late

    def early_the_votes_agree(self) -> tuple[GradientFan, VGroup]:
        """Tint the side that agrees, and count the votes on it."""
        self.clear_body()
        self.head("agree")
        arrows = GradientFan(self.slot, self.early.each, self.early.full, self.view)
        arrows.full_shown.set_value(1.0)
        arrows.headed.set_value(0.0)
        arrows.lit.set_value(BEHIND)
        arrows.follow()
        agree = self.aside.agreeing(arrows, len(self.early.each))
        name = name_of_full(arrows, self.words("all_examples"))
        with self.saying("a_vote_agrees"):
            self.play(FadeIn(arrows, name))
            self.play(go(arrows.side_shown, 1.0))
        early, batches = self.early.agreeing, len(self.early.each)
        key = "early_they_agree" if early >= MOST_AGREE * batches else "early_they_agree_some"
        with self.saying(key, early=integer(early), batches=integer(batches)):
            self.play(FadeIn(agree), run_time=Pace.QUICK)
            self.add(agree.tracked())
            self.play(arrows.judge())
        return arrows, VGroup(agree, name)

    def near_the_bottom_the_votes_differ(self, arrows: GradientFan, past: VGroup) -> None:
        """Let the arrows shrink to those of the end, enlarge them, and count again."""
        landed = has_arrived(self.trace)
        self.head("and_late" if landed else "and_true")
        past[0].clear_updaters()
        hidden = go(arrows.side_shown, 0.0), go(arrows.judged, 0.0), go(arrows.lit, 1.0)
        before = self.aside.at_the_start(self.early.agreeing, len(self.early.each))
        self.play(FadeOut(past), *hidden, run_time=Pace.QUICK / 2)
        self.play(FadeIn(before), run_time=Pace.QUICK / 2)
        key = "after_training" if landed else "after_training_at_the_truth"
        with self.saying(key, num_steps=integer(self.trace.num_steps)):
            self.play(arrows.become_votes(self.late.each, self.late.full))
        if self.late.vanishes_beside(self.early):
            with self.saying("zoom_in_no_noise"):
                self.wait(Pace.HOLD)
            return
        near = self._view(self.late.each, self.late.full)
        if self.view.reach >= LEAST_ZOOM * near.reach:
            with self.saying("zoom_in"):
                self._zoom(arrows, self.view, near, 2.5)
        late, batches = self.late.agreeing, len(self.late.each)
        differ = late <= MOST_AGREE * batches
        key = "late_they_differ" if differ else "late_they_differ_most"
        now = self.aside.still_agreeing(arrows, batches, before)
        with self.saying(key, late=integer(late), batches=integer(batches)):
            self.play(go(arrows.side_shown, 1.0))
            name = name_of_side(arrows, self.words("side"))
            self.play(FadeIn(now, name), run_time=Pace.QUICK / 2)
            self.add(now.tracked())
            self.play(arrows.judge(2.0))
        if landed and differ and self.early.agreeing >= MOST_AGREE * batches:
            with self.saying("cheap_and_noisy") as sentence:
                self.head("cheap")
                now.clear_updaters()
                lit, muted = theme.INK, theme.MUTED
                self.play(before.animate.set_fill(lit), now.animate.set_fill(muted))
                sentence.wait_until("near")
                self.play(before.animate.set_fill(muted), now.animate.set_fill(lit))

    def _view(self, *gradients: Tensor) -> GradientView:
        """Return the view that holds gradients."""
        return GradientView.of(window_room(self.slot), *gradients)

    def _zoom(
        self, arrows: GradientFan, far: GradientView, near: GradientView, run_time: float
    ) -> None:
        """Enlarge the arrows by a round factor, which is shown, if it is large enough."""
        window, factor = arrows.window, round_factor(far.reach / near.reach)
        if factor < LEAST_ZOOM:
            return
        zoom = self.aside.zoom(lambda: far.reach / window.reach.get_value())
        self.play(FadeIn(zoom), go(window.ticks_shown, 0.0), run_time=Pace.QUICK / 2)
        self.add(zoom.tracked())
        self.play(*window.zoom_to(GradientView(near.middle, far.reach / factor), run_time))
        window.put_ticks()
        self.play(go(window.ticks_shown, 1.0, Pace.QUICK / 2))
