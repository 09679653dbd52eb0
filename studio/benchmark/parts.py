"""The parts of the benchmark: their contenders, in the order in which they run.

Contenders take turns, so that a machine that grows slower or faster meanwhile favours none: the
quick ones run before and after the one that they are compared with, and count with the mean.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import ParamSpec

from fastcairo.levers import Levers
from studio.benchmark import plain, small
from studio.benchmark.results import (
    Comparison,
    Run,
    geometric_mean,
    mean,
    one_after_the_other,
)
from studio.benchmark.scatter import POINTS_VARIABLE
from studio.benchmark.workshop import Workshop
from studio.quality import QUALITIES, Quality

STOCK = "manim"
ENGINE = "manim with the engine"
TWO_WORKERS = "the same, two workers"
ONE_WORKER = "render.sh --jobs 1"
STUDIO = "render.sh"
CACHED = "render.sh again"
CLOUDS = "one mobject a cloud"
DOTS = "manim, one Dot each"
WHOLE_DOTS = "manim, Dots shown whole"

SCATTERS = (1000, 2000, 10_000, 20_000)
STOCK_SCATTER = 2000
SCATTER_FILE = "studio/benchmark/scatter.py"
PLAIN_FILE = "studio/benchmark/plain.py"
SMALL_FILE = "studio/benchmark/small.py"

P = ParamSpec("P")


@dataclass
class Bench:
    """Chapters to measure, in one quality.

    Attributes
    ----------
    workshop
        Renders them.
    chapters
        Source file of each chapter, by name.
    quality
        Quality of the films, except in parts that have their own.
    say
        Prints a line for the user before each run.
    """

    workshop: Workshop
    chapters: Mapping[str, str]
    quality: Quality
    say: Callable[[str], None]
    _alone: dict[str, Run] = field(default_factory=dict)

    def lecture(self) -> Iterator[Comparison]:
        """All chapters at once, against manim's one after the other."""
        subject = self._all_chapters
        names = list(self.chapters)
        runs = [self._run(subject, STUDIO, self.workshop.studio, names, self.quality)]
        stock = one_after_the_other([self._stock(chapter) for chapter in names])
        runs += [self._run(subject, STUDIO, self.workshop.studio, names, self.quality)]
        yield Comparison("lecture", subject, STOCK, stock, stock)
        yield Comparison("lecture", subject, STUDIO, mean(runs), stock)

    def chapter(self) -> Iterator[Comparison]:
        """Each chapter alone: on all cores, and in one process."""
        for chapter in self.chapters:
            yield from self._chapter(chapter, self.quality, "chapter")

    def sizes(self) -> Iterator[Comparison]:
        """One chapter in the sizes of a television and of a cinema."""
        chapter = next(iter(self.chapters))
        for flag in "hk":
            yield from self._chapter(chapter, QUALITIES[flag], "sizes")

    def levers(self) -> Iterator[Comparison]:
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
        yield Comparison("levers", subject, STOCK, stock, stock)
        yield Comparison("levers", subject, ENGINE, mean(ours), stock)
        for name in names:
            yield Comparison("levers", subject, f"only {name}", alone[name], stock)
        for name in names:
            yield Comparison("levers", subject, f"without {name}", without[name], stock)

    def scatter(self) -> Iterator[Comparison]:
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
            yield Comparison("scatter", subject, how, run, stock[DOTS])
        yield Comparison("scatter", subject, CLOUDS, runs[STOCK_SCATTER], stock[DOTS])
        for count, run in runs.items():
            yield Comparison("points", self.quality.name, f"{count} points", run, runs[SCATTERS[0]])

    def plain(self) -> Iterator[Comparison]:
        """Scenes as people write them: stock, with the engine in one process, and in two."""
        for scene in plain.SCENES:
            yield from self._plain(scene)

    def _plain(self, scene: str) -> Iterator[Comparison]:
        subject = f"{scene} {self.quality.name}"
        engine = self.workshop.engine
        alone = [self._run(subject, ENGINE, engine, PLAIN_FILE, scene, self.quality)]
        stock = self._run(subject, STOCK, self.workshop.stock, PLAIN_FILE, scene, self.quality)
        alone += [self._run(subject, ENGINE, engine, PLAIN_FILE, scene, self.quality)]
        forked = self._run(subject, TWO_WORKERS, engine, PLAIN_FILE, scene, self.quality, workers=2)
        yield Comparison("plain", subject, STOCK, stock, stock)
        yield Comparison("plain", subject, ENGINE, mean(alone), stock)
        yield Comparison("plain", subject, TWO_WORKERS, forked, stock)

    def small(self) -> Iterator[Comparison]:
        """Small scenes that are hard for the engine, and their geometric mean."""
        stock, ours = [], []
        for scene in small.SCENES:
            subject = f"{scene} {self.quality.name}"
            args = (SMALL_FILE, scene, self.quality)
            stock.append(self._run(subject, STOCK, self.workshop.stock, *args))
            ours.append(self._run(subject, ENGINE, self.workshop.engine, *args))
            yield Comparison("small", subject, STOCK, stock[-1], stock[-1])
            yield Comparison("small", subject, ENGINE, ours[-1], stock[-1])
        base = geometric_mean(stock)
        subject = f"geometric mean, {self.quality.name}"
        yield Comparison("small", subject, STOCK, base, base)
        yield Comparison("small", subject, ENGINE, geometric_mean(ours), base)

    def cached(self) -> Iterator[Comparison]:
        """All chapters, and all of them once more."""
        subject = self._all_chapters
        names = list(self.chapters)
        first = self._run(subject, STUDIO, self.workshop.studio, names, self.quality)
        again = self._run(subject, CACHED, self.workshop.studio, names, self.quality, again=True)
        yield Comparison("cached", subject, STUDIO, first, first)
        yield Comparison("cached", subject, CACHED, again, first)

    def _chapter(self, chapter: str, quality: Quality, part: str) -> Iterator[Comparison]:
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
        yield Comparison(part, subject, STOCK, stock, stock)
        for how in jobs:
            yield Comparison(part, subject, how, mean([before[how], after[how]]), stock)

    @property
    def _all_chapters(self) -> str:
        count = len(self.chapters)
        return f"{count} chapter{'s' if count > 1 else ''}, {self.quality.name}"

    def _stock(self, chapter: str, quality: Quality | None = None) -> Run:
        """Render a chapter with stock manim, once for all parts."""
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


PARTS: Mapping[str, Callable[[Bench], Iterator[Comparison]]] = {
    "lecture": Bench.lecture,
    "chapter": Bench.chapter,
    "levers": Bench.levers,
    "scatter": Bench.scatter,
    "plain": Bench.plain,
    "small": Bench.small,
    "sizes": Bench.sizes,
    "cached": Bench.cached,
}
"""By name, in the order in which they run."""
