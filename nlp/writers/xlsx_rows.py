"""Renders rows of a table as the rows of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_col_to_name

from nlp.writers.plain import without_lists
from nlp.writers.remarks import Remarks
from nlp.writers.tables import Row, Table, Value
from nlp.writers.xlsx_texts import Texts

_EXACT = 2**53
"""Excel computes with floats of 64 bits: whole numbers up to this are exact."""
_GREATEST = 1e307
"""Close to the greatest number that Excel has."""
_TOO_LONG = "Numbers of more digits than Excel computes with, written as text"


@dataclass
class SheetRows:
    """Renders rows of one table.

    >>> from nlp.writers.tables import named
    >>> from nlp.writers.xlsx_workbook import Frame
    >>> SheetRows(named("lines"), Texts(Frame(2, 40)), Remarks())(7, (1, None, None, "heading", None))
    '<row r="7"><c r="A7"><v>1</v></c><c r="D7" s="2" t="s"><v>40</v></c></row>'
    """

    table: Table
    texts: Texts
    remarks: Remarks
    _places: list[str] = field(init=False, repr=False)
    _plain: Callable[[Row], Row] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._places = [f'<c r="{xl_col_to_name(n)}' for n in range(len(self.table.columns))]
        self._plain = without_lists(self.table)

    def __call__(self, n: int, row: Row) -> str:
        """Return the XML of row `n` of the sheet, from 1."""
        shared_texts = self.texts.known
        cells: list[str] = []
        for place, value in zip(self._places, self._plain(row), strict=True):  # millions of times: no calls
            if value is None:
                continue
            if type(value) is str:
                cells.append(f"{place}{n}{shared_texts.get(value) or self._text(value, row)}")
            elif (type(value) is int and -_EXACT <= value <= _EXACT) or (
                type(value) is float and -_GREATEST <= value <= _GREATEST
            ):
                cells.append(f'{place}{n}"><v>{value!r}</v></c>')
            else:
                cells.append(f"{place}{n}{self._boolean_or_long_number(value, row)}")
        return f'<row r="{n}">{"".join(cells)}</row>'

    def _text(self, value: str, row: Row) -> str:
        return self.texts.cell(value, f"{self.table.id}, record {row[0]}", self.remarks)

    def _boolean_or_long_number(self, value: Value, row: Row) -> str:
        if isinstance(value, bool):
            return f'" t="b"><v>{value:d}</v></c>'
        self.remarks.add(_TOO_LONG, f"{self.table.id}, record {row[0]}")
        return self._text(repr(value), row)
