"""The figures to touch: their numbers are the package's, whatever hand moves them."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
import torch
from torch import Tensor

from linreg.lesson import Lesson
from linreg.lesson_file import check_lesson
from linreg.loss import squared_loss
from linreg.model import linreg
from linreg.optim import sgd
from linreg.study.profile import single_profile
from linreg.study.recording import train
from linreg.study.single_run import run_single
from studio.web.article_content import content_for
from studio.web.fragments import TEMPLATES
from studio.web.playgrounds.axes import shown
from studio.web.playgrounds.html import Playgrounds
from studio.web.playgrounds.line import MOST_EXAMPLES
from studio.web.texts import PageTexts
from tests.studio.web.conftest import LESSON, Site
from tests.studio.web.test_browser import page_of

pytest.importorskip("playwright.sync_api", reason="./test.sh installs it")

from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Locator, Page, expect

from tests.studio.web.reader import reading

MOST_BYTES = 12_000
NEAR = 1e-9
"""Relative error of double precision after some hundred steps."""

FIRST_SHIFTS = "window.shifts.reduce((sum, shift) => sum + shift, 0)"


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return check_lesson(dict(LESSON))


def place(site: Site, name: str) -> str:
    html = (site.home / f"playground-{name}.html").read_text(encoding="utf-8")
    return page_of(site, html, f"page-playground-{name}")


def numbers(page: Page) -> list[float]:
    """Return the numbers that are shown, with all their digits."""
    values: list[str] = page.locator(".value").evaluate_all(
        "nodes => nodes.map(node => node.getAttribute('value'))"
    )
    return [float(value.replace("Infinity", "inf")) for value in values]


def texts(page: Page) -> list[str]:
    return page.locator(".value").all_text_contents()


def handle(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=re.compile(f"^{name} [wb],"))


def hear(page: Page, text: str) -> None:
    """Wait until a screen reader is told this; a slow machine lets it tell earlier steps."""
    expect(page.get_by_role("status")).to_have_text(text)


def line_loss(lesson: Lesson, w: float, b: float) -> float:
    profile = single_profile(run_single(lesson.single_feature), MOST_EXAMPLES)
    weight, bias = (torch.tensor([value], dtype=torch.float64) for value in (w, b))
    y_hat = linreg(profile.features, weight[None], bias)
    return squared_loss(y_hat, profile.labels).mean().item()


class Descent:
    """The package's own descent with all examples, in double precision."""

    def __init__(self, lesson: Lesson) -> None:
        trace = train(lesson)
        self.X, self.y = trace.features.double(), trace.labels.double()
        w, b = trace.params(0)
        self.w, self.b = (part.double().requires_grad_() for part in (w, b))

    @property
    def losses(self) -> Tensor:
        return squared_loss(linreg(self.X, self.w, self.b), self.y)

    @property
    def state(self) -> list[float]:
        return [self.losses.mean().item(), *self.w.flatten().tolist(), self.b.item()]

    def step(self, lr: float) -> None:
        self.losses.sum().backward()  # type: ignore[no-untyped-call]
        sgd([self.w, self.b], lr, len(self.y))


def check_line(page: Page, lesson: Lesson) -> tuple[float, float]:
    w, b, area, loss = numbers(page)
    expected = line_loss(lesson, w, b)
    assert (area, loss) == pytest.approx((2 * expected, expected), rel=NEAR)
    assert texts(page)[2:] == [shown(area), shown(loss)]
    return w, b


def test_the_line_has_the_loss_that_the_package_computes(
    site: Site, browser: Browser, lesson: Lesson
) -> None:
    with reading(browser, place(site, "line")) as reader:
        page = reader.page
        for name, keys in (
            ("Weight", ["ArrowUp"] * 3 + ["PageUp", "ArrowRight", "End", "ArrowDown"]),
            ("Bias", ["ArrowLeft", "PageDown", "Home", "ArrowUp", "PageUp"]),
        ):
            handle(page, name).focus()
            for key in keys:
                before = check_line(page, lesson)
                page.keyboard.press(key)
                after = check_line(page, lesson)
                moved = [old != new for old, new in zip(before, after, strict=True)]
                assert moved == [name == "Weight", name == "Bias"], key
        w, _ = check_line(page, lesson)
        told = handle(page, "Weight").get_attribute("aria-valuenow")
        assert float(told or "nan") == pytest.approx(w, abs=1e-12)
        expect(handle(page, "Bias")).to_have_attribute("aria-valuetext", texts(page)[1])
        hear(page, f"b {texts(page)[1]}, loss {texts(page)[3]}")


def center(node: Locator) -> tuple[float, float]:
    box = node.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_line_follows_the_mouse_and_stays_in_the_drawing(
    site: Site, browser: Browser, lesson: Lesson
) -> None:
    with reading(browser, place(site, "line")) as reader:
        page = reader.page
        _, old = check_line(page, lesson)
        x, y = center(handle(page, "Weight"))
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 30, y - 40)
        assert center(handle(page, "Weight")) == pytest.approx((x, y - 40), abs=1)
        w, b = check_line(page, lesson)
        assert w > 0
        assert b == old
        page.mouse.move(x, -5000)
        page.mouse.up()
        steepest, _ = check_line(page, lesson)
        page.mouse.move(x, y)
        assert check_line(page, lesson)[0] == steepest > w
        drawing = page.locator("linreg-playground svg").first.bounding_box()
        assert drawing
        assert center(handle(page, "Weight"))[1] > drawing["y"]


