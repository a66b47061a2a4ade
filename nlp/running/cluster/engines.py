"""Chooses what works on inputs: processes of this machine, or the cluster that `--engine` names."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Any

from nlp.reading.inputs import Input
from nlp.running import batch
from nlp.running.cluster.refusals import BadEngine

Working = Callable[[Any, Sequence[Input]], Generator[Any]]
"""Yields the results of a piece of work on inputs, in their order."""


def working(engine: str | None, jobs: int, told: Callable[[str], object]) -> Working:
    """Return a function that yields the results of work on inputs, in their order.

    The work is done by `jobs` processes of this machine, or by the cluster that `engine` names. Work that a
    cluster loses is done again, and `told` is called with a message. Raises BadEngine if there is no such
    engine, or its packages are not installed.

    >>> working("dask", 1, print)
    Traceback (most recent call last):
    nlp.running.cluster.refusals.BadEngine: 'dask' is no engine; there are dask=ADDRESS, ray and ray=ADDRESS.
    """
    if engine is None:
        return partial(batch.results, jobs=jobs)
    if jobs != 1:
        raise BadEngine("--jobs counts processes of this machine; a cluster has processes of its own.")
    from nlp.running.cluster.connecting import connection

    connected = connection(engine)
    from nlp.running.cluster.chunks import results  # which needs joblib, found by now

    return partial(results, engine=connected, told=told)
