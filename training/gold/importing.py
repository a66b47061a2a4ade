"""Reads a workbook that a person has corrected, as a gold record."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from math import isfinite
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from nlp.form.form import editions
from nlp.overview.workbooks.returned import is_returned
from training.gold.words import (
    AMBIGUOUS,
    FORMAT,
    HIDDEN,
    IMPROVEMENTS,
    MISSING,
    PROBLEMS,
    SECTIONS,
    writable,
)
from training.scoring.readings import is_readable, reading

Gold = dict[str, Any]
"""A gold record, or a part of it, to be encoded as JSON."""

_LARGEST = 64 << 20
"""The most bytes that a workbook may unpack to."""

_FIRST_ROW = 2
"""The first row of a list, below its head."""
_MOST_ROWS = 20_000
_LONGEST_YEAR = 6
"""In digits: so long are years, and numbers of items, at most."""
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


class BadSheet(Exception):
    """A workbook gives no gold record; the message has a line for each reason, with the cell."""


def gold(name: str, content: bytes) -> Gold:
    """Return the gold record of a workbook; `name` is what messages call it.

    Raises BadSheet with every cell that is wrong.
    """
    return read_workbook(name, opened(name, content))


def read_workbook(name: str, book: Workbook) -> Gold:
    """Return the gold record of an open workbook; `name` is what messages call it. Raises BadSheet."""
    reader = _WorkbookReader(name, book)
    record = reader.record()
    if reader.faults:
        raise BadSheet("\n".join(reader.faults))
    return record


def opened(name: str, content: bytes) -> Workbook:
    """Return the workbook in the bytes of a file; raises BadSheet where `gold export` did not write it."""
    book = any_opened(name, content)
    if is_returned(book):
        raise BadSheet(
            f"{name}: `nianbao overview` wrote this workbook: it gives corrections (--corrections FILE)."
        )
    if HIDDEN not in book.sheetnames or book[HIDDEN]["A1"].value != FORMAT:
        raise BadSheet(f"{name}: this workbook was not written by `nianbao gold export`.")
    return book


def any_opened(name: str, content: bytes) -> Workbook:
    """Return the workbook in the bytes of a file; raises BadSheet where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size <= _LARGEST:
            return load_workbook(io.BytesIO(content))
    except Exception as error:  # a damaged workbook ends openpyxl with errors of many kinds
        raise BadSheet(f"{name}: this is no workbook (.xlsx) that can be read.") from error
    raise BadSheet(f"{name}: this workbook is too large.")


