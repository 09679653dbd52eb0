"""The parts of the benchmark: which contenders run, in which order, and what must come out.

Contenders take turns, so that a machine that grows slower or faster meanwhile is no one's
advantage: the quick ones run before and after the one that they are compared with, and count with
the mean.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import ParamSpec

from fastcairo.levers import Levers
from studio.benchmark.results import MIB, Row, Run, Verdict, find, mean, one_after_the_other
from studio.benchmark.scatter import POINTS_VARIABLE
from studio.benchmark.workshop import Workshop
from studio.quality import QUALITIES, Quality

STOCK = "manim"
ENGINE = "manim with the engine"
ONE_WORKER = "render.sh --jobs 1"
STUDIO = "render.sh"
CACHED = "render.sh again"
CLOUDS = "one mobject a cloud"
DOTS = "manim, one Dot each"
WHOLE_DOTS = "manim, Dots shown whole"

SCATTERS = (1000, 2000, 10_000, 20_000)
STOCK_SCATTER = 2000
SCATTER_FILE = "studio/benchmark/scatter.py"

P = ParamSpec("P")


@dataclass
class Bench:
    """What is measured.

    Attributes
    ----------
    workshop
        Where it is rendered.
    chapters
        Source file of each chapter, by name.
    quality
        What is rendered, where the part does not say otherwise.
    say
        Takes a line for the user before each run.
    """

    workshop: Workshop
    chapters: Mapping[str, str]
    quality: Quality
    say: Callable[[str], None]
    _alone: dict[str, Run] = field(default_factory=dict)

    def lecture(self) -> Iterator[Row]:
        """All chapters at once, against manim's one after the other."""
        subject = self._all_chapters
        names = list(self.chapters)
        runs = [self._run(subject, STUDIO, self.workshop.studio, names, self.quality)]
        stock = one_after_the_other([self._stock(chapter) for chapter in names])
        runs += [self._run(subject, STUDIO, self.workshop.studio, names, self.quality)]
        yield Row("lecture", subject, STOCK, stock, stock)
        yield Row("lecture", subject, STUDIO, mean(runs), stock)

    def chapter(self) -> Iterator[Row]:
        """Each chapter alone: on all cores, and in one process."""
        for chapter in self.chapters:
            yield from self._chapter(chapter, self.quality, "chapter")

    def sizes(self) -> Iterator[Row]:
        """One chapter as large as a television and as large as a cinema."""
        chapter = next(iter(self.chapters))
        for flag in "hk":
            yield from self._chapter(chapter, QUALITIES[flag], "sizes")

    def levers(self) -> Iterator[Row]:
        """One chapter in one process, with each of the engine's levers alone, and without it."""
        chapter, file = next(iter(self.chapters.items()))
        subject = f"{chapter} {self.quality.name}"
        names = [lever.name for lever in fields(Levers) if lever.name != "forked"]

        def engine(*levers: str) -> Run:
            return self.workshop.engine(file, chapter, self.quality, levers)

        ours = [self._run(subject, ENGINE, engine, *names)]
        alone = {name: self._run(subject, f"only {name}", engine, name) for name in names}
        stock = self._stock(chapter)
        ours += [self._run(subject, ENGINE, engine, *names)]
        without = {}
        for name in names:
            others = [other for other in names if other != name]
            without[name] = self._run(subject, f"without {name}", engine, *others)
        ours += [self._run(subject, ENGINE, engine, *names)]
        yield Row("levers", subject, STOCK, stock, stock)
        yield Row("levers", subject, ENGINE, mean(ours), stock)
        for name in names:
            yield Row("levers", subject, f"only {name}", alone[name], stock)
        for name in names:
            yield Row("levers", subject, f"without {name}", without[name], stock)

    def scatter(self) -> Iterator[Row]:
        """Points that appear one by one: more and more of them, and against dots."""
        stock, runs = {}, {}
        for count in SCATTERS:
            cloud = [self._scatter(count, CLOUDS)]
            if count == STOCK_SCATTER:
                stock = {how: self._scatter(count, how) for how in (DOTS, WHOLE_DOTS)}
            cloud += [self._scatter(count, CLOUDS)]
            runs[count] = mean(cloud)
        subject = f"2 x {STOCK_SCATTER // 2} points, {self.quality.name}"
        for how, run in stock.items():
            yield Row("scatter", subject, how, run, stock[DOTS])
        yield Row("scatter", subject, CLOUDS, runs[STOCK_SCATTER], stock[DOTS])
        for count, run in runs.items():
            yield Row("points", self.quality.name, f"{count} points", run, runs[SCATTERS[0]])

    def cached(self) -> Iterator[Row]:
        """All chapters, and all of them once more."""
        subject = self._all_chapters
        names = list(self.chapters)
        first = self._run(subject, STUDIO, self.workshop.studio, names, self.quality)
        again = self._run(subject, CACHED, self.workshop.studio, names, self.quality, again=True)
        yield Row("cached", subject, STUDIO, first, first)
        yield Row("cached", subject, CACHED, again, first)

    def _chapter(self, chapter: str, quality: Quality, part: str) -> Iterator[Row]:
        subject = f"{chapter} {quality.name}"
        studio = self.workshop.studio
        jobs = {ONE_WORKER: 1, STUDIO: None}
        before = {
            how: self._run(subject, how, studio, [chapter], quality, count)
            for how, count in jobs.items()
        }
        stock = self._stock(chapter, quality)
        after = {
            how: self._run(subject, how, studio, [chapter], quality, count)
            for how, count in jobs.items()
        }
        yield Row(part, subject, STOCK, stock, stock)
        for how in jobs:
            yield Row(part, subject, how, mean([before[how], after[how]]), stock)

    @property
    def _all_chapters(self) -> str:
        count = len(self.chapters)
        return f"{count} chapter{'s' if count > 1 else ''}, {self.quality.name}"

    def _stock(self, chapter: str, quality: Quality | None = None) -> Run:
        """Render a chapter with manim as it comes, once for all parts."""
        quality = quality or self.quality
        subject = f"{chapter} {quality.name}"
        if subject not in self._alone:
            self._alone[subject] = self._run(
                subject,
                STOCK,
                self.workshop.stock,
                self.chapters[chapter],
                chapter,
                quality,
            )
        return self._alone[subject]

    def _scatter(self, count: int, how: str) -> Run:
        scene = {CLOUDS: "OneMobject", DOTS: "OneDotEach", WHOLE_DOTS: "OneDotEachAtOnce"}[how]
        os.environ[POINTS_VARIABLE] = str(count)
        return self._run(
            f"{count} points", how, self.workshop.engine, SCATTER_FILE, scene, self.quality
        )

    def _run(
        self,
        subject: str,
        contender: str,
        render: Callable[P, Run],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Run:
        self.say(f"{subject}: {contender}")
        return render(*args, **kwargs)


PARTS: Mapping[str, Callable[[Bench], Iterator[Row]]] = {
    "lecture": Bench.lecture,
    "chapter": Bench.chapter,
    "levers": Bench.levers,
    "scatter": Bench.scatter,
    "sizes": Bench.sizes,
    "cached": Bench.cached,
}
"""By name, in the order in which they run."""


def verdicts(rows: Sequence[Row]) -> Iterator[Verdict]:
    """Yield what was asked for and can be told from the rows."""
    for row in find(rows, "lecture", STUDIO):
        played = row.run.film_seconds / row.run.wall
        yield Verdict("the lecture against manim", row.speedup, 6, "times as fast", True)
        yield Verdict("the lecture against its length", played, 3, "times as fast", True)
    for how, limit in ((STUDIO, 5), (ONE_WORKER, 3)):
        for row in find(rows, "chapter", how):
            claim = f"{row.subject}, {how} against manim"
            yield Verdict(claim, row.speedup, limit, "times as fast", True)
    for row in find(rows, "chapter", STUDIO):
        share = row.run.size / row.baseline.size
        yield Verdict(f"{row.subject}, film against manim's", share, 3, "times the size", False)
    for row in find(rows, "scatter", CLOUDS):
        claim = f"{row.subject} against one Dot each"
        yield Verdict(claim, row.speedup, 12, "times as fast", True)
    for row in find(rows, "points", f"{SCATTERS[-1]} points"):
        claim = f"{SCATTERS[-1]} points against {SCATTERS[0]}"
        yield Verdict(claim, 1 / row.speedup, 4, "times the time", False)
    for row in find(rows, "cached", CACHED):
        yield Verdict("everything cached", row.run.wall, 5, "s", False)
    ours = [row.run.worker_peak for row in rows if row.contender in (STUDIO, ONE_WORKER)]
    if ours:
        yield Verdict("memory of a worker", max(ours) / MIB, 1536, "MiB", False)


def differences(rows: Sequence[Row]) -> Iterator[str]:
    """Yield one line for each film that is not as long as the one that it is compared with."""
    for row in rows:
        if row.run.frames != row.baseline.frames:
            yield (
                f"{row.subject}, {row.contender}: {row.run.frames:.0f} frames instead of "
                f"{row.baseline.frames:.0f}"
            )
