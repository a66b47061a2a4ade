"""Does one piece of work for each of many inputs, in order, in one process or in several."""

from __future__ import annotations

import signal
import threading
import warnings
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

from nlp.reading.inputs import STANDARD_INPUT, Input

_CHUNK = 16
"""How many inputs a process is handed at a time: enough to make handing over cheap."""

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Work(Protocol[T_co]):
    """What is done for an input; it is sent to the processes, so that it has to be a small value."""

    def __call__(self, input: Input, /) -> T_co:
        """Return the result for an input."""

    def lost(self, input: Input, /) -> T_co:
        """Return the result for an input that ended the process which worked on it."""


def results(work: Work[T], inputs: Sequence[Input], jobs: int = 1) -> Iterator[T]:
    """Yield the result of each input in the order of the inputs, as it becomes known.

    `jobs` processes share the work, 0 for one a processor. Standard input can be read by this process
    alone, so that it is the only one where `-` is among the inputs.
    """
    if jobs == 1 or len(inputs) < 2 or Input(STANDARD_INPUT) in inputs:
        yield from map(work, inputs)
        return
    done = 0
    while done < len(inputs):
        try:
            with _shared(work, inputs[done:], jobs or -1) as chunks:
                for chunk in chunks:
                    yield from chunk
                    done += len(chunk)
        except BrokenExecutor:
            suspects = inputs[done : done + _CHUNK]
            yield from (_alone(work, input) for input in suspects)
            done += len(suspects)


@contextmanager
def _shared(work: Work[T], inputs: Sequence[Input], jobs: int) -> Iterator[Iterator[list[T]]]:
    """Share the inputs out to processes; the block gets the results, chunk by chunk."""
    from joblib import Parallel, delayed

    chunks = (inputs[first : first + _CHUNK] for first in range(0, len(inputs), _CHUNK))
    processes = Parallel(jobs, backend="loky", batch_size=1, return_as="generator")
    with _heirs_deaf_to_interrupts():
        shared: Generator[list[T], None, None] = processes(delayed(_each)(work, chunk) for chunk in chunks)
    try:
        yield shared
    finally:
        with warnings.catch_warnings(action="ignore", category=UserWarning):
            shared.close()  # joblib would warn of what is left undone when a batch is broken off


def _each(work: Work[T], inputs: Sequence[Input]) -> list[T]:
    return [work(input) for input in inputs]


def _alone(work: Work[T], input: Input) -> T:
    """Do the work for one input while no other is under way: should its process end, it was this one."""
    try:
        with _shared(work, [input], jobs=2) as chunks:
            ((result,),) = chunks
    except BrokenExecutor:
        result = work.lost(input)
    return result


@contextmanager
def _heirs_deaf_to_interrupts() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; only the one that the user started is to heed it.

    What is ignored here stays so in the processes that start meanwhile, a matter of some 30 ms.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heeding = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heeding)
