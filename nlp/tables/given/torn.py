"""Puts rows of given tables together that a page break tore in two."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import parts
from nlp.tables.given.grid import Grid, GridCell
from nlp.tables.given.headers import column_named
from nlp.tables.labels.row_matches import row_named
from nlp.tables.page.tokens import Kind, Token


def with_torn_rows_joined(grid: Grid, lexicon: Lexicon) -> Grid:
    """Return a table whose rows are whole again: their parts stand in the upper row, headers in the lower.

    Only labels tell that a row was torn: where two parts together are a label of the form, and they are not
    two labels of it. A row without any label goes with the one above, if one of the two is without numbers.
    """
    if not grid.page_breaks:
        return grid
    covering = [list(row) for row in grid.covering]
    for first_row in grid.page_breaks:
        above = _last_row_with_text(covering, first_row)
        below = _first_new_row(covering, first_row)
        if above is not None and below is not None:
            _join(covering, above, below, lexicon)
    return replace(grid, covering=covering)


def _last_row_with_text(covering: Sequence[Sequence[GridCell]], below: int) -> int | None:
    for row in range(below - 1, -1, -1):
        if any(cell.row == row and not cell.is_empty for cell in covering[row]):
            return row
    return None


def _first_new_row(covering: Sequence[Sequence[GridCell]], first_row: int) -> int | None:
    """Return the first row of a page that does not repeat one of the pages before, as headers do."""
    texts_above = {_texts(covering, row) for row in range(first_row)}
    for row in range(first_row, len(covering)):
        if _texts(covering, row) not in texts_above:
            return row
    return None


def _texts(covering: Sequence[Sequence[GridCell]], row: int) -> tuple[str, ...]:
    return tuple(cell.text for cell in covering[row] if cell.row == row)


def _join(covering: list[list[GridCell]], above: int, below: int, lexicon: Lexicon) -> None:
    upper = {(cell.column, cell.column_span): cell for cell in covering[above]}
    lower = [cell for cell in covering[below] if cell.row == below]
    torn_headers: dict[int, GridCell] = {}
    is_torn_row = False
    for place, cell in enumerate(covering[below]):
        part = upper.get((cell.column, cell.column_span))
        if part is None or cell.row != below or not (cell.is_label and part.is_label):
            continue
        whole = _joined(part, cell)
        if row_named(whole.text, lexicon) and not (_is_known(part, lexicon) and _is_known(cell, lexicon)):
            is_torn_row = True
        elif _is_one_header(whole, part, cell, lexicon):
            torn_headers[place] = whole
    if not is_torn_row and not torn_headers:
        is_torn_row = _goes_with(covering[above], above, lower, lexicon)
    if is_torn_row:
        lower_by_place = {(cell.column, cell.column_span): cell for cell in lower}
        covering[above] = [
            _joined(cell, lower_by_place[cell.column, cell.column_span])
            if cell.row == above and (cell.column, cell.column_span) in lower_by_place
            else cell
            for cell in covering[above]
        ]
        joined_places = {(cell.column, cell.column_span) for cell in covering[above] if cell.row == above}
        covering[below] = [
            cell
            for cell in covering[below]
            if cell.row != below or (cell.column, cell.column_span) not in joined_places
        ]
    for place, whole in torn_headers.items():
        covering[below][place] = replace(whole, row=below, row_span=covering[below][place].row_span)
        part = upper[whole.column, whole.column_span]
        for row in range(part.row, below):
            covering[row] = [_emptied(cell) if cell is part else cell for cell in covering[row]]


def _goes_with(
    covering_above: Sequence[GridCell], above: int, lower: Sequence[GridCell], lexicon: Lexicon
) -> bool:
    """Return whether a row that begins a page without a label belongs to the last row before."""
    upper = [cell for cell in covering_above if cell.row == above]
    has_label = any(row_named(cell.text, lexicon) for cell in upper if cell.is_label)
    lower_has_words = any(cell.is_label for cell in lower)
    upper_has_numbers = any(cell.numbers for cell in upper)
    lower_has_numbers = any(cell.numbers for cell in lower)
    return has_label and not lower_has_words and lower_has_numbers and not upper_has_numbers


def _is_known(cell: GridCell, lexicon: Lexicon) -> bool:
    return row_named(cell.text, lexicon) is not None


def _is_one_header(whole: GridCell, upper: GridCell, lower: GridCell, lexicon: Lexicon) -> bool:
    """Return whether two parts together name a column, and neither names another one by itself."""
    column = column_named(whole, lexicon)
    if column is None or not upper.tokens:
        return False
    by_themselves = {column_named(upper, lexicon), column_named(lower, lexicon)}
    return by_themselves <= {None, column}


def _joined(upper: GridCell, lower: GridCell) -> GridCell:
    """Return a cell of two parts; where one of them is empty it is the other one."""
    if lower.is_empty:
        return upper
    if upper.is_empty:
        return replace(lower, row=upper.row, row_span=upper.row_span)
    text = upper.text + lower.text
    enumerator, label = parts(text)
    return replace(
        upper,
        text=text,
        enumerator=enumerator,
        key=label,
        filling=None,
        tokens=upper.tokens + lower.tokens,
    )


def _emptied(cell: GridCell) -> GridCell:
    first = cell.tokens[0]
    empty = Token(Kind.EMPTY, first.line, first.start, first.start, "")
    return replace(cell, text="", enumerator="", key="", filling=empty, tokens=())
