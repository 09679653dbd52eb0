"""The content of the article: the catalogue's texts with everything that a run puts into them.

``python -m studio.web.article_content`` takes a lesson as JSON and prints an
:class:`ArticleContent` as JSON. It trains, and imports torch and manim for that; the studio runs it
in a process of its own.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from linreg.lesson_file import check_lesson
from linreg.study.recording import train
from linreg.study.report import report
from studio.web.formulas import set_formulas
from studio.web.listings import function_named, highlighted
from studio.web.numbers import Numbers, numbers_of
from studio.web.playgrounds.html import Playgrounds
from studio.web.texts import PageTexts
from visuals.theme import PALETTES

MARKDOWN = MarkdownIt("commonmark", {"html": False})
"""Texts are Markdown without HTML, which is escaped."""

CHOICE = re.compile(r"\{choose (\w+)\}")
INSERTION = re.compile(r"^\{(\w+)(?: ([\w.]+))?\}$", re.MULTILINE)
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$")

MARK = "\ue000{}\ue001"
"""Stands for a formula or an insertion in Markdown: characters for private use, never markup."""

MARKED_BLOCK = re.compile(r"<p>\ue000(\d+)\ue001</p>")
MARKED = re.compile(r"\ue000(\d+)\ue001([,.;:?)，。；：？！、）]*)")


class ArticleTextError(ValueError):
    """A text that cannot be set; the error's text is one line that names it."""


@dataclass(frozen=True)
class ArticleContent:
    """The article's parts.

    Attributes
    ----------
    lead, credit
        HTML of the opening and of the closing.
    sections
        HTML by chapter; a chapter without a text in the catalogue is left out.
    playgrounds
        HTML of the figures that a reader can touch, by name, to stand on any page.
    palettes
        Colours by theme and role.
    """

    lead: str
    credit: str
    sections: dict[str, str]
    playgrounds: dict[str, str]
    palettes: dict[str, dict[str, str]]


class ArticleSetter:
    """Sets texts of the catalogue for one run.

    Parameters
    ----------
    texts
        The catalogue.
    numbers
        Numbers of the run.
    terminal
        Output of the run.
    playgrounds
        Its figures to touch.
    """

    def __init__(
        self, texts: PageTexts, numbers: Numbers, terminal: str, playgrounds: Playgrounds
    ) -> None:
        self._texts, self._numbers, self._terminal = texts, numbers, terminal
        self._playgrounds = playgrounds
        self._insertions: dict[str, Callable[[str], Markup]] = {
            "listing": self._listing,
            "terminal": self._printed,
            "numbers": self._table,
            "playground": self._playground,
        }

    def html(self, key: str) -> str:
        """Return the text of a key as HTML.

        Raises
        ------
        ArticleTextError
            When it has an insertion that does not exist.
        """
        text = CHOICE.sub(
            lambda match: self._texts(f"{key}.{self._numbers.choices[match[1]]}"), self._texts(key)
        )
        text = text % self._numbers.values
        found = [(match[1] or match[2], bool(match[1])) for match in FORMULA.finditer(text)]
        formulas = set_formulas(found) if found else []
        objects = [
            _block(formula) if is_block else formula
            for formula, (_, is_block) in zip(formulas, found, strict=True)
        ]
        marks = iter(map(MARK.format, range(len(objects))))
        text = FORMULA.sub(lambda _: next(marks), text)

        def insert(match: re.Match[str]) -> str:
            objects.append(self._inserted(match[1], match[2] or ""))
            return MARK.format(len(objects) - 1)

        html = MARKDOWN.render(INSERTION.sub(insert, text)).strip()
        html = MARKED_BLOCK.sub(lambda match: objects[int(match[1])], html)
        return MARKED.sub(lambda match: _with_ending(objects[int(match[1])], match[2]), html)

    def _inserted(self, name: str, argument: str) -> Markup:
        if name not in self._insertions:
            allowed = ", ".join(self._insertions)
            raise ArticleTextError(f"{{{name}}} is not an insertion; allowed are {allowed}")
        return self._insertions[name](argument)

    def _listing(self, path: str) -> Markup:
        function = function_named(path)
        return self._panel(
            self._texts("post.listing", name=function.__name__),
            f"{function.__module__.replace('.', '/')}.py",
            highlighted(function),
        )

    def _printed(self, _: str) -> Markup:
        return self._panel(self._texts("post.terminal"), "", escape(self._terminal))

    def _playground(self, name: str) -> Markup:
        if name not in self._playgrounds:
            allowed = ", ".join(self._playgrounds)
            raise ArticleTextError(f"{{playground {name}}}: allowed are {allowed}")
        return self._playgrounds.html(name)

    def _panel(self, label: str, place: str, code: Markup) -> Markup:
        """Return code in a box that scrolls where it is too narrow."""
        caption = Markup("<figcaption>{}</figcaption>").format(place) if place else ""
        return Markup(
            '<figure class="listing">{}<pre tabindex="0" role="region" aria-label="{}">'
            "<code>{}</code></pre></figure>"
        ).format(caption, label, code)

    def _table(self, _: str) -> Markup:
        texts = self._texts
        names = ("parameter", "learned", "true", "error")
        head = Markup("").join(
            Markup('<th scope="col">{}</th>').format(texts(f"post.{name}")) for name in names
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
        ).format(texts("post.numbers"), head, rows)


def _block(formula: Markup) -> Markup:
    return Markup('<div class="formula" tabindex="0">{}</div>').format(formula)


def _with_ending(formula: Markup, ending: str) -> Markup:
    """Return a formula that no line break parts from its punctuation."""
    if not ending:
        return formula
    return Markup('<span class="together">{}{}</span>').format(formula, ending)


def content_for(lesson: Mapping[str, Any], chapters: list[str]) -> ArticleContent:
    """Train on a lesson and set the article of it.

    Parameters
    ----------
    lesson
        Its values, by key.
    chapters
        Names of the chapters; those without a text in the catalogue are left out.
    """
    checked = check_lesson(dict(lesson))
    trace = train(checked)
    texts = PageTexts(checked.language)
    playgrounds = Playgrounds(trace, checked, texts)
    printed = "\n".join(report(trace))
    article = ArticleSetter(texts, numbers_of(trace, checked), printed, playgrounds)
    keys = {name: f"post.{name}" for name in chapters}
    return ArticleContent(
        lead=article.html("post.lead"),
        credit=article.html("post.credit"),
        sections={name: article.html(key) for name, key in keys.items() if texts.has(key)},
        playgrounds={name: playgrounds.html(name, head=True) for name in playgrounds},
        palettes={name: asdict(palette) for name, palette in PALETTES.items()},
    )


def main() -> None:
    """Answer the one question that this process was started for."""
    question = json.load(sys.stdin)
    json.dump(asdict(content_for(**question)), sys.stdout)


if __name__ == "__main__":
    main()
