"""Reads a paragraph: its numbers that speak of cells, and how far their words leave no doubt."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from msgspec import Struct

from nlp.claims.found import Found
from nlp.claims.kinds import (
    APPLICANTS,
    DECISIONS,
    DISPOSALS,
    DISPUTES,
    FOREIGN,
    REQUESTS,
    TOPICS,
    TOTAL,
    Meaning,
    meaning,
)
from nlp.claims.numerals import Numeral
from nlp.claims.scope import Scope
from nlp.claims.statements import statements
from nlp.claims.tokens import (
    CLOSE,
    COMMA,
    NUMBER,
    OPEN,
    PAUSE,
    SEMICOLON,
    SOMEBODY,
    STOP,
    UNKNOWN,
    Token,
)
from nlp.record.claims import Approximation

_ENDS = (STOP, SEMICOLON, COMMA, PAUSE, OPEN, CLOSE, NUMBER)
"""What a clause of one number goes from or to."""
_SAYS_NOTHING = frozenset(
    (
        "filler",
        "self",
        "this_year",
        "all",
        "about_information",
        "about_requests",
        "applicant",
        "timely",
        "whole",
        "loosely",
        "among",
        "channels",
    )
)
"""The roles of words that do not say what a number counts."""
_SPOILS = frozenset((UNKNOWN, SOMEBODY, "rest", "scope", "publish", "others", "channel", "timely", "rate"))
"""The roles of words that leave in doubt what a number counts."""
_REASON = _SAYS_NOTHING | {"application", "request", "receive", "other_year"}
"""The roles of words behind a number that leave it to the next clause to say what became of it."""
_UNKNOWN = frozenset((UNKNOWN, SOMEBODY))
_CARRIES = frozenset(("carry", "carried_over", "carried_forward"))
"""The roles of words that name another year beside their own."""
_CARRIED = frozenset(("carried_over", "carried_forward"))
_COMPARES = frozenset(("change", "compare"))
"""The roles of words by which a number is the difference to another year's."""
_APPROXIMATIONS: dict[str, Approximation] = {"about": "about", "at_least": "above", "at_most": "below"}
_BECOMES = frozenset((*DISPOSALS, "answer", "carried_over", "carried_forward"))
"""The roles of words that say behind a number what became of so many: 收到的申请,5件予以公开."""
_NO_PARTS = frozenset(("received", "new_received", "received_and_carried", "handled", "review", "litigation"))
"""What is not meant as a part of another number: among 21 received, 5 received in some way."""
_RECEIVED = ("received", "new_received", "handled")
_AMOUNTS = ("fees", "processing_fee")


class _Place(Struct):
    """How far a paragraph is read: what is spoken of, the last meaning, the scope outside of a bracket."""

    scope: Scope
    before: Meaning | None = None
    is_plain: bool = False
    outside: Scope | None = None

    def take(self, number: Found) -> None:
        """Go on behind a number; one of another year says nothing of the numbers behind it."""
        if number.meaning.kind != "other_year":
            self.before = number.meaning
            self.is_plain = number.is_plain


def found_in(tokens: Sequence[Token], chapter: str) -> list[Found]:
    """Return what the numbers and statements of a paragraph speak of, in their order.

    `chapter` is the kind of the chapter or part of it that the paragraph stands in.

    >>> from nlp.claims.tokens import tokens
    >>> text = "2023年,收到政府信息公开申请5件,答复4件,结转下年度1件。"
    >>> [(one.meaning.kind, one.value) for one in found_in(tokens(text, 2023, None), "overview")]
    [('received', 5), ('answered', 4), ('carried_forward', 1)]
    """
    place = _Place(Scope.of(chapter))
    found: list[Found] = []
    clause = 0
    for position, token in enumerate(tokens):
        begins = position == 0 or tokens[position - 1].role == STOP
        if begins and _lists_disposals(tokens, position):
            place.scope.is_named = True
        if token.role in (STOP, SEMICOLON, COMMA):
            found += statements(tokens[clause:position], place.scope, place.before)
            clause = position + 1
        if token.role == OPEN:
            place.outside = copy(place.scope)
        elif token.role == CLOSE:
            place.scope, place.outside = place.outside or place.scope, None
        elif token.role == NUMBER and token.numeral is not None:
            number = _number(tokens, position, token.numeral, place)
            if number is not None:
                found.append(number)
                place.take(number)
        place.scope.pass_by(token)
        if token.role == STOP and place.scope.topic is None:
            place.before = None
    found += statements(tokens[clause:], place.scope, place.before)
    return found


