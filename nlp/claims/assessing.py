"""Holds claims against the tables of their record, and tells which differences are findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import UNSET
from msgspec.structs import replace

from nlp.claims.cells import PLUS, amount, cells_of
from nlp.claims.vocabulary import kinds
from nlp.record.claims import Agreement, Claim
from nlp.record.model import CLAIM_CHECKS, Check, Number, Tables
from nlp.resources import knowledge

_ABOUT = 0.1
"""A number that is not exact agrees with one that is so much of it away at most."""
_NOT_ABOUT = 0.3
"""It differs from one that is so much of it away at least."""


def assessed(claims: Sequence[Claim], tables: Tables) -> list[Claim]:
    """Return claims with what the tables say to them; a claim that speaks of no cell stays as it is.

    `about` becomes the reading that agrees where one does, else the likeliest one.
    """
    return [_assessed(claim, tables) for claim in claims]


def _assessed(claim: Claim, tables: Tables) -> Claim:
    if claim.about is None:
        return claim
    sums = claim.readings or [claim.about]
    amounts = [_amount(sum, tables) for sum in sums]
    for sum, value in zip(sums, amounts, strict=True):
        if value is not None and _agrees(claim, value):
            return replace(claim, about=sum, outcome="agrees")
    return replace(claim, about=sums[0], outcome=_without_agreement(claim, amounts, tables))


def _without_agreement(claim: Claim, amounts: Sequence[Number | None], tables: Tables) -> Agreement:
    """Return whether a number that is not in the tables differs from them, or speaks of something else."""
    if claim.confidence < _differs():
        return "not_assessable"
    if not all(amount is not None and _is_far(claim, amount) for amount in amounts):
        return "not_assessable"
    if _may_be_of_before(claim, tables):
        return "not_assessable"
    return "differs"


def _amount(sum: str, tables: Tables) -> Number | None:
    """Return what a sum comes to; None where it cannot be told, or the tables lack a cell of it."""
    try:
        return amount(sum, tables)
    except KeyError:
        return None


def _agrees(claim: Claim, printed: Number) -> bool:
    """Return whether a number of the prose and a printed one are the same as far as the prose tells.

    Amounts of money are compared as exactly as the prose has them.
    """
    if claim.approximate is not UNSET:
        is_above = claim.approximate == "above" and 0 <= printed - claim.value < _rounded_by(claim.value)
        return is_above or abs(claim.value - printed) <= _ABOUT * max(claim.value, printed)
    if isinstance(claim.value, float) or isinstance(printed, float):
        return abs(claim.value - printed) <= _least_step(claim) / 2 + 1e-9
    return claim.value == printed


def _is_far(claim: Claim, printed: Number) -> bool:
    """Return whether a number of the prose cannot be meant for a printed one, however loosely it is said."""
    if claim.approximate is UNSET:
        return True
    if claim.approximate == "above" and 0 <= printed - claim.value < 2 * _rounded_by(claim.value):
        return False
    return abs(claim.value - printed) >= _NOT_ABOUT * max(claim.value, printed)


def _rounded_by(value: Number) -> int:
    """Return what the last digit that is not 0 of a rounded number is worth.

    >>> _rounded_by(1300), _rounded_by(27), _rounded_by(0)
    (100, 1, 1)
    """
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit


def _least_step(claim: Claim) -> float:
    """Return what the last digit of an amount is worth, in the unit of the tables."""
    digits = claim.text.removesuffix(claim.unit or "").strip()
    places = len(digits.partition(".")[2])
    money: dict[str, float] = knowledge("claims")["units"]["money"]
    return money.get(claim.unit or "", 1) * 10.0**-places


def _may_be_of_before(claim: Claim, tables: Tables) -> bool:
    """Return whether what the tables have may be left from the year before.

    Of applications that are all answered none is carried forward; one that came over may be open still.
    """
    before = kinds()[claim.kind].but_for
    if before is None or claim.about is None:
        return False
    left = _amount(f"{before}.{claim.about.rpartition('.')[2]}", tables)
    printed = _amount(claim.about, tables)
    return left is None or printed is None or printed <= left


def findings(claims: Sequence[Claim], tables: Tables) -> list[Check]:
    """Return the claims that differ for certain as broken checks, with the prose on the left side.

    None is one where the same line says the same thing as the tables have it.
    """
    agreeing = {(claim.line, claim.about) for claim in claims if claim.outcome == "agrees"}
    return [
        _check(position, claim, tables)
        for position, claim in enumerate(claims)
        if claim.outcome == "differs"
        and claim.confidence >= sure()
        and (claim.line, claim.about) not in agreeing
    ]


def _check(position: int, claim: Claim, tables: Tables) -> Check:
    sum = claim.about or ""
    rule = f"{claim.kind} in the prose = {sum}"
    return Check(
        f"{CLAIM_CHECKS}{claim.kind}.{position}",
        rule,
        claim.value,
        _amount(sum, tables),
        "broken",
        "source",
        sum.split(PLUS),
    )


def certainty(sums: Sequence[str], tables: Tables) -> float:
    """Return the lowest confidence of the cells of sums; 1 where there are none."""
    confidences = [1.0]
    for sum in sums:
        confidences += _confidences(sum, tables)
    return min(confidences)


def _confidences(sum: str, tables: Tables) -> Iterator[float]:
    for cell in cells_of(sum, tables):
        if cell.on_page != "missing":
            yield cell.confidence


def _differs() -> float:
    """Return the confidence, from 0 to 1, below which an unequal number may speak of another thing."""
    least: float = knowledge("claims_precision")["differs"]
    return least


def sure() -> float:
    """Return the precision, from 0 to 1, from which the differences of a kind of claim are findings."""
    least: float = knowledge("claims_precision")["finding"]
    return least
