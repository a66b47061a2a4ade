"""Tells which rows have cells that a page prints and of which no number was read."""

from __future__ import annotations

import re
from collections.abc import Container

from nlp.tables.columns.grid import Grid
from nlp.tables.labels.row_matches import RowMatch
from nlp.tables.page.brackets import REMARK
from nlp.tables.page.runs import Run, numbers_in
from nlp.tables.page.tokens import Kind
from nlp.tables.table_page import TablePage
from nlp.text.cell_text import Content, read_cell

_NUMBER_AT_END = re.compile(r"\s\d+\W?$")


def is_end_of_page(page: TablePage, match: RowMatch) -> bool:
    """Return whether a page ends behind a label: the cells of its row were cut off."""
    if match.last != len(page.tokens) - 1:
        return False
    line = page.tokens[match.last].line
    return all(behind.blank for behind in page.lines[line:])


def is_number_unread(page: TablePage, match: RowMatch, run: Run, labels: Container[int]) -> bool:
    """Return whether a number that a row prints was read as none.

    It may be the first text behind the row's label (`(2)`, `1.5.1`), if that is none of the form's `labels`,
    told by their places among the tokens; or the label's own end (`行政许可 7,`).
    """
    if numbers_in(run) == 0 and _NUMBER_AT_END.search(page.tokens[match.last].text):
        return True
    for at in range(match.last + 1, len(page.tokens)):
        token = page.tokens[at]
        if token.kind is Kind.TEXT:
            is_label = at in labels
            return not is_label and read_cell(token.text).content in (Content.NUMBER, Content.UNREADABLE)
    return False


def has_words_for_numbers(
    page: TablePage, match: RowMatch, run: Run, labels: Container[int], grid: Grid
) -> bool:
    """Return whether a row that lacks numbers has words in the cells beside its label: `####`, `见附件`.

    A remark in brackets is none. Behind another one of the form's `labels`, told by their places among the
    tokens, no cell is this row's.
    """
    label = page.tokens[match.last]
    if label.cells < 2 or numbers_in(run) >= grid.width:
        return False
    first = grid.start(label.cells, label.cell) or label.cell + 1
    for at in range(match.last + 1, len(page.tokens)):
        token = page.tokens[at]
        if at in labels or token.line != label.line:
            return False
        is_in_cell = first <= token.cell < first + grid.width
        if token.kind is Kind.TEXT and is_in_cell and not REMARK.fullmatch(token.text):
            return True
    return False
