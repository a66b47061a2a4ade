"""Reads the lines of a page as pieces of tables, whatever their labels say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from nlp.form.labels.index import in_one_row, openings_like_placeholders, owners
from nlp.form.labels.normalised import key
from nlp.record.model import TABLE_LABELS
from nlp.tables.page.cell_lines import blank_cells
from nlp.tables.page.delimiters import Borders
from nlp.tables.page.glued_labels import may_be_glued, unglued
from nlp.tables.page.named_numbers import column_said, named_numbers
from nlp.tables.page.page_numbers import FRAME, alone, may_be_one
from nlp.tables.page.row_numbers import without_row_numbers
from nlp.tables.page.runs import CELL_KINDS, labels_of
from nlp.tables.page.tokens import Kind, Token, one_of, tokens
from nlp.text.cell_text import Content, read_cell
from nlp.text.cells import CONTINUED
from nlp.text.lines import Line

_NUMBERS, _WORDY = 5, 2
"""So many numbers, and no more texts, are a row however the line was labelled (`> 0 0 0 …` in a mail)."""
_COMMA = re.compile(r"\d,$")
_CONTINUED = re.compile(CONTINUED)
"""What says that a table goes on; white space, brackets and borders may stand around and within it."""
_SIGNS_OF_CONTINUED = re.compile("[续接转]")
"""Each of these words has one of these characters."""
_LONGEST_MARK = 12
"""Such words have so many characters at most, those around them included."""
_AROUND = re.compile(r"[\s()|]")
_SENTENCE_END = "。"
_LONGEST_LABEL = 40
"""No label of a table has so many characters on one line."""


class _PageLine(Struct, frozen=True, gc=False):
    """A line, its label, the table in whose chapter it stands, and its tokens where it may be a table's."""

    line: Line
    label: str | None
    chapter: str | None
    tokens: Sequence[Token] = ()


def read_lines(
    lines: Sequence[Line],
    labels: Sequence[str | None],
    chapters: Sequence[str | None],
    of_pages: Mapping[int, int],
    borders: Borders,
) -> list[Sequence[Token]]:
    """Return the tokens of each line that may be a table's, none for other lines.

    `chapters` are the tables in whose chapter the lines stand, `of_pages` the lines of pages' numbers.
    """
    page = []
    for line, label, chapter in zip(lines, labels, chapters, strict=True):
        found = () if line.n in of_pages else _tokens(line, label, borders, chapter)
        page.append(_PageLine(line, label, chapter, found))
    read = [one.tokens for one in _with_mislabelled(_with_taken_for_pages(page, of_pages))]
    for blank in blank_cells(lines, [chapter is not None for chapter in chapters]):
        read[blank.line - 1] = [blank]
    return _without_groups(without_row_numbers(read, lines, chapters), lines)


def _with_taken_for_pages(page: list[_PageLine], of_pages: Mapping[int, int]) -> list[_PageLine]:
    """Read numbers in tables' chapters that were labelled furniture, but fit not among the pages' own.

    Pages that are numbered have a number outside these chapters as well: the last page has. Where theirs
    are dressed (第2页) a bare one is none of them. In a table of one row (四) any may be a page's.
    """
    taken = {n: alone(one.line) for n, one in enumerate(page) if one.label == "furniture"}
    numbers = {n: number for n, number in taken.items() if number is not None}
    if not of_pages and any(page[n].chapter is None for n in numbers):
        return page
    read = [*page]
    bare = any(page[n - 1].line.plain.isdecimal() for n in of_pages)
    for n, number in numbers.items():
        line = page[n].line
        is_bare = line.plain.strip(FRAME).isdecimal()
        is_known = line.n in of_pages or (bare and may_be_one(number, line.n, of_pages))
        if is_bare and not is_known and page[n].chapter not in (None, *in_one_row()):
            read[n] = structs.replace(page[n], tokens=tokens(line))
    return read


def _with_mislabelled(page: list[_PageLine]) -> list[_PageLine]:
    """Read lines between those of tables that were labelled otherwise and are a part of these all the same.

    A short text that a line of numbers follows is the label of these, also one that the form does not have;
    a number with a mark (`7*`) is no page's, nor is the mark of a blank cell, or a number in words, with a
    border (`/ |`, `〇 |`). Borders on lines of their own say nothing, nor do the numbers of pages.
    """
    read = [*page]
    for n, one in enumerate(page):
        if one.chapter is None or one.tokens or not _is_filled(one):
            continue
        above, below = _next_filled(read, n, -1), _next_filled(read, n, 1)
        if not above or not below:
            continue
        line, label = one.line, one.label
        if label == "furniture":
            is_part = _is_cell(line)
        else:
            is_text = label not in TABLE_LABELS and not line.plain.endswith(_SENTENCE_END)
            is_part = is_text and len(line.plain) <= _LONGEST_LABEL and below[0].kind in CELL_KINDS
        if is_part:
            read[n] = structs.replace(page[n], tokens=tokens(line))
    return read


def _next_filled(page: Sequence[_PageLine], n: int, step: int) -> Sequence[Token]:
    """Return the tokens of the next line up or down that is more than a border or the number of a page."""
    n += step
    while 0 <= n < len(page) and not _is_filled(page[n]):
        n += step
    return page[n].tokens if 0 <= n < len(page) else ()


