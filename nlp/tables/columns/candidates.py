"""What may stand in a cell, and how that was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.tables.circumstances import Way
from nlp.tables.page.tokens import Kind, Token


class Candidate(Struct, frozen=True, gc=False):
    """A cell's token, None where it is blank, and the way in which that was told.

    `alternatives` are the tokens that it may be where that is open, `mark` is the placeholder that a blank
    cell prints. `doubtful`: one of the row's numbers may be a stray one, or one may lack.
    """

    token: Token | None
    way: Way
    alternatives: tuple[Token | None, ...] = ()
    mark: Token | None = None
    doubtful: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether the cell is blank, and the page has it."""
        return self.token is None and self.way not in (Way.OPEN, Way.ABSENT)

    @classmethod
    def of(cls, token: Token | None, way: Way, doubtful: bool = False) -> Candidate:
        """Return the candidate of what stands in a cell: a value, a placeholder, or nothing."""
        if token is None or token.kind is Kind.VALUE:
            return cls(token, way, doubtful=doubtful)
        mark = token if token.kind is Kind.PLACEHOLDER else None
        return cls(None, way, mark=mark, doubtful=doubtful)

    @classmethod
    def among(cls, tokens: Iterable[Token | None], way: Way) -> Candidate:
        """Return the candidate of one of some tokens: told where their texts are the same, else ambiguous."""
        options = _different(tokens)
        return cls(options[0], way) if len(options) == 1 else cls.any_of(options)

    @classmethod
    def any_of(cls, tokens: Iterable[Token | None]) -> Candidate:
        """Return the candidate of a cell that may hold any of some tokens."""
        return cls(None, Way.OPEN, tuple(tokens))


def in_turn(tokens: Iterable[Token | None], way: Way, doubtful: bool = False) -> list[Candidate]:
    """Return the candidates of the cells of a row in which some tokens stand in turn."""
    return [Candidate.of(token, way, doubtful) for token in tokens]


def tokens_of(candidates: Sequence[Candidate]) -> list[Token | None]:
    """Return the candidates' tokens, None for blank and ambiguous cells."""
    return [candidate.token for candidate in candidates]


def in_doubt(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates that leave room for another reading."""
    return [replace(candidate, doubtful=True) for candidate in candidates]


def agreed(readings: Sequence[Sequence[Token | None]], way: Way) -> list[Candidate]:
    """Return a candidate for each column of several readings of a row: ambiguous where their texts differ."""
    columns = zip(*readings, strict=True)
    return [Candidate.among(map(value_of, column), way) for column in columns]


def differing(candidates: Sequence[Candidate], others: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates that are ambiguous wherever two readings put different texts."""
    merged = []
    for one, two in zip(candidates, others, strict=True):
        options = _different([one.token, two.token, *one.alternatives, *two.alternatives])
        merged.append(one if len(options) == 1 else Candidate.any_of(options))
    return merged


def _different(tokens: Iterable[Token | None]) -> list[Token | None]:
    """Return one of all tokens with the same text, the last."""
    by_text = {token.text if token else None: token for token in tokens}
    return list(by_text.values())


def value_of(token: Token | None) -> Token | None:
    """Return a token that prints a value; None for a placeholder."""
    return token if token and token.kind is Kind.VALUE else None


ABSENT = Candidate(None, Way.ABSENT)
"""The candidate of a cell that the page does not have."""
OPEN = Candidate.any_of(())
"""The candidate of a cell whose number cannot be told among others."""


def without_totals(total: int, rows: Mapping[str, Sequence[Candidate]]) -> list[str]:
    """Return the rows whose blank total, the column `total`, is behind numbers, where others print theirs.

    A total may stand on a line of its own, far from its row (a PDF made into Markdown), and look like the
    number of a page.
    """
    if not any(candidates[total].token for candidates in rows.values()):
        return []
    blank = [row for row, candidates in rows.items() if candidates[total].is_blank]
    return [row for row in blank if not are_zeros(tokens_of(rows[row]))]


def are_zeros(tokens: Iterable[Token | None]) -> bool:
    """Return whether tokens print nothing but zeros."""
    printed = "".join([token.text for token in filter(None, tokens)])
    return not printed.strip("0")
