"""Chapters made by the workers of a Dask cluster, which share no disk with this machine.

Every chapter has a process of its own on its worker, see :mod:`studio.workers.remote`, and comes
back as bytes. The chapter of a lost worker is done again by another one: Dask sees to that. Only
this module needs the packages of ``requirements-cluster.txt``.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import distributed
from dask.typing import Key
from distributed.worker import Worker

from studio.failures import ClusterError, WorkerLostError
from studio.jobs import Job, Product
from studio.reports import Mailbox, Report
from studio.workers.remote import Request, sources, worker_environment

CLIENT: Any = distributed.Client
"""Typed in part only, hence not at all."""

CONNECTING = "10 s"
"""Longest time that a scheduler may take to answer."""

POLL = 0.1
"""Seconds between two looks at a process on its worker."""


class ClusterCrew:
    """The workers of a cluster.

    Parameters
    ----------
    address
        Of the scheduler, as in ``tcp://host:8786``.
    root
        The project's root; the workers' copies must be the same.

    Raises
    ------
    ClusterError
        When no scheduler answers, or none of its workers does.
    """

    def __init__(self, address: str, root: Path) -> None:
        self._sources = sources(root)
        try:
            self._client = CLIENT(address, timeout=CONNECTING)
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"no scheduler answers at {address}; allowed is one as in tcp://host:8786"
            ) from error
        self.size = sum(self._client.nthreads().values())
        if not self.size:
            self._client.close()
            raise ClusterError(f"the scheduler at {address} has no workers")

        self._executor = self._client.get_executor(pure=False)
        self._futures: list[Future[Product]] = []
        self._reports: SimpleQueue[Report] = SimpleQueue()
        self._topic = f"studio-{self._client.id}"
        self._client.subscribe_topic(self._topic, self._take)

    def close(self) -> None:
        """End all work at once."""
        for future in self._futures:
            future.cancel()
        self._executor.shutdown(wait=False)
        self._client.close()

    def draw(self, job: Job) -> Future[Product]:
        """Ask for a chapter."""
        request = Request(replace(job, scratch=None, plays=None, log=None), self._sources)
        future: Future[Product] = self._executor.submit(make_there, request, self._topic)
        self._futures.append(future)
        return future

    def reports(self) -> Iterator[Report]:
        """Yield the reports that have come in, oldest first."""
        try:
            while True:
                yield self._reports.get_nowait()
        except Empty:
            return

    def _take(self, event: tuple[float, Mapping[str, Any]]) -> None:
        self._reports.put(Report(**event[1]["report"]))


def make_there(request: Request, topic: str) -> Product:
    """Make a chapter; runs on a worker of the cluster.

    Parameters
    ----------
    request
        The job, and the sources that it is to be made of.
    topic
        Name under which the scheduler passes reports on.

    Raises
    ------
    ChapterError
        When the chapter raises, or the project here is not that of the request.
    WorkerLostError
        When its process ends without an answer.
    """
    worker = distributed.get_worker()
    key = worker.get_current_task()
    with closing(Mailbox()) as mailbox:
        process = subprocess.Popen(
            [sys.executable, "-m", "studio.workers.remote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=worker_environment(),
        )
        talk = _Talk(process, pickle.dumps((request, mailbox.postbox)))
        try:
            while (answer := talk.answer(POLL)) is None:
                for report in mailbox.take():
                    worker.log_event(topic, {"report": asdict(report)})
                if not _is_wanted(worker, key):
                    break
        finally:
            process.kill()
            process.wait()
    if not answer:
        raise WorkerLostError(f"its process on {worker.address} ended without a result")
    succeeded, value = pickle.loads(answer)
    if not succeeded:
        raise value
    product: Product = value
    return product


def _is_wanted(worker: Worker, key: Key) -> bool:
    """Return whether anybody still waits for a task that runs here; Dask does not stop it."""
    task = worker.state.tasks.get(key)
    return task is not None and task.state == "executing"


class _Talk:
    """Writes to a process and reads its answer, a little at a time."""

    def __init__(self, process: subprocess.Popen[bytes], request: bytes) -> None:
        self._process = process
        self._request: bytes | None = request

    def answer(self, seconds: float) -> bytes | None:
        """Return the process' output once it has ended; None until then."""
        request, self._request = self._request, None
        try:
            return self._process.communicate(request, timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            return None
