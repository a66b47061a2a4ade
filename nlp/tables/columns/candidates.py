"""What may stand in a cell, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.tables.page.tokens import Kind, Token

GUESS = 0.4
"""Confidence in a cell that may be any of several tokens."""
STRAY = 0.85
"""Confidence in the cells of a row one of whose numbers may be a stray one, or may lack."""


class Candidate(Struct, frozen=True, gc=False):
    """A cell's token, None where it is blank, and how sure that is.

    `alternatives` are the tokens that it may be where that cannot be told, `mark` is the placeholder that a
    blank cell prints.
    """

    token: Token | None
    confidence: float
    alternatives: tuple[Token | None, ...] = ()
    mark: Token | None = None

    @classmethod
    def of(cls, token: Token | None, confidence: float) -> Candidate:
        """Return the candidate of what stands in a cell: a value, a placeholder, or nothing."""
        if token is None or token.kind is Kind.VALUE:
            return cls(token, confidence)
        return cls(None, confidence, mark=token if token.kind is Kind.PLACEHOLDER else None)


def tokens_of(candidates: Sequence[Candidate]) -> list[Token | None]:
    """Return the candidates' tokens, None for blank and ambiguous cells."""
    return [candidate.token for candidate in candidates]


def in_doubt(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates whose confidence says that a person must look at them."""
    return [replace(one, confidence=min(one.confidence, STRAY)) for one in candidates]


def agreed(readings: Sequence[Sequence[Token | None]], confidence: float) -> list[Candidate]:
    """Return a candidate for each column of several readings of a row: ambiguous where their texts differ."""
    return [_one_of(column, confidence) for column in zip(*readings, strict=True)]


def _one_of(tokens: Sequence[Token | None], confidence: float) -> Candidate:
    different: dict[str | None, Token | None] = {}
    for token in tokens:
        value = value_of(token)
        different[value.text if value else None] = value
    options = tuple(different.values())
    if len(options) == 1:
        return Candidate(options[0], confidence)
    return Candidate(None, GUESS, options)


def value_of(token: Token | None) -> Token | None:
    """Return a token that prints a value; None for a placeholder."""
    if token is None or token.kind is not Kind.VALUE:
        return None
    return token
