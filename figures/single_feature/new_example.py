"""A new x: up to the line, and across to the predicted label."""

from __future__ import annotations

from manim import RIGHT, UP, Animation, Create, FadeIn, Line, Succession, VGroup

from figures.single_feature.columns import symbols
from figures.single_feature.plot import TrainingPlot
from visuals.numbers import Num
from visuals.theme import Stroke, theme

NAME_GAP = 0.15


class NewExample(VGroup):
    """The way from a new x to its prediction by the line of now.

    Parameters
    ----------
    plot
        The plot.
    x
        The new x.
    """

    def __init__(self, plot: TrainingPlot, x: float) -> None:
        y_hat, chart = plot.run.predict(x), plot.chart
        low, high = chart.y_range
        is_seen = low <= y_hat <= high
        height = y_hat if is_seen else high
        foot, mark, end = (
            chart.at(*at) for at in ((x, low), (x, height), (0 if is_seen else x, height))
        )
        self.up, self.across = (
            Line(start, stop, color=color, stroke_width=Stroke.LINE)
            for start, stop, color in ((foot, mark, theme.DATA), (mark, end, theme.MODEL))
        )
        value = Num(y_hat, 2)
        self.value = symbols("{{ hat(y) : hat }} = {{ %(value)s : w }}", value=value)
        self.value.next_to(end, UP + RIGHT, buff=NAME_GAP)
        super().__init__(self.up, self.across, self.value)

    def predict(self) -> Animation:
        """Go up to the line and across, and read the label."""
        return Succession(Create(self.up), Create(self.across), FadeIn(self.value))
