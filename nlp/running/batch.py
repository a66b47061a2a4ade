"""Does one piece of work for each of many inputs in processes with limits; a bad input costs itself only."""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, TypeVar

from nlp.limits import Limits, ask_for_time, end_with, ending_after, hold_memory_to
from nlp.reading.inputs import STANDARD_INPUT, Input
from nlp.record.model import Failure
from nlp.writers.output import Unwritable

_HANDFUL = 8
"""How many inputs a process is handed at a time: enough to make handing over cheap."""
_FEW = 2
"""With so few inputs in hand a process is handed more, so that it never waits."""
_MOST_INPUTS = 400
"""After so many inputs a process is replaced: the memory that libraries and memos keep is freed with it."""
_AHEAD = 64
"""How many results for each process may wait for the result of an earlier input."""

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Work(Protocol[T_co]):
    """What is done for an input; where processes are not forked it is sent to them, so it is small."""

    def __call__(self, input: Input, /) -> T_co:
        """Return the result for an input."""

    def lost(self, input: Input, why: Failure, /) -> T_co:
        """Return the result for an input that broke the limits or ended the process that worked on it."""


def results(
    work: Work[T], inputs: Sequence[Input], jobs: int = 1, limits: Limits | None = None
) -> Generator[T]:
    """Yield the result of each input in the order of the inputs, as it becomes known.

    `jobs` processes share the work, 0 for one a processor. Whatever an input does to the process that works
    on it (memory, time, a crash), the others are worked on and each input has its result.
    """
    jobs = min(jobs or os.cpu_count() or 1, max(len(inputs), 1))
    piped = any(input.path == STANDARD_INPUT for input in inputs)
    batch = _Batch(work, inputs, jobs, limits or Limits(), piped)
    try:
        yield from batch.run()
    finally:
        batch.stop()


@dataclass(frozen=True)
class _MoreTime:
    """What a process sends whose document asks for more seconds."""

    seconds: float


@dataclass
class _Worker:
    """A process and the numbers of the inputs that it has in hand.

    `since` is when (`time.monotonic`) it began to work on the first of them, `granted` the seconds that this
    one asked for beside those that each may take, `worked` how many it has done.
    """

    process: BaseProcess
    line: Connection
    in_hand: deque[int] = field(default_factory=deque)
    since: float = 0.0
    granted: float = 0.0
    worked: int = 0

    @property
    def worn(self) -> bool:
        """Whether the process has had as many inputs as it gets."""
        return self.worked + len(self.in_hand) >= _MOST_INPUTS


@dataclass
class _Batch(Generic[T]):
    """Hands inputs to processes and puts their results in order.

    Inputs go by their number in `inputs`: `handed` counts those that were handed out, `yielded` the results
    that were; `done` are results that wait for an earlier one, `again` inputs of processes that ended.
    """

    work: Work[T]
    inputs: Sequence[Input]
    jobs: int
    limits: Limits
    reads_standard_input: bool
    workers: list[_Worker] = field(default_factory=list)
    done: dict[int, T] = field(default_factory=dict)
    again: deque[int] = field(default_factory=deque)
    handed: int = 0
    yielded: int = 0

    def run(self) -> Iterator[T]:
        """Yield the results in order."""
        while self.yielded < len(self.inputs):
            self._hand_out()
            for worker in self._ready():
                self._receive(worker)
            self._end_slow_ones()
            while self.yielded in self.done:
                yield self.done.pop(self.yielded)
                self.yielded += 1

    def stop(self) -> None:
        """End every process, at once."""
        for worker in self.workers:
            worker.process.kill()
            worker.process.join()
            worker.line.close()
        self.workers.clear()

    def _hand_out(self) -> None:
        """Start processes while there are inputs for them, and hand inputs to those that have few."""
        while len(self.workers) < self.jobs and (self.again or self.handed < len(self.inputs)):
            self._start()
        for worker in list(self.workers):
            if len(worker.in_hand) > _FEW or worker.worn:
                continue
            numbers = self._next_inputs()
            if numbers:
                self._hand(worker, numbers)

    def _next_inputs(self) -> list[int]:
        """Return the numbers of the next inputs to hand out; those of a process that ended come one by one.

        None are handed out that are too far ahead of the results, which bounds what waits in memory.
        """
        if self.again:
            return [self.again.popleft()]
        share = math.ceil((len(self.inputs) - self.handed) / self.jobs)
        end = min(self.handed + min(_HANDFUL, share), self.yielded + _AHEAD * self.jobs, len(self.inputs))
        numbers = list(range(self.handed, end))
        self.handed = max(self.handed, end)
        return numbers

    def _hand(self, worker: _Worker, numbers: list[int]) -> None:
        if not worker.in_hand:
            worker.since, worker.granted = time.monotonic(), 0.0
        worker.in_hand.extend(numbers)
        try:
            worker.line.send([self.inputs[n] for n in numbers])
        except OSError:
            self._replace(worker)

    def _ready(self) -> list[_Worker]:
        """Wait until a process has sent something, or one is too slow; return those that have."""
        now = time.monotonic()
        starts = (worker.since + worker.granted for worker in self.workers if worker.in_hand)
        first_start = min(starts, default=now)
        timeout = max(0.0, first_start + self.limits.seconds - now)
        lines = wait([worker.line for worker in self.workers], timeout)
        stopped = time.monotonic() - now - timeout
        if stopped > _STOPPED:  # and the processes with it: that was none of their time
            for worker in self.workers:
                worker.since += stopped
        return [worker for worker in self.workers if worker.line in lines]

    def _receive(self, worker: _Worker) -> None:
        try:
            result, goes_on = worker.line.recv()
        except (EOFError, OSError):
            self._lose(worker, _process_ended(worker.process))
            return
        if isinstance(result, Unwritable):
            raise result
        if isinstance(result, _MoreTime):
            worker.granted += result.seconds
            return
        n = worker.in_hand.popleft()
        worker.since, worker.granted = time.monotonic(), 0.0
        worker.worked += 1
        if isinstance(result, Failure):
            result = self.work.lost(self.inputs[n], result)
        self.done[n] = result
        if not goes_on or (worker.worn and not worker.in_hand):
            self._replace(worker)

    def _end_slow_ones(self) -> None:
        now = time.monotonic()
        for worker in list(self.workers):
            seconds = self.limits.seconds + worker.granted
            if worker.in_hand and now - worker.since > seconds:
                self._lose(worker, Failure("too_slow", f"took more than {seconds:g} seconds."))

    def _lose(self, worker: _Worker, why: Failure) -> None:
        """Give up the input that a process worked on, and the process."""
        if worker.in_hand:
            n = worker.in_hand.popleft()
            self.done[n] = self.work.lost(self.inputs[n], why)
        self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        """End a process; the inputs that it had in hand go to others."""
        self.again.extendleft(reversed(worker.in_hand))
        worker.process.kill()
        worker.process.join()
        worker.line.close()
        self.workers.remove(worker)

    def _start(self) -> None:
        ours, theirs = _CONTEXT.Pipe()
        inherited: list[Connection] = []
        standard_input: int | None = None
        if _FORKS:
            inherited = [ours, *(worker.line for worker in self.workers)]
            if self.reads_standard_input:
                standard_input = os.dup(0)
        outlives_its_start = threading.current_thread() is threading.main_thread()
        parent = os.getpid() if outlives_its_start else 0
        arguments = (self.work, theirs, self.limits, inherited, standard_input, parent)
        process = _CONTEXT.Process(target=_serve, args=arguments, daemon=True)
        with _signals_wait(), warnings.catch_warnings(action="ignore"):
            process.start()  # Python warns of forking beside threads; those of the matrix library take it
        theirs.close()
        if standard_input is not None:
            os.close(standard_input)
        self.workers.append(_Worker(process, ours))


