"""Knows every label of a table by its key: rows, columns, groups, headers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from nlp.form import form as forms
from nlp.form.labels.normalised import enumerator, label_key
from nlp.text.folding import fold

_SIMILAR = 84.0
"""Least similarity, of 100, at which a misspelt label still counts."""
_CLEARLY = 8.0
"""How far the next row's label must be behind: 本年新收 and 上年结转 score 75."""

_LEAST = 4
"""Shorter labels count only as they are spelt."""
_SHUFFLED = 0.99
"""The similarity of a label all of whose characters are there, in another order."""
_REMEMBERED = 4096
"""How many unknown texts a lexicon remembers the answer for."""


class Match(Struct, frozen=True, gc=False):
    """A row that a text names: `similarity` is 1 for a spelling that is known."""

    row: str
    similarity: float


class Lexicon:
    """The labels of one table of a form; `own` is every key that is whole.

    `whole_columns` are the columns' labels and those of their spellings that are no part of a longer one
    (商业 of 商业企业 is);
    `money` are those of the columns that hold money, without their units.

    >>> lexicon = Lexicon(forms.named("2021").table("requests"))
    >>> lexicon.row("其他法律行政法规禁止公开")
    Match(row='denied_prohibited_by_law', similarity=1.0)
    >>> lexicon.row("本机关不掌握相关政府信思").row
    'unavailable_not_held'
    >>> lexicon.is_part_of_group("度办理")
    True
    """

    def __init__(self, table: forms.Table) -> None:
        self.table = table
        self.rows: dict[str, str] = {
            label_key(spelling): row.id for row in table.rows for spelling in row.spellings
        }
        self.enumerators = {row.id: enumerator(fold(row.label)) for row in table.rows}
        self.columns: dict[str, str] = {
            label_key(spelling): column.id for column in table.columns for spelling in column.spellings
        }
        names = {label_key(_name(spelling)) for column in table.columns for spelling in column.spellings}
        official = {label_key(_name(column.label)) for column in table.columns}
        self.whole_columns = {
            spelling: id
            for spelling, id in self.columns.items()
            if spelling in official or not any(spelling != name and spelling in name for name in names)
        }
        self.money = {
            label_key(_name(spelling)): column.id
            for column in table.columns
            if column.unit
            for spelling in column.spellings
        }
        self.headers = frozenset(map(label_key, table.headers))
        self.groups = frozenset(map(label_key, table.groups))
        self.group_enumerators = frozenset(enumerator(fold(group)) for group in table.groups) - {""}
        self._heads = "\n".join([*self.columns, *self.headers])
        self._groups = "\n".join(self.groups)
        self._spellings = list(self.rows)
        self.own = frozenset(self.rows) | frozenset(self.columns) | self.groups | self.headers
        self._starts: dict[str, list[str]] = {}
        for spelling in self.rows:
            self._starts.setdefault(spelling[:1], []).append(spelling)
        self._fuzzy: dict[str, Match | None] = {}
        self._shuffled = _shuffled(self.rows)

    def row(self, key: str) -> Match | None:
        """Return the row of a whole label: by its spelling, else by likeness to one row alone."""
        if key in self.rows:
            return Match(self.rows[key], 1.0)
        if key not in self._fuzzy:
            if len(self._fuzzy) >= _REMEMBERED:
                self._fuzzy.clear()
            self._fuzzy[key] = self._alike(key)
        return self._fuzzy[key]

    def _alike(self, key: str) -> Match | None:
        if len(key) < _LEAST or key in self.groups or self.is_header(key):
            return None
        if row := self._shuffled.get(characters(key)):
            return Match(row, _SHUFFLED)
        if process.extractOne(key, self._spellings, scorer=ratio, score_cutoff=_SIMILAR) is None:
            return None
        found = process.extract(key, self._spellings, scorer=ratio, limit=6, score_cutoff=_SIMILAR - _CLEARLY)
        row = self.rows[found[0][0]]
        others = [score for spelling, score, _ in found if self.rows[spelling] != row]
        if others and found[0][1] - others[0] < _CLEARLY:
            return None
        return Match(row, found[0][1] / 100)

    def starting_with(self, key: str) -> list[str]:
        """Return the rows' spellings that begin with a key and go on."""
        return [
            spelling
            for spelling in self._starts.get(key[:1], ())
            if spelling.startswith(key) and spelling != key
        ]

    def is_header(self, key: str) -> bool:
        """Tell whether a key is a column's label or another header, whole or a piece of one."""
        return key in self.columns or key in self._heads

    def is_part_of_group(self, key: str) -> bool:
        """Tell whether a key is a group's label or a piece of one."""
        return key in self._groups


def characters(text: str) -> str:
    """Return the characters of a text in an order of their own.

    Where a cell's lines overlap, a tool that goes by height gives their characters in turn: 行 强 政 制.

    >>> characters("行强政制") == characters("行政强制")
    True
    """
    return "".join(sorted(text))


def _shuffled(rows: Mapping[str, str]) -> dict[str, str]:
    """Map the characters of spellings, whatever their order, to the row that alone has them."""
    found: dict[str, set[str]] = {}
    for spelling, row in rows.items():
        if len(spelling) >= _LEAST:
            found.setdefault(characters(spelling), set()).add(row)
    return {known: ids.pop() for known, ids in found.items() if len(ids) == 1}


def _name(spelling: str) -> str:
    """Return a column's label without the note of its unit."""
    return spelling.split("（")[0]


@cache
def lexicon(edition: str, table: str) -> Lexicon:
    """Return the lexicon of a table of an edition."""
    return Lexicon(forms.named(edition).table(table))
