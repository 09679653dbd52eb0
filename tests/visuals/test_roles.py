from __future__ import annotations

from visuals.code import CodeText
from visuals.formula import formula
from visuals.roles import ROLES_IN_DATA, ROLES_IN_TRAINING
from visuals.theme import Role, theme


def test_data_are_made_by_the_truth_and_a_model_has_its_own_parameters() -> None:
    differing = {
        name for name in ROLES_IN_DATA if ROLES_IN_DATA[name] is not ROLES_IN_TRAINING.get(name)
    }
    assert differing == {"w", "b", "mu", "sigma", "epsilon"}
    assert {ROLES_IN_DATA[name] for name in ("w", "b", "mu", "sigma")} == {Role.TRUTH}


def test_an_index_does_not_change_a_symbols_colour() -> None:
    math = formula("{{ w_1 : w_1 }} {{ x_1 : x_1 }} + {{ b : b }}", ROLES_IN_TRAINING)
    assert {glyph.fill_color for glyph in math.part("w_1")} == {theme.MODEL}
    assert {glyph.fill_color for glyph in math.part("x_1")} == {theme.DATA}
    assert {glyph.fill_color for glyph in math.unlabelled()} == {theme.INK}


def test_code_and_formulas_agree_on_colours() -> None:
    code = CodeText("loss = w")
    math = formula("{{ ell : loss }} = {{ w : w }}", ROLES_IN_TRAINING)
    assert code.token(0, "loss")[0].fill_color == math.part("loss")[0].fill_color == theme.LOSS
    assert code.token(0, "w")[0].fill_color == math.part("w")[0].fill_color == theme.MODEL
