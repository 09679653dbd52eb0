"""The parameter b and the loss, before a nudge and now, line by line."""

from __future__ import annotations

from manim import DOWN, RIGHT, Animation, AnimationGroup, FadeIn, VGroup, VMobject

from figures.single_feature.columns import PLACES, as_name, symbols
from figures.single_feature.flight import fly
from figures.single_feature.state import LINE, State
from figures.single_feature.tables import result
from visuals.numbers import Num
from visuals.plots import Points
from visuals.readout import Readout
from visuals.theme import Size, theme
from visuals.typography import Words

APART = 0.8
"""Space between the two columns, in scene units."""


class NudgeTable(VGroup):
    """Two columns, b and the loss: the first line stays, the second follows the line in the plot.

    Parameters
    ----------
    state
        The state of the training.
    loss
        The word for the loss.

    Attributes
    ----------
    heads, first, now
        The lines: heads, numbers before the nudge, and live numbers.
    """

    def __init__(self, state: State, loss: str) -> None:
        run = state.plot.run
        self.heads = VGroup(
            symbols("{{ b : b }}"),
            symbols(f"{{{{ {as_name(loss)} : loss }}}}"),
        )
        self.first = VGroup(
            result(Num(run.b[0].item(), PLACES), theme.MODEL),
            result(Num(run.loss[0].item(), state.loss_places), theme.LOSS),
        )
        plot, places = state.plot, state.loss_places
        self.live = (
            Readout(plot.b.get_value, PLACES, size=Size.TITLE),
            Readout(lambda: plot.loss, places, size=Size.TITLE, color=theme.LOSS),
        )
        self.now = VGroup(*self.live)
        left = 0.0
        for column in zip(self.heads, self.first, self.now, strict=True):
            for line, part in enumerate(column):
                self._put(part, left, line)
            left = max(part.get_right()[0] for part in column) + APART
        super().__init__(self.heads, self.first, self.now)

    def track(self) -> None:
        """Let the second line follow the line in the plot from here on."""
        for number in self.live:
            number.tracked()

    @property
    def losses(self) -> tuple[Points, Points]:
        """Places of the loss before the nudge, and after it."""
        return self.first[1].get_center(), self.live[1].digits.get_center()

    def begin(self, found: Points) -> Animation:
        """Show the first line; the loss comes from where it was found."""
        rest = FadeIn(self.heads, self.first[0])
        return AnimationGroup(fly(self.first[1], found), rest)

    def _put(self, part: VMobject, left: float, line: int) -> None:
        """Stand a part on its line, with its left edge in its column."""
        part.shift(RIGHT * (left - part.get_left()[0]))
        if isinstance(part, Readout):
            foot = float(part.pen.get_y())
        else:
            foot = part.baseline if isinstance(part, Words) else float(part.get_bottom()[1])
        part.shift(DOWN * (foot + line * LINE))
