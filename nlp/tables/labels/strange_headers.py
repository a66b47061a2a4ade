"""Finds headers that name no column of the form, in the place of columns that the page does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from nlp.form.labels.index import owner
from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key, label_key
from nlp.tables.labels.column_names import PIECE, alike_name, all_labels, column_of, is_piece, over_columns
from nlp.tables.labels.headers import labels_in, may_be_header
from nlp.tables.labels.other_words import is_renamed, says_another_thing
from nlp.tables.labels.printed_groups import above_values, lacking_names
from nlp.tables.labels.row_matches import LabelMatches, row_named
from nlp.tables.on_lines import are_on_one_line, lines_of
from nlp.tables.page.brackets import without_brackets
from nlp.tables.page.runs import CELL_KINDS
from nlp.tables.page.tokens import Kind, Token
from nlp.text.enumerators import NUMERALS

_NO_HEADER = re.compile(rf"[:、()|├┬┤-]|^第[\d{NUMERALS}]*$|^第.*[条款项]")
"""A unit, a rule, a page's number, or a part of the label of a group: 第二十条第(五)项."""
_SHORTEST_BEGINNING = 3
"""In characters: 未经复议 and 复议后 are short for rows, 复议 may be another's."""
_MANY = 0.25
"""Where more of the words are pieces that each name a column, headers are torn; fewer are short names."""
_SEVERAL_PIECES = 6
"""In characters: a text that is as long and of the characters of headers alone is glued from their pieces."""
Name = str
"""The id of a column, or of a row of a table of one row."""


class StrangeHeaders(Struct, frozen=True):
    """Headers and labels that say another thing than the form has there.

    `texts` are headers, `labels` are labels of rows; `cells` are those of the form, as (row, column) ids,
    that stand under or beside them: what is printed there may be another thing.
    """

    texts: tuple[Token, ...] = ()
    labels: tuple[Token, ...] = ()
    cells: frozenset[tuple[str, str]] = frozenset()

    def joined(self, other: StrangeHeaders) -> StrangeHeaders:
        """Return these and others."""
        texts = dict.fromkeys((*self.texts, *other.texts))
        labels = dict.fromkeys((*self.labels, *other.labels))
        return StrangeHeaders(tuple(texts), tuple(labels), self.cells | other.cells)


def strange_headers(
    tokens: Sequence[Token],
    matches: LabelMatches,
    lexicon: Lexicon,
    in_rows: bool,
    year: int | None = None,
) -> StrangeHeaders:
    """Return the headers that name nothing of the form, where the header they stand in lacks columns.

    What stands below them may be another thing than the form has there (媒体 for 法律服务机构), or the form's
    columns may stand in another order. A header that a page prints beyond all columns of the form (上年数)
    takes no place of theirs. `in_rows` tells whether the table's rows stand below each other.
    """
    texts: list[Token] = []
    cells: set[tuple[str, str]] = set()
    above = [token for token in above_values(tokens) if token.kind is Kind.TEXT]
    headers = _headers(tokens, matches) if in_rows else [(above, list(lexicon.table.row))]
    for header, rows in headers:
        named = [name for token in header for name in _named(token, lexicon, year)]
        if in_rows:
            lacking = {column for row in rows for column in lexicon.table.row[row].columns}.difference(named)
        else:  # columns that are named for some groups alone, and rows and groups that are not named
            named += [match.row for match in matches.rows]
            named += [group for token in header for group in _groups_named(token.text, lexicon, year)]
            lacking = lacking_names(named, lexicon.table) | lexicon.groups.difference(named)
        if not lacking:
            continue
        words = _strange_words(header, lexicon, year)
        alike = {word: _same(word, lacking, lexicon, year) for _, word in words}
        lacking -= {name for name in alike.values() if name}
        strangers = [token for token, word in words if not alike[word]]
        strangers += (
            _named_twice(header, lexicon, year) if in_rows else _groups_twice(header, lacking, lexicon)
        )
        all_words = [word for token in header for word in (token.text, *token.text.split())]
        is_header = bool(named) or any(key(word) in lexicon.headers for word in all_words)
        if is_header and lacking and strangers:
            texts += dict.fromkeys(strangers)
            rows_lacking = set() if in_rows else _rows_of(lacking, lexicon)
            for row in rows:
                columns = lexicon.table.row[row].columns
                cells |= {(row, column) for column in columns if row in rows_lacking or column in lacking}
    return StrangeHeaders(tuple(texts), cells=frozenset(cells))


