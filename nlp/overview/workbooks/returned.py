"""Reads a workbook that came back filled in, as lines of the file of corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from msgspec import UNSET, DecodeError, Struct, UnsetType, ValidationError, json

from nlp.correcting.checking import fault
from nlp.correcting.fields import cell_field
from nlp.overview.words import known
from nlp.overview.workbooks.books import FORMAT, HIDDEN
from nlp.overview.workbooks.sheet import Kept, Listed, TableCell
from nlp.record.corrections import Correction
from nlp.text.cells import PLACEHOLDERS

_NUMBER_MARKS = str.maketrans("", "", ",， \u3000")


class Explanation(Struct, frozen=True):
    """What a person wrote about something that was found: the report, its sheet, the matter, the words."""

    report: str
    sheet: str
    matter: str
    text: str


@dataclass
class Returned:
    """What came back: corrections, explanations, and what is amiss, a line each with its place."""

    corrections: list[Correction] = field(default_factory=list)
    explanations: list[Explanation] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _Said(Struct, frozen=True):
    """What a person says of a cell."""

    state: str
    value: float | int | None
    note: str
    place: str


def is_returned(book: Any) -> bool:
    """Return whether an open workbook is one that `nianbao overview` wrote."""
    return HIDDEN in book.sheetnames and book[HIDDEN]["A1"].value == FORMAT


def read(name: str, book: Any, by: str, at: str) -> Returned:
    """Return what a person filled in in an open workbook; `name` is what messages call it.

    `by` and `at` say who filled it in, and when.
    """
    found = Returned()
    for row in book[HIDDEN].iter_rows(min_row=2, values_only=True):
        content = "".join(str(piece) for piece in row if piece is not None)
        if not content:
            continue
        try:
            kept = json.decode(content, type=Kept)
        except (DecodeError, ValidationError):
            found.faults.append(f"{name}: its hidden sheet is damaged; ask for it once more.")
            continue
        if kept.sheet not in book.sheetnames:
            found.faults.append(f"{name}: the sheet “{kept.sheet}” is not there any more.")
            continue
        _Reader(name, book[kept.sheet], kept, found, by, at).read()
    return found


class _Reader:
    """Reads what was filled in for one report."""

    def __init__(self, name: str, sheet: Any, kept: Kept, found: Returned, by: str, at: str) -> None:
        self._name, self._sheet, self._kept, self._found = name, sheet, kept, found
        self._by, self._at = by, at

    def read(self) -> None:
        """Add corrections, explanations and faults."""
        if not self._stands_as_written():
            return
        said: dict[str, list[_Said]] = {}
        read: dict[str, tuple[str | None, float | int | None]] = {}
        for listed in self._kept.listed:
            read[listed.id] = listed.state, listed.value
            said.setdefault(listed.id, []).extend(self._of_listed(listed))
        for cell in self._kept.cells:
            read[cell.id] = cell.state, cell.value
            said.setdefault(cell.id, []).extend(self._of_table(cell))
        for id, statements in said.items():
            if statements:
                self._decide(id, statements, *read[id])
        for explained in self._kept.explained:
            text = self._text(explained.note_address)
            if text:
                self._found.explanations.append(
                    Explanation(self._kept.report, self._kept.sheet, explained.words, text)
                )

    def _stands_as_written(self) -> bool:
        """Return whether labels and names stand where they were written; the first that moved is a fault."""
        labels = [
            *self._kept.labels,
            *((listed.name_address, listed.name) for listed in self._kept.listed),
            *((explained.words_address, explained.words) for explained in self._kept.explained),
        ]
        for address, text in labels:
            stands = self._sheet[address].value
            if _plain(stands) != _plain(text):
                self._fault(address, f"“{text[:40]}” should stand here; rows and columns must not be moved.")
                return False
        return True

    def _of_listed(self, listed: Listed) -> Iterator[_Said]:
        value, note = self._content(listed.value_address), self._text(listed.note_address)
        if value is None:
            if note:
                self._found.explanations.append(
                    Explanation(self._kept.report, self._kept.sheet, listed.name, note)
                )
            return
        if value == known("workbook")["right"]:
            yield _Said("confirmed", None, note, listed.value_address)
            return
        yield from self._said(value, note, listed.value_address)

    def _of_table(self, cell: TableCell) -> Iterator[_Said]:
        value = self._content(cell.address)
        if value == cell.shown or (value is None and cell.shown is None):
            return
        yield from self._said(known("workbook")["blank"] if value is None else value, "", cell.address)

    def _said(self, value: Any, note: str, address: str) -> Iterator[_Said]:
        words = known("workbook")
        if value == words["missing"]:
            yield _Said("missing", None, note, address)
        elif value == words["blank"] or value in PLACEHOLDERS:
            yield _Said("corrected", None, note, address)
        else:
            number = _number(value)
            if number is None:
                marks = f"{words['blank']}, {words['missing']} or {words['right']}"
                self._fault(address, f"“{value}” is no number; write one, {marks}.")
                return
            yield _Said("corrected", number, note, address)

    def _decide(self, id: str, said: list[_Said], state: str | None, value: float | int | None) -> None:
        first = said[0]
        if any((other.state, other.value) != (first.state, first.value) for other in said):
            places = ", ".join(one.place for one in said)
            self._fault(first.place, f"{id} is corrected in several places ({places}), each time otherwise.")
            return
        read: Any = UNSET if state is None else {"state": state, "value": value}
        correction = Correction(
            id=self._kept.report,
            field=cell_field(id),
            read=read,
            value=first.value if first.state == "corrected" else UNSET,
            state="confirmed"
            if first.state == "confirmed"
            else "missing"
            if first.state == "missing"
            else "corrected",
            by=self._by,
            at=self._at,
            note=next((one.note for one in said if one.note), ""),
        )
        words = _unconfirmable(correction) or fault(correction)
        if words:
            self._fault(first.place, words)
        else:
            self._found.corrections.append(correction)

    def _content(self, address: str) -> Any:
        """Return the content of a cell, None for an empty one; a formula is a fault."""
        cell = self._sheet[address]
        if cell.data_type == "f":
            self._fault(address, f"“{cell.value}” is a formula; write the number that it stands for.")
            return None
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        return None if value == "" else value

    def _text(self, address: str) -> str:
        value = self._content(address)
        return "" if value is None else str(value)

    def _fault(self, address: str, words: str) -> None:
        self._found.faults.append(f"{self._name}, {self._kept.sheet}!{address}: {words.rstrip('.')}.")


def _unconfirmable(correction: Correction) -> str:
    """Return why a confirmation cannot be one; "" where it can."""
    if correction.state != "confirmed":
        return ""
    if correction.read is UNSET or isinstance(correction.read, UnsetType):
        return "a person decided this cell before; write the number"
    is_ambiguous = correction.read["state"] == "ambiguous"
    return "no number was told here that could be right; write it" if is_ambiguous else ""


def _number(value: Any) -> float | int | None:
    if isinstance(value, str):
        try:
            value = float(value.translate(_NUMBER_MARKS))
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return int(value) if float(value).is_integer() else value


def _plain(text: Any) -> str:
    """Return a text as both sides of a program that rewrites white space have it."""
    return "".join(str(text or "").split())
