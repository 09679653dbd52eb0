"""The forms for site generators name every file where the site has it."""

from __future__ import annotations

import json
import re

import pytest

from studio.web.fragments import HERE
from studio.web.wrappers import wrapped

FRAGMENT = f'<video poster{HERE}Quick.webp">\n<source src{HERE}Quick.mp4">\n</video>'
ADDRESS = re.compile(r'(?:src|poster|href)="([^"]*)"')


@pytest.mark.parametrize("base", ["/linreg/", "/course/linreg/", "https://films.example/x/"])
def test_every_address_lies_under_the_base(base: str) -> None:
    files = wrapped({"Quick": FRAGMENT}, base)
    for name in ("embed/markdown/Quick.md", "embed/myst/Quick.md"):
        found = ADDRESS.findall(files[name])
        assert found == [f"{base}Quick.webp", f"{base}Quick.mp4"], name
    assert f"base = {json.dumps(base)}" in files["embed/mdx/linreg.jsx"]


def test_hugo_and_jekyll_take_the_base_from_their_site() -> None:
    files = wrapped({"Quick": FRAGMENT}, "/course/linreg/")
    assert '"linreg/" | relURL' in files["embed/hugo/linreg.html"]
    assert '"/linreg/" | relative_url' in files["embed/jekyll/linreg.html"]
    for name in ("hugo", "jekyll"):
        assert "/course/" not in files[f"embed/{name}/linreg.html"]
