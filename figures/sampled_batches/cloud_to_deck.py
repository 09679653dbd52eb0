"""The cloud of examples, whose dots become the cards of a deck."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import Animation, ApplyMethod, FadeIn

from fastcairo import DotCloud
from figures.sampled_batches.batch_plots import PALE, axis_names
from visuals.cloud import Cloud, fitting_radius
from visuals.deck import Deck
from visuals.flight import flight
from visuals.layout import Slot
from visuals.plots import Chart, padded
from visuals.theme import Pace, theme

Numbers = npt.NDArray[np.float64]


class CloudToDeck:
    """A cloud y over x1 beside a deck.

    Parameters
    ----------
    slot, deck_slot
        Room for the plot, and for the deck.
    x, y
        Coordinates of the examples, each of shape (n,).

    Attributes
    ----------
    cloud, deck
        The examples, and their cards.
    flock
        The dots on their way.
    """

    def __init__(self, slot: Slot, deck_slot: Slot, x: Numbers, y: Numbers) -> None:
        self.chart = Chart(slot, padded(x), padded(y), *axis_names())
        self.cloud = Cloud(self.chart, x, y, radius=1.3 * fitting_radius(len(x)))
        self.deck = Deck(len(x), deck_slot)
        self.flock = DotCloud(self.cloud.positions, self.cloud.radius, theme.DATA)

    def appear(self) -> Animation:
        """Show the cloud."""
        return FadeIn(self.chart, self.cloud, run_time=Pace.QUICK)

    def fly(self) -> list[Animation]:
        """Let a copy of each dot fly to its card, and dim the cloud."""
        deck = self.deck
        return [
            flight(self.flock, deck.places, deck.radius, 0.2, 3.2, gather=0.45),
            ApplyMethod(self.cloud.set_opacity, PALE, run_time=Pace.MOVE),
        ]