def _lists_disposals(tokens: Sequence[Token], position: int) -> bool:
    """Return whether the sentence from a position on tells several things that become of applications."""
    disposals: set[str] = set()
    for token in tokens[position:]:
        if token.role == STOP:
            break
        if token.role in DISPOSALS:
            disposals.add(token.role)
    return len(disposals) > 1


def _number(tokens: Sequence[Token], position: int, numeral: Numeral, place: _Place) -> Found | None:
    """Return what the number at a position speaks of; None where nothing is known of it."""
    clause = _clause(tokens, position, place.scope)
    scope, roles = clause.scope, clause.roles
    if scope.is_planned or scope.is_of_others or scope.topic == FOREIGN or "foreign" in roles:
        return None
    if numeral.is_percentage:
        return _rate(numeral, scope)
    if scope.is_part and "channel" in roles:
        return None  # how applications came is not in the tables
    told = meaning(scope.topic, roles, place.before, clause.earlier)
    if told is None or numeral.is_money != (told.kind in _AMOUNTS):
        return None
    if _is_of_other_year(scope, roles):
        told = Meaning("other_year")
    is_plain = told.is_plain and not clause.is_spoilt and not scope.is_narrow and _is_named(clause)
    is_plain = is_plain and _is_own(clause)
    if told.kind in DISPOSALS:
        is_plain = is_plain and (place.before is None or place.is_plain)
    if told.columns == TOTAL:
        is_plain = is_plain and not (scope.is_part and told.kind in _NO_PARTS)
    elif not told.is_whole:
        is_plain = is_plain and place.is_plain
    return Found(
        numeral.start,
        numeral.end,
        numeral.value,
        numeral.unit,
        told,
        is_plain,
        is_weak=_is_weak(clause, told),
        approximate=numeral.approximate or _approximation(roles),
    )


def _place_of_matter(tokens: Sequence[Token]) -> int:
    """Return where the first word stands that names what is counted: those behind it belong elsewhere."""
    for position, token in enumerate(tokens):
        if token.role in TOPICS or token.role == "application":
            return position
    return len(tokens)


def _may_go_on(tokens: Sequence[Token], comma: int) -> bool:
    """Return whether the clause behind a comma says what became of a number: 3件因年末收件,结转下年."""
    if comma >= len(tokens) or tokens[comma].role != COMMA:
        return False
    behind = _right(tokens, comma)
    ends = comma + len(behind) + 1
    has_number = ends < len(tokens) and tokens[ends].role == NUMBER
    return not has_number and any(token.role in _CARRIED for token in behind)


class _Clause(Struct):
    """The words that belong to a number, by their roles, with what is spoken of behind them.

    `is_behind` says that all of them stand behind it. `earlier` are the roles of the words before in the
    sentence; `is_spoilt` says whether some words are unknown, or leave in doubt what is counted.
    """

    roles: list[str]
    earlier: list[str]
    scope: Scope
    is_spoilt: bool
    is_behind: bool = False


def _clause(tokens: Sequence[Token], position: int, scope: Scope) -> _Clause:
    """Return the words that belong to the number at a position.

    They stand before it; or behind it where those before do not say what is counted: 3件予以公开.
    """
    left = _left(tokens, position)
    right = _right(tokens, position)
    roles = [token.role for token in left] + _aside(tokens, position)
    right_roles = [token.role for token in right]
    says_nothing = (_SAYS_NOTHING | {"rest"}).issuperset(roles)
    names_matter = any(role in TOPICS or role == "application" for role in roles)
    right_names_matter = any(role in TOPICS or role == "application" for role in right_roles)
    if right_names_matter and not says_nothing:
        right = right[: _place_of_matter(right) + 1]
        right_roles = [token.role for token in right]
    if says_nothing or (right_names_matter and not names_matter):
        if _REASON.issuperset(right_roles) and _may_go_on(tokens, position + len(right) + 1):
            right = [*right, *_right(tokens, position + len(right) + 1)]
            right_roles = [token.role for token in right if token.role != "receive"]
        roles = roles + right_roles
        scope = copy(scope)
        for token in right:
            scope.pass_by(token)
    spoiling = _SPOILS - {"channel"} if "channels" in roles else _SPOILS
    if not _CARRIED.isdisjoint(roles):
        spoiling = spoiling - {"rest"}  # 其余3件结转下年度
    earlier = _earlier(tokens, position - len(left))
    return _Clause(roles, earlier, scope, not spoiling.isdisjoint(roles), is_behind=not left)


