"""Finds rows whose labels a tool has torn up, by their characters and the rows around them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from nlp.form import form as forms
from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import label_key
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.page.tokens import Kind, Token
from nlp.text.folding import fold

_SIMILARITY = 0.99
_LEAST = 4
"""Of fewer characters a label is no certain one, in whatever order."""


def with_reordered_labels(tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon) -> LabelMatches:
    """Return matches with the rows added whose labels' characters stand beside numbers, between their like.

    Where the two lines of a label share the height of its numbers, tools give their characters in turn, and
    those of a group's vertical label among them (pdfplumber): `( 供 四) 2 制 .没 作 有现成信息需要另行`.
    A row is added where no other row of the form that could stand there has these characters.
    """
    if not (matches.unknown and matches.rows):
        return matches
    rows, taken = list(matches.rows), set()
    for line in _lines(tokens, matches.unknown):
        place = bisect_left([known.first for known in rows], line[0])
        row = _row(tokens, line, rows, lexicon)
        if row is not None:
            rows.insert(place, RowMatch(row, line[0], line[-1], _SIMILARITY))
            taken.update(line)
    if not taken:
        return matches
    return replace(matches, rows=rows, unknown=[at for at in matches.unknown if at not in taken])


def _lines(tokens: Sequence[Token], unknown: Sequence[int]) -> Iterator[list[int]]:
    """Yield the unknown texts of each line on which a number follows them."""
    by_line: dict[int, list[int]] = {}
    for at in unknown:
        by_line.setdefault(tokens[at].line, []).append(at)
    for line, places in by_line.items():
        behind = tokens[places[-1] + 1 : places[-1] + 2]
        if any(token.kind is Kind.VALUE and token.line == line for token in behind):
            yield places


def _row(
    tokens: Sequence[Token], line: Sequence[int], rows: Sequence[RowMatch], lexicon: Lexicon
) -> str | None:
    """Return the one row that may stand between the rows around a line and has its characters."""
    place = bisect_left([known.first for known in rows], line[0])
    order = {row.id: n for n, row in enumerate(lexicon.table.rows)}
    first = order[rows[place - 1].row] + 1 if place else 0
    last = order[rows[place].row] if place < len(rows) else len(order)
    there = {known.row for known in rows}
    text = Counter("".join(_plain(tokens[at].text) for at in line))
    fitting = [
        row
        for row in lexicon.table.rows[first:last]
        if row.id not in there and not row.optional and _is_made_of(text, row, lexicon)
    ]
    return fitting[0].id if len(fitting) == 1 else None


def _is_made_of(text: Counter[str], row: forms.Row, lexicon: Lexicon) -> bool:
    """Tell whether a text has all characters of one of a row's labels, and else of its groups' alone."""
    groups = [row.group or "", *lexicon.table.groups[:1], lexicon.enumerators[row.id]]
    around = sum(map(_characters, groups), Counter())
    for spelling in row.spellings:
        label = _characters(spelling)
        if len(label_key(spelling)) >= _LEAST and label <= text and text - label <= around:
            return True
    return False


@cache
def _characters(label: str) -> Counter[str]:
    return Counter(_plain(fold(label)))


def _plain(folded: str) -> str:
    """Return the characters that no tool loses and no punctuation stands for."""
    return "".join(character for character in folded if character.isalnum())
