"""All tables as a workbook for Excel: a sheet each, the header and the first columns in place, filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from nlp.writers.remarks import Remarks
from nlp.writers.tables import Headers, Row, Table
from nlp.writers.xlsx_rows import SheetRows
from nlp.writers.xlsx_texts import Texts
from nlp.writers.xlsx_workbook import MOST_ROWS, SHARED, SHEET, frame, workbook

_QUICKLY = 2
"""How hard to compress: twice as hard takes twice as long and saves a tenth."""
_AT_ONCE, _PIECE = 1_000, 2**20
"""So many rows, and bytes, are held at a time."""
_GOES_ON = "Further sheets, as one of Excel has {most:,} rows"
_ROWS_END, _TEXTS_END = b"</sheetData>", b"</sst>"


@dataclass
class _Header:
    """A sheet without rows."""

    name: str
    table: Table
    last: int = 1


@dataclass
class _Sheet:
    """A sheet: its rows are put aside as XML until the workbook around them can be made."""

    name: str
    table: Table
    render: SheetRows
    rows: IO[bytes]
    last: int = 1

    def add(self, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), _AT_ONCE):
            numbered = enumerate(rows[start : start + _AT_ONCE], self.last + 1 + start)
            self.rows.write("".join([self.render(n, row) for n, row in numbered]).encode("utf-8"))
        self.last += len(rows)


@contextmanager
def writing(
    path: Path, tables: Sequence[Table], headers: Headers, remarks: Remarks, most_rows: int = MOST_ROWS
) -> Iterator[Callable[[Table, list[Row]], None]]:
    """Yield what adds rows to the sheet of a table; what one sheet cannot hold goes on in another.

    xlsxwriter makes the workbook; the rows are put into its sheets here, which takes a fifth of the time
    (10,000 records: 35 s of CPU).
    """
    with ExitStack() as spools:
        sheets: list[_Sheet] = []
        texts = Texts(frame([_Header(table.title(headers), table) for table in tables], headers))

        def begun(table: Table, part: int) -> _Sheet:
            name = table.title(headers) + (f" {part}" if part > 1 else "")
            spool = spools.enter_context(TemporaryFile(dir=path.parent))
            sheets.append(_Sheet(name, table, SheetRows(table, texts, remarks), spool))
            return sheets[-1]

        current = {table.id: [begun(table, 1)] for table in tables}

        def add(table: Table, rows: list[Row]) -> None:
            parts = current[table.id]
            while len(rows) > (room := most_rows - parts[-1].last):
                parts[-1].add(rows[:room])
                rows = rows[room:]
                parts.append(begun(table, len(parts) + 1))
                remarks.add(_GOES_ON.format(most=most_rows), parts[-1].name)
            parts[-1].add(rows)

        yield add
        in_order = [sheet for table in tables for sheet in current[table.id]]
        _assemble(path, in_order, headers, texts.shared)


def _assemble(path: Path, sheets: Sequence[_Sheet], headers: Headers, shared: list[str]) -> None:
    """Write the workbook, with each sheet's rows behind its header, and the texts that they share."""
    entries = {SHEET.format(n): sheet for n, sheet in enumerate(sheets, 1)}
    with (
        ZipFile(BytesIO(workbook(sheets, headers))) as empty,
        ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_QUICKLY) as full,
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
                copyfileobj(sheet.rows, file, _PIECE)
                file.write(_ROWS_END + after)


def _with_texts(content: bytes, shared: list[str]) -> bytes:
    """Add texts to those that the workbook shares; how many there are need not be said."""
    uncounted = re.sub(rb' count="\d+" uniqueCount="\d+"', b"", content)
    return uncounted.replace(_TEXTS_END, "".join(shared).encode("utf-8") + _TEXTS_END)


def _sized(content: bytes, sheet: _Sheet) -> bytes:
    """Tell programs that trust it how many rows there are."""
    return re.sub(
        rb'<dimension ref="A1:([A-Z]+)1"/>', rb'<dimension ref="A1:\g<1>%d"/>' % sheet.last, content
    )
