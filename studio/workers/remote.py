"""``python -m studio.workers.remote``: make one chapter in this process, for another machine.

The request comes in on standard input and the answer goes to standard output, both pickled.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from linreg.lesson_file import LESSON_VARIABLE
from studio.failures import ChapterError
from studio.jobs import Job
from studio.rooms import ROOMS, ROOT
from studio.store.sources import digests, file_digest, files_of, tools
from studio.workers.prctl import end_with_parent
from studio.workers.worker import make

TRIM_THRESHOLD = 2**28
"""Bytes that are freed before memory goes back to the kernel. Dask's own low value triples the
system time where frames are allocated and freed."""

PARENT_VARIABLE = "STUDIO_PARENT"
"""Variable that tells this process the id of the process that started it."""


@dataclass(frozen=True)
class Request:
    """A job, and the state of the project that it asks for.

    Attributes
    ----------
    job
        The job.
    sources
        Digests and versions that the project must have, see :func:`sources`.
    """

    job: Job
    sources: Mapping[str, str | None]


def sources(root: Path) -> Mapping[str, str | None]:
    """Return the digests of all sources of films, by path, and the versions of all tools."""
    files = digests(root, (path for room in ROOMS for path in files_of(root / room)))
    return {**files, "manim.cfg": file_digest(root / "manim.cfg"), **tools()}


def worker_environment() -> dict[str, str]:
    """Return the variables of a process that makes one chapter and ends with this one."""
    return {
        **{name: value for name, value in os.environ.items() if name != LESSON_VARIABLE},
        "MALLOC_TRIM_THRESHOLD_": str(TRIM_THRESHOLD),
        "OMP_NUM_THREADS": "1",
        PARENT_VARIABLE: str(os.getpid()),
    }


def check_sources(wanted: Mapping[str, str | None]) -> None:
    """Compare the project here with that of a request.

    Raises
    ------
    ChapterError
        When they differ, with one line that names the first difference.
    """
    here = sources(ROOT)
    different = sorted(name for name in {*wanted, *here} if wanted.get(name) != here.get(name))
    if different:
        others = f" and {len(different) - 1} more" if len(different) > 1 else ""
        raise ChapterError(
            f"the project on the worker {os.uname().nodename} is another one: "
            f"{different[0]}{others} differs; all machines need the same"
        )


def main() -> None:
    """Answer the request on standard input."""
    end_with_parent(int(os.environ.pop(PARENT_VARIABLE)))
    answer_file = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # the chapter's prints stay out of the answer
    request, postbox = pickle.load(sys.stdin.buffer)
    try:
        check_sources(request.sources)
        answer: tuple[bool, object] = (True, make(request.job, postbox))
    except ChapterError as error:
        answer = (False, error)
    with answer_file:
        pickle.dump(answer, answer_file)


if __name__ == "__main__":
    main()
