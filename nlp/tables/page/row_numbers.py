"""Takes off the numbers before a table's rows and above its columns: of a tool (pandas), of 序号."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from nlp.form.labels.normalised import key
from nlp.tables.page.page_numbers import FRAME
from nlp.tables.page.runs import numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import ROW_NUMBERS
from nlp.text.lines import Line

_FEWEST_ROWS = 4
"""So many rows that count on from 0 or 1 are numbered; fewer may hold such numbers by chance."""
_FEWEST_COLUMNS = 3
_FIRST = ("0", "1")
_FEWEST_ALONE = 5
"""So many numbers that count on from 1 are those of columns wherever they stand: no row's sum is so."""
_ROW_NUMBERS = tuple(ROW_NUMBERS)
_BORDERS = re.compile(r"[\s|]+")
_DIGITS = 2
"""So many digits has the number of a row at most."""
_LONGEST_NAME = 2
"""So many characters has what stands before the numbers of columns at most: 栏次, 甲."""

TokenLines = Sequence[Sequence[Token]]


def without_row_numbers(
    read: TokenLines, lines: Sequence[Line], chapters: Sequence[str | None]
) -> list[Sequence[Token]]:
    """Return the tokens of a page's lines without the numbers of rows, and of the columns above them.

    `read` holds the tokens of each line, none for lines of no table, `chapters` the table in whose chapter
    each line stands. Rows are numbered where each begins with a number one greater than the row before it,
    and a label stands behind some of these numbers; or where their column has a header.
    """
    bare = [() if found and numbers_columns(found) else found for found in read]
    for rows in _numbered_runs(read):
        for line in rows:
            bare[line] = read[line][1:]
        for above in _lines_above(read, rows[0]):
            if _counts_columns(read[above]):
                bare[above] = ()
    for line in _below_header(read, lines, chapters):
        bare[line] = read[line][1:]
    return bare


def _below_header(read: TokenLines, lines: Sequence[Line], chapters: Sequence[str | None]) -> Iterator[int]:
    """Yield the lines of headers that begin with that of the rows' numbers, and of these numbers below."""
    stretches = list(_stretches(read, lines, chapters))
    for header, below in stretches:
        if read[header] and key(read[header][0].text) in ROW_NUMBERS:
            yield header
        yield from _before_labels(read, below)
    yield from _alone(read, [below for _, below in stretches])


def _before_labels(read: TokenLines, below: Sequence[int]) -> Iterator[int]:
    """Yield the lines below a header that begin with a number before a text."""
    for line in below:
        first, *others = filter(_is_filled, read[line])
        if _is_row_number(first) and others and others[0].kind is Kind.TEXT:
            yield line


def _alone(read: TokenLines, stretches: Iterable[Sequence[int]]) -> list[int]:
    """Return the lines of numbers alone that count on, each before a text: a page has a line for each cell.

    None where one stands right behind a label: it may as well be that row's only value.
    """
    numbers: list[int] = []
    count = 0
    for below in stretches:
        is_behind_label = False
        for line, after in pairwise(below):
            filled = [*filter(_is_filled, read[line])]
            is_first = not numbers or numbers[-1] < below[0]
            is_before_text = next(filter(_is_filled, read[after])).kind is Kind.TEXT
            if len(filled) == 1 and _is_row_number(filled[0]) and is_before_text:
                number = int(filled[0].text)
                if number == count + 1 or (is_first and number == 1):
                    if is_behind_label and not is_first:
                        return []
                    numbers.append(line)
                    count = number
            is_behind_label = filled[-1].kind is Kind.TEXT
    return numbers


def _is_row_number(token: Token) -> bool:
    return token.kind is Kind.VALUE and token.text.isdecimal() and len(token.text) <= _DIGITS


def _stretches(
    read: TokenLines, lines: Sequence[Line], chapters: Sequence[str | None]
) -> Iterator[tuple[int, list[int]]]:
    """Yield each header of the rows' numbers with the lines of tokens below it, up to the last with a number.

    They end before the next such header, and with the chapter.
    """
    may_be = [n for n, line in enumerate(lines) if line.plain.strip(FRAME).startswith(_ROW_NUMBERS)]
    headers = [n for n in may_be if chapters[n] and _first_word(lines[n]) in ROW_NUMBERS]
    for header, end in pairwise([*headers, len(lines)]):
        below = [n for n in range(header + 1, end) if chapters[n] == chapters[header]]
        filled = [n for n in below if any(map(_is_filled, read[n]))]
        while filled and not numbers_of(read[filled[-1]]):
            filled.pop()
        yield header, filled


def _first_word(line: Line) -> str:
    """Return what stands before the first blank or border within a line."""
    return _BORDERS.split(line.plain.strip(FRAME))[0]


def _is_filled(token: Token) -> bool:
    return token.kind is not Kind.EMPTY


def numbers_columns(found: Sequence[Token]) -> bool:
    """Return whether a line, or a row, holds nothing but the numbers of a table's columns, and their name."""
    if len(found) < _FEWEST_ALONE:
        return False
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
