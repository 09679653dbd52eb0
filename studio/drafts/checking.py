"""``./render.sh check``: one line for everything that the inspection finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studio.drafts.findings import inspection_order, read_inspection
from studio.orders import Order
from studio.run import Studio
from studio.temporary import temporary_folder
from studio.workers.crews import DrawingCrew


def check(
    studio: Studio, orders: Sequence[Order], hire: Callable[[], DrawingCrew], cache_limit: int
) -> tuple[list[str], dict[str, str]]:
    """Inspect the last frame of every beat of some chapters.

    Parameters
    ----------
    studio
        The studio.
    orders
        The chapters, in any kind.
    hire
        Starts the crew that draws those that are not in the cache.
    cache_limit
        Bytes that the cache is cut to afterwards.

    Returns
    -------
    findings
        One line each: chapter, beat, kind, texts and place.
    failures
        By the job's label: one line that says why it could not be inspected.
    """
    inspections = [inspection_order(order) for order in orders]
    with temporary_folder():
        result = studio.render(inspections, hire, None, cache_limit)
    findings = []
    for order in inspections:
        for job, finding in studio.look_up(order).items():
            if finding.entry:
                inspection = read_inspection(finding.entry, order.lesson["language"])
                findings += [
                    f"{job.label}, {beat.times.name}: {fault}"
                    for beat in inspection.beats
                    for fault in beat.faults
                ]
    return findings, result.failures
