"""One example taken apart into what its label was made of."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from linreg.lesson import Lesson
from linreg.model import linreg
from linreg.study.trace import Trace


@dataclass(frozen=True)
class Example:
    """An example and the shares of its label: y = w1 x1 + w2 x2 + ... + b + noise.

    Attributes
    ----------
    x, w
        Features and true weights, p numbers each.
    b
        True bias.
    clean
        The label without its noise.
    noise
        What was added to it.
    y
        The label.
    """

    x: tuple[float, ...]
    w: tuple[float, ...]
    b: float
    clean: float
    noise: float
    y: float


def clean_labels(trace: Trace) -> Tensor:
    """Return X w + b with the true parameters, shape (n, 1)."""
    return linreg(trace.features, trace.true_w, trace.true_b)


def noise(trace: Trace) -> Tensor:
    """Recover the noise of every label, labels - (X w + b), shape (n,)."""
    return (trace.labels - clean_labels(trace)).flatten()


def noisy_example(trace: Trace, lesson: Lesson) -> Example:
    """Return the first example whose noise is at least one standard deviation.

    Where none is, the one with the most noise.

    Parameters
    ----------
    trace
        The run.
    lesson
        What the run was made with.
    """
    size = noise(trace).abs()
    row = int((size >= lesson.noise_std).int().argmax())
    if size[row] < lesson.noise_std:
        row = int(size.argmax())
    return Example(
        x=tuple(trace.features[row].tolist()),
        w=lesson.true_w,
        b=lesson.true_b,
        clean=clean_labels(trace)[row].item(),
        noise=noise(trace)[row].item(),
        y=trace.labels[row].item(),
    )


def label_terms(example: Example, places: int) -> tuple[float, ...]:
    """Return the terms of a label, rounded so that they add up to the rounded label.

    Parameters
    ----------
    example
        The example.
    places
        Digits after the point.

    Returns
    -------
    terms
        The products w1 x1, w2 x2, ..., then the bias, then the noise. Each is rounded, and what
        rounding lost is added to the product or noise that lost most.
    """
    products = [w * x for w, x in zip(example.w, example.x, strict=True)]
    exact = [*products, example.b, example.y - sum(products) - example.b]
    terms = [round(term, places) for term in exact]
    unit = 10.0**-places
    missing = round((round(example.y, places) - sum(terms)) / unit)
    drawn = [k for k in range(len(exact)) if k != len(products)]
    for _ in range(abs(missing)):
        sign = 1 if missing > 0 else -1
        most = max(drawn, key=lambda k: sign * (exact[k] - terms[k]))
        terms[most] = round(terms[most] + sign * unit, places)
    return tuple(terms)
