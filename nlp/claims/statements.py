"""Finds what clauses say without a number: that there was none of something, that nothing is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.claims.found import Found
from nlp.claims.kinds import DISPUTES, FOREIGN, REQUESTS, TOTAL, Meaning
from nlp.claims.scope import Scope
from nlp.claims.tokens import NUMBER, SOMEBODY, UNKNOWN, Token

_NOT_NONE = frozenset(
    f"""
    {UNKNOWN} {SOMEBODY} timely rate foreign scope rest answer handle granted partially_granted denied
    unavailable rejected published publish natural_person commercial_enterprise legal_persons
    channel upheld corrected fee future
    others among change other_year document regulation
    """.split()
)
"""The roles of words by which a clause says that there was none of something narrower."""
_NOT_CLOSED = frozenset(
    (NUMBER, UNKNOWN, SOMEBODY, "timely", "none", "rate", "foreign", "future", "among", "scope")
)
_RECEIVED = ("received", "new_received", "received_and_carried")


def statements(clause: Sequence[Token], scope: Scope, before: Meaning | None) -> Iterator[Found]:
    """Yield what a clause says without a number.

    `scope` is what is spoken of at its end, `before` what the last number of the paragraph spoke of.

    >>> from nlp.claims.tokens import tokens
    >>> clause = tokens("未收到政府信息公开申请", 2023, None)
    >>> scope = Scope.of("disclosure_on_request")
    >>> [(found.meaning.kind, found.value, found.end) for found in statements(clause, scope, None)]
    [('received', 0, 3)]
    """
    if scope.is_planned or scope.is_of_others or scope.topic == FOREIGN or scope.year != "this_year":
        return
    yield from _none(clause, scope)
    yield from _closed(clause, scope, before)


def _none(clause: Sequence[Token], scope: Scope) -> Iterator[Found]:
    roles = [token.role for token in clause]
    if "none" not in roles or NUMBER in roles or not _NOT_NONE.isdisjoint(roles):
        return
    word = clause[roles.index("none")]
    is_named = scope.is_named
    if scope.topic == DISPUTES:
        is_named = scope.names_information or scope.chapter == "review_litigation"
    is_plain = is_named and not scope.is_narrow
    is_weak = scope.is_whole or scope.is_loose or scope.is_narrow
    for kind in _kinds_of_none(roles, scope):
        yield Found(word.start, word.end, 0, None, Meaning(kind), is_plain, is_weak)


def _kinds_of_none(roles: Sequence[str], scope: Scope) -> list[str]:
    kinds = [kind for kind in ("carried_over", "carried_forward") if kind in roles]
    if kinds:
        return kinds
    if scope.topic == REQUESTS and "carry" in roles:
        return ["carried_forward"]
    if scope.topic == DISPUTES:
        return [role for role in ("review", "litigation") if role in roles]
    if scope.topic == REQUESTS and ("request" in roles or "application" in roles):
        return ["received"]
    return []


def _closed(clause: Sequence[Token], scope: Scope, before: Meaning | None) -> Iterator[Found]:
    """Yield that all applications were answered, which leaves none for the next year.

    These are the ones that were counted before, or that the clause itself names.
    """
    roles = [token.role for token in clause]
    is_told = before is not None and before.kind in _RECEIVED
    names_all = "request" in roles or ("application" in roles and "this_year" in roles)
    if scope.topic != REQUESTS or not (is_told or names_all):
        return
    if "all" not in roles or "answer" not in roles or not _NOT_CLOSED.isdisjoint(roles):
        return
    first, last = clause[roles.index("all")], clause[len(roles) - 1 - roles[::-1].index("answer")]
    if last.end <= first.start:
        return
    is_weak = scope.is_whole or scope.is_loose or scope.is_narrow
    if before is not None and not names_all:
        is_weak = is_weak or before.columns != TOTAL
    yield Found(first.start, last.end, 0, None, Meaning("closed"), scope.is_named, is_weak)
