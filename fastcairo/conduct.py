"""Stages of manim's render with the engine around them.

A manager of manim runs a scene, whether through ``Scene.render`` or asked itself.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from fastcairo.levers import Levers
from fastcairo.patches import installed
from fastcairo.renderer import FastCairoRenderer

if TYPE_CHECKING:
    from manim.manager import Manager

__all__ = ["conduct"]

SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread that runs Python lets another one run."""


def conduct(manager: Manager[Any]) -> None:
    """Make ``manager`` render with manim's slow spots patched, and with forked plays."""
    if "construct" in vars(manager):
        return  # it is already
    render, construct, tear_down = manager.render, manager.construct, manager.tear_down

    def fast_render(preview: bool = False) -> bool:
        renderer = manager.renderer
        if not isinstance(renderer, FastCairoRenderer):
            with installed(Levers.from_environment()):
                return render(preview)
        interval = sys.getswitchinterval()
        # The thread that encodes asks for Python's lock after every step, and would wait this long
        # for the one that draws: seldom enough to draw, often enough to encode beside it.
        sys.setswitchinterval(SWITCH_INTERVAL)
        try:
            with installed(renderer.levers):
                return render(preview)
        finally:
            sys.setswitchinterval(interval)
            renderer.plays.kill()

    def fast_construct() -> None:
        renderer = manager.renderer
        if isinstance(renderer, FastCairoRenderer):
            renderer.construct(construct)
        else:
            construct()

    def fast_tear_down() -> None:
        renderer = manager.renderer
        if isinstance(renderer, FastCairoRenderer):
            renderer.settle()  # slide tools look at the segments here
        tear_down()

    vars(manager).update(render=fast_render, construct=fast_construct, tear_down=fast_tear_down)
