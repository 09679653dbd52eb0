"""Manim is patched on request only, and comes back as it was."""

from __future__ import annotations

import functools
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import manim
import numpy as np
import pytest
from manim import Circle, Dot, Group, Mobject, Scene, Square, Typst, VGroup, tempconfig

from fastcairo import install, installed, patches, uninstall
from fastcairo.levers import Levers
from fastcairo.testing import assert_equal_frames, fast, rendered_frames


def attributes() -> list[Any]:
    return [patch.owner.__dict__[patch.name] for patch in patches.PATCHES]


@pytest.fixture(autouse=True)
def _manim_comes_back() -> Iterator[None]:
    before = attributes()
    yield
    assert attributes() == before


def test_nothing_is_patched_on_import() -> None:
    code = (
        "import manim; from manim import Animation, Mobject, Scene;"
        "before = [dict(vars(c)) for c in (Animation, Mobject, Scene)];"
        "import fastcairo, fastcairo.testing;"
        "assert before == [dict(vars(c)) for c in (Animation, Mobject, Scene)]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_install_and_uninstall_restore_every_attribute() -> None:
    before = attributes()
    install()
    assert attributes() == [patch.replacement for patch in patches.PATCHES]
    install()
    uninstall()
    assert attributes() == before
    uninstall()
    assert attributes() == before


def test_installed_leaves_what_was_installed_before() -> None:
    install(Levers.only("copies"))
    try:
        with installed():
            assert attributes() == [patch.replacement for patch in patches.PATCHES]
        still = [p.lever for p in patches.PATCHES if p.owner.__dict__[p.name] is p.replacement]
        assert set(still) == {"copies"}
    finally:
        uninstall()


def test_an_error_in_a_scene_takes_the_patches_back() -> None:
    class Failing(Scene):
        def construct(self) -> None:
            raise ArithmeticError

    before = attributes()
    with pytest.raises(ArithmeticError):
        rendered_frames(fast(Failing))
    assert attributes() == before


def test_an_unknown_manim_is_left_alone_with_one_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    class Small(Scene):
        def construct(self) -> None:
            self.play(Square().animate.shift(manim.UP), run_time=0.4)

    monkeypatch.setattr(manim, "__version__", "0.99.0")
    before = attributes()
    with pytest.warns(RuntimeWarning, match=r"manim 0\.99\.0"):
        install()
    install()  # the second time it says nothing: warnings are errors here
    assert attributes() == before
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert_equal_frames(Small)


def families() -> list[Mobject]:
    shared = Dot()
    diamond = VGroup(VGroup(shared, Square()), VGroup(Circle(), shared))
    selfish = Mobject()
    selfish.submobjects = [Mobject(), selfish]
    deep = VGroup(*(VGroup(*(Dot() for _ in range(3))) for _ in range(4)))
    return [Mobject(), Square(), diamond, selfish, deep, Group(diamond, deep, Mobject())]


def test_families_are_those_of_manim() -> None:
    everything = families()
    calls: list[Any] = [
        lambda: [mobject.get_family() for mobject in everything],
        lambda: [mobject.family_members_with_points() for mobject in everything],
        *(
            lambda flags=flags: manim.utils.family.extract_mobject_family_members(
                everything, *flags
            )
            for flags in ((False, False), (True, False), (False, True), (True, True))
        ),
    ]
    for index, member in enumerate(everything[4].get_family()):
        member.set_z_index(-index % 3)
    expected = [call() for call in calls]
    with installed(Levers.only("families")):
        assert [call() for call in calls] == expected


class Sparse(Square):
    def get_anchors(self) -> Any:
        return super().get_anchors()[:3]


def test_outlines_are_those_of_manim() -> None:
    empty, lone = manim.VMobject(), manim.VMobject().set_points(np.ones((1, 3)))
    odd = manim.VMobject().set_points(np.arange(21.0).reshape(7, 3))
    surface = manim.Surface(lambda u, v: np.array([u, v, u * v]), resolution=2)
    mobjects = [Square(), Circle(), empty, lone, Sparse(), surface, *surface]
    mobjects += [VGroup(Square(), lone, empty), VGroup(), VGroup(Square(), Sparse())]
    call = manim.mobject.three_d.three_d_utils.get_3d_vmob_end_corner_unit_normal
    expected = [(m.get_points_defining_boundary(), call(m)) for m in mobjects]
    with installed(Levers.only("outlines")):
        found = [(m.get_points_defining_boundary(), call(m)) for m in mobjects]
        lone.get_points_defining_boundary()[0] = 7
        with pytest.raises(ValueError, match="zip"):
            odd.get_points_defining_boundary()
    assert lone.points[0, 0] == 1
    for pair, other in zip(expected, found, strict=True):
        assert all(
            a.shape == b.shape and np.array_equal(a, b) for a, b in zip(pair, other, strict=True)
        )


def broken() -> manim.VMobject:
    """Return a curve with subpaths, points that nearly meet, and numbers that are none."""
    curve = Square().append_points(Circle().points)
    curve.append_points(curve.points[-4:] + np.array([1e-7, 0, 0]))
    curve.append_points(np.full((4, 3), np.inf)).append_points(np.full((4, 3), np.inf))
    return curve.append_points(np.full((4, 3), np.nan))


class Leftmost(Square):
    def get_extremum_along_dim(self, points: Any = None, dim: int = 0, key: Any = 0) -> float:
        return super().get_extremum_along_dim(points, dim, -1 - 2 * (key > 0))


class Torn(Circle):
    def consider_points_equals(self, p0: Any, p1: Any) -> bool:
        return not super().consider_points_equals(p0, p1)


@pytest.mark.filterwarnings("ignore:invalid value")
def test_extents_and_subpaths_are_those_of_manim() -> None:
    empty, dust = manim.VMobject(), manim.PMobject().add_points([[1, 2, 3], [-1, 0, 5]])
    mobjects = [Square(), Torn(), Leftmost(), broken(), empty, dust, Mobject(), VGroup()]
    mobjects += [
        VGroup(Circle(), empty, VGroup(Square().shift([2, 3, 1]))),
        VGroup(broken(), Dot()),
    ]
    mobjects += [VGroup(Dot(), broken()), Group(dust, Square())]
    directions = [manim.UR, [0, -2, 1], (0, 0, 0)]

    def measures() -> list[Any]:
        return [
            [m.reduce_across_dimension(f, dim) for f in (min, max, sum) for dim in range(3)]
            + [m.get_critical_point(direction) for direction in directions]
            + (m.get_subpaths() if isinstance(m, manim.VMobject) else [])
            for m in mobjects
        ]

    expected = measures()
    with installed(Levers.only("outlines")):
        found = measures()
    for these, those in zip(expected, found, strict=True):
        for one, other in zip(these, those, strict=True):
            assert (one is None) == (other is None)
            assert one is None or np.array_equal(one, other, equal_nan=True)


class Muted(Square):
    def generate_rgbas_array(self, color: Any, opacity: Any) -> Any:
        return super().generate_rgbas_array(color, opacity) / 2


def test_colours_are_those_of_manim() -> None:
    def changed() -> list[Any]:
        mobjects = [
            Square(),
            Square().set_color([manim.RED, manim.BLUE]),
            Square().set_sheen(0.3, manim.UP),
            Muted(),
            manim.VMobject(),
        ]
        for mobject in mobjects:
            mobject.set_fill(manim.GREEN).set_fill(opacity=0.25)
            mobject.set_stroke("#102030", width=2).set_stroke(manim.ORANGE, opacity=1)
            mobject.set_stroke(manim.RED, 3, 0.5, background=True)
            mobject.set_fill([manim.RED, manim.YELLOW], opacity=np.float64(0.75))
            mobject.set_fill(manim.PINK, opacity=np.float32(0.1)).set_stroke(opacity=None)
        mobjects.append(VGroup(*mobjects).copy().set_opacity(0.4).set_color(manim.WHITE))
        names = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
        return [getattr(m, name) for top in mobjects for m in top.get_family() for name in names]

    expected = changed()
    with installed(Levers.only("styles")):
        found = changed()
    for one, other in zip(expected, found, strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def test_removal_from_groups_is_that_of_manim() -> None:
    group = VGroup(VGroup(Dot(), Square()), VGroup(Circle(), Dot()))
    others = [Dot(), VGroup(Dot())]
    with tempconfig({"dry_run": True}):
        scene = Scene()
    for removed in ([group[0][1]], [group[1], others[0]], [], [group, *others]):
        expected = scene.get_restructured_mobject_list([group, *others], removed)
        with installed(Levers.only("families")):
            assert scene.get_restructured_mobject_list([group, *others], removed) == expected


def test_copies_share_nothing_that_is_changed_in_place() -> None:
    formula = VGroup(Typst("a + b"), Square().set_color(["#ff0000", "#00ff00"]))
    formula.generate_target()
    formula.add_updater(lambda mobject: mobject)
    formula[1].note = {"numbers": np.arange(3), "same": formula[0]}
    with installed(Levers.only("copies")):
        copy = formula.copy()
    for original, copied in zip(formula.get_family(), copy.get_family(), strict=True):
        assert type(original) is type(copied)
        assert original is not copied
        assert original.__dict__.keys() | {"original_id"} == copied.__dict__.keys()
        for name, value in original.__dict__.items():
            other = copied.__dict__[name]
            if isinstance(value, np.ndarray):
                assert np.array_equal(value, other)
                assert not np.shares_memory(value, other)
            elif isinstance(value, (list, dict)):
                assert value is not other
    assert copy.updaters == formula.updaters
    assert copy[1].note["same"] is copy[0]
    assert copy.target is not formula.target


class Rising:
    def __call__(self, mobject: Mobject, dt: float) -> None:
        mobject.shift(dt * manim.UP)

    def method(self, mobject: Mobject, dt: float) -> None:
        mobject.shift(dt * manim.UP)


def decorated(function: Any) -> Any:
    @functools.wraps(function)
    def wrapper(*args: Any) -> None:
        function(*args)

    return wrapper


UPDATERS: list[Any] = [
    lambda mobject: mobject.shift(manim.UP),
    lambda mobject, dt: mobject.shift(dt * manim.UP),
    lambda mobject, *dt: mobject.shift(dt[0] * manim.UP),
    lambda mobject, dt=1: mobject.shift(dt * manim.UP),
    decorated(lambda mobject, dt: mobject.shift(dt * manim.UP)),
    Rising(),
    Rising().method,
    functools.partial(lambda step, mobject: mobject.shift(step), manim.UP),
]


@pytest.mark.parametrize("index", range(len(UPDATERS)))
def test_updaters_are_called_as_manim_calls_them(index: int) -> None:
    results = []
    for levers in (Levers.only(), Levers.only("updaters")):
        group = VGroup(Dot(), VGroup(Dot(), Dot()), Dot())
        group[1][1].updaters.append(UPDATERS[index])
        group[2].updaters.append(UPDATERS[index])
        group[2].suspend_updating()
        with installed(levers):
            group.update(0.25)
            timed = [member.has_time_based_updater() for member in group.get_family()]
        results.append((timed, np.array([m.get_center() for m in group.get_family()]).tolist()))
    assert results[0] == results[1]