def test_the_line_follows_a_finger(site: Site, browser: Browser, lesson: Lesson) -> None:
    with reading(browser, place(site, "line"), has_touch=True) as reader:
        page = reader.page
        x, y = center(handle(page, "Weight"))
        touch = page.context.new_cdp_session(page)
        for kind, at in (("Start", y), ("Move", y - 20), ("Move", y - 50), ("End", None)):
            points = [] if at is None else [{"x": x, "y": at}]
            touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
            page.wait_for_timeout(100)
        assert center(handle(page, "Weight")) == pytest.approx((x, y - 50), abs=1)
        assert check_line(page, lesson)[0] > 0
        assert page.evaluate("scrollY") == 0


def choose(page: Page, number: int) -> float:
    """Choose a learning rate by its number and return it."""
    data = page.evaluate("JSON.parse(document.querySelector('[type=\"application/json\"]').text)")
    slider = page.get_by_role("slider", name="learning rate")
    slider.focus()
    slider.fill(str(range(len(data["rates"]))[number]))
    expect(slider).to_have_attribute("aria-valuetext", re.compile(f"^{data['typed'][number]}, "))
    return float(data["rates"][number])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("number", [0, 9, -6, -1])
def test_a_step_is_the_packages(site: Site, browser: Browser, lesson: Lesson, number: int) -> None:
    with reading(browser, place(site, "rate")) as reader:
        page = reader.page
        lr = choose(page, number)
        descent = Descent(lesson)
        for step in range(12):
            steps, *state, _ = numbers(page)
            assert steps == step
            assert state == pytest.approx(descent.state, rel=NEAR)
            assert texts(page)[1:-1] == [shown(value) for value in state]
            press(page, "Step")
            descent.step(lr)
        hear(page, f"steps 12, loss {texts(page)[1]}")
        press(page, "Start again")
        assert numbers(page)[1:-1] == pytest.approx(Descent(lesson).state, rel=NEAR)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_run_lands_where_the_packages_does(
    site: Site, browser: Browser, lesson: Lesson, motion: Any
) -> None:
    with reading(browser, place(site, "rate"), reduced_motion=motion) as reader:
        page = reader.page
        lr = choose(page, -8)
        press(page, "Run")
        if motion == "reduce":
            assert numbers(page)[0] > 10
        reader.wait_for("document.querySelector('.said').textContent !== ''")
        steps, *state, _ = numbers(page)
        descent = Descent(lesson)
        for _ in range(round(steps)):
            descent.step(lr)
        assert state == pytest.approx(descent.state, rel=1e-6)
        expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible()


def test_a_run_can_be_stopped(site: Site, browser: Browser) -> None:
    with reading(browser, place(site, "rate"), reduced_motion="no-preference") as reader:
        page = reader.page
        run = page.get_by_role("button", name="Run", exact=True)
        run.evaluate("node => { node.click(); setTimeout(() => node.click(), 300); }")
        expect(page.get_by_role("button", name="Stop")).to_have_count(0)
        steps = numbers(page)[0]
        assert 0 < steps < 500
        page.wait_for_timeout(200)
        assert numbers(page)[0] == steps


def test_too_large_a_rate_overflows_as_torch_does(
    site: Site, browser: Browser, lesson: Lesson
) -> None:
    with reading(browser, place(site, "rate"), reduced_motion="reduce") as reader:
        page = reader.page
        lr = choose(page, -1)
        descent = Descent(lesson)
        infinite = undefined = 0
        while not math.isnan(descent.state[0]):
            infinite += math.isfinite(descent.state[0])
            undefined += 1
            descent.step(lr)
        assert 100 < infinite < undefined < 5000
        press(page, "Run")
        steps, loss, *_ = numbers(page)
        assert math.isnan(loss)
        assert texts(page)[1] == "nan"
        assert steps == undefined
        press(page, "Start again")
        step = page.get_by_role("button", name="Step", exact=True)
        for expected in ("finite", "inf"):
            count = infinite - 1 if expected == "finite" else 1
            step.evaluate("(node, count) => { while (count--) node.click(); }", count)
            assert (texts(page)[1] == "inf") == (expected == "inf")


@pytest.mark.parametrize("name", ["line", "rate"])
@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [360, 1440])
def test_a_figure_serves_everybody(
    site: Site, browser: Browser, name: str, scheme: Any, width: int
) -> None:
    size = {"width": width, "height": 900}
    url = place(site, name)
    with reading(browser, url, color_scheme=scheme, viewport=size) as reader:
        page = reader.page
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert reader.violations() == []
        assert page.evaluate(FIRST_SHIFTS) < 0.01
        slider = page.get_by_role("slider").last
        slider.focus()
        page.keyboard.press("ArrowLeft")
        ring = slider.locator(".target") if name == "line" else slider
        outline = "stroke-width" if name == "line" else "outline-width"
        assert ring.evaluate(f"node => getComputedStyle(node)['{outline}']") == "3px"


