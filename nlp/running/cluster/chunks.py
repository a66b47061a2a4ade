"""Hands inputs out to a cluster in chunks and yields the results in order; lost machines cost time only."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, TypeVar, cast

import joblib

from nlp.limits import Limits
from nlp.reading.inputs import Input
from nlp.running import batch
from nlp.running.batch import Work
from nlp.running.cluster.messages import ELSEWHERE, Differs, Order, Settled
from nlp.running.cluster.refusals import BadCluster
from nlp.running.cluster.shipped_inputs import Sent, by_path, stamp, with_content
from nlp.running.cluster.worker import worked

_CHUNK = 64
"""How many inputs make a chunk: half a second's work or more, so that handing it over costs little."""
_MOST_BYTES = 4 * 2**20
"""If contents are sent, a chunk holds no more bytes than this, or a single input."""
_WINDOW = 16
"""How many chunks for each process are handed out at a time, which bounds what waits in memory."""
_WINDOW_AT_ONCE = 4
"""The same number for an engine that gives the results of all of them at once."""
_MOST_FAILURES = 3
"""After so many failures in a row without a result this machine does the rest of the work."""

T = TypeVar("T")


class Engine(Protocol):
    """A cluster that does work."""

    @property
    def name(self) -> str:
        """Its name in messages."""

    @property
    def streams(self) -> bool:
        """Whether joblib yields its results one by one."""

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """The exceptions that say that work was lost."""

    def processes(self) -> int:
        """Return how many chunks it works on at the same time."""

    def session(self) -> AbstractContextManager[object]:
        """Return the context in which joblib hands work to it."""


def results(
    work: Work[T],
    inputs: Sequence[Input],
    engine: Engine,
    limits: Limits | None = None,
    told: Callable[[str], object] = lambda words: None,
) -> Generator[T]:
    """Yield the result of each input in the order of the inputs, as `nlp.running.batch.results` would.

    When a machine is lost, its work is done by others, at worst by this one, and `told` is called with a
    message. Raises BadCluster if the cluster's machines have another version of nianbao or another model.
    """
    run = _Run(cast("Settled", work), inputs, engine, limits or Limits(), told)
    return cast("Generator[T]", run.results())


@dataclass
class _Run:
    """Goes through the inputs; `done` counts those whose results were yielded, `failures` those in a row."""

    work: Settled
    inputs: Sequence[Input]
    engine: Engine
    limits: Limits
    told: Callable[[str], object]
    done: int = 0
    failures: int = 0

    def results(self) -> Generator[object]:
        """Yield the results in order."""
        with self.engine.session():
            while self.done < len(self.inputs) and self.failures < _MOST_FAILURES:
                try:
                    yield from self._over_the_cluster()
                except self.engine.lost as reason:
                    self.failures += 1
                    self.told(f"{self.engine.name} lost work ({type(reason).__name__}); it is done again.")
                    yield from self._here(self.inputs[self.done : self.done + _CHUNK])
        if self.done < len(self.inputs):
            self.told(f"{self.engine.name} gives no results; the rest is done on this machine.")
            yield from self._here(self.inputs[self.done :])

    def _over_the_cluster(self) -> Iterator[object]:
        return_as = "generator" if self.engine.streams else "list"
        with joblib.Parallel(n_jobs=-1, batch_size=1, return_as=return_as) as parallel:
            sending = with_content if self._are_elsewhere(parallel) else by_path
            while self.done < len(self.inputs):
                chunks_each = _WINDOW if self.engine.streams else _WINDOW_AT_ONCE
                window = chunks_each * self.engine.processes()
                orders = islice(self._orders(sending), window)
                for order, answer in _answered(orders, parallel):
                    yield from self._counted(self._filled(order, answer))
                    self.failures = 0

    def _here(self, inputs: Sequence[Input]) -> Iterator[object]:
        yield from self._counted(batch.results(self.work, inputs, 1, self.limits))

    def _counted(self, results: Iterable[object]) -> Iterator[object]:
        for result in results:
            self.done += 1
            yield result

    def _are_elsewhere(self, parallel: joblib.Parallel) -> bool:
        """Return whether the cluster does not see this machine's files: one of its processes looks at one."""
        for input in self._remaining():
            sent = by_path(input)
            if sent.stamp:
                (seen,) = parallel([joblib.delayed(stamp)(sent.place)])
                return bool(seen != sent.stamp)
        return False

    def _remaining(self) -> Iterator[Input]:
        for n in range(self.done, len(self.inputs)):
            yield self.inputs[n]

    def _orders(self, sending: Callable[[Input], Sent]) -> Iterator[Order]:
        """Yield the remaining inputs in chunks; `sending` makes of each what is sent."""
        settings = self.work.settings()
        chunk: list[Sent] = []
        size = 0
        for input in self._remaining():
            sent = sending(input)
            content = sent.content or b""
            if chunk and (len(chunk) == _CHUNK or size + len(content) > _MOST_BYTES):
                yield Order(self.work, chunk, self.limits, settings)
                chunk, size = [], 0
            chunk.append(sent)
            size += len(content)
        if chunk:
            yield Order(self.work, chunk, self.limits, settings)

    def _filled(self, order: Order, answer: list[object] | Differs) -> Iterator[object]:
        """Yield the results of a chunk; inputs that only this machine can read are read here."""
        if isinstance(answer, Differs):
            raise BadCluster(_difference(self.engine.name, order.settings, answer.settings))
        to_read_here = [
            Input(sent.path, sent.folder)
            for sent, result in zip(order.inputs, answer, strict=True)
            if result is ELSEWHERE
        ]
        read_here = batch.results(self.work, to_read_here, 1, self.limits)
        for result in answer:
            yield next(read_here) if result is ELSEWHERE else result


def _answered(
    orders: Iterable[Order], parallel: joblib.Parallel
) -> Iterator[tuple[Order, list[object] | Differs]]:
    """Yield each order with its answer, in order; an order is made only when it is sent."""
    waiting: deque[Order] = deque()

    def calls() -> Iterator[Any]:
        for order in orders:
            waiting.append(order)
            yield joblib.delayed(worked)(order)

    for answer in parallel(calls()):
        yield waiting.popleft(), answer


def _difference(cluster: str, ours: bytes, theirs: bytes) -> str:
    return (
        f"The machines of {cluster} would write other records than this one: install the same version of "
        f"nianbao there, with the same model.\nhere:  {ours.decode()}\nthere: {theirs.decode()}"
    )
