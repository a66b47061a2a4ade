"""Writes the tables as a workbook for Excel, a sheet each, with frozen headers and filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from nlp.writers.remarks import Remarks
from nlp.writers.tables import Headers, Row, Table
from nlp.writers.xlsx_links import REVIEWS, Target, target_among, with_links
from nlp.writers.xlsx_rows import SheetRows
from nlp.writers.xlsx_texts import Texts
from nlp.writers.xlsx_workbook import MOST_ROWS, SHARED, SHEET, frame, workbook

_COMPRESSION = 2
"""The level of compression, of 9: twice as much takes twice as long and saves a tenth."""
_ROWS_AT_A_TIME = 1_000
_BYTES_AT_A_TIME = 2**20
_MORE_SHEETS = "Further sheets, as one of Excel has {most:,} rows"
_ROWS_END, _TEXTS_END = b"</sheetData>", b"</sst>"


@dataclass
class _Header:
    """A sheet without rows; `last` is the number of its last row, the header's being 1."""

    name: str
    table: Table
    last: int = 1


@dataclass
class _Sheet:
    """A sheet whose rows wait as XML in a file, `rows`, until the workbook around them can be made."""

    name: str
    table: Table
    render: SheetRows
    rows: IO[bytes]
    target: Target | None = None
    last: int = 1
    links: list[bytes] = field(default_factory=list)

    def add(self, rows: Sequence[Row]) -> None:
        if self.target is not None:
            self.links += self.target.links(rows, self.last + 1)
        for start in range(0, len(rows), _ROWS_AT_A_TIME):
            numbered = enumerate(rows[start : start + _ROWS_AT_A_TIME], self.last + 1 + start)
            rendered = [self.render(n, row) for n, row in numbered]
            self.rows.write("".join(rendered).encode("utf-8"))
        self.last += len(rows)


@contextmanager
def writing(
    path: Path, tables: Sequence[Table], headers: Headers, remarks: Remarks, most_rows: int = MOST_ROWS
) -> Iterator[Callable[[Table, list[Row]], None]]:
    """Yield a function that adds rows to the sheet of a table; what one sheet cannot hold goes to another.

    xlsxwriter makes the workbook; the rows are put into its sheets here, which takes a fifth of the time
    (10,000 records: 35 s of CPU).
    """
    with ExitStack() as spools:
        sheets: list[_Sheet] = []
        texts = Texts(frame([_Header(table.title(headers), table) for table in tables], headers))

        target = target_among(tables, headers)

        def begin_sheet(table: Table, part: int) -> _Sheet:
            name = table.title(headers) + (f" {part}" if part > 1 else "")
            spool = spools.enter_context(TemporaryFile(dir=path.parent))
            render = SheetRows(table, texts, remarks, headers)
            sheets.append(_Sheet(name, table, render, spool, target if table.id == REVIEWS else None))
            return sheets[-1]

        current = {table.id: [begin_sheet(table, 1)] for table in tables}

        def add(table: Table, rows: list[Row]) -> None:
            parts = current[table.id]
            room = most_rows - parts[-1].last
            while len(rows) > room:
                parts[-1].add(rows[:room])
                rows = rows[room:]
                parts.append(begin_sheet(table, len(parts) + 1))
                remarks.add(_MORE_SHEETS.format(most=most_rows), parts[-1].name)
                room = most_rows - parts[-1].last
            parts[-1].add(rows)

        yield add
        in_order = [sheet for table in tables for sheet in current[table.id]]
        _assemble(path, in_order, headers, texts.shared)


def _assemble(path: Path, sheets: Sequence[_Sheet], headers: Headers, shared: list[str]) -> None:
    """Write the workbook, with each sheet's rows behind its header, and the texts that they share."""
    entries = {SHEET.format(n): sheet for n, sheet in enumerate(sheets, 1)}
    with (
        ZipFile(BytesIO(workbook(sheets, headers))) as empty,
        ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as full,
    ):
        for entry in empty.infolist():
            content = empty.read(entry)
            if entry.filename == SHARED:
                content = _with_texts(content, shared)
            if entry.filename not in entries:
                full.writestr(entry, content, ZIP_DEFLATED)
                continue
            sheet = entries[entry.filename]
            before, after = _sized(content, sheet).split(_ROWS_END)
            with full.open(entry.filename, "w", force_zip64=True) as file:
                file.write(before)
                sheet.rows.seek(0)
                copyfileobj(sheet.rows, file, _BYTES_AT_A_TIME)
                file.write(_ROWS_END + with_links(after, sheet.links))


def _with_texts(content: bytes, shared: list[str]) -> bytes:
    """Return the XML of the shared texts with more of them; their count is optional and left out."""
    uncounted = re.sub(rb' count="\d+" uniqueCount="\d+"', b"", content)
    return uncounted.replace(_TEXTS_END, "".join(shared).encode("utf-8") + _TEXTS_END)


def _sized(content: bytes, sheet: _Sheet) -> bytes:
    """Return the XML of a sheet with its number of rows, for programs that trust it."""
    return re.sub(
        rb'<dimension ref="A1:([A-Z]+)1"/>', rb'<dimension ref="A1:\g<1>%d"/>' % sheet.last, content
    )