def _is_own(clause: _Clause) -> bool:
    """Return whether no one else than the agency can be meant.

    Unknown words before in the sentence may name another; not where the agency is named behind them, nor
    where no name ends with them and the clause begins anew with the time, or with the number: 翻开台账,全年….
    """
    roles = [*clause.earlier, *clause.roles]
    unknown = [n for n, role in enumerate(roles) if role in _UNKNOWN]
    if not unknown or "self" in roles[unknown[-1] :] or "self" in roles[: unknown[0]]:
        return True
    begins_anew = clause.is_behind or clause.roles[:1] == ["this_year"]
    return begins_anew and clause.earlier[-1:] == [COMMA] and SOMEBODY not in roles


def _is_weak(clause: _Clause, told: Meaning) -> bool:
    """Return whether a number may well count something else than the tables do."""
    scope, roles = clause.scope, clause.roles
    is_loose = scope.is_loose and not told.kind.endswith("_in_force")  # 目前有效
    if scope.is_whole or is_loose or scope.is_narrow or not _is_named(clause):
        return True
    if scope.topic == DECISIONS and not told.is_plain:
        return True
    if scope.topic != REQUESTS:
        return False
    if "published" in clause.earlier or "published" in roles or "publish" in roles:
        return True
    is_bare = told.kind == "received" and "receive" not in roles and told.columns == TOTAL
    is_of_some = not _UNKNOWN.isdisjoint(roles) and told.kind in _RECEIVED
    return is_bare or is_of_some or (told.columns != TOTAL and not told.is_plain)


def _is_named(clause: _Clause) -> bool:
    """Return whether it is said that applications or disputes are about government information.

    Applications that are granted or denied are, and those that are told apart by who applied.
    """
    scope, roles = clause.scope, clause.roles
    if scope.topic == DISPUTES:
        return scope.names_information or scope.chapter == "review_litigation"
    is_of_applications = "application" in roles or "application" in clause.earlier
    if is_of_applications and not set(DISPOSALS).isdisjoint(roles):
        return True
    if scope.names_applicants and not APPLICANTS.keys().isdisjoint(roles):
        return True
    return scope.is_named or scope.topic != REQUESTS


def _is_of_other_year(scope: Scope, roles: Sequence[str]) -> bool:
    """Return whether a number is another year's, or the difference to it.

    What came over from last year or is left for the next one is this year's number.
    """
    if _COMPARES.intersection(roles):
        return True
    if scope.year == "this_year" or {"carry", "other_year"}.issubset(roles):
        return False
    return scope.year_holds or not _CARRIES.intersection(roles)


def _rate(numeral: Numeral, scope: Scope) -> Found | None:
    if scope.topic != REQUESTS:
        return None
    return Found(numeral.start, numeral.end, numeral.value, numeral.unit, Meaning("rate"), is_plain=False)


def _approximation(roles: Sequence[str]) -> Approximation | None:
    for role in roles:
        if role in _APPROXIMATIONS:
            return _APPROXIMATIONS[role]
    return None


def _left(tokens: Sequence[Token], position: int) -> Sequence[Token]:
    """Return the words before a number that belong to it.

    These are the words of its clause; where they say nothing of what it counts, as in 数量为5件, those of
    the clause before it as well.
    """
    first = position
    while first > 0 and tokens[first - 1].role not in _ENDS:
        first -= 1
    clause = tokens[first:position]
    can_go_on = first > 0 and tokens[first - 1].role == COMMA
    if not can_go_on or any(token.role not in _SAYS_NOTHING or token.role == "among" for token in clause):
        return clause
    before = first - 1
    while before > 0 and tokens[before - 1].role not in _ENDS:
        before -= 1
    if before > 0 and tokens[before - 1].role == NUMBER:
        return clause
    if not clause and any(token.role in _BECOMES for token in _right(tokens, position)):
        return clause
    if not clause:
        return tokens[before : first - 1]
    return [*tokens[before : first - 1], *clause]


def _right(tokens: Sequence[Token], position: int) -> Sequence[Token]:
    """Return the words behind a number, as far as the next number or mark."""
    last = position + 1
    while last < len(tokens) and tokens[last].role not in _ENDS:
        last += 1
    return tokens[position + 1 : last]


def _aside(tokens: Sequence[Token], position: int) -> list[str]:
    """Return the roles of what a bracket says of the number before it: 结转5件(上年)."""
    if position + 1 >= len(tokens) or tokens[position + 1].role != OPEN:
        return []
    roles: list[str] = []
    for token in tokens[position + 2 :]:
        if token.role == CLOSE:
            return [role for role in roles if role in ("other_year", "next_year")]
        if token.role in _ENDS:
            break
        roles.append(token.role)
    return []


def _earlier(tokens: Sequence[Token], position: int) -> list[str]:
    """Return the roles of the words of a sentence before a position."""
    roles: list[str] = []
    for token in reversed(tokens[:position]):
        if token.role == STOP:
            break
        roles.append(token.role)
    return roles[::-1]
