"""Writes what reports share as one JSON object, one finding a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, json

from nlp.reuse.findings import SCHEMA
from nlp.reuse.search import Reuse


def pieces(found: Reuse) -> Iterator[bytes]:
    """Yield the object: its schema, what was looked through, and a list of each kind of finding."""
    yield b'{"schema": ' + json.encode(SCHEMA)
    yield b',\n"overview": ' + json.encode(found.overview())
    yield from _listed("copied", found.copied())
    yield from _listed("left", found.left())
    yield from _listed("repeated", found.repeated())
    yield from _listed("promises", found.promises())
    yield from _listed("stock", found.stock())
    yield b"}\n"


def _listed(name: str, findings: Iterable[Struct]) -> Iterator[bytes]:
    yield b",\n" + json.encode(name) + b": ["
    opening = b"\n"
    for finding in findings:
        yield opening + json.encode(finding)
        opening = b",\n"
    yield b"]"
