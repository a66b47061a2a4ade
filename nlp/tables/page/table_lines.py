"""Reads the lines of a page as pieces of tables, whatever their labels say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import structs

from nlp.form.labels.index import in_one_row, openings_like_placeholders, owners
from nlp.form.labels.normalised import key
from nlp.record.model import TABLE_LABELS
from nlp.tables.page.cell_lines import blank_cells
from nlp.tables.page.glued_labels import unglued
from nlp.tables.page.page_numbers import FRAME, alone, may_be_one
from nlp.tables.page.row_numbers import without_row_numbers
from nlp.tables.page.runs import CELL_KINDS
from nlp.tables.page.tokens import Kind, Pipes, Token, one_of, tokens
from nlp.text.cell_text import Content, read_cell
from nlp.text.cells import PLACEHOLDER_ENDS, UNIT
from nlp.text.lines import Line

_NUMBERS, _WORDY = 5, 2
"""So many numbers, and no more texts, are a row however the line was labelled (`> 0 0 0 …` in a mail)."""
_ENDS = re.compile(rf"[\d){PLACEHOLDER_ENDS}](?:\s?{UNIT})?$|\d\D{{0,2}}$")
"""What a text ends with to which a number may be glued."""
_LAST = 4
"""So many characters are its end."""
_COMMA = re.compile(r"\d,$")
_SENTENCE_END = "。"
_LONGEST_LABEL = 40
"""No label of a table has so many characters on one line."""


def read_lines(
    lines: Sequence[Line],
    labels: Sequence[str | None],
    chapters: Sequence[str | None],
    of_pages: Mapping[int, int],
    pipes: Pipes,
) -> list[Sequence[Token]]:
    """Return the tokens of each line that may be a table's, none for other lines.

    `chapters` are the tables in whose chapter the lines stand, `of_pages` the lines of pages' numbers.
    """
    read = [
        () if line.n in of_pages else _tokens(line, label, pipes, here is not None)
        for line, label, here in zip(lines, labels, chapters, strict=True)
    ]
    read = _with_taken_for_pages(read, lines, labels, chapters, of_pages)
    read = _with_mislabelled(read, lines, labels, chapters)
    for blank in blank_cells(lines, [chapter is not None for chapter in chapters]):
        read[blank.line - 1] = [blank]
    return _without_groups(without_row_numbers(read), lines)


def _with_taken_for_pages(
    read: list[Sequence[Token]],
    lines: Sequence[Line],
    labels: Sequence[str | None],
    chapters: Sequence[str | None],
    of_pages: Mapping[int, int],
) -> list[Sequence[Token]]:
    """Read numbers in tables' chapters that were labelled furniture, but fit not among the pages' own.

    Pages that are numbered have a number outside these chapters as well: the last page has. Where theirs
    are dressed (第2页) a bare one is none of them.
    """
    taken = {n: alone(line) for n, line in enumerate(lines) if labels[n] == "furniture"}
    numbers = {n: number for n, number in taken.items() if number is not None}
    if not of_pages and any(chapters[n] is None for n in numbers):
        return read
    read = [*read]
    bare = any(lines[n - 1].plain.isdecimal() for n in of_pages)
    for n, number in numbers.items():
        line, table = lines[n], chapters[n]
        if table is None or line.n in of_pages or not line.plain.strip(FRAME).isdecimal():
            continue
        fits = bare and may_be_one(number, line.n, of_pages)
        if not fits and (table not in in_one_row() or _is_beside_a_number(n, lines)):
            read[n] = tokens(line)
    return read


def _with_mislabelled(
    read: list[Sequence[Token]],
    lines: Sequence[Line],
    labels: Sequence[str | None],
    chapters: Sequence[str | None],
) -> list[Sequence[Token]]:
    """Read lines between those of tables that were labelled otherwise and are a part of these all the same.

    A short text that a line of numbers follows is the label of these, also one that the form does not have;
    a number with a mark (`7*`) is no page's.
    """
    read = [*read]
    filled = [n for n, line in enumerate(lines) if not line.blank]
    for above, n, below in zip(filled, filled[1:], filled[2:], strict=False):
        if chapters[n] is None or read[n] or not read[above] or not read[below]:
            continue
        line = lines[n]
        if labels[n] == "furniture":
            is_part = alone(line) is None and read_cell(line.plain).content is Content.NUMBER
        else:
            is_text = labels[n] not in TABLE_LABELS and not line.plain.endswith(_SENTENCE_END)
            is_part = is_text and len(line.plain) <= _LONGEST_LABEL and read[below][0].kind in CELL_KINDS
        if is_part:
            read[n] = tokens(line)
    return read


def _is_beside_a_number(n: int, lines: Sequence[Line]) -> bool:
    """Tell whether the line before or behind is a number: boxes of one row that a tool scatters are not."""
    beside = (lines[m].plain for m in (n - 1, n + 1) if 0 <= m < len(lines))
    return any(text.replace(" ", "").isdecimal() for text in beside)


def _without_groups(read: list[Sequence[Token]], lines: Sequence[Line]) -> list[Sequence[Token]]:
    """Make a 无 a text that is a piece of a group's label (无法提供), set from top to bottom.

    An enumerator alone stands before it: `（四）` above 无, 法, 提, 供; or a row's label and its numbers
    stand in the cells behind it.
    """
    read = [*read]
    filled = [n for n, found in enumerate(read) if found]
    nones = {n for n in filled if any(word in lines[n].folded for word in openings_like_placeholders())}
    for before, n in pairwise(filled) if nones else ():
        first, last = read[n][0], read[before][-1]
        alone = n in nones and len(read[n]) == 1 and _is_none(first)
        if alone and last.kind is Kind.TEXT and not key(last.text):
            read[n] = [structs.replace(first, kind=Kind.TEXT)]
    for n in sorted(nones):
        if (at := _before_label(read[n])) is not None:
            read[n] = [*read[n][:at], structs.replace(read[n][at], kind=Kind.TEXT), *read[n][at + 1 :]]
    return read


def _before_label(found: Sequence[Token]) -> int | None:
    """Return where a line has a 无 before its row's label, the first of what may be its numbers."""
    at = next((at for at, token in enumerate(found) if token.kind in CELL_KINDS), None)
    if at is None or found[at].cells < 2 or not _is_none(found[at]):
        return None
    behind = [token.kind for token in found[at + 1 :] if token.kind is not Kind.EMPTY]
    return at if len(behind) > 1 and behind[0] is Kind.TEXT and behind[1] in CELL_KINDS else None


