"""Holds claims against the tables of their record, and tells which differences are findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import UNSET
from msgspec.structs import replace

from nlp.claims.cells import PLUS, amount, cells_of
from nlp.record.claims import Agreement, Claim
from nlp.record.model import CLAIM_CHECKS, Check, Number, Tables
from nlp.resources import knowledge

CLOSED = "closed"
"""The kind of 全部办结: what came over from last year may still be open."""
_CARRIED_OVER = "requests.carried_over.total"
_ABOUT = 0.1
"""A number that is not exact agrees with one that is so much of it away at most."""


def assessed(claims: Sequence[Claim], tables: Tables) -> list[Claim]:
    """Return claims with what the tables say to them; a claim that speaks of no cell stays as it is.

    `about` becomes the sum that agrees, where one of `about` and `or_about` does.
    """
    return [_assessed(claim, tables) for claim in claims]


def _assessed(claim: Claim, tables: Tables) -> Claim:
    if claim.about is None:
        return claim
    sums = [claim.about, *claim.or_about]
    told = [sum for sum in sums if _amount(sum, tables) is not None]
    if not told:
        return replace(claim, outcome="not_assessable")
    for sum in told:
        value = _amount(sum, tables)
        if value is not None and _agrees(claim, value):
            others = [other for other in sums if other != sum]
            return replace(claim, about=sum, or_about=others, outcome="agrees")
    if claim.kind == CLOSED and not _is_contradicted(tables):
        return replace(claim, outcome="not_assessable")
    is_told = len(told) == len(sums) and claim.confidence >= _differs()
    outcome: Agreement = "differs" if is_told else "not_assessable"
    return replace(claim, outcome=outcome)


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
        return abs(claim.value - printed) <= _ABOUT * max(claim.value, printed)
    if isinstance(claim.value, float) or isinstance(printed, float):
        return abs(claim.value - printed) <= _least_step(claim) / 2 + 1e-9
    return claim.value == printed


def _least_step(claim: Claim) -> float:
    """Return what the last digit of an amount is worth, in the unit of the tables."""
    digits = claim.text.removesuffix(claim.unit or "").strip()
    places = len(digits.partition(".")[2])
    money: dict[str, float] = knowledge("claims")["units"]["money"]
    return money.get(claim.unit or "", 1) * 10.0**-places


def _is_contradicted(tables: Tables) -> bool:
    """Return whether more was carried forward than came over: some of what was received is still open."""
    forward = _amount("requests.carried_forward.total", tables)
    over = _amount(_CARRIED_OVER, tables)
    return forward is not None and over is not None and forward > over


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
    """Return the confidence, from 0 to 1, below which a number that is not equal may speak of another thing."""
    least: float = knowledge("claims_precision")["differs"]
    return least


def sure() -> float:
    """Return the precision, from 0 to 1, from which the differences of a kind of claim are findings."""
    least: float = knowledge("claims_precision")["finding"]
    return least
