"""Hands inputs out to a cluster in chunks and puts the results in order; a lost machine costs time only."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
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
"""So many inputs make a chunk: half a second's work or more, so that handing it over costs little."""
_CONTENT = 4 * 2**20
"""Where contents are sent, a chunk holds no more bytes than this, or one input."""
_WINDOW, _SHORT = 16, 4
"""So many chunks for each process are handed out at a time, which bounds what waits in memory; fewer where
the results of all of them come at once."""
_IN_VAIN = 3
"""After so many failures on end without a result the machine that asks does the rest itself."""

T = TypeVar("T")


class Engine(Protocol):
    """A cluster to work on."""

    @property
    def name(self) -> str:
        """What to call it."""

    @property
    def streams(self) -> bool:
        """Whether joblib gives its results one by one."""

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """What is raised where its work was lost."""

    def processes(self) -> int:
        """Return how many chunks it works on at a time."""

    def session(self) -> AbstractContextManager[object]:
        """Make it the one that joblib hands work to."""


def results(
    work: Work[T],
    inputs: Sequence[Input],
    engine: Engine,
    limits: Limits | None = None,
    told: Callable[[str], object] = lambda words: None,
) -> Iterator[T]:
    """Yield the result of each input in the order of the inputs, as `nlp.running.batch.results` would.

    Where a machine is lost, what it worked on is done by others, at worst by this one, and `told` is called
    with words on it. BadCluster where the cluster's nianbao or model is another one.
    """
    run = _Run(cast("Settled", work), inputs, engine, limits or Limits(), told)
    return cast("Iterator[T]", run.results())


@dataclass
class _Run:
    """Goes through the inputs; `done` of them have their results."""

    work: Settled
    inputs: Sequence[Input]
    engine: Engine
    limits: Limits
    told: Callable[[str], object]
    done: int = 0
    in_vain: int = 0

    def results(self) -> Iterator[object]:
        """Yield the results in order."""
        with self.engine.session():
            while self.done < len(self.inputs) and self.in_vain < _IN_VAIN:
                try:
                    yield from self._over_the_cluster()
                except self.engine.lost as reason:
                    self.in_vain += 1
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
                window = (_WINDOW if self.engine.streams else _SHORT) * self.engine.processes()
                for order, answer in _handed_out(islice(self._orders(sending), window), parallel):
                    yield from self._counted(self._filled(order, answer))
                    self.in_vain = 0

    def _here(self, inputs: Sequence[Input]) -> Iterator[object]:
        yield from self._counted(batch.results(self.work, inputs, 1, self.limits))

    def _counted(self, results: Iterable[object]) -> Iterator[object]:
        for result in results:
            self.done += 1
            yield result

    def _are_elsewhere(self, parallel: joblib.Parallel) -> bool:
        """Tell whether the cluster does not see the files of this machine: one of its processes looks."""
        known = map(by_path, self._left())
        first = next((sent for sent in known if sent.stamp), None)
        if first is None:
            return False
        (seen,) = parallel([joblib.delayed(stamp)(first.place)])
        return bool(seen != first.stamp)

    def _left(self) -> Iterator[Input]:
        return (self.inputs[n] for n in range(self.done, len(self.inputs)))

    def _orders(self, sending: Callable[[Input], Sent]) -> Iterator[Order]:
        """Yield what is to be done, cut into chunks."""
        settings, chunk, size = self.work.settings(), list[Sent](), 0
        for input in self._left():
            sent = sending(input)
            more = len(sent.content or b"")
            if chunk and (len(chunk) == _CHUNK or size + more > _CONTENT):
                yield Order(self.work, chunk, self.limits, settings)
                chunk, size = [], 0
            chunk.append(sent)
            size += more
        if chunk:
            yield Order(self.work, chunk, self.limits, settings)

    def _filled(self, order: Order, answer: list[object] | Differs) -> Iterator[object]:
        """Yield the results of a chunk; what only this machine can read is read here."""
        if isinstance(answer, Differs):
            raise BadCluster(_letter(self.engine.name, order.settings, answer.settings))
        left = [_as_named(sent) for sent, one in zip(order.inputs, answer, strict=True) if one is ELSEWHERE]
        here = batch.results(self.work, left, 1, self.limits)
        yield from (next(here) if one is ELSEWHERE else one for one in answer)


def _as_named(sent: Sent) -> Input:
    return Input(sent.path, sent.folder)


def _handed_out(
    orders: Iterable[Order], parallel: joblib.Parallel
) -> Iterator[tuple[Order, list[object] | Differs]]:
    """Yield each order with its answer, in order; an order is made when its turn to be sent has come."""
    waiting: deque[Order] = deque()

    def calls() -> Iterator[Any]:
        for order in orders:
            waiting.append(order)
            yield joblib.delayed(worked)(order)

    for answer in parallel(calls()):
        yield waiting.popleft(), answer


def _letter(cluster: str, ours: bytes, theirs: bytes) -> str:
    return (
        f"The machines of {cluster} would write other records than this one: install the same version of "
        f"nianbao there, with the same model.\nhere:  {ours.decode()}\nthere: {theirs.decode()}"
    )
