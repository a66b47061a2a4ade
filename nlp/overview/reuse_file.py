"""Reads what `nianbao reuse` wrote: the one place where the overview learns of copied text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from msgspec import DecodeError, Struct, ValidationError, json

SCHEMA = "nianbao.reuse/1"


class BadReuse(Exception):
    """A file that does not hold what `nianbao reuse` writes; the message says why."""


class TextPlace(Struct, frozen=True):
    """A text in a report."""

    record: str
    text: str
    organization: str | None = None
    agency: str | None = None
    year: int | None = None
    place: str = ""
    path: str = ""
    likeness: str = ""
    found: str = ""
    expected: str = ""
    kind: str = ""

    @property
    def whose(self) -> str:
        """The agency, as its reports are called, or as this one has it."""
        return self.agency or self.organization or ""

    @property
    def title(self) -> str:
        """The agency and the year."""
        return f"{self.whose} {self.year or ''}".strip()


class Chain(Struct, frozen=True):
    """Texts of several reports that are the same, earliest first."""

    characters: int
    agencies: int
    copies: list[TextPlace]


class Repeat(Struct, frozen=True):
    """A problem or measure that stands twice, in one report or those of two years."""

    kind: str
    first: TextPlace
    second: TextPlace


class Promise(Struct, frozen=True):
    """What a year's report has of a measure of last year's."""

    state: str
    record: str
    measure: TextPlace
    year: int | None = None


class _File(Struct, frozen=True):
    schema: str
    copied: list[Chain] = []
    left: list[TextPlace] = []
    repeated: list[Repeat] = []
    promises: list[Promise] = []
    overview: dict[str, Any] = {}


class Copied(Struct, frozen=True):
    """A text that is another report's: a copy (`chain`), a name or year (`left`), an item (`repeated`)."""

    what: str
    text: str
    others: str = ""
    found: str = ""
    expected: str = ""


@dataclass(frozen=True)
class Reused:
    """What was found of copied text; `in_report` has by the id of a record what of it is another's."""

    chains: list[Chain]
    left: list[TextPlace]
    repeated: list[Repeat]
    promises: list[Promise]
    looked_through: dict[str, Any]
    in_report: dict[str, list[Copied]] = field(default_factory=dict)


def read(path: str) -> Reused:
    """Return what a file of JSON that `nianbao reuse` wrote tells; raises BadReuse."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise BadReuse(f"{path}: could not be read ({error.strerror}).") from error
    return parsed(content, path)


def parsed(content: bytes, name: str) -> Reused:
    """Return what the content of a file tells; `name` is what messages call it. Raises BadReuse.

    >>> parsed(b'{"schema": "nianbao.reuse/1", "copied": []}', "reuse.json").chains
    []
    """
    try:
        told = json.decode(content, type=_File)
    except (DecodeError, ValidationError, RecursionError) as error:
        raise BadReuse(f"{name}: this is not what `nianbao reuse` writes as JSON ({error}).") from error
    if told.schema != SCHEMA:
        raise BadReuse(f"{name}: this is {told.schema or 'of no schema'}; {SCHEMA} is read.")
    return Reused(told.copied, told.left, told.repeated, told.promises, told.overview, _in_report(told))


def _in_report(told: _File) -> dict[str, list[Copied]]:
    found: dict[str, list[Copied]] = {}
    for chain in told.copied:
        for copy in chain.copies[1:]:
            copied = Copied("chain", copy.text, chain.copies[0].title)
            found.setdefault(copy.record, []).append(copied)
    for left in told.left:
        found.setdefault(left.record, []).append(Copied("left", left.text, "", left.found, left.expected))
    for repeat in told.repeated:
        copied = Copied("repeated", repeat.second.text, repeat.first.title)
        found.setdefault(repeat.second.record, []).append(copied)
    return found
