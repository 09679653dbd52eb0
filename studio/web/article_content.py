"""The words of the article with all that a run puts into them.

``python -m studio.web.article_content`` takes a lesson as JSON and prints a :class:`Content` as
JSON. It
trains, and imports torch and manim for it; the studio asks it in a process of its own.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from markupsafe import Markup, escape

from linreg.lesson import check_lesson
from linreg.study.recording import train
from linreg.study.report import report
from studio.web.formulas import set_formulas
from studio.web.listings import function_named, highlighted
from studio.web.numbers import Numbers, numbers_of
from studio.web.words import Words
from visuals.theme import PALETTES

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$")
INLINE = re.compile(r"`(.+?)`|\*(.+?)\*|\x00(\d+)\x00([,.;:?)]*)")
INSERTION = re.compile(r"\{(\w+)(?: ([\w.]+))?\}")


class ArticleError(ValueError):
    """Words that cannot be set; its text is one line that names them."""


@dataclass(frozen=True)
class Content:
    """The article's parts.

    Attributes
    ----------
    lead, credit
        HTML of the opening and of the closing.
    sections
        HTML by chapter; a chapter that the catalogue has no words for is left out.
    palettes
        Colours by theme and role.
    """

    lead: str
    credit: str
    sections: dict[str, str]
    palettes: dict[str, dict[str, str]]


class Article:
    """Sets texts of the catalogue for one run.

    Parameters
    ----------
    words
        What a reader reads.
    numbers
        Of the run.
    terminal
        What the run prints.
    """

    def __init__(self, words: Words, numbers: Numbers, terminal: str) -> None:
        self._words, self._numbers, self._terminal = words, numbers, terminal
        self._insertions: dict[str, Callable[[str], Markup]] = {
            "listing": self._listing,
            "terminal": self._printed,
            "numbers": self._table,
        }

    def html(self, key: str) -> str:
        """Return the text of a key as HTML.

        Raises
        ------
        ArticleError
            When it holds an insertion that does not exist.
        """
        text = re.sub(
            r"\{choose (\w+)\}", lambda topic: self._chosen(key, topic[1]), self._words(key)
        )
        text = text % self._numbers.values
        found = [(match[1] or match[2], bool(match[1])) for match in FORMULA.finditer(text)]
        self._formulas = set_formulas(found) if found else []
        numbers = iter(range(len(found)))
        text = FORMULA.sub(lambda _: f"\x00{next(numbers)}\x00", text)
        return "\n".join(self._block(block) for block in text.split("\n\n"))

    def _chosen(self, key: str, topic: str) -> str:
        """Return the text of a topic that fits the run."""
        return self._words(f"{key}.{self._numbers.choices[topic]}")

    def _block(self, block: str) -> Markup:
        if match := INSERTION.fullmatch(block):
            name, argument = match.groups()
            if name not in self._insertions:
                allowed = ", ".join(self._insertions)
                raise ArticleError(f"{{{name}}} is not an insertion; allowed are {allowed}")
            return self._insertions[name](argument or "")
        if re.fullmatch(r"\x00\d+\x00", block):
            formula = self._formulas[int(block.strip("\x00"))]
            return Markup('<div class="formula" tabindex="0">{}</div>').format(formula)
        return Markup("<p>{}</p>").format(self._inline(block))

    def _inline(self, text: str) -> Markup:
        html, end = Markup(""), 0
        for match in INLINE.finditer(text):
            html += escape(text[end : match.start()]) + self._marked(match)
            end = match.end()
        return html + escape(text[end:])

    def _marked(self, match: re.Match[str]) -> Markup:
        code, emphasis, formula, ending = match.groups()
        if code:
            return Markup("<code>{}</code>").format(code)
        if emphasis:
            return Markup("<em>{}</em>").format(self._inline(emphasis))
        math = self._formulas[int(formula)]
        return Markup('<span class="together">{}{}</span>').format(math, ending) if ending else math

    def _listing(self, path: str) -> Markup:
        function = function_named(path)
        return self._panel(
            self._words("post.listing", name=function.__name__),
            f"{function.__module__.replace('.', '/')}.py",
            highlighted(function),
        )

    def _printed(self, _: str) -> Markup:
        return self._panel(self._words("post.terminal"), "", escape(self._terminal))

    def _panel(self, label: str, place: str, code: Markup) -> Markup:
        """Return lines on a ground of their own, which scrolls where it is too narrow."""
        caption = Markup("<figcaption>{}</figcaption>").format(place) if place else ""
        return Markup(
            '<figure class="listing">{}<pre tabindex="0" role="region" aria-label="{}">'
            "<code>{}</code></pre></figure>"
        ).format(caption, label, code)

    def _table(self, _: str) -> Markup:
        words = self._words
        names = ("parameter", "learned", "true", "error")
        head = Markup("").join(
            Markup('<th scope="col">{}</th>').format(words(f"post.{name}")) for name in names
        )
        formulas = set_formulas([(row.formula, False) for row in self._numbers.parameters])
        rows = Markup("").join(
            Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>').format(
                formula, row.learned, row.true, row.error
            )
            for formula, row in zip(formulas, self._numbers.parameters, strict=True)
        )
        return Markup(
            "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
        ).format(words("post.numbers"), head, rows)


def content_for(lesson: Mapping[str, Any], chapters: list[str]) -> Content:
    """Train on a lesson and set the article of it.

    Parameters
    ----------
    lesson
        Its values, by key.
    chapters
        Names of the chapters that the article is to have, where there are words for them.
    """
    checked = check_lesson(dict(lesson))
    trace = train(checked)
    words = Words(checked.language)
    article = Article(words, numbers_of(trace, checked), "\n".join(report(trace)))
    keys = {name: f"post.{name}" for name in chapters}
    return Content(
        lead=article.html("post.lead"),
        credit=article.html("post.credit"),
        sections={name: article.html(key) for name, key in keys.items() if words.has(key)},
        palettes={name: asdict(palette) for name, palette in PALETTES.items()},
    )


def main() -> None:
    """Answer the one question that this process was started for."""
    question = json.load(sys.stdin)
    json.dump(asdict(content_for(**question)), sys.stdout)


if __name__ == "__main__":
    main()
