"""Chooses what works on inputs: processes of this machine, or the cluster that `--engine` names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from nlp.reading.inputs import Input
from nlp.running import batch
from nlp.running.cluster.refusals import BadEngine

Working = Callable[[Any, Sequence[Input]], Iterator[Any]]


def working(engine: str | None, jobs: int, told: Callable[[str], object]) -> Working:
    """Return what yields the results of work on inputs, in their order; BadEngine where it cannot be had.

    Whatever is lost on the way is done again, and `told` is called with words on it.

    >>> working("dask", 1, print)
    Traceback (most recent call last):
    nlp.running.cluster.refusals.BadEngine: 'dask' is no engine; there are dask=ADDRESS, ray and ray=ADDRESS.
    """
    if engine is None:
        return partial(batch.results, jobs=jobs)
    if jobs != 1:
        raise BadEngine("--jobs counts processes of this machine; a cluster has processes of its own.")
    from nlp.running.cluster.connecting import connection

    found = connection(engine)
    from nlp.running.cluster.chunks import results

    return partial(results, engine=found, told=told)
