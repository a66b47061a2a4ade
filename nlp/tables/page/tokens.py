"""Cuts a table's lines into tokens: label texts, values, placeholders, empty cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar

from msgspec import Struct, structs

from nlp.tables.page.brackets import masked
from nlp.tables.page.delimiters import MARKDOWN, Borders, cells_of
from nlp.tables.page.odd_numbers import (
    CHANGES,
    UNREADABLE_LAST,
    WITH_UNIT,
    are_several,
    special_number,
)
from nlp.text.cell_text import Content, read_cell
from nlp.text.cells import (
    NO_UNITS,
    NUMBER_BELOW,
    PLACEHOLDER,
    PLACEHOLDER_STARTS,
    WORDS,
    any_of,
)
from nlp.text.enumerators import shape
from nlp.text.folding import HOLE, filled
from nlp.text.lines import Line


class Kind(Struct, frozen=True, gc=False):
    """What a token is: one of four kinds.

    It is no Enum: to name a member of one takes four times as long, and tables do so ten thousand times.
    """

    value: str

    TEXT: ClassVar[Kind]
    VALUE: ClassVar[Kind]
    PLACEHOLDER: ClassVar[Kind]
    EMPTY: ClassVar[Kind]


Kind.TEXT = Kind("text")
Kind.VALUE = Kind("value")
Kind.PLACEHOLDER = Kind("placeholder")
Kind.EMPTY = Kind("empty")


class Token(Struct, frozen=True, gc=False):
    """A piece of line `line` (a Line.n): `raw[start:end]`, read as `text`.

    `cell` counts the cells of a line whose cells are delimited (by tabs, pipes or ruled lines) and
    `cells` how many it has; both are -1 where white space is all that parts the numbers.
    """

    kind: Kind
    line: int
    start: int
    end: int
    text: str
    cell: int = -1
    cells: int = -1


_NO_VALUE = rf"[.,]\d|{any_of(NO_UNITS)}|[.、)]\s*[\u4e00-\u9fff]|{shape('label_in_turn')}"
"""What follows a number that is none of the table's: 保留 4 位小数, `2 . 重 复 申 请`, `3 他 .其`."""
_FILLING = re.compile(
    rf"(?<![^\s|,])(?:(?P<value>{WITH_UNIT})(?=\s|$|\()(?!\s?(?:{_NO_VALUE}))"
    rf"|(?P<placeholder>{PLACEHOLDER})(?!\S)(?!\s+(?!{any_of(WORDS)}(?!\S))(?:\d{{1,2}}[.、]\s*)?[\u4e00-\u9fff]))"
)
_DIGIT = re.compile(r"\d")
_ENUMERATED = re.compile(shape("group_alone"))
"""What makes 无 the beginning of a label: `( 四 ) 无` above 法提供."""
_STARTS = PLACEHOLDER_STARTS | {"+", "-"}
"""What a value or a placeholder begins with, unless with a digit."""
_RULE = re.compile(r"[\s|:+=_-]*(?:-{3,}|={3,}|_{3,})[\s|:+=_-]*$")
_INNER = re.compile(rf"(?<=\S)[ \t]{{3,}}(?=\S)|(?<=\S{{2}}) {{2}}(?=\S{{2}})|{shape('next_label')}")
_LABEL = re.compile(r"(?:\([\u4e00-\u9fff]+\)|\d{1,2}[.、])?[\u4e00-\u9fff]+")
"""Chinese characters behind an enumerator or none: a label, unless they are the mark of a blank cell."""
_LONGEST_CELL = 8
"""A number in words, or a mark of a blank cell, has so many characters at most."""
_MAY_PART = re.compile(r"  |\(|\d ?[.、]|\t")
_OUTER = " \t"


