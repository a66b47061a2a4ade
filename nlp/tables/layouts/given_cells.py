"""The layout of tables whose cells the file itself tells (HTML, DOCX, ruled PDF)."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.tables.columns.candidates import Candidate
from nlp.tables.given.cells import given_cells
from nlp.tables.reading import Reading, Way
from nlp.tables.table_page import TablePage

_GIVEN = 0.999
"""The confidence in a cell that stands in its row and under its header in the file's own table."""


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of the cells that the file gives, where it explains every number among them."""
    if not page.page.given:
        return
    given = given_cells(page.page.given, page.lines, page.lexicon.table, page.lexicon)
    if given is None or not given.complete:
        return
    cells: dict[str, dict[str, Candidate]] = {}
    for (row, column), token in given.cells.items():
        cells.setdefault(row, {})[column] = Candidate.of(token, _GIVEN)
    matches = {match.row: match for match in page.matches.rows}
    yield Reading(
        "given_cells",
        Way.BY_CELL,
        {},
        matches,
        given.unplaced,
        of_unknown_labels=given.foreign,
        cells=cells,
    )
