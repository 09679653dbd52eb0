"""Files of the playgrounds beside the films: a fragment each, their style and their script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.web.fragments import TEMPLATES, templates

STYLE, SCRIPT = "playground.css", "playground.js"


def playground_fragments(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the HTML of every playground by the name of its fragment.

    Parameters
    ----------
    content
        The attributes of :class:`studio.web.article_content.ArticleContent`, by name.
    """
    return {f"playground-{name}": html for name, html in content["playgrounds"].items()}


def playground_files(content: Mapping[str, Any]) -> dict[str, str]:
    """Return fragments, style and script by file name; see :func:`playground_fragments`."""
    style = templates().get_template(f"{STYLE}.j2").render(palettes=content["palettes"])
    fragments = playground_fragments(content)
    return {
        **{f"{name}.html": html for name, html in fragments.items()},
        STYLE: style,
        SCRIPT: (TEMPLATES / SCRIPT).read_text(encoding="utf-8"),
    }