def tokens(line: Line, borders: Borders = MARKDOWN) -> list[Token]:
    """Return the tokens of a line in reading order.

    A value token is the number as printed, its unit included; a remark in brackets behind it is text.
    `borders` tells what the page's outer delimiters mean.

    >>> from nlp.text.lines import split
    >>> [(t.kind.value, t.text) for t in tokens(split("（四）无 1.本机关不掌握 31 2 0")[0])]
    [('text', '(四)无'), ('text', '1.本机关不掌握'), ('value', '31'), ('value', '2'), ('value', '0')]
    >>> [(t.kind.value, t.cell) for t in tokens(split("规章\\t0\\t/\\t")[0])]
    [('text', 0), ('value', 1), ('placeholder', 2), ('empty', 3)]
    """
    folded = line.folded
    if folded.isdecimal():  # half of all lines of tables
        return [Token(Kind.VALUE, line.n, 0, len(folded), folded)]
    if HOLE in folded:
        return list(_around_holes(line, borders))
    if _RULE.match(folded):
        return []
    cells = cells_of(folded, borders)
    if len(cells) == 1:
        start, text = cells[0]
        return _undelimited(line, start, start + len(text))
    found: list[Token] = []
    many = len(cells)
    for cell, (start, text) in enumerate(cells):
        if text.isdecimal():  # nearly all cells
            found.append(Token(Kind.VALUE, line.n, start, start + len(text), text, cell, many))
        else:
            found += _cell(line, start, start + len(text), cell, many)
    return found


def _undelimited(line: Line, start: int, end: int) -> list[Token]:
    """Return the tokens of a line without delimiters."""
    text = line.folded[start:end]
    alone = text.strip()
    if alone.isdecimal() or NUMBER_BELOW in text:
        return _pieces(line, start, end, -1, -1)
    if _is_cell_alone(alone):
        return _cell(line, start, end, -1, -1)
    if _DIGIT.search(alone) is None or _LABEL.fullmatch(alone):
        return _pieces(line, start, end, -1, -1)
    unreadable = UNREADABLE_LAST.search(line.folded)
    if unreadable is not None:
        number = Token(Kind.VALUE, line.n, *unreadable.span(1), unreadable.group(1))
        return [*_pieces(line, start, number.start, -1, -1), number]
    label_end, counts = _trailing_counts(line, start, end)
    return [*_pieces(line, start, label_end, -1, -1), *counts]


def _around_holes(line: Line, borders: Borders) -> Iterator[Token]:
    """Yield the tokens of a line as if its holes were not: a zero-width space parts no number."""
    kept = [at for at, character in enumerate(line.folded) if character != HOLE]
    places = [*kept, len(line.folded)]
    for token in tokens(structs.replace(line, folded=filled(line.folded)), borders):
        end = places[token.end - 1] + 1 if token.end > token.start else places[token.start]
        yield structs.replace(token, start=places[token.start], end=end)


def _trailing_counts(line: Line, start: int, end: int) -> tuple[int, list[Token]]:
    """Return the bare counts at the end of a line that white space parts, and where they begin.

    They are nearly all of a report's numbers; this is `_pieces` for them, without its patterns. One behind a
    word of change (`减 5`) is no bare count.
    """
    folded, found = line.folded, []
    for word in reversed(folded[start:end].split()):
        if not word.isdecimal():
            break
        at = folded.rindex(word, start, end)
        found.append(Token(Kind.VALUE, line.n, at, at + len(word), word))
        end = at
    if found and folded[start:end].rstrip().endswith(CHANGES):
        end = found.pop().end
    found.reverse()
    return end, found


def _is_cell_alone(text: str) -> bool:
    """Return whether a text with its line to itself is a cell: a number in words, the mark of a blank one.

    >>> [_is_cell_alone(text) for text in ("十二", "零", "NaN", "三", "3.其他", "结果")]
    [True, True, True, False, False, False]
    """
    if not text or len(text) > _LONGEST_CELL or text[0].isdecimal():
        return False
    return read_cell(text).content in (Content.NUMBER, Content.BLANK)


