"""Says what is known of a cell of a report: what a sheet shows, what was read, where it stands."""

from __future__ import annotations

from msgspec import Struct

from nlp.across.ground import as_number
from nlp.auditing.sums import shown
from nlp.auditing.words import phrase
from nlp.collection.states import ABSENT, AMBIGUOUS, BLANK, CORRECTED, MISSING, STATES
from nlp.overview.gathering import Gathered
from nlp.overview.words import known
from nlp.overview.workbooks.details import Detail
from nlp.record.model import Number


class Known(Struct, frozen=True):
    """What is known of a cell: `shown` on a sheet, its state, a remark for the person who looks.

    `read_state` and `read_value` are what was read; None where a person decided the cell since.
    """

    shown: str | Number | None
    state: str
    read_state: str | None
    read_value: Number | None
    is_doubtful: bool
    remark: str


def known_cell(gathered: Gathered, report: int, cell: str, detail: Detail | None) -> Known:
    """Return what is known of a cell of a report."""
    collection = gathered.collection
    n = collection.place[cell]
    code = int(collection.states[report, n])
    value = as_number(float(collection.values[report, n]))
    is_doubtful = bool(collection.doubtful[report, n]) and code not in (AMBIGUOUS, MISSING, ABSENT)
    words = known("workbook")
    remark = words["doubtful"] if is_doubtful else ""
    on_sheet: str | Number | None = value
    if code == AMBIGUOUS:
        on_sheet, remark = words["ambiguous"], _candidates(cell, detail)
    elif code in (MISSING, ABSENT):
        on_sheet = words["missing"]
    elif code == BLANK:
        on_sheet = None
    is_decided = code >= CORRECTED
    state = "missing" if code == ABSENT else STATES[code]
    return Known(on_sheet, state, None if is_decided else state, value, is_doubtful, remark)


def place_words(gathered: Gathered, report: int, cell: str) -> str:
    """Return in Chinese where a cell stands in its document; "" where that is not told."""
    collection = gathered.collection
    n = collection.place[cell]
    page, line = int(collection.pages[report, n]), int(collection.lines[report, n])
    if page:
        return phrase("where", "page", numbers=page)
    if not line:
        return ""
    is_text = collection.media_types[report] == "text/plain"
    return phrase("where", "line" if is_text else "text_line", numbers=line)


def _candidates(cell: str, detail: Detail | None) -> str:
    for reason in detail.reasons if detail else ():
        for printed in reason.cells:
            if printed.id == cell and printed.candidates:
                values = known("workbook")["between"].join(shown(value) for value in printed.candidates)
                text: str = known("workbook")["candidates"].format(values=values)
                return text
    return ""
