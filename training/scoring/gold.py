"""Gold and predicted records in the parts that are scored; what a gold record leaves out stays unset."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, UnsetType

from nlp.record.model import LineLabel, Number, State

LineSpan = tuple[int, int]


class StatedCell(Struct, frozen=True, gc=False):
    """A cell of a full record; gold may give its value instead, or the text as printed."""

    value: Number | None = None
    state: State | None = None
    confidence: float = 1.0
    line: int | None = None
    text: str | None = None
    candidates: list[Number | None] = []


Cell = StatedCell | int | float | str | None
TableCells = dict[str, dict[str, Cell]]


class NamedSource(Struct, frozen=True):
    """The source of a full record; gold may give the plain name instead."""

    name: str
    path: str = ""
    sha256: str = ""


class SectionLines(Struct, frozen=True):
    """A section of a full record: its kind, its lines, its parts."""

    kind: str
    lines: LineSpan
    sections: list[SectionLines] = []


Sections = list[SectionLines] | dict[str, LineSpan | None]
"""Gold may name the chapters only: `{kind: [first, last]}`, null for one that the page does not have."""


class Item(Struct, frozen=True):
    """A problem or an improvement; gold may give its text alone."""

    text: str
    answers: list[int] | UnsetType = UNSET


Items = list[Item | str]


class LineOf(Struct, frozen=True, gc=False):
    """The label of line `n`."""

    n: int
    label: LineLabel


class Record(Struct, frozen=True):
    """A gold or a predicted record; a record that a person corrected is a gold record as it stands.

    Gold may also say which `tool` made the page and which kinds of `noise` it shows, to be scored by them.

    >>> import msgspec
    >>> record = msgspec.json.decode('{"source": "000", "year": 2022}', type=Record)
    >>> record.name, record.year, record.form
    ('000', 2022, UNSET)
    """

    source: str | NamedSource
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

    @property
    def name(self) -> str:
        """The source name as the record gives it."""
        return self.source if isinstance(self.source, str) else self.source.name

    @property
    def sha256(self) -> str:
        """The digest of the document that the record was read from, empty where it does not tell."""
        return "" if isinstance(self.source, str) else self.source.sha256

    @property
    def failed(self) -> bool:
        """Say whether the document could not be read."""
        return self.error not in (UNSET, None)

    @property
    def accepted(self) -> bool:
        """Say whether the record offers itself for use without a person."""
        return not self.review and not self.failed
