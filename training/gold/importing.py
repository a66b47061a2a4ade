"""Reads a workbook that a person corrected as a gold record."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from nlp.form.form import editions
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
_BIGGEST = 64 << 20
"""A workbook that unpacks to more bytes is no record."""


class BadSheet(Exception):
    """A workbook that gives no gold record: every reason, as letters to a person."""


def gold(name: str, content: bytes) -> Gold:
    """Return the gold record of a workbook; BadSheet names every cell that is amiss."""
    book = _opened(name, content)
    reader = _Reading(name, book)
    record = reader.record()
    if reader.faults:
        raise BadSheet("\n".join(reader.faults))
    return record


def _opened(name: str, content: bytes) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _BIGGEST:
                raise BadSheet(f"{name}: this workbook is too large.")
        book = load_workbook(io.BytesIO(content))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise BadSheet(f"{name}: this is no workbook (.xlsx) that can be read.") from error
    if HIDDEN not in book.sheetnames or book[HIDDEN]["A1"].value != FORMAT:
        raise BadSheet(f"{name}: this workbook was not written by `nianbao gold export`.")
    return book


class _Reading:
    """Reads one workbook, and gathers what is amiss."""

    def __init__(self, name: str, book: Workbook) -> None:
        self.name = name
        self.book = book
        self.faults: list[str] = []

    def record(self) -> Gold:
        hidden = self.book[HIDDEN]
        sha256, given = hidden["C1"].value, (hidden["D1"].value or "").split()
        source = {"name": hidden["B1"].value, **({"sha256": sha256} if sha256 else {})}
        record: Gold = {"source": source if sha256 else hidden["B1"].value}
        tables: dict[str, dict[str, dict[str, Any]]] = {}
        for kind, sheet, address, id in hidden.iter_rows(min_row=2, max_col=4, values_only=True):
            if kind == "fact":
                record[str(id)] = self._fact(str(id), str(sheet), str(address))
            elif kind == "label":
                self._label(str(sheet), str(address), str(id or ""))
            else:
                table, row, column = str(id).split(".")
                value = self._value(str(sheet), str(address))
                tables.setdefault(table, {}).setdefault(row, {})[column] = value
        record |= {"tables": tables} if tables else {}
        return {**record, **self._lists(given)}

    def _lists(self, given: list[str]) -> Gold:
        """A list that was empty stays out, unless the record had it or a person began it."""
        parts = {
            "sections": self._sections(),
            "problems": list(self._items(PROBLEMS)),
            "improvements": list(self._items(IMPROVEMENTS)),
        }
        return {part: found for part, found in parts.items() if found or part in given}

    def _amiss(self, sheet: str, address: str, what: str) -> None:
        self.faults.append(f"{self.name}, {sheet}!{address}: {what}")

    def _sheet(self, name: str) -> Worksheet | None:
        found = self.book[name] if name in self.book.sheetnames else None
        if not isinstance(found, Worksheet):
            self.faults.append(f"{self.name}: the sheet “{name}” is not there any more.")
            return None
        return found

    def _content(self, sheet: str, address: str) -> Any:
        """Return what a cell holds; a formula is refused: what it shows may never have been worked out."""
        if sheet not in self.book.sheetnames:
            return None
        cell = self.book[sheet][address]
        if cell.data_type == "f":
            self._amiss(sheet, address, f"“{cell.value}” is a formula; write the number that it stands for.")
            return None
        return cell.value.strip() if isinstance(cell.value, str) else cell.value

    def _fact(self, fact: str, sheet: str, address: str) -> Any:
        value = self._content(sheet, address)
        if value in (None, ""):
            return None
        if fact == "year":
            if isinstance(value, str) and value.isdecimal():
                value = int(value)
            if not isinstance(value, int | float) or value != int(value):
                self._amiss(sheet, address, f"“{value}” is no year.")
                return None
            return int(value)
        if fact == "form" and str(value) not in (known := [form.edition for form in editions()]):
            self._amiss(sheet, address, f"there is no form “{value}”; there are {', '.join(known)}.")
        return str(value)

    def _label(self, sheet: str, address: str, text: str) -> None:
        """Labels tell whether rows or columns were moved: then no address holds what it should."""
        if sheet not in self.book.sheetnames:
            if not any(f"“{sheet}”" in fault for fault in self.faults):
                self._sheet(sheet)
        elif (self.book[sheet][address].value or "") != writable(text):
            self._amiss(sheet, address, f"“{text}” should stand here; rows and columns must not be moved.")

    def _value(self, sheet: str, address: str) -> Any:
        value = self._content(sheet, address)
        if value in (None, ""):
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
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._amiss(sheet, address, f"“{value}” is no number.")
            return None
        return int(value) if value == int(value) else value

    def _rows(self, name: str, columns: int) -> Iterator[tuple[int, list[Any]]]:
        sheet = self._sheet(name)
        for n in range(2, sheet.max_row + 1) if sheet else ():
            values = [self._content(name, f"{'ABC'[column]}{n}") for column in range(columns)]
            if any(value not in (None, "") for value in (values if name == SECTIONS else values[1:])):
                yield n, values

    def _items(self, name: str) -> Iterator[Gold]:
        for n, (_, text, answers) in self._rows(name, 3):
            if text in (None, ""):
                continue
            pairs = self._answers(name, f"C{n}", answers)
            yield {"text": str(text), **({"answers": pairs} if pairs else {})}

    def _answers(self, sheet: str, address: str, answers: Any) -> list[int]:
        if answers in (None, ""):
            return []
        numbers = re.split(
            r"[,，、\s]+", str(int(answers) if isinstance(answers, float) else answers).strip()
        )
        if not all(number.isdecimal() and int(number) > 0 for number in numbers):
            self._amiss(sheet, address, f"“{answers}” are no numbers of problems.")
            return []
        return [int(number) - 1 for number in numbers]

    def _sections(self) -> Any:
        found = []
        for n, (kind, first, last) in self._rows(SECTIONS, 3):
            if not isinstance(first, int) or not isinstance(last, int) or not 0 < first <= last or not kind:
                self._amiss(SECTIONS, f"A{n}", "a section has a kind, its first line and its last.")
            else:
                found.append({"kind": str(kind), "lines": [first, last]})
        kinds = [one["kind"] for one in found]
        if len(set(kinds)) < len(kinds):
            return found
        return {one["kind"]: one["lines"] for one in found}
