"""The HTML of the playgrounds: a drawing, its numbers, and the JSON for the script."""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import Markup

from linreg.lesson import Lesson
from linreg.study.trace import Trace
from studio.web.fragments import templates
from studio.web.playgrounds.axes import FRAME
from studio.web.playgrounds.line import LinePlayground, line_playground
from studio.web.playgrounds.rate import RatePlayground, rate_playground
from studio.web.texts import PageTexts

SCRIPT_TEXTS = (
    *("post.play_loss", "post.play_steps", "post.play_factor", "post.play_run", "post.play_stop"),
    *(
        "post.play_stands",
        "post.play_creeps",
        "post.play_lands",
        "post.play_zigzags",
        "post.play_explodes",
    ),
)
"""Keys of the texts that the script changes or says; it knows them without their beginning."""


class Playgrounds:
    """The playgrounds of a run.

    Parameters
    ----------
    trace, lesson
        A run, and the lesson that it is of.
    texts
        The catalogue.
    """

    def __init__(self, trace: Trace, lesson: Lesson, texts: PageTexts) -> None:
        self._texts = texts
        self._figures: dict[str, LinePlayground | RatePlayground] = {
            "line": line_playground(lesson),
            "rate": rate_playground(trace, lesson),
        }
        self._language = lesson.language

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._figures)

    def html(self, name: str, *, head: bool = False) -> Markup:
        """Return the HTML of a playground.

        Parameters
        ----------
        name
            ``"line"`` or ``"rate"``.
        head
            Whether to bring along style and script.

        Raises
        ------
        KeyError
            When there is none of that name.
        """
        figure = self._figures[name]
        texts = {key.removeprefix("post.play_"): self._texts(key) for key in SCRIPT_TEXTS}
        data = json.dumps(
            {**figure.data, "frame": FRAME, "texts": texts},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        html = (
            templates()
            .get_template(f"playground/{name}.html.j2")
            .render(
                figure=figure,
                name=name,
                data=Markup(data.replace("<", "\\u003c")),
                frame=FRAME,
                say=self._texts,
                language=self._language,
                head=head,
            )
        )
        # An empty line would end a block of HTML in Markdown.
        return Markup("\n").join(Markup(line) for line in html.splitlines() if line.strip())
