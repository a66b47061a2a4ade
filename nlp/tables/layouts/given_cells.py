"""The layout of tables whose cells the file itself tells (HTML, DOCX, ruled PDF)."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate
from nlp.tables.given.cells import given_cells
from nlp.tables.page.tokens import Kind
from nlp.tables.reading import Manner, Reading
from nlp.tables.table_page import TablePage


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of the cells that the file gives, where it explains every number among them."""
    if not page.page.given:
        return
    given = given_cells(page.page.given, page.lines, page.lexicon.table, page.lexicon)
    if given is None:
        return
    cells: dict[str, dict[str, Candidate]] = {}
    for (row, column), token in given.cells.items():
        cells.setdefault(row, {})[column] = Candidate.of(token, Way.GIVEN)
    matches = {match.row: match for match in page.matches.rows}
    foreign = tuple(token for cell in given.foreign for token in cell.numbers if token.kind is Kind.VALUE)
    yield Reading("given_cells", Manner.BY_CELL, {}, matches, of_unknown_labels=foreign, cells=cells)
