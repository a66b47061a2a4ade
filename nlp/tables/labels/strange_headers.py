"""Finds headers that name no column of the form, in the place of columns that the page does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from nlp.form.labels.index import owner
from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.labels.column_names import PIECE, alike_name, all_labels, column_of, is_piece
from nlp.tables.labels.headers import labels_in, may_be_header
from nlp.tables.labels.printed_groups import above_values, lacking_names
from nlp.tables.labels.row_matches import LabelMatches, row_named
from nlp.tables.on_lines import are_on_one_line, lines_of
from nlp.tables.page.runs import CELL_KINDS
from nlp.tables.page.tokens import Kind, Token

_NO_HEADER = re.compile(r"[:、()|├┬┤-]|^第")
_REMARK = re.compile(r"\([^()]*\)")
_SHORTEST_BEGINNING = 3
"""In characters: 未经复议 and 复议后 are short for rows, 复议 may be another's."""
_MANY = 0.25
"""Where more of the words are pieces that each name a column, headers are torn; fewer are short names."""
_SEVERAL_PIECES = 6
"""In characters: a text that is as long and of the characters of headers alone is glued from their pieces."""
Name = str
"""The id of a column, or of a row of a table of one row."""


class StrangeHeaders(Struct, frozen=True):
    """Headers that name nothing of the form, or a column twice, and what those beside them lack."""

    texts: tuple[Token, ...] = ()
    lacking: frozenset[Name] = frozenset()


def strange_headers(
    tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon, in_rows: bool
) -> StrangeHeaders:
    """Return the headers that name nothing of the form, where the header they stand in lacks columns.

    What stands below them may be another thing than the form has there (媒体 for 法律服务机构), or the form's
    columns may stand in another order. A header that a page prints beyond all columns of the form (上年数)
    takes no place of theirs. `in_rows` tells whether the table's rows stand below each other.
    """
    texts: list[Token] = []
    all_lacking: set[Name] = set()
    above = [token for token in above_values(tokens) if token.kind is Kind.TEXT]
    headers = _headers(tokens, matches) if in_rows else [(above, list(lexicon.table.row))]
    for header, rows in headers:
        named = [name for token in header for name in _named(token, lexicon)]
        if in_rows:
            lacking = {column for row in rows for column in lexicon.table.row[row].columns}.difference(named)
        else:  # columns that are named for some groups alone, and groups that are not named
            lacking = lacking_names(named, lexicon.table)
        if not lacking or not (named or _holds_header(header, lexicon)):
            continue
        strangers, lacking = _strangers(header, lacking, lexicon)
        strangers += _named_twice(header, lexicon) if in_rows else []
        if lacking and strangers:
            texts += dict.fromkeys(strangers)
            all_lacking |= lacking
    return StrangeHeaders(tuple(texts), frozenset(all_lacking))


def _holds_header(texts: Sequence[Token], lexicon: Lexicon) -> bool:
    """Return whether some text, or a word of it, is a header of the form that is no column's."""
    words = [word for token in texts for word in (token.text, *token.text.split())]
    return any(key(word) in lexicon.headers for word in words)


def _strangers(
    header: Sequence[Token], lacking: set[Name], lexicon: Lexicon
) -> tuple[list[Token], set[Name]]:
    """Return the texts with words that are like no name that a header lacks, and what is left of these."""
    strangers = []
    left = set(lacking)
    for token, word in _strange_words(header, lexicon):
        name = alike_name(word, lacking, lexicon)
        if name:
            left.discard(name)
        else:
            strangers.append(token)
    return strangers, left


def _named_twice(header: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Return the texts that name a column which another one on their line names as well."""
    found = []
    for line in lines_of(header):
        columns = [_name(token.text, lexicon) for token in line]
        found += [
            token for token, column in zip(line, columns, strict=True) if column and columns.count(column) > 1
        ]
    return found


def _headers(tokens: Sequence[Token], matches: LabelMatches) -> Iterator[tuple[list[Token], list[str]]]:
    """Yield the texts between rows that stand beside no number, with the rows below them."""
    row_at, groups = matches.row_at, set(matches.groups)
    numbered = {token.line for token in tokens if token.kind in CELL_KINDS}
    header: list[Token] = []
    rows: list[str] = []
    for place, token in enumerate(tokens):
        if place in row_at:
            rows.append(row_at[place])
        elif token.kind is Kind.TEXT and place not in groups and token.line not in numbered:
            if rows:
                yield header, rows
                header, rows = [], []
            header.append(token)
    yield header, rows


def _named(token: Token, lexicon: Lexicon) -> list[Name]:
    """Return the columns and rows that a text names, as a whole or word by word."""
    whole = _name(token.text, lexicon)
    names = [whole] if whole else [_name(word, lexicon) for word in token.text.split()]
    return [name for name in names if name]


def _name(text: str, lexicon: Lexicon) -> Name | None:
    column = column_of(text, lexicon)
    return column[0] if column else row_named(text, lexicon)


def _strange_words(header: Sequence[Token], lexicon: Lexicon) -> list[tuple[Token, str]]:
    """Return the words that are headers, and none of the form, each with its text.

    Where other headers are torn over several lines, so may be what has a character of theirs. None is told
    where a tool gave headers of another table among these.
    """
    words = [(token, word) for token in header for word in _words(token.text, lexicon)]
    if any(owner(word) not in (None, lexicon.table.id) for _, word in words):
        return []
    pieces = [word for _, word in words if _is_torn(word, lexicon)]
    name_none = any(column_of(word, lexicon) is None for word in pieces)
    are_torn = not are_on_one_line(header) and (name_none or len(pieces) > _MANY * len(words))
    characters = _characters(lexicon)
    found = []
    for token, word in words:
        is_torn = are_torn and not characters.isdisjoint(key(word))
        if not is_torn and _may_be_header(word) and not _is_known(word, lexicon):
            found.append((token, word))
    return found


@cache
def _characters(lexicon: Lexicon) -> frozenset[str]:
    """Return the characters of the labels of headers, groups and rows."""
    return frozenset("".join(lexicon.own))


def _words(text: str, lexicon: Lexicon) -> list[str]:
    """Return a text that names something as a whole, else its words."""
    return [text] if _is_known(text, lexicon) else text.split()


def _is_torn(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is a part of a header, a column that it alone names or none, or parts of several.

    A part of the remark above the table is none.
    """
    label = key(word)
    if any(label in header for header in lexicon.headers if not may_be_header(header)):
        return False
    column = column_of(word, lexicon)
    if column is not None:
        return column[1] <= PIECE
    are_pieces = len(label) >= _SEVERAL_PIECES and set("".join(lexicon.columns)).issuperset(label)
    return is_piece(word, lexicon) or (are_pieces and not _is_known(word, lexicon))


def _may_be_header(word: str) -> bool:
    """Return whether a word may be a header: no unit and no page's number."""
    without_remark = _REMARK.sub("", word)
    return may_be_header(without_remark) and not _NO_HEADER.search(without_remark)


def _is_known(text: str, lexicon: Lexicon) -> bool:
    """Return whether a text names a column, what is over some, a row or a group, or begins a row's name."""
    label = key(text)
    is_made_of_labels = not label or label.isdecimal() or bool(labels_in(label, all_labels(lexicon)))
    begins_row = len(label) >= _SHORTEST_BEGINNING and bool(lexicon.starting_with(label))
    return is_made_of_labels or begins_row or _name(text, lexicon) is not None