def _groups_named(text: str, lexicon: Lexicon, year: int | None) -> list[str]:
    """Return the groups, normalised, whose labels a text holds and says no other thing of."""
    groups = tuple(lexicon.groups)
    named: list[str] = []
    for word in (text, *text.split()):
        held = [group for group in groups if group in key(word)]
        if held and not says_another_thing(word, groups, lexicon, year):
            named += held
    return named


def _groups_twice(header: Sequence[Token], lacking: set[Name], lexicon: Lexicon) -> list[Token]:
    """Return the texts that name a row or group more than once, where others are lacking.

    One of them stands in another's place.
    """
    if lacking.isdisjoint({*lexicon.table.row, *lexicon.groups}):
        return []
    names = [key(token.text) for token in header]
    are_names = [name in lexicon.groups or name in lexicon.rows for name in names]
    return [
        token
        for token, name, is_name in zip(header, names, are_names, strict=True)
        if is_name and names.count(name) > 1
    ]


def _rows_of(names: set[Name], lexicon: Lexicon) -> set[str]:
    """Return the rows among some names, and those of the groups among them."""
    rows = lexicon.table.rows
    return {row.id for row in rows if row.id in names or (row.group and label_key(row.group) in names)}


def _same(word: str, among: set[Name], lexicon: Lexicon, year: int | None) -> Name | None:
    """Return the name of some that a word is like, where it says nothing else by what it has beside that."""
    name = alike_name(word, among, lexicon)
    if name is None or is_renamed(word, name, lexicon, year):
        return None
    return name


def _named_twice(header: Sequence[Token], lexicon: Lexicon, year: int | None) -> list[Token]:
    """Return the texts that name a column, or stand over some, as another one on their line does as well."""
    found = []
    over = over_columns(lexicon)
    for line in lines_of(header):
        columns = [_name(token.text, lexicon, year) or over.get(key(token.text)) for token in line]
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


def _named(token: Token, lexicon: Lexicon, year: int | None) -> list[Name]:
    """Return the columns and rows that a text names, as a whole or word by word."""
    whole = _name(token.text, lexicon, year)
    names = [whole] if whole else [_name(word, lexicon, year) for word in token.text.split()]
    return [name for name in names if name]


def _name(text: str, lexicon: Lexicon, year: int | None) -> Name | None:
    """Return the column or row that a text names and says no other thing of."""
    column = column_of(text, lexicon)
    name = column[0] if column else row_named(text, lexicon)
    if name is None or is_renamed(text, name, lexicon, year):
        return None
    return name


def _strange_words(header: Sequence[Token], lexicon: Lexicon, year: int | None) -> list[tuple[Token, str]]:
    """Return the words that are headers, and none of the form, each with its text.

    Where other headers are torn over several lines, so may be what has a character of theirs. None is told
    where a tool gave headers of another table among these.
    """
    words = [(token, word) for token in header for word in _words(token.text, lexicon, year)]
    if any(owner(word) not in (None, lexicon.table.id) for _, word in words):
        return []
    pieces = [word for _, word in words if _is_torn(word, lexicon, year)]
    name_none = any(column_of(word, lexicon) is None for word in pieces)
    are_torn = not are_on_one_line(header) and (name_none or len(pieces) > _MANY * len(words))
    characters = _characters(lexicon)
    found = []
    for token, word in words:
        is_torn = are_torn and not characters.isdisjoint(key(word))
        if not is_torn and _may_be_header(word) and not _is_known(word, lexicon, year):
            found.append((token, word))
    return found


@cache
def _characters(lexicon: Lexicon) -> frozenset[str]:
    """Return the characters of the labels of headers, groups and rows."""
    return frozenset("".join(lexicon.own))


def _words(text: str, lexicon: Lexicon, year: int | None) -> list[str]:
    """Return a text that names something as a whole, else its words."""
    return [text] if _is_known(text, lexicon, year) else text.split()


def _is_torn(word: str, lexicon: Lexicon, year: int | None) -> bool:
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
    return is_piece(word, lexicon) or (are_pieces and not _is_known(word, lexicon, year))


def _may_be_header(word: str) -> bool:
    """Return whether a word may be a header: no unit and no page's number."""
    without_remark = without_brackets(word)
    return may_be_header(without_remark) and not _NO_HEADER.search(without_remark)


def _is_known(text: str, lexicon: Lexicon, year: int | None) -> bool:
    """Return whether a text names a column, what is over some, a row or a group, or begins a row's name."""
    label = key(text)
    is_made_of_labels = not label or label.isdecimal() or bool(labels_in(label, all_labels(lexicon)))
    begins_row = len(label) >= _SHORTEST_BEGINNING and bool(lexicon.starting_with(label))
    return is_made_of_labels or begins_row or _name(text, lexicon, year) is not None
