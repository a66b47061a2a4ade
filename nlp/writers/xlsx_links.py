"""Links the reasons of the sheet of reviews to the values that they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from xlsxwriter.utility import xl_col_to_name

from nlp.writers.tables import REPORTS, Headers, Row, Table, named
from nlp.writers.xlsx_workbook import MOST_ROWS

REVIEWS = "reviews"
_MOST_LINKS = 65_530
"""How many links a sheet of Excel has; those behind them are plain texts."""
_BEHIND_LINKS = (b"<printOptions", b"<pageMargins")
"""What follows the links in the XML of a sheet, whichever comes first."""


class Target(NamedTuple):
    """The sheet of reports: its name, and the letters of its columns by the ids of their cells."""

    sheet: str
    columns: Mapping[str, str]

    def links(self, rows: Sequence[Row], first: int) -> Iterator[bytes]:
        """Yield the XML of a link for each row of reviews, of which the first stands in row `first`.

        A reason without a cell of the form has none.
        """
        columns = [column.id for column in named(REVIEWS).columns]
        cells, shown = columns.index("cell_ids"), columns.index("first_cell")
        for n, row in enumerate(rows, first):
            ids = row[cells]
            letter = self.columns.get(str(ids[0])) if isinstance(ids, list) and ids else None
            number = row[0]
            if letter is None or not isinstance(number, int) or number >= MOST_ROWS:
                continue
            place = quoteattr(f"'{self.sheet}'!{letter}{number + 1}")
            yield f'<hyperlink ref="{xl_col_to_name(shown)}{n}" location={place}/>'.encode()


def target_among(tables: Sequence[Table], headers: Headers) -> Target | None:
    """Return where links of reviews lead; None where the table of reports is not among those written."""
    for table in tables:
        if table.id == REPORTS:
            columns = {
                column.cell: xl_col_to_name(n) for n, column in enumerate(table.columns) if column.cell
            }
            return Target(table.title(headers), columns)
    return None


def with_links(after: bytes, links: Sequence[bytes]) -> bytes:
    """Return the XML of a sheet behind its rows with links."""
    if not links:
        return after
    start = min(place for mark in _BEHIND_LINKS if (place := after.find(mark)) >= 0)
    return after[:start] + b"<hyperlinks>" + b"".join(links[:_MOST_LINKS]) + b"</hyperlinks>" + after[start:]
