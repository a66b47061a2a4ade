"""The lexicon of a table: its row, column, group and header labels, looked up by their normalised form."""

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
"""The least similarity, of 100, at which a misspelt label names a row."""
_CLEARLY = 8.0
"""The least lead in similarity over the next row: 本年新收 and 上年结转 have 75 to each other."""

_LEAST = 4
"""In characters: a shorter label names a row or column only in a known spelling."""
_SHUFFLED = 0.99
"""The similarity of a label that has all its characters, in another order."""
_REMEMBERED = 4096
"""For so many unknown texts a lexicon remembers the result."""


class Match(Struct, frozen=True, gc=False):
    """The id of the row that a text names; `similarity`, 0 to 1, is 1 for a known spelling."""

    row: str
    similarity: float


class Lexicon:
    """The labels of one table of a form, all in normalised form.

    - `rows`, `columns`: the id of the row or column of each spelling.
    - `whole_columns`: as `columns`, without spellings that are part of a longer one (商业 of 商业企业),
      unless they are official labels.
    - `words`: the spellings of columns that headers alone have, whole: 律师事务所, but not 律师.
    - `money`: as `columns`, of the columns that hold money, without their units.
    - `enumerators`: the enumerator of each row by its id; `group_enumerators`: those of the groups.
    - `headers`, `groups`: the labels of the header and of the groups.
    - `own`: every whole label of any sort.

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
        self.rows: dict[str, str] = {}
        self.enumerators: dict[str, str] = {}
        for row in table.rows:
            self.enumerators[row.id] = enumerator(fold(row.label))
            for spelling in row.spellings:
                self.rows[label_key(spelling)] = row.id
        self.columns: dict[str, str] = {}
        self.money: dict[str, str] = {}
        for column in table.columns:
            for spelling in (*column.spellings, *column.words):
                self.columns[label_key(spelling)] = column.id
                if column.unit:
                    self.money[label_key(_without_unit(spelling))] = column.id
        self.whole_columns = _whole_columns(table, self.columns)
        self.headers = frozenset(map(label_key, table.headers))
        self.groups = frozenset(map(label_key, table.groups))
        self.group_enumerators = frozenset(enumerator(fold(group)) for group in table.groups) - {""}
        self.own = frozenset(self.rows) | frozenset(self.columns) | self.groups | self.headers
        self.words = frozenset(label_key(word) for column in table.columns for word in column.words)
        names = [name for name in self.columns if name not in self.words]
        self._joined_headers = "\n".join([*names, *self.headers])
        self._joined_groups = "\n".join(self.groups)
        self._spellings = list(self.rows)
        self._by_first_character: dict[str, list[str]] = {}
        for spelling in self.rows:
            self._by_first_character.setdefault(spelling[:1], []).append(spelling)
        self._similar: dict[str, Match | None] = {}
        self._rows_by_characters = _by_characters(self.rows)
        self._columns_by_characters = _by_characters(self.columns)

    def row(self, key: str) -> Match | None:
        """Return the row that a normalised label names; None for no row or several.

        It is the row of a known spelling, else the one row with a spelling similar to the label.
        """
        if key in self.rows:
            return Match(self.rows[key], 1.0)
        if key not in self._similar:
            if len(self._similar) >= _REMEMBERED:
                self._similar.clear()
            self._similar[key] = self._most_similar(key)
        return self._similar[key]

    def _most_similar(self, key: str) -> Match | None:
        if len(key) < _LEAST or key in self.groups or self.is_header(key):
            return None
        shuffled_row = self._rows_by_characters.get(characters(key))
        if shuffled_row:
            return Match(shuffled_row, _SHUFFLED)
        # Most texts are similar to no spelling, and to find the best one alone is the faster search.
        if process.extractOne(key, self._spellings, scorer=ratio, score_cutoff=_SIMILAR) is None:
            return None
        similar = process.extract(
            key, self._spellings, scorer=ratio, limit=6, score_cutoff=_SIMILAR - _CLEARLY
        )
        best_spelling, best_score, _ = similar[0]
        best_row = self.rows[best_spelling]
        for spelling, score, _ in similar:
            if self.rows[spelling] != best_row and best_score - score < _CLEARLY:
                return None
        return Match(best_row, best_score / 100)

    def shuffled_column(self, key: str) -> str | None:
        """Return the column that a normalised label names by its characters, whatever their order."""
        return self._columns_by_characters.get(characters(key))

    def starting_with(self, key: str) -> list[str]:
        """Return the spellings of rows that begin with a normalised text and are longer."""
        candidates = self._by_first_character.get(key[:1], ())
        return [spelling for spelling in candidates if spelling.startswith(key) and spelling != key]

    def is_header(self, key: str) -> bool:
        """Return whether a normalised text is the label of a column or of the header, or a part of one."""
        return key in self.columns or key in self._joined_headers

    def is_part_of_group(self, key: str) -> bool:
        """Return whether a normalised text is the label of a group or a part of one."""
        return key in self._joined_groups

    def is_header_or_group(self, key: str) -> bool:
        """Return whether a normalised text is, or is a part of, the label of a column, header or group."""
        return self.is_header(key) or self.is_part_of_group(key)


def characters(text: str) -> str:
    """Return the sorted characters of a text: equal for texts with the same characters in any order.

    Where a cell's lines overlap, a tool that goes by height interleaves their characters: 行 强 政 制.

    >>> characters("行强政制") == characters("行政强制")
    True
    """
    return "".join(sorted(text))


def _by_characters(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the id of each spelling's sorted characters, where only one row or column has them."""
    ids_of: dict[str, set[str]] = {}
    for spelling, id in labels.items():
        if len(spelling) >= _LEAST:
            ids_of.setdefault(characters(spelling), set()).add(id)
    return {sorted_characters: ids.pop() for sorted_characters, ids in ids_of.items() if len(ids) == 1}


def _whole_columns(table: forms.Table, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the columns' spellings that are official labels, or part of no longer spelling."""
    official = {label_key(_without_unit(column.label)) for column in table.columns}
    names = {label_key(_without_unit(spelling)) for column in table.columns for spelling in column.spellings}
    whole = {}
    for spelling, id in columns.items():
        is_part = any(spelling != name and spelling in name for name in names)
        if spelling in official or not is_part:
            whole[spelling] = id
    return whole


def _without_unit(label: str) -> str:
    """Return the label of a column without the unit in brackets behind it."""
    return label.split("（")[0]


@cache
def lexicon(edition: str, table: str) -> Lexicon:
    """Return the lexicon of the table of an edition; raises KeyError where there is none."""
    return Lexicon(forms.named(edition).table(table))
