"""An executor that gives every job a process of its own.

The process pool of the standard library breaks as a whole when one worker is killed, and reuses
workers. Here a lost worker is the failure of its own job, the others go on, and a job may treat
its process as its own: change folders, redirect output, change global state.
"""

from __future__ import annotations

import math
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import connection, context, forkserver, get_context, resource_tracker
from typing import Any, ParamSpec, TypeVar
from weakref import WeakSet

from studio.failures import WorkerLostError
from studio.workers import parent_death
from studio.workers.cpu_quota import cpu_quota

P = ParamSpec("P")
T = TypeVar("T")


def core_count() -> int:
    """Return the number of cores that this process may use, a container's quota included."""
    # macOS has no affinity.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    cores = cores or 1
    quota = cpu_quota()
    return cores if quota is None else min(cores, math.ceil(quota))


class ProcessExecutor(Executor):
    """Runs jobs in fresh processes, a few at a time.

    The processes are forked from a server that has imported the large libraries once and started
    nothing; each leads a process group, so that :meth:`kill` also ends the processes that it
    started. All end with the process that made the executor, however that ends.

    Parameters
    ----------
    max_workers
        How many jobs run at once.
    preload
        Modules that the server imports for all.

    Notes
    -----
    Must be made in the main thread.
    """

    def __init__(self, max_workers: int, preload: Sequence[str] = ()) -> None:
        # One core a worker. Threads of OpenMP also do not survive the forks that a job may make.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload([parent_death.__name__, *preload])
        _start_helpers()
        self._threads = ThreadPoolExecutor(max_workers, thread_name_prefix="studio")
        self._lock = threading.Lock()
        self._running: set[context.ForkServerProcess] = set()
        self._killed = False
        _pause_with_the_terminal(self)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function in a process of its own; see :class:`concurrent.futures.Executor`.

        The future raises :class:`WorkerLostError` when the process ends without an answer.
        """
        return self._threads.submit(self._run, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more jobs; see :class:`concurrent.futures.Executor`."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)

    def kill(self) -> None:
        """End everything at once, whatever it is doing."""
        with self._lock:
            self._killed = True
            for process in self._running:
                _kill_group(process)
        self.shutdown(wait=False, cancel_futures=True)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to all that runs now, processes that jobs started included."""
        # Without the lock: a signal's handler may have interrupted the one who holds it.
        for process in tuple(self._running):
            assert process.pid is not None
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)

    def _run(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_serve, args=(sender, fn, args, kwargs))
        process.start()
        sender.close()
        with self._lock:
            self._running.add(process)
            if self._killed:
                _kill_group(process)
        try:
            # A process that dies while its own children hold the pipe is noticed all the same.
            connection.wait([receiver, process.sentinel])
            answer = receiver.recv() if receiver.poll() else None
        except (EOFError, OSError):
            answer = None
        finally:
            _kill_group(process)
            process.join()
            receiver.close()
            with self._lock:
                self._running.discard(process)
        if answer is None:
            raise WorkerLostError(_obituary(process.exitcode))
        succeeded, value = answer
        if not succeeded:
            raise value
        result: T = value
        return result


_EXECUTORS: WeakSet[ProcessExecutor] = WeakSet()


def _pause_with_the_terminal(executor: ProcessExecutor) -> None:
    """Let Ctrl-Z stop an executor's processes too; the terminal knows only the studio."""
    _EXECUTORS.add(executor)
    if signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL:
        signal.signal(signal.SIGTSTP, _pause)


def _pause(*_: object) -> None:
    """Stop all processes and this one; when it goes on, so do they."""
    executors = tuple(_EXECUTORS)
    for executor in executors:
        executor.signal(signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGSTOP)
    for executor in executors:
        executor.signal(signal.SIGCONT)


def _start_helpers() -> None:
    """Start the processes that fork the workers and clean up behind them."""
    # They clean up after killed workers, and warn of it; the user need not read that.
    filters = [os.environ.get("PYTHONWARNINGS", ""), "ignore:resource_tracker:UserWarning"]
    with _environment(
        {
            parent_death.STUDIO_VARIABLE: str(os.getpid()),
            "PYTHONWARNINGS": ",".join(filter(None, filters)),
        }
    ):
        resource_tracker.ensure_running()
        # Ctrl-C is for the studio alone, which then ends them.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set variables for the processes that are started meanwhile."""
    before = {name: os.environ[name] for name in variables if name in os.environ}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in variables:
            os.environ.pop(name, None)
        os.environ.update(before)


def _serve(
    sender: connection.Connection,
    fn: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> None:
    """Do one job in a new process."""
    os.setsid()
    parent_death.end_with_server()
    try:
        answer = (True, fn(*args, **kwargs))
    except Exception as error:
        answer = (False, error)
    sender.send(answer)


def _kill_group(process: context.ForkServerProcess) -> None:
    assert process.pid is not None
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:  # it has ended, or does not lead its group yet
        process.kill()


def _obituary(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"its process was killed by {signal.Signals(-exit_code).name}"
    return f"its process ended with status {exit_code} and no result"
