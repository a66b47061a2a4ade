"""The part of a record that comparing needs, decoded from JSON without the rest."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType, json

from nlp.record.agencies import Agency
from nlp.record.model import READABLE, Blame, Number, Outcome, State


class SlimCell(Struct, gc=False):
    """A cell: its value and state, its place, how sure it is."""

    value: Number | None
    state: State
    line: int | None = None
    confidence: float = 1.0
    page: int | UnsetType = UNSET
    read: SlimCell | UnsetType = UNSET


class SlimSource(Struct, gc=False):
    """The file of a record."""

    name: str = ""
    path: str = ""
    sha256: str = ""
    media_type: str = ""


class SlimSection(Struct, gc=False):
    """A chapter: its running text."""

    text: str = ""


class SlimCheck(Struct, gc=False):
    """A sum: its outcome, and whose fault a broken one is."""

    id: str
    outcome: Outcome
    blame: Blame | None = None


class Coded(Struct, gc=False):
    """A reason to look, or why nothing was read: its code, and the table that it is about where it is one."""

    code: str
    table: str | UnsetType = UNSET


class Counted(Struct, gc=False):
    """A thing of which only the number counts."""


class SlimReport(Struct, kw_only=True):
    """A record without what comparing does not need; the fields are those of `nlp.record.model.Report`."""

    schema: str = ""
    id: str = ""
    source: SlimSource
    organization: str | None = None
    agency: Agency | UnsetType | None = UNSET
    year: int | None = None
    form: str | None = None
    tables: dict[str, dict[str, dict[str, SlimCell]]] = {}
    sections: list[SlimSection] = []
    problems: list[Counted] = []
    improvements: list[Counted] = []
    checks: list[SlimCheck] = []
    review: list[Coded] = []
    corrections: list[Counted] | UnsetType = UNSET
    error: Coded | UnsetType = UNSET


class NotARecord(Exception):
    """A line that is no record of this version; the message says why."""


_decoder = json.Decoder(SlimReport)


def slim(line: bytes) -> SlimReport:
    """Return the slim record in a line of JSON; raises NotARecord if it is none of this version.

    >>> slim(b'{"schema": "nianbao.report/2", "source": {"name": "a.txt"}, "year": 2022}').year
    2022
    >>> slim(b'{"year": 2022}')
    Traceback (most recent call last):
    ...
    nlp.collection.slim.NotARecord: this is no record (Object missing required field `source`)
    """
    try:
        report = _decoder.decode(line)
    except (ValueError, RecursionError) as error:
        raise NotARecord(f"this is no record ({error})") from error
    if report.schema not in READABLE:
        version = report.schema or "no version"
        raise NotARecord(f"this is a record of {version}; known are {', '.join(READABLE)}")
    return report
