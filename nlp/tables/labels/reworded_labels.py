"""Finds rows whose labels an agency words in its own way, by their likeness and the rows around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace
from rapidfuzz.fuzz import ratio

from nlp.form import form as forms
from nlp.form.labels.lexicon import Lexicon, Match
from nlp.form.labels.normalised import key, label_key
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.page.runs import numbers_of
from nlp.tables.page.tokens import Token

_LEAST = 4
"""Of fewer characters a label is no certain one."""
_ALIKE = 75.0
"""The least similarity, of 100, at which a label between its like names a row that is wanting there."""


def with_reworded_labels(tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon) -> LabelMatches:
    """Return matches with the rows added whose labels stand beside numbers, between their like.

    A row is added where no other row of the form that could stand there has a label much like the text.
    """
    if not (matches.unknown and matches.rows):
        return matches
    rows, taken = list(matches.rows), set()
    for line in _lines(tokens, matches.unknown):
        place = bisect_left([known.first for known in rows], line[0])
        match = _row([tokens[at].text for at in line], place, rows, lexicon)
        if match is not None:
            rows.insert(place, RowMatch(match.row, line[0], line[-1], match.similarity))
            taken.update(line)
    if not taken:
        return matches
    return replace(matches, rows=rows, unknown=[at for at in matches.unknown if at not in taken])


def _lines(tokens: Sequence[Token], unknown: Sequence[int]) -> Iterator[list[int]]:
    """Yield the unknown texts of each line behind which a number follows, there or below."""
    for _, on_line in groupby(unknown, key=lambda at: tokens[at].line):
        places = list(on_line)
        behind = tokens[places[-1] + 1 : places[-1] + 2]
        if numbers_of(behind):
            yield places


def _row(texts: Sequence[str], place: int, rows: Sequence[RowMatch], lexicon: Lexicon) -> Match | None:
    """Return the one row that may stand at a place among others and is like some texts."""
    order = list(lexicon.table.row)
    first = order.index(rows[place - 1].row) + 1 if place else 0
    last = order.index(rows[place].row) if place < len(rows) else len(order)
    there = {known.row for known in rows}
    wanting = [row for row in lexicon.table.rows[first:last] if row.id not in there and not row.optional]
    label = "".join(map(key, texts))
    fitting = list(_alike(label, wanting)) if len(label) >= _LEAST else []
    return fitting[0] if len(fitting) == 1 else None


def _alike(label: str, rows: Iterable[forms.Row]) -> Iterator[Match]:
    """Yield those of some rows that have a label much like another."""
    for row in rows:
        likeness = max(ratio(label, label_key(spelling)) for spelling in row.spellings)
        if likeness >= _ALIKE:
            yield Match(row.id, likeness / 100)
