"""The candidates for a report's agency and year: what is named, by which source, and where it stands."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

from nlp.record.model import Span

Value = TypeVar("Value", str, int)


class Candidate(Struct, Generic[Value], frozen=True, gc=False):
    """An agency or a year that a source names.

    `value` is the agency's name as printed or the year, `folded` the name as it is read, `span` its
    offsets in the decoded text, None where a file's name tells it. `source` is a key of data/evidence.toml;
    `penalty` is added to what that source weighs.
    """

    value: Value
    source: str
    span: Span | None
    folded: str = ""
    penalty: float = 0.0
