"""Renders rows of a table as the rows of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from string import digits

from xlsxwriter.utility import xl_col_to_name

from nlp.writers.plain import without_lists
from nlp.writers.remarks import Remarks
from nlp.writers.tables import Headers, Row, Table, Value, words
from nlp.writers.xlsx_looks import height, wrapped_columns
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
    >>> SheetRows(named("lines"), Texts(Frame(2, 40)), Remarks())(7, (1, *[None] * 4, "heading", None))
    '<row r="7"><c r="A7"><v>1</v></c><c r="F7" s="2" t="s"><v>40</v></c></row>'
    """

    table: Table
    texts: Texts
    remarks: Remarks
    headers: Headers = "en"
    _places: list[str] = field(init=False, repr=False)
    _plain: Callable[[Row], Row] = field(init=False, repr=False)
    _wrapped: list[tuple[int, int]] = field(init=False, repr=False)
    _styles: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        letters = [xl_col_to_name(n) for n in range(len(self.table.columns))]
        self._places = [f'<c r="{letter}' for letter in letters]
        self._plain = _in_words(self.table, self.headers, without_lists(self.table))
        self._wrapped = wrapped_columns(self.table, self.headers)
        styles = self.texts.other_styles(self.table.id)
        self._styles = {letters[n]: style for n, style in styles.items()}

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
        if not self._styles:
            return f'<row r="{n}">{"".join(cells)}</row>'
        return self._styled(n, row, cells)

    def _styled(self, n: int, row: Row, cells: list[str]) -> str:
        """Return the XML of a row some of whose columns look different, as high as its wrapped texts need."""
        plain_style = f' s="{self.texts.text_style}"'
        styled = []
        for cell in cells:
            _, reference, rest = cell.split('"', 2)
            style = self._styles.get(reference.rstrip(digits))
            if style is not None:
                cell = f'<c r="{reference}" s="{style}"{rest.removeprefix(plain_style)}'
            styled.append(cell)
        high = height((str(row[place]), width) for place, width in self._wrapped if row[place] is not None)
        return f'<row r="{n}" ht="{high:g}" customHeight="1">{"".join(styled)}</row>'

    def _text(self, value: str, row: Row) -> str:
        return self.texts.cell(value, f"{self.table.id}, record {row[0]}", self.remarks)

    def _boolean_or_long_number(self, value: Value, row: Row) -> str:
        if isinstance(value, bool):
            return f'" t="b"><v>{value:d}</v></c>'
        self.remarks.add(_TOO_LONG, f"{self.table.id}, record {row[0]}")
        return self._text(repr(value), row)


def _in_words(table: Table, headers: Headers, plain: Callable[[Row], Row]) -> Callable[[Row], Row]:
    """Return `plain` for a table whose codes are told in words as well, where the headers are Chinese."""
    coded = [(n, words(column.words)) for n, column in enumerate(table.columns) if column.words]
    if headers == "en" or not coded:
        return plain

    def in_words(row: Row) -> Row:
        values = list(plain(row))
        for n, chinese in coded:
            values[n] = chinese.get(str(values[n]), values[n])
        return tuple(values)

    return in_words
