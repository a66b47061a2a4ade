"""Finds the form's rows in the label texts of a table: whole, wrapped, glued or misspelt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.labels.lexicon import Lexicon, Match
from nlp.form.labels.normalised import key, parts
from nlp.tables.labels.column_names import REMARK_BEHIND, WHOLE, whole_column
from nlp.tables.labels.headers import Header, headers_of
from nlp.tables.labels.wrapped_labels import LINES_APART, SHORTEST_PIECE, Label, Pieces, rests
from nlp.tables.page.runs import numbers_of
from nlp.tables.page.tokens import Kind, Token

_MOSTLY = 0.6
"""Share of a label that must be there where the rest of it was lost."""
_SHORTEST_BEGINNING = 3
"""Of fewer characters a text is no beginning of a misspelt label."""
_NEAR, _SOON = 6, 2
"""How many rows before 总计, and before 其他, the last row may be where only the order tells."""


class RowMatch(Struct, frozen=True, gc=False):
    """A row's label on the page: tokens `first` to `last` (positions among the table's tokens)."""

    row: str
    first: int
    last: int
    similarity: float


class LabelMatches(Struct, frozen=True):
    """The rows in page order, texts that are nothing of the form, headers of columns, labels of groups."""

    rows: list[RowMatch]
    unknown: list[int]
    headers: list[Header]
    groups: list[int]

    @property
    def row_at(self) -> dict[int, str]:
        """The row whose label each place among the tokens is a part of."""
        return {at: match.row for match in self.rows for at in range(match.first, match.last + 1)}

    def stretches(self, end: int) -> Iterator[tuple[RowMatch, int]]:
        """Yield each row with the place where the next one begins, the last row with `end`."""
        return zip(self.rows, [*(match.first for match in self.rows[1:]), end], strict=False)

    @property
    def columns(self) -> list[tuple[int, str]]:
        """The places of the columns' whole labels, with the columns."""
        return [
            (header.place, header.column) for header in self.headers if header.column and header.fit == WHOLE
        ]


def match_labels(tokens: Sequence[Token], lexicon: Lexicon) -> LabelMatches:
    """Return the rows that the tokens' texts name."""
    return _LabelMatcher(tokens, lexicon).run()


def row_named(text: str, lexicon: Lexicon) -> str | None:
    """Return the id of the row that a whole label names, with a remark in brackets behind it or without.

    >>> from nlp.form.form import named
    >>> lexicon = Lexicon(named("2021").table("disclosure"))
    >>> row_named("规章(含修订)", lexicon), row_named("其中:规章", lexicon)
    ('regulations', None)
    """
    row = lexicon.rows.get(key(text))
    if row is None and text.endswith(")"):
        row = lexicon.rows.get(key(REMARK_BEHIND.sub("", text)))
    return row


