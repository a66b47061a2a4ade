"""Connects to a cluster of Dask or Ray as `--engine` names it, through joblib's backends."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from nlp.running.cluster.refusals import BadCluster, BadEngine

if TYPE_CHECKING:
    from nlp.running.cluster.chunks import Engine

_PATIENCE = 15
"""Seconds for a cluster to answer, or to have its first worker."""
_RETRIES = 3
"""How often Dask gives a task to another worker."""


def connection(named: str) -> Engine:
    """Return the engine that `dask=ADDRESS`, `ray` or `ray=ADDRESS` names; raises BadEngine.

    >>> connection("spark=local")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    BadEngine: 'spark=local' is no engine; there are dask=ADDRESS, ray and ray=ADDRESS.
    """
    kind, _, address = named.partition("=")
    if kind not in _ENGINES or (kind == "dask" and not address):
        raise BadEngine(f"{named!r} is no engine; there are dask=ADDRESS, ray and ray=ADDRESS.")
    missing = [package for package in (_PACKAGES[kind], "joblib") if find_spec(package) is None]
    if missing:
        raise BadEngine(f"{kind} is not installed: pip install 'nianbao[{kind}]'")
    return _ENGINES[kind](address)


@dataclass(frozen=True)
class Dask:
    """A cluster of Dask: the address of its scheduler, or the file that the scheduler wrote it to."""

    address: str
    streams = True

    @property
    def name(self) -> str:
        return f"dask at {self.address}"

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """The exceptions that say that workers or the scheduler were lost for good."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        return KilledWorker, CancelledError, OSError, TimeoutError

    def processes(self) -> int:
        """Return how many threads its workers have for tasks."""
        from distributed import get_client

        return max(1, int(sum(get_client().ncores().values())))

    @contextmanager
    def session(self) -> Iterator[object]:
        """Connect to its scheduler."""
        import joblib
        from distributed import Client

        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        parameter = "scheduler_file" if self.address.endswith(".json") else "address"
        try:
            client = Client(**{parameter: self.address}, timeout=_PATIENCE, set_as_default=True)
        except (OSError, ValueError) as reason:
            raise BadCluster(f"{self.name} does not answer ({reason}).") from reason
        options = {"client": client, "wait_for_workers_timeout": _PATIENCE, "retries": _RETRIES}
        with client, joblib.parallel_config(backend="dask", **options):
            yield client


@dataclass(frozen=True)
class Ray:
    """A cluster of Ray: the address of one of its machines; none for this machine alone."""

    address: str
    streams = False

    @property
    def name(self) -> str:
        return f"ray at {self.address or 'this machine'}"

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """The exceptions that say that workers were lost for good."""
        from ray.exceptions import RayError

        return RayError, OSError, TimeoutError

    def processes(self) -> int:
        """Return how many processors it has."""
        import ray

        return max(1, int(ray.cluster_resources().get("CPU", 1)))

    @contextmanager
    def session(self) -> Iterator[object]:
        """Connect to the cluster, or start one on this machine that ends with the session."""
        import joblib
        import ray
        from ray.util.joblib import register_ray

        try:
            ray.init(address=self.address or "local", log_to_driver=False, logging_level=logging.ERROR)
        except (OSError, ValueError) as reason:
            raise BadCluster(f"{self.name} does not answer ({reason}).") from reason
        register_ray()
        try:
            with joblib.parallel_config(backend="ray"):
                yield ray
        finally:
            ray.shutdown()


_ENGINES: dict[str, Callable[[str], Engine]] = {"dask": Dask, "ray": Ray}
_PACKAGES = {"dask": "distributed", "ray": "ray"}