def _is_none(token: Token) -> bool:
    return token.kind is Kind.PLACEHOLDER and token.text in openings_like_placeholders()


def _tokens(line: Line, label: str | None, pipes: Pipes, in_chapter: bool) -> Sequence[Token]:
    """Return the tokens of a table's line; a blank line that holds a tab is an empty cell.

    In a table's chapter a line that was labelled otherwise is one too if it holds a row of numbers; heading
    or prose also if it names one of its labels, or is nothing but numbers (`共0件 |`) and ends no sentence.
    """
    if not label:
        return [Token(Kind.EMPTY, line.n, 0, 0, "", 0, 1)] if "\t" in line.raw else ()
    if label in TABLE_LABELS:
        return unglued_line(tokens(line, pipes))
    if not in_chapter:
        return ()
    found = tokens(line, pipes)
    texts = [token for token in found if token.kind is Kind.TEXT]
    numbers = sum(token.kind is Kind.VALUE for token in found)
    if numbers >= _NUMBERS and len(texts) <= _WORDY:
        return unglued_line(found)
    if label == "furniture":
        return ()
    if numbers and not texts and not line.plain.endswith(_SENTENCE_END):
        return found
    named = any(key(token.text) in owners() for token in texts)
    return found if named else ()


def unglued_line(found: list[Token]) -> list[Token]:
    """Return tokens with labels parted from the digits that are glued to them."""
    if not any(map(_may_be_glued, found)):
        return found
    whole = _with_thousands(found)
    return [part for token in whole for part in (unglued(token) if _may_be_glued(token) else (token,))]


def _may_be_glued(token: Token) -> bool:
    text = token.text
    return token.kind is Kind.TEXT and (text[0].isdecimal() or _ENDS.search(text[-_LAST:]) is not None)


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