class _LabelMatcher:
    """One pass over the label texts of a table."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens, self.lexicon = tokens, lexicon
        self.order = list(lexicon.table.row)
        self.labels = [
            Label(at, token.line, token.text, *parts(token.text))
            for at, token in enumerate(tokens)
            if token.kind is Kind.TEXT
        ]
        self._text = {label.at: label for label in self.labels}
        self.matches = LabelMatches([], [], [], [])
        self.taken: set[int] = set()
        self.pieces = Pieces(tokens, self.labels, lexicon, self.taken)
        self.last_line = 0

    def run(self) -> LabelMatches:
        for n, label in enumerate(self.labels):
            if label.key and n not in self.taken:
                self._place(n, label)
        self._without_columns()
        return self._without_groups()

    def _without_columns(self) -> None:
        """Make a row's name alone a column's where the row is named with its enumerator, too.

        So is 总计 in the header that a page begins with, when its rows are the last ones before （七）总计.
        """
        for match in list(self.matches.rows):
            is_column = self._text[match.first].key in self.lexicon.whole_columns
            is_name_alone = match.first == match.last and not self._has_enumerator(match)
            if is_column and is_name_alone and any(map(self._has_enumerator, self._named_as(match.row))):
                self.matches.rows.remove(match)

    def _named_as(self, row: str) -> list[RowMatch]:
        return [match for match in self.matches.rows if match.row == row]

    def _has_enumerator(self, match: RowMatch) -> bool:
        enumerator = self._text[match.first].enumerator
        return bool(enumerator) and enumerator == self.lexicon.enumerators[match.row]

    def _without_groups(self) -> LabelMatches:
        """Return what was found: a row that stands for others is but their group where these are named."""
        named = {match.row for match in self.matches.rows}
        row_of = self.lexicon.table.row
        of_groups = [match for match in self.matches.rows if named.intersection(row_of[match.row].stands_for)]
        rows = [match for match in self.matches.rows if match not in of_groups]
        groups = sorted([*self.matches.groups, *(match.first for match in of_groups)])
        known = replace(self.matches, rows=rows, groups=groups)
        return replace(known, headers=headers_of(self.tokens, self.lexicon, known.row_at))

    def _place(self, n: int, label: Label) -> None:
        if whole_column(label.text, self.lexicon) and not self._is_row(label):
            is_placed = bool(label.enumerator) and self._wrapped(n, label)
            if not is_placed and self._is_beside_numbers(label):
                self.matches.unknown.append(label.at)
        elif self._whole(n, label) or self._wrapped(n, label) or self._alike(n, label):
            return
        elif not self._before_group(n, label):
            self._unplaced(label)

    def _before_group(self, n: int, label: Label) -> bool:
        """Tell whether a label is a row's with a piece of a group behind it: `2.没有现成信息需要另 三、`."""
        words = label.words if label.enumerator else []
        while len(words) > 1 and self.lexicon.is_part_of_group(words[-1]):
            words.pop()
        if not words or "".join(words) == label.key:
            return False
        alone = replace(label, key="".join(words))
        return self._whole(n, alone) or self._wrapped(n, alone)

    def _behind(self, row: str) -> int:
        """Return how many rows behind the last one a row is; one that is its group's label is no last one."""
        rows = self.matches.rows
        if not rows:
            return 0
        stands_for = self.lexicon.table.row[rows[-1].row].stands_for
        last = rows[-2] if len(rows) > 1 and row in stands_for and rows[-2].row in stands_for else rows[-1]
        return self.order.index(row) - self.order.index(last.row)

    def _unplaced(self, label: Label) -> None:
        words = label.words
        if len(words) > 1 and all(map(self.lexicon.is_header, words)):
            return
        if label.key in self.lexicon.groups:
            self.matches.groups.append(label.at)
        elif self.lexicon.is_part_of_group(label.key):
            return
        elif not self.lexicon.is_header(label.key) or self._is_beside_numbers(label):
            self.matches.unknown.append(label.at)

    def _is_beside_numbers(self, label: Label) -> bool:
        """Tell whether a text has numbers beside it as only rows have: the agency's own 9.其他, 合计 or 小计.

        They stand in the cells of its line, behind an enumerator, or are as many as the columns of every row.
        """
        behind = list(takewhile(lambda token: token.kind is not Kind.TEXT, self.tokens[label.at + 1 :]))
        numbers = numbers_of(behind)
        if not numbers:
            return False
        in_cells = self.tokens[label.at].cells > 1 and numbers[0].line == label.line
        as_many = bool(self.lexicon.table.down) and len(behind) == len(self.lexicon.table.columns)
        return in_cells or bool(label.enumerator) or as_many

    def _is_row(self, label: Label) -> bool:
        """Tell 3.其他 and （七）总计 from the columns of the same name: by enumerator, else by order."""
        row = row_named(label.text, self.lexicon)
        if row is None:
            return False
        if label.enumerator:
            return label.enumerator == self.lexicon.enumerators[row]
        reach = _NEAR if row == self.lexicon.table.total_row else _SOON
        return self._behind(row) in range(1, reach + 1)

    def _whole(self, n: int, label: Label) -> bool:
        row = self.lexicon.rows.get(label.key) or row_named(label.text, self.lexicon)
        if row is None:
            return False
        taken, _ = self.pieces.completing(n, label.key, self.lexicon.starting_with(label.key))
        self._add_row(row, n, taken, 1.0)
        return True

    def _wrapped(self, n: int, label: Label) -> bool:
        """Join a label with the pieces that follow it; numbers and group pieces may be between."""
        spellings = self.lexicon.starting_with(label.key)
        if len(label.key) < 2 and not label.enumerator:
            spellings = [spelling for spelling in spellings if len(spelling) >= SHORTEST_PIECE]
        if not spellings:
            return False
        taken, spelling = self.pieces.completing(n, label.key, spellings)
        if spelling:
            self._add_row(self.lexicon.rows[spelling], n, taken, 1.0)
            return True
        rows = {self.lexicon.rows[spelling] for spelling in spellings}
        shortest = min(map(len, spellings))
        if len(rows) == 1 and len(label.key) >= max(4, _MOSTLY * shortest):
            self._add_row(rows.pop(), n, [n], len(label.key) / shortest)
            return True
        return False

    def _alike(self, n: int, label: Label) -> bool:
        """Accept a misspelt label, alone or with its next piece, or one glued to its group's."""
        taken = [n]
        known = self.lexicon.row(label.key) or self._behind_headers(label)
        if known is None and self._may_join(n, label):
            taken = [n, n + 1]
            known = self.lexicon.row(label.key + self.labels[n + 1].key)
        if known is None:
            return False
        self._add_row(known.row, n, taken, known.similarity)
        return True

    def _may_join(self, n: int, label: Label) -> bool:
        """Return whether the next label may be the rest of one: of this table it is none by itself."""
        if n + 1 == len(self.labels) or len(label.key) < _SHORTEST_BEGINNING:
            return False
        after = self.labels[n + 1]
        is_label = bool(after.enumerator) or after.key in self.lexicon.own
        return not is_label and after.line - label.line <= LINES_APART

    def _behind_headers(self, label: Label) -> Match | None:
        """Return the row at the end of a text of headers, if any: a table that was set in one line."""
        for name in rests(label.words, self.lexicon.is_header_or_group):
            if name in self.lexicon.rows and name not in self.lexicon.columns:
                return Match(self.lexicon.rows[name], 1.0)
        return None

    def _add_row(self, row: str, n: int, taken: list[int], similarity: float) -> None:
        """Add a row; one that a tool repeats along its line, as of a merged cell, is made longer instead."""
        self.taken.update(taken)
        rows = self.matches.rows
        match = RowMatch(row, self.labels[n].at, self.labels[taken[-1]].at, similarity)
        if rows and rows[-1].row == row and self.last_line == self.labels[n].line:
            rows[-1] = replace(rows[-1], last=match.last)
        else:
            rows.append(match)
        self.last_line = self.labels[n].line
