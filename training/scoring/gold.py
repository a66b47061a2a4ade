"""Models the scored parts of gold and predicted records; what a gold record leaves out stays unset."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, UnsetType

from nlp.record.model import LineLabel, Number, OnPage, State

LineSpan = tuple[int, int]
"""The first and the last line of a section, from 1."""


class StatedCell(Struct, frozen=True, gc=False):
    """A cell of a full record; a gold record may give the bare value instead, or the text as printed."""

    value: Number | None = None
    state: State | None = None
    confidence: float = 1.0
    line: int | None = None
    text: str | None = None
    candidates: list[Number | None] = []
    decided: OnPage | None = None
    read: StatedCell | None = None
    page: int | None = None


Cell = StatedCell | int | float | str | None
TableCells = dict[str, dict[str, Cell]]
"""Cells as `[row][column]`."""


class NamedSource(Struct, frozen=True):
    """The source of a full record; a gold record may give the bare name instead."""

    name: str
    path: str = ""
    sha256: str = ""


class SectionLines(Struct, frozen=True):
    """A section of a full record: its kind, its lines, the sections in it."""

    kind: str
    lines: LineSpan
    sections: list[SectionLines] = []


Sections = list[SectionLines] | dict[str, LineSpan | None]
"""Gold may give chapters as `{kind: [first, last]}`, null for one that the page does not have."""


class Item(Struct, frozen=True):
    """A problem or an improvement; a gold record may give the bare text instead.

    `answers` are the indexes of the problems that an improvement answers.
    """

    text: str
    answers: list[int] | UnsetType = UNSET


Items = list[Item | str]


class LineOf(Struct, frozen=True, gc=False):
    """The label of line `n`."""

    n: int
    label: LineLabel


class PartsAsRead(Struct, frozen=True):
    """What was read of a record, where a person decided otherwise; the rest is unset."""

    organization: str | UnsetType | None = UNSET
    year: int | UnsetType | None = UNSET
    form: str | UnsetType | None = UNSET
    sections: Sections | UnsetType = UNSET
    problems: Items | UnsetType = UNSET
    improvements: Items | UnsetType = UNSET


class Record(Struct, frozen=True):
    """A gold or a predicted record; both have the same fields, so that a corrected record can be gold.

    A gold record may also name the `tool` that made the text and the kinds of `noise` in it, for figures by
    tool and noise.

    >>> import msgspec
    >>> record = msgspec.json.decode('{"source": "000", "year": 2022}', type=Record)
    >>> record.name, record.year, record.form
    ('000', 2022, UNSET)
    """

    source: str | NamedSource
    id: str = ""
    organization: str | UnsetType | None = UNSET
    year: int | UnsetType | None = UNSET
    form: str | UnsetType | None = UNSET
    tables: dict[str, TableCells] | UnsetType = UNSET
    sections: Sections | UnsetType = UNSET
    problems: Items | UnsetType = UNSET
    improvements: Items | UnsetType = UNSET
    lines: list[LineOf] | UnsetType = UNSET
    review: list[Any] = []
    error: Any = UNSET
    tool: str | None = None
    noise: list[str] = []
    read: PartsAsRead | UnsetType = UNSET

    @property
    def name(self) -> str:
        """The name of the source, as the record gives it."""
        return self.source if isinstance(self.source, str) else self.source.name

    @property
    def sha256(self) -> str:
        """The SHA-256 of the document that the record was read from, "" if the record does not have it."""
        return "" if isinstance(self.source, str) else self.source.sha256

    @property
    def failed(self) -> bool:
        """Whether the document could not be read."""
        return self.error not in (UNSET, None)

    @property
    def accepted(self) -> bool:
        """Whether the record has an empty review, so that it may be used without a person's look."""
        return not self.review and not self.failed
