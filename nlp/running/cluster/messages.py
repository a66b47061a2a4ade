"""Messages between a worker of a cluster and the process beside it."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from nlp.limits import Limits
from nlp.running.batch import Work
from nlp.running.cluster.shipped_inputs import Sent

_LENGTH = 8
"""Bytes that say how long a message is, before it."""
ELSEWHERE = None
"""The result for an input that only the machine that sent it can read."""


class Settled(Work[Any], Protocol):
    """Work that says on what its results depend beside the inputs."""

    def settings(self) -> bytes:
        """Return all that the results depend on beside the inputs; equal settings give equal results."""


@dataclass(frozen=True)
class Order:
    """A chunk of inputs to work on; `settings` are those of the machine that sent it."""

    work: Settled
    inputs: Sequence[Sent]
    limits: Limits
    settings: bytes


@dataclass(frozen=True)
class Differs:
    """The answer of a machine that would give other results: its version, model or options differ."""

    settings: bytes


def send(file: BinaryIO, what: object) -> None:
    """Write an object to a pipe."""
    content = memoryview(pickle.dumps(what))
    content = memoryview(len(content).to_bytes(_LENGTH, "big") + content)
    while content:
        content = content[file.write(content) :]


def receive(file: BinaryIO) -> Any:
    """Return the next object of a pipe; None if the pipe has ended."""
    length = _exactly(file, _LENGTH)
    if length is None:
        return None
    content = _exactly(file, int.from_bytes(length, "big"))
    if content is None:
        return None
    return pickle.loads(content)  # from a process of the same user that this program started


def _exactly(file: BinaryIO, size: int) -> bytes | None:
    """Return the next `size` bytes of a pipe; None if it ends before."""
    content = bytearray()
    while len(content) < size:
        more = file.read(size - len(content))
        if not more:
            return None
        content += more
    return bytes(content)