def _cell(line: Line, start: int, end: int, cell: int, cells: int) -> list[Token]:
    """Return the tokens of a delimited cell, an empty one of their own for a cell without any."""
    text = line.folded[start:end]
    alone = text.strip()
    if not alone:
        return [Token(Kind.EMPTY, line.n, start, start, "", cell, cells)]
    if alone.isdecimal():
        start += text.index(alone)
        return [Token(Kind.VALUE, line.n, start, start + len(alone), alone, cell, cells)]
    content = read_cell(alone).content
    if content is Content.WORDS or (content is Content.UNREADABLE and are_several(alone)):
        return _pieces(line, start, end, cell, cells)
    start += len(text) - len(text.lstrip())
    kind = Kind.PLACEHOLDER if content is Content.BLANK else Kind.VALUE
    return [Token(kind, line.n, start, start + len(alone), alone, cell, cells)]


def joined(numbers: Sequence[Token]) -> list[Token]:
    """Return numbers with those joined that stand in one delimited cell as if they were one (`1 06`)."""
    found: list[Token] = []
    for token in numbers:
        if found and token.cell >= 0 and are_split(found[-1], token):
            found[-1] = one_of(found[-1], token)
        else:
            found.append(token)
    return found


def are_split(one: Token, two: Token) -> bool:
    """Return whether two tokens side by side may be the pieces of one number that white space splits."""
    is_decimal = one.text.isdecimal() and two.text.isdecimal() and one.text[0] != "0"
    return is_decimal and (one.line, one.cell) == (two.line, two.cell)


def one_of(one: Token, two: Token) -> Token:
    """Return the token that two make together."""
    return structs.replace(one, end=two.end, text=one.text + two.text)


def _pieces(line: Line, start: int, end: int, cell: int, cells: int) -> list[Token]:
    """Return the texts, values and placeholders between two columns of a line."""
    folded = line.folded
    alone = folded[start:end].strip()
    if not alone:
        return []
    is_label = _LABEL.fullmatch(alone) is not None and alone not in WORDS
    if is_label or alone.isdecimal():  # nearly all
        start = folded.index(alone, start)
        kind = Kind.TEXT if is_label else Kind.VALUE
        return [Token(kind, line.n, start, start + len(alone), alone, cell, cells)]
    special = special_number(folded, start, end)
    if special is not None:
        left, right = special
        number = Token(Kind.VALUE, line.n, left, right, folded[left:right], cell, cells)
        before, behind = _pieces(line, start, left, cell, cells), _pieces(line, right, end, cell, cells)
        return [*before, number, *behind]
    if not _may_be_filled(alone):
        return _texts(line, start, end, cell, cells)
    found: list[Token] = []
    for filling in _FILLING.finditer(masked(folded[:end]), start, end):
        if filling["placeholder"] and _ENUMERATED.fullmatch(folded, start, filling.start()):
            continue
        found += _texts(line, start, filling.start(), cell, cells)
        kind = Kind.VALUE if filling["value"] else Kind.PLACEHOLDER
        found.append(Token(kind, line.n, *filling.span(), filling.group(), cell, cells))
        start = filling.end()
    return [*found, *_texts(line, start, end, cell, cells)]


def _may_be_filled(text: str) -> bool:
    """Tell whether a value or placeholder may begin in a text: at its start, or behind a border."""
    starts = text[0] in _STARTS or text[0].isdecimal()
    return starts or "," in text or "|" in text or len(text.split(None, 1)) > 1


def _texts(line: Line, start: int, end: int, cell: int, cells: int) -> list[Token]:
    """Return the label texts between two columns, parted at wide gaps and where a new enumerator begins."""
    folded = line.folded
    cuts = [start]
    if _MAY_PART.search(folded, start + 1, end):
        cuts += [cut.end() for cut in _INNER.finditer(folded, start, end)]
    found = []
    for left, right in pairwise([*cuts, end]):
        text = folded[left:right].lstrip(_OUTER)
        left = right - len(text)
        text = text.rstrip(_OUTER)
        if text:
            found.append(Token(Kind.TEXT, line.n, left, left + len(text), text, cell, cells))
    return found