def _is_filled(one: _PageLine) -> bool:
    """Return whether a line is more than a border, or than a number that was labelled furniture."""
    is_of_page = one.label == "furniture" and alone(one.line) is not None
    return bool(one.line.plain.strip(FRAME)) and not is_of_page


def _is_cell(line: Line) -> bool:
    """Return whether a line is a number, or what no words are with a border beside it: `/ |`, `.2 |`."""
    cell = line.plain.strip(FRAME)
    content = read_cell(cell).content
    is_bordered = 0 < len(cell) < len(line.plain)
    return content is Content.NUMBER or (is_bordered and content is not Content.WORDS)


def _without_groups(read: list[Sequence[Token]], lines: Sequence[Line]) -> list[Sequence[Token]]:
    """Make a 无 a text that is a piece of a group's label (无法提供), set from top to bottom.

    An enumerator alone stands before it: `（四）` above 无, 法, 提, 供; or a row's label and its numbers
    stand in the cells behind it.
    """
    read = [*read]
    openings = openings_like_placeholders()
    before: Sequence[Token] = ()
    for n, found in enumerate(read):
        if not found:
            continue
        if any(opening in lines[n].folded for opening in openings):
            at = 0 if _is_below_enumerator(found, before) else _before_label(found)
            if at is not None:
                read[n] = [*found[:at], structs.replace(found[at], kind=Kind.TEXT), *found[at + 1 :]]
        before = found
    return read


def _is_below_enumerator(found: Sequence[Token], before: Sequence[Token]) -> bool:
    """Tell whether a 无 stands alone on its line, behind an enumerator alone."""
    if len(found) > 1 or not before or not _is_none(found[0]):
        return False
    return before[-1].kind is Kind.TEXT and not key(before[-1].text)


def _before_label(found: Sequence[Token]) -> int | None:
    """Return where a line has a 无 before its row's label, the first of what may be its numbers."""
    at = next((at for at, token in enumerate(found) if token.kind in CELL_KINDS), None)
    if at is None or found[at].cells < 2 or not _is_none(found[at]):
        return None
    behind = [token.kind for token in found[at + 1 :] if token.kind is not Kind.EMPTY]
    return at if len(behind) > 1 and behind[0] is Kind.TEXT and behind[1] in CELL_KINDS else None


def _is_none(token: Token) -> bool:
    return token.kind is Kind.PLACEHOLDER and token.text in openings_like_placeholders()


def _tokens(line: Line, label: str | None, borders: Borders, chapter: str | None) -> Sequence[Token]:
    """Return the tokens of a table's line; a blank line that holds a tab is an empty cell.

    A line that says but that a table goes on (续表2) is none.

    In a table's chapter a line that was labelled otherwise is one too if it holds a row of numbers; heading
    or prose also if it names one of its labels, is nothing but numbers (`共0件 |`) and ends no sentence, or
    nothing but numbers that say their columns (`其他：0`).
    """
    if not label:
        return [Token(Kind.EMPTY, line.n, 0, 0, "", 0, 1)] if "\t" in line.raw else ()
    is_of_table = label in TABLE_LABELS
    if not (is_of_table or chapter) or _says_that_table_goes_on(line.plain):
        return ()
    found = named_numbers(tokens(line, borders), chapter)
    return unglued_line(found) if is_of_table else _row_among_words(line, label, found)


def _says_that_table_goes_on(text: str) -> bool:
    """Return whether a line says that a table goes on, and nothing else: | 表二 (续) |."""
    may_be = len(text) <= _LONGEST_MARK and _SIGNS_OF_CONTINUED.search(text) is not None
    return may_be and _CONTINUED.fullmatch(_AROUND.sub("", text)) is not None


def _row_among_words(line: Line, label: str, found: list[Token]) -> Sequence[Token]:
    """Return the tokens of a line that was labelled as words if it may be a row of numbers, none if not."""
    texts = labels_of(found)
    numbers = sum(token.kind is Kind.VALUE for token in found)
    if numbers >= _NUMBERS and len(texts) <= _WORDY:
        return unglued_line(found)
    are_known = all(column_said(text) or key(text.text) in owners() for text in texts)
    if are_known and any(map(column_said, texts)):
        return found
    if label == "furniture":
        return ()
    are_numbers = numbers > 0 and not texts and not line.plain.endswith(_SENTENCE_END)
    is_named = any(key(token.text) in owners() for token in texts)
    return found if are_numbers or is_named else ()


def unglued_line(found: list[Token]) -> list[Token]:
    """Return tokens with labels parted from the digits that are glued to them."""
    if not any(map(may_be_glued, found)):
        return found
    parts: list[Token] = []
    for token in _with_thousands(found):
        parts += unglued(token)
    return parts


def _with_thousands(found: list[Token]) -> list[Token]:
    """Return tokens with those joined that a comma between digits parted: 行政许可3, and 725."""
    whole: list[Token] = []
    for token in found:
        before = whole[-1] if whole else None
        if before and before.kind is Kind.TEXT and before.end == token.start and _COMMA.search(before.text):
            whole[-1] = one_of(before, token)
        else:
            whole.append(token)
    return whole