@pytest.mark.parametrize("name", ["line", "rate"])
def test_without_scripts_it_is_a_picture(site: Site, browser: Browser, name: str) -> None:
    with reading(browser, place(site, name), java_script_enabled=False) as reader:
        page = reader.page
        expect(page.locator("svg .ball")).to_be_visible()
        expect(page.locator(".example" if name == "line" else ".ring")).to_have_count(
            MOST_EXAMPLES if name == "line" else 12
        )
        still = texts(page)
        assert all(still)
        for button in page.locator("button, input").all():
            expect(button).to_be_hidden()
        expect(page.get_by_role("slider")).to_have_count(0)
    with reading(browser, place(site, name)) as reader:
        assert texts(reader.page) == still


def test_both_stand_in_markdown_as_they_are(site: Site, browser: Browser) -> None:
    for name in ("playground-line", "playground-rate"):
        fragment = (site.home / "embed" / "markdown" / f"{name}.md").read_text(encoding="utf-8")
        html = MarkdownIt("commonmark").render(f"Before it.\n\n{fragment}\nAfter *it*.\n")
        assert fragment.strip() in html
        assert html.endswith("<p>After <em>it</em>.</p>\n")
        with reading(browser, page_of(site, html, name, "blog/2026")) as reader:
            expect(reader.page.get_by_role("slider").last).to_be_visible()
            assert reader.violations() == []


def test_element_script_and_numbers_are_enough(site: Site, browser: Browser) -> None:
    html = (site.home / "playground-rate.html").read_text(encoding="utf-8")
    html = re.sub(r"<link [^>]*>\n", "", html)
    with reading(browser, page_of(site, html, "page-bare")) as reader:
        press(reader.page, "Step")
        assert numbers(reader.page)[0] == 1


def test_site_generators_have_both(site: Site) -> None:
    for file in ("hugo/linreg.html", "jekyll/linreg.html", "mdx/linreg.jsx"):
        text = (site.home / "embed" / file).read_text(encoding="utf-8")
        assert '"playground-line"' in text
        assert "playground.js" in text


def test_the_script_is_small() -> None:
    assert len((TEMPLATES / "playground.js").read_bytes()) < MOST_BYTES


@pytest.mark.parametrize(
    "changes",
    [
        {"lr": 0.0},
        {"lr": 2.5},
        {"num_examples": 1, "batch_size": 1},
        {"true_w": [0.0, 0.0], "true_b": 0.0, "noise_std": 0.0},
        {"true_w": [-100.0, 1e-4]},
        {"single_feature": {"true_w": -2.0, "noise_std": 0.0}},
        {"single_feature": {"true_w": 0.0, "true_b": 0.0, "noise_std": 0.0}},
        {"single_feature": {"true_w": 100.0, "lr": 3.0}},
    ],
)
def test_any_lesson_has_figures_to_touch(
    site: Site, browser: Browser, changes: dict[str, Any]
) -> None:
    lesson = check_lesson({**LESSON, **changes})
    figures = Playgrounds(train(lesson), lesson, PageTexts("en"))
    assert list(figures) == ["line", "rate"]
    html = "\n".join(figures.html(name, head=name == "line") for name in figures)
    assert not re.search(r"\b(nan|inf|NaN|Infinity)\b", html)
    with reading(browser, page_of(site, html, "page-any")) as reader:
        page = reader.page
        handle(page, "Weight").focus()
        page.keyboard.press("End")
        press(page, "Step")
        assert all(map(math.isfinite, numbers(page)))
        assert reader.violations() == []


@pytest.mark.parametrize("width", [360, 1440])
def test_the_article_holds_both_and_stays_light(site: Site, browser: Browser, width: int) -> None:
    html = (site.home / "post" / "index.html").read_text(encoding="utf-8")
    words = content_for(LESSON, ["MSECurve", "LearningRate", "TrainingCode"]).sections
    assert [name for name in words if "<linreg-playground" in words[name]] == list(words)[:2]
    inside = "".join(f"<section>{text}</section>" for text in words.values())
    html = html.replace("</main>", f"{inside}</main>")
    (site.home / "post" / "touch.html").write_text(html, encoding="utf-8")
    size = {"width": width, "height": 900}
    with reading(browser, f"{site.url}/linreg/post/touch.html", viewport=size) as reader:
        page = reader.page
        page.wait_for_load_state("networkidle")
        assert reader.weight < 300_000
        assert page.evaluate("document.documentElement.scrollWidth") == width
        press(page, "Step")
        # axe-core reads no MathML, and takes headers that are formulas for empty ones.
        assert [v for v in reader.violations() if not v.startswith("empty-table-header")] == []
        colours = page.evaluate(
            "() => [':root', 'linreg-playground'].map((name, k) => getComputedStyle("
            "document.querySelector(name)).getPropertyValue(k ? '--linreg-model' : '--model'))"
        )
        assert colours[0] == colours[1]