_FORKS = sys.platform == "linux"
"""Forked processes share the model and start in milliseconds; elsewhere forking is not safe."""
_CONTEXT: Any = get_context("fork" if _FORKS else "spawn")
_PARENTS_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Signals that reach every process of a terminal or a service: the first process acts on them for all."""
_STOPPED = 2.0
"""In seconds: a wait that is so much too long says that this program was stopped meanwhile (Ctrl-Z)."""


def _serve(
    work: Work[object],
    line: Connection,
    limits: Limits,
    inherited: Sequence[Connection],
    standard_input: int | None,
    parent: int,
) -> None:
    """Work on the inputs that come down the line until it is closed; the body of a process.

    `inherited` are the lines of other processes, `standard_input` is a descriptor of the parent's, whose id
    is `parent`: the process ends with it, and after the time that a document may take.
    """
    for other in inherited:
        other.close()  # or the lines of the others would stay open when the first process is gone
    if standard_input is not None:
        sys.stdin = os.fdopen(standard_input)
    _leave_signals_to_parent()
    end_with(parent)
    hold_memory_to(limits.memory)
    ask_for_time(lambda seconds: line.send((_MoreTime(seconds), True)))
    gc.freeze()  # what was loaded before is shared with the others: nothing is to look through it, or copy it
    try:
        while True:
            for input in line.recv():
                with ending_after(limits.seconds):
                    result, goes_on = _result(work, input)
                line.send((result, goes_on))
                if not goes_on:
                    return
    except (EOFError, OSError):
        return


def _result(work: Work[object], input: Input) -> tuple[object, bool]:
    """Return the result for an input, or why there is none, and whether the process can go on."""
    try:
        return work(input), True
    except Unwritable as reason:
        return reason, False
    except MemoryError:
        return Failure("too_large", "needs more memory than one document may have."), False
    except RecursionError:
        return Failure("too_deep", "is nested deeper than any report."), False
    except Exception as fault:  # the last line of defence: told of, and this process ends with it
        if os.environ.get("NIANBAO_TRACEBACK"):
            sys.__excepthook__(type(fault), fault, fault.__traceback__)
        return _fault(fault), False


def _fault(fault: Exception) -> Failure:
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    kind = type(fault).__name__
    return Failure("fault", f"met a fault of nianbao itself ({kind}: {fault}{where}); please report it.")


def _process_ended(process: BaseProcess) -> Failure:
    process.join(1)
    code = process.exitcode
    how = f" ({signal.Signals(-code).name})" if code is not None and code < 0 else ""
    return Failure("process_ended", f"the process that read it came to a sudden end{how}.")


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Have signals wait while a process starts, until it ignores them; none is lost for this one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _PARENTS_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_signals_to_parent() -> None:
    """Make this process ignore what reaches every process of a terminal, and end by SIGTERM.

    Only the process that the user started is to put things in order.
    """
    for number in _PARENTS_SIGNALS:
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _PARENTS_SIGNALS)
