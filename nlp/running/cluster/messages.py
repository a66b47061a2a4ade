"""What a worker of a cluster and the process beside it say to each other."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from nlp.limits import Limits
from nlp.running.batch import Work
from nlp.running.cluster.shipped_inputs import Sent

_LENGTH = 8
ELSEWHERE = None
"""The result for an input that only the machine that sent it can read."""


class Settled(Work[Any], Protocol):
    """Work that can tell all that its results depend on beside the inputs."""

    def settings(self) -> bytes: ...


@dataclass(frozen=True)
class Order:
    """A chunk to work on: `settings` are those of the machine that sent it."""

    work: Settled
    inputs: Sequence[Sent]
    limits: Limits
    settings: bytes


@dataclass(frozen=True)
class Differs:
    """The answer where this machine would give other results: another version, model or option."""

    settings: bytes


def send(file: BinaryIO, what: object) -> None:
    """Write an object to a pipe."""
    content = memoryview(pickle.dumps(what))
    content = memoryview(len(content).to_bytes(_LENGTH, "big") + content)
    while content:
        content = content[file.write(content) :]


def receive(file: BinaryIO) -> Any:
    """Return the next object of a pipe; None where it has ended."""
    length = _exactly(file, _LENGTH)
    content = _exactly(file, int.from_bytes(length, "big")) if length else None
    return pickle.loads(content) if content else None  # of a process of the same user, that we started


def _exactly(file: BinaryIO, size: int) -> bytes | None:
    content = bytearray()
    while len(content) < size:
        more = file.read(size - len(content))
        if not more:
            return None
        content += more
    return bytes(content)
