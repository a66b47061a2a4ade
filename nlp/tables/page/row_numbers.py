"""Takes off the numbers before a table's rows and above its columns: of a tool (pandas), of 序号."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.form.labels.normalised import key
from nlp.tables.page.runs import labels_of, numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import ROW_NUMBERS

_FEWEST_ROWS = 4
"""So many rows that count on from 0 or 1 are numbered; fewer may hold such numbers by chance."""
_FEWEST_COLUMNS = 3
_FIRST = ("0", "1")
_FEWEST_ALONE = 5
"""So many numbers that count on from 1 are those of columns wherever they stand: no row's sum is so."""
_LONGEST_NAME = 2
"""So many characters has what stands before the numbers of columns at most: 栏次, 甲."""

TokenLines = Sequence[Sequence[Token]]


def without_row_numbers(read: TokenLines) -> list[Sequence[Token]]:
    """Return the tokens of a page's lines without the numbers of rows, and of the columns above them.

    `read` holds the tokens of each line, none for lines of no table. Rows are numbered where each begins with
    a number one greater than the row before it, and a label stands behind some of these numbers; or where
    their column has a header.
    """
    bare = [() if numbers_columns(found) else found for found in read]
    for rows in _numbered_runs(read):
        for line in rows:
            bare[line] = read[line][1:]
        for above in _lines_above(read, rows[0]):
            if _counts_columns(read[above]):
                bare[above] = ()
    for line in _below_header(read):
        bare[line] = read[line][1:]
    return bare


def _below_header(read: TokenLines) -> Iterator[int]:
    """Yield the headers that begin with that of the rows' numbers, and the rows below that begin with one.

    Another header behind such rows ends them.
    """
    is_counted = is_counting = False
    for line, found in enumerate(read):
        first = found[0] if len(found) > 1 else None
        if first is None:
            continue
        if first.kind is Kind.TEXT and key(first.text) in ROW_NUMBERS:
            yield line
            is_counted, is_counting = True, False
        elif is_counted and first.kind is Kind.VALUE and first.text.isdecimal() and _is_label_behind(found):
            yield line
            is_counting = True
        elif is_counting and len(labels_of(found)) > 1 and not numbers_of(found):
            is_counted = False


def _is_label_behind(found: Sequence[Token]) -> bool:
    """Return whether a text follows the first token of a line, blank cells between at most."""
    filled = [token for token in found[1:] if token.kind is not Kind.EMPTY]
    return bool(filled) and filled[0].kind is Kind.TEXT


def numbers_columns(found: Sequence[Token]) -> bool:
    """Return whether a line, or a row, holds nothing but the numbers of a table's columns, and their name."""
    filled = [token for token in found if token.kind is not Kind.EMPTY]
    is_named = bool(filled) and filled[0].kind is Kind.TEXT and len(filled[0].text) <= _LONGEST_NAME
    numbers = filled[1:] if is_named else filled
    return len(numbers) >= _FEWEST_ALONE and numbers[0].text == "1" and _counts_columns(numbers)


def _numbered_runs(read: TokenLines) -> Iterator[list[int]]:
    """Yield the lines of rows that are numbered, run after run."""
    run: list[int] = []
    for line, found in enumerate(read):
        if not found:
            continue
        if run and found[0].text == str(_first(read, run) + len(run)):
            run.append(line)
            continue
        if _is_numbered(read, run):
            yield run
        run = [line] if found[0].text in _FIRST and len(found) > 1 else []
    if _is_numbered(read, run):
        yield run


def _first(read: TokenLines, run: Sequence[int]) -> int:
    return int(read[run[0]][0].text)


def _is_numbered(read: TokenLines, run: Sequence[int]) -> bool:
    """Return whether a run of rows is long enough, and its numbers stand before labels."""
    if len(run) < _FEWEST_ROWS:
        return False
    labelled = [line for line in run if len(read[line]) > 1 and read[line][1].kind is Kind.TEXT]
    return len(labelled) > 1


def _lines_above(read: TokenLines, line: int) -> list[int]:
    """Return the last two lines above that hold tokens: the first row's number may be hidden in words."""
    filled = [above for above in range(line) if read[above]]
    return filled[-2:]


def _counts_columns(found: Sequence[Token]) -> bool:
    """Return whether a line holds nothing but numbers that count on from 0 or 1."""
    texts = [token.text for token in found if token.kind is not Kind.EMPTY]
    counted = [[str(first + place) for place in range(len(texts))] for first in (0, 1)]
    return len(texts) >= _FEWEST_COLUMNS and texts in counted
