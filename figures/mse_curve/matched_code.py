"""A formula above the line of code that computes it, each part above its own."""

from __future__ import annotations

from collections.abc import Mapping

from manim import DOWN, LEFT, RIGHT, UP, Animation, AnimationGroup, Create, Line, VGroup

from visuals.layout import GAP, Slot
from visuals.listing import Listing
from visuals.theme import Pace, Stroke, theme
from visuals.typography import Typeset

RULE_GAP = 0.1
"""Space between a token and the rule over it, in scene units."""

ROOM = 1.6
"""Height between the formula and the code, in scene units."""


class MatchedCode:
    """A formula, a line of code, and lines between the parts that mean the same.

    Parameters
    ----------
    slot
        The room.
    formula
        The formula, with a label for each part that is joined.
    line
        The line of code, which may be broken over several.
    tokens
        For each label what stands for it in the line.

    Attributes
    ----------
    formula, listing
        What is joined.
    labels
        The names of the parts that are joined.
    joints
        One a part, in the order of the labels: a line that ends on a rule over a token.
    """

    def __init__(self, slot: Slot, formula: Typeset, line: str, tokens: Mapping[str, str]) -> None:
        self.formula, self.listing = formula, Listing(line)
        self.labels = list(tokens)
        slot.place(VGroup(formula, self.listing).arrange(DOWN, buff=ROOM), shrink=False)
        # All start below the formula: one from a script would cross its neighbour.
        top = float(formula.get_bottom()[1]) - GAP / 3
        self.joints = VGroup(
            *(
                _joint((formula.part(label).get_x(), top, 0.0), self._token(text))
                for label, text in tokens.items()
            )
        )

    def _token(self, text: str) -> VGroup:
        """Return the glyphs of a token, in whichever line it stands."""
        return self.listing.code.token(self.listing.line_number(text), text)

    def join(self, *labels: str) -> Animation:
        """Draw the lines of some parts one after the other."""
        joints = [self.joints[self.labels.index(label)] for label in labels]
        run_time = len(joints) * Pace.QUICK
        return AnimationGroup(*map(Create, joints), lag_ratio=1, run_time=run_time)


def _joint(start: tuple[float, float, float], token: VGroup) -> VGroup:
    """Join a point to a token, over whose whole width a rule lies."""
    left, right = token.get_corner(UP + LEFT), token.get_corner(UP + RIGHT)
    rule = Line(left, right).shift(UP * RULE_GAP)
    joint = VGroup(Line(start, rule.get_center()), rule)
    return joint.set_stroke(theme.MUTED, Stroke.THIN)
