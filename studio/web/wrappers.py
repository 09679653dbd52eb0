"""The fragments in the shapes that site generators take: one file to copy, one line to write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

import jinja2

from studio.web.fragments import HERE, SCRIPT, STYLE, TEMPLATES

WRAPPERS = {
    "embed/hugo/linreg.html": "embed/hugo.html.j2",
    "embed/jekyll/linreg.html": "embed/jekyll.html.j2",
    "embed/mdx/linreg.jsx": "embed/mdx.jsx.j2",
}
"""Templates by the file that they become."""


def moved(html: str, base: str) -> str:
    """Return a fragment with its files in another folder than its page."""
    return html.replace(HERE, f'="{base}')


@cache
def _templates() -> jinja2.Environment:
    """Return the templates: they write templates, hence brackets, and HTML, hence no escapes."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=False,
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters |= {"json": json.dumps, "moved": moved}
    return environment


def wrapped(fragments: Mapping[str, str], base: str) -> dict[str, str]:
    """Return the wrappers of fragments.

    Parameters
    ----------
    fragments
        HTML by the film's name.
    base
        Address of the folder of the films on the site, with a slash at its end. Hugo and Jekyll
        find theirs from the site's own settings.

    Returns
    -------
    files
        Contents by name, relative to the folder of the films.
    """
    films = [{"name": name, "html": html.strip("\n")} for name, html in fragments.items()]
    files = {
        file: _templates()
        .get_template(template)
        .render(
            films=films,
            names=", ".join(fragments),
            here=HERE,
            style=STYLE,
            script=SCRIPT,
            base=base,
        )
        for file, template in WRAPPERS.items()
    }
    for name, html in fragments.items():
        placed = moved(html.strip("\n"), base)
        files[f"embed/markdown/{name}.md"] = f"{placed}\n"
        files[f"embed/myst/{name}.md"] = f"```{{raw}} html\n{placed}\n```\n"
    return files
