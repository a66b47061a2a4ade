"""Writes what reports share as one table for spreadsheets, a text of a finding a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import count

from nlp.reuse.findings import Place
from nlp.reuse.search import Reuse

COLUMNS = (
    "finding",
    "number",
    "kind",
    "state",
    "same",
    "record",
    "agency",
    "organization",
    "year",
    "path",
    "place",
    "first_line",
    "last_line",
    "text",
    "found",
    "expected",
)
"""The columns. Rows of one finding have one `number`; `kind` is copied, name_left, measure …"""

Row = list[object]


def pieces(found: Reuse) -> Iterator[bytes]:
    """Yield the table in UTF-8 with a byte order mark, which Excel needs, its header first."""
    yield b"\xef\xbb\xbf" + _line(COLUMNS)
    for row in _rows(found):
        yield _line(row)


def _rows(found: Reuse) -> Iterator[Row]:
    numbers = count(1)
    for chain in found.copied():
        number = next(numbers)
        for copy in chain.copies:
            yield _row("copied", number, "copied", copy.likeness, copy.same, copy)
    for left in found.left():
        state = "doubtful" if left.doubtful else ""
        yield [*_row("left", next(numbers), left.kind, state, "", left)[:-2], left.found, left.expected]
    for repeat in found.repeated():
        number = next(numbers)
        yield _row("repeated", number, repeat.kind, "first", "", repeat.first)
        yield _row("repeated", number, repeat.kind, "second", "", repeat.second)
    for promise in found.promises():
        number = next(numbers)
        yield _row("promise", number, "measure", promise.state, promise.same, promise.measure)
        for answer in promise.answer:
            yield _row("promise", number, "answer", promise.state, promise.same, answer)


def _row(finding: str, number: int, kind: str, state: str, same: object, place: Place) -> Row:
    lines: tuple[object, object] = place.lines or ("", "")
    return [
        finding,
        number,
        kind,
        state,
        same,
        place.record,
        place.agency or "",
        place.organization or "",
        place.year or "",
        place.path,
        place.place,
        *lines,
        place.text,
        "",
        "",
    ]


def _line(values: Iterable[object]) -> bytes:
    """Return a row, quoted as in RFC 4180, an apostrophe before a text that a spreadsheet would compute."""
    line = io.StringIO()
    csv.writer(line).writerow([_guarded(value) for value in values])
    return line.getvalue().encode("utf-8")


def _guarded(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
