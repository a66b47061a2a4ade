"""Finds the notes of a table's chapter that say of its numbers that they are other ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from nlp.record.model import Span, Tables
from nlp.text.cells import COMPARING, COUNTER, MONEY_UNIT, MULTIPLES, NOTES, any_of
from nlp.text.lines import Line

_NOTE = re.compile(rf"[(*※\s]*(?:{any_of(NOTES['beginning'])}|.*{any_of(NOTES['tables'])})|[(*※]")
_CORRECTING = re.compile(any_of(NOTES["correcting"]))
_YEAR_OF_NUMBERS = re.compile(rf"(20\d\d)年?度?{any_of(NOTES['numbers'])}")
_OF_YEAR_BEFORE = re.compile(
    rf"[为系是用取:]{any_of(COMPARING)}(?:同期)?的?(?:数|{any_of(NOTES['numbers'])})\W*$"
)
_PERIOD_END = re.compile(r"截[至止](?:到|于)?20\d\d年(\d{1,2}月\d{1,2}日)")
_LAST_DAY = "12月31日"
_UNIT = re.compile(rf"{any_of(NOTES['units'])}:?({MONEY_UNIT}|[{''.join(MULTIPLES)}百千]+{COUNTER})")


def notes_against(
    lines: Sequence[Line], spans: Mapping[str, Span], tables: Tables, year: int | None
) -> Iterator[Line]:
    """Yield the notes that correct a number of a table, or say that it is of another time or in another unit.

    `spans` are the chapters of the tables; a unit is looked for below the last number of a table alone: above
    it, it is the header's.
    """
    for table, (first, last) in spans.items():
        cells = [cell for row in tables.get(table, {}).values() for cell in row.values()]
        last_number = max((cell.line or 0 for cell in cells), default=0)
        for line in lines[first - 1 : last]:
            if not is_note(line):
                continue
            unit = _UNIT.search(line.folded) if line.n > last_number else None
            is_of_another_unit = unit is not None and unit.group(1) not in NOTES["units_of_form"]
            if is_of_another_unit or _is_against(line.folded, year):
                yield line


def is_note(line: Line) -> bool:
    """Return whether a line begins as a note does, or speaks of a table.

    >>> from nlp.text.lines import split
    >>> [is_note(line) for line in split("注：不含简易程序。\\n上表数据为累计数。\\n我局受理申请2件。")]
    [True, True, False]
    """
    return _NOTE.match(line.folded) is not None


def _is_against(text: str, year: int | None) -> bool:
    """Return whether a note corrects a number, or says that numbers are of another time than the year."""
    of_year = _YEAR_OF_NUMBERS.search(text)
    period_end = _PERIOD_END.search(text)
    names_another_year = of_year is not None and of_year.group(1) != str(year)
    is_of_another_year = names_another_year or _OF_YEAR_BEFORE.search(text) is not None
    is_of_part = period_end is not None and period_end.group(1) != _LAST_DAY
    return is_of_another_year or is_of_part or _CORRECTING.search(text) is not None
