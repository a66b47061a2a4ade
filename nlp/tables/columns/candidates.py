"""What may stand in a cell, and how that was told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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

    @classmethod
    def of(cls, token: Token | None, way: Way, doubtful: bool = False) -> Candidate:
        """Return the candidate of what stands in a cell: a value, a placeholder, or nothing."""
        if token is None or token.kind is Kind.VALUE:
            return cls(token, way, doubtful=doubtful)
        mark = token if token.kind is Kind.PLACEHOLDER else None
        return cls(None, way, mark=mark, doubtful=doubtful)

    @classmethod
    def any_of(cls, tokens: Iterable[Token | None]) -> Candidate:
        """Return the candidate of a cell that may hold any of some tokens."""
        return cls(None, Way.OPEN, tuple(tokens))


def tokens_of(candidates: Sequence[Candidate]) -> list[Token | None]:
    """Return the candidates' tokens, None for blank and ambiguous cells."""
    return [candidate.token for candidate in candidates]


def in_doubt(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates that leave room for another reading."""
    return [replace(candidate, doubtful=True) for candidate in candidates]


def agreed(readings: Sequence[Sequence[Token | None]], way: Way, doubtful: bool = False) -> list[Candidate]:
    """Return a candidate for each column of several readings of a row: ambiguous where their texts differ."""
    return [_one_of(column, way, doubtful) for column in zip(*readings, strict=True)]


def _one_of(tokens: Sequence[Token | None], way: Way, doubtful: bool) -> Candidate:
    different: dict[str | None, Token | None] = {}
    for token in tokens:
        value = value_of(token)
        different[value.text if value else None] = value
    options = list(different.values())
    if len(options) == 1:
        return Candidate(options[0], way, doubtful=doubtful)
    return Candidate.any_of(options)


def value_of(token: Token | None) -> Token | None:
    """Return a token that prints a value; None for a placeholder."""
    if token is None or token.kind is not Kind.VALUE:
        return None
    return token