class _WorkbookReader:
    """Reads one workbook, and collects everything that is wrong with it in `faults`."""

    def __init__(self, name: str, book: Workbook) -> None:
        self.name = name
        self.book = book
        self.faults: list[str] = []

    def record(self) -> Gold:
        """Return the gold record; the hidden sheet says which cells of the workbook hold what."""
        hidden = self.book[HIDDEN]
        name, sha256 = hidden["B1"].value, hidden["C1"].value
        given_lists = str(hidden["D1"].value or "").split()
        record: Gold = {"source": {"name": name, "sha256": sha256} if sha256 else name}
        tables: dict[str, dict[str, dict[str, Any]]] = {}
        for kind, sheet, address, id in hidden.iter_rows(min_row=2, max_col=4, values_only=True):
            if kind is None:
                continue  # a row beside which more of what is kept stands
            path = str(id).split(".")
            if not _ADDRESS.fullmatch(str(address)) or (kind not in ("fact", "label") and len(path) != 3):
                raise BadSheet(f"{self.name}: its hidden sheet is damaged; export the record anew.")
            if kind == "fact":
                record[str(id)] = self._fact(str(id), str(sheet), str(address))
            elif kind == "label":
                self._check_label(str(sheet), str(address), str(id or ""))
            else:
                table, row, column = path
                value = self._value(str(sheet), str(address))
                tables.setdefault(table, {}).setdefault(row, {})[column] = value
        if tables:
            record["tables"] = tables
        lists = {
            "sections": self._sections(),
            "problems": self._items(PROBLEMS),
            "improvements": self._items(IMPROVEMENTS),
        }
        for part, entries in lists.items():
            if entries or part in given_lists:
                record[part] = entries
        return record

    def _add_fault(self, sheet: str, address: str, reason: str) -> None:
        self.faults.append(f"{self.name}, {sheet}!{address}: {reason}")

    def _sheet(self, name: str) -> Worksheet | None:
        """Return a sheet; None, with a fault, if it is not there any more."""
        sheet = self.book[name] if name in self.book.sheetnames else None
        if not isinstance(sheet, Worksheet):
            self.faults.append(f"{self.name}: the sheet “{name}” is not there any more.")
            return None
        return sheet

    def _content(self, sheet: str, address: str) -> Any:
        """Return the content of a cell, None for an empty one.

        A formula is a fault, since the value that it would show may never have been computed.
        """
        if sheet not in self.book.sheetnames:
            return None
        cell = self.book[sheet][address]
        value = cell.value
        if cell.data_type == "f":
            self._add_fault(sheet, address, f"“{value}” is a formula; write the number that it stands for.")
            return None
        if isinstance(value, str):
            value = value.strip()
        return None if value == "" else value

    def _fact(self, fact: str, sheet: str, address: str) -> Any:
        """Return the organization, year or form of the record."""
        value = self._content(sheet, address)
        if value is None:
            return None
        if fact == "year":
            return self._year(sheet, address, value)
        known_forms = [form.edition for form in editions()]
        if fact == "form" and str(value) not in known_forms:
            reason = f"there is no form “{value}”; there are {', '.join(known_forms)}."
            self._add_fault(sheet, address, reason)
        return str(value)

    def _year(self, sheet: str, address: str, value: Any) -> int | None:
        if isinstance(value, str) and value.isdecimal() and len(value) <= _LONGEST_YEAR:
            return int(value)
        if not _is_finite(value) or value != int(value):
            self._add_fault(sheet, address, f"“{value}” is no year.")
            return None
        return int(value)

    def _check_label(self, sheet: str, address: str, text: str) -> None:
        """Add a fault if a label is not in its place: rows or columns were moved, and so were values."""
        if sheet not in self.book.sheetnames:
            is_known = any(f"“{sheet}”" in fault for fault in self.faults)
            if not is_known:
                self._sheet(sheet)
        elif (self.book[sheet][address].value or "") != writable(text):
            reason = f"“{text}” should stand here; rows and columns must not be moved."
            self._add_fault(sheet, address, reason)

    def _value(self, sheet: str, address: str) -> Any:
        """Return a gold cell: a number, None for blank, or a state."""
        value = self._content(sheet, address)
        if value is None:
            return None
        if value == MISSING:
            return {"value": None, "state": "missing"}
        if value in (AMBIGUOUS, "?"):
            return {"value": None, "state": "ambiguous"}
        return self._number(sheet, address, value)

    def _number(self, sheet: str, address: str, value: Any) -> Any:
        if isinstance(value, str) and is_readable(value):
            value = reading(value).value
            if value is None:
                return None
        if isinstance(value, bool) or not _is_finite(value):
            self._add_fault(sheet, address, f"“{value}” is no number.")
            return None
        return int(value) if value == int(value) else value

    def _rows(self, name: str) -> Iterator[tuple[int, list[Any]]]:
        """Yield each row of a list below its head: its number, and the contents of columns A to C."""
        sheet = self._sheet(name)
        if sheet is None:
            return
        if sheet.max_row > _MOST_ROWS:
            self._add_fault(name, f"A{sheet.max_row}", f"no list has more than {_MOST_ROWS:,} rows.")
            return
        for n in range(_FIRST_ROW, sheet.max_row + 1):
            yield n, [self._content(name, f"{column}{n}") for column in "ABC"]

    def _items(self, name: str) -> list[Gold]:
        """Return the problems or the improvements."""
        items: list[Gold] = []
        for n, (_, text, answers) in self._rows(name):
            if text is None:
                continue
            item: Gold = {"text": str(text)}
            problems = self._answers(name, f"C{n}", answers)
            if problems:
                item["answers"] = problems
            items.append(item)
        return items

    def _answers(self, sheet: str, address: str, answers: Any) -> list[int]:
        """Return the indexes of the problems that an improvement answers; the sheet counts from 1."""
        if answers is None:
            return []
        text = f"{answers:.0f}" if isinstance(answers, float) else str(answers)
        indexes: list[int] = []
        for number in re.split(r"[,，、\s]+", text.strip()):
            if not number.isdecimal() or len(number) > _LONGEST_YEAR or int(number) == 0:
                self._add_fault(sheet, address, f"“{answers}” are no numbers of problems.")
                return []
            indexes.append(int(number) - 1)
        return indexes

    def _sections(self) -> Any:
        """Return the sections as `{kind: lines}`, or as a list if a kind occurs more than once."""
        sections: list[Gold] = []
        for n, (kind, first, last) in self._rows(SECTIONS):
            if kind is None and first is None and last is None:
                continue
            if kind and _is_line_span(first, last):
                sections.append({"kind": str(kind), "lines": [first, last]})
            else:
                self._add_fault(SECTIONS, f"A{n}", "a section has a kind, its first line and its last.")
        by_kind = {section["kind"]: section["lines"] for section in sections}
        return by_kind if len(by_kind) == len(sections) else sections


def _is_line_span(first: Any, last: Any) -> bool:
    return isinstance(first, int) and isinstance(last, int) and 0 < first <= last


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and isfinite(value)
