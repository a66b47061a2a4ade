"""Finds the pieces that complete a label of a row that is wrapped over several lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from msgspec import Struct

from nlp.form.labels.lexicon import Lexicon, characters
from nlp.form.labels.normalised import key
from nlp.tables.page.runs import numbers_of
from nlp.tables.page.tokens import Token

_REACH = 8
"""How many texts further on a wrapped label's other pieces are looked for."""
LINES_APART = 30
"""How many lines apart the pieces of one label may stand (its numbers may be between, one a line)."""
SHORTEST_PIECE = 4
"""From so many characters a piece of a label is known whatever their order."""
_Rests = dict[tuple[int, int], "list[int] | None"]
"""What completes a label from a piece on, by that piece and how much is wanting."""


class Label(Struct, frozen=True, gc=False):
    """A label text: position among the tokens, line, enumerator, key."""

    at: int
    line: int
    text: str
    enumerator: str
    key: str

    @property
    def words(self) -> list[str]:
        """The keys of its parts between white space: a line of headers that only spaces part."""
        words = self.text.split()
        return list(filter(None, map(key, words))) if len(words) > 1 else [self.key]


class Pieces:
    """The label texts of a table, those that are `taken` among them: the pieces of labels known already."""

    def __init__(
        self, tokens: Sequence[Token], labels: Sequence[Label], lexicon: Lexicon, taken: Set[int]
    ) -> None:
        self.tokens, self.labels, self.lexicon, self.taken = tokens, labels, lexicon, taken

    def completing(self, n: int, start: str, spellings: list[str]) -> tuple[list[int], str]:
        """Return the labels that complete the longest of some spellings, and that spelling."""
        for spelling in sorted(spellings, key=len, reverse=True):
            taken = self._rest_from(n + 1, n, spelling[len(start) :], {})
            if taken:
                return [n, *taken], spelling
        return [n], ""

    def _rest_from(self, first: int, n: int, rest: str, known: _Rests) -> list[int] | None:
        """Return the labels from `first` on that are the rest of one whose last piece so far is label `n`.

        A piece of the group beside it may begin as the rest does: 其他处/理 beside 再处/理其政府信息公开申请.
        """
        if not rest:
            return []
        if (first, len(rest)) not in known:
            known[first, len(rest)] = self._looked_up(first, n, rest, known)
        return known[first, len(rest)]

    def _looked_up(self, first: int, n: int, rest: str, known: _Rests) -> list[int] | None:
        for m in range(first, min(n + 1 + _REACH, len(self.labels))):
            piece = self.labels[m]
            if m in self.taken or piece.line - self.labels[n].line > LINES_APART:
                return None
            of_group = self.lexicon.is_part_of_group(piece.key)
            without = self._rest_from(m + 1, n, rest, known) if of_group else None
            if without:
                return without
            for part in self._parts(piece):
                if _begins(rest, part):
                    further = self._rest_from(m + 1, m, rest[len(part) :], known)
                    if further is not None:
                        return [m, *further]
            if len(piece.key) > 1 and not of_group and not self._is_note(piece, self.labels[n]):
                return None
        return None

    def _is_note(self, piece: Label, label: Label) -> bool:
        """Tell whether a text stands behind a number, in a cell to the right of a label's: no part of it."""
        own, other, before = self.tokens[label.at], self.tokens[piece.at], self.tokens[piece.at - 1]
        is_behind_number = bool(numbers_of([before])) and before.line == other.line
        return is_behind_number and own.cells == other.cells > 1 and other.cell > own.cell

    def _parts(self, piece: Label) -> Iterator[str]:
        """Yield a piece's key, whole and without its group's piece before it: `提供 行制作`, `(六) 信息`."""
        if piece.key and (not piece.enumerator or piece.enumerator in self.lexicon.group_enumerators):
            yield piece.key
        yield from rests(piece.words, self.lexicon.is_part_of_group)


def _begins(rest: str, part: str) -> bool:
    """Tell whether the rest of a label begins with a piece, its characters in order or shuffled."""
    if rest.startswith(part):
        return True
    return SHORTEST_PIECE <= len(part) <= len(rest) and characters(part) == characters(rest[: len(part)])


def rests(words: Sequence[str], may_go: Callable[[str], bool]) -> Iterator[str]:
    """Yield what is left of a text without its first word, its first two, as long as these may go."""
    for at in range(1, len(words)):
        if not may_go(words[at - 1]):
            return
        yield "".join(words[at:])
