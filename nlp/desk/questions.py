"""Lists what a record asks a person to decide, as the fields of the corrections that settle it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from nlp.correcting.fields import BadField, cell_field, parsed
from nlp.correcting.reasons import reason_field
from nlp.record.corrections import Decision
from nlp.record.model import Report, Review

_FACT_OF = {
    "organization_unknown": "organization",
    "organization_doubtful": "organization",
    "year_unknown": "year",
    "year_doubtful": "year",
}
"""The fact that settles a reason."""
_STALE, _DISPUTED, _SUMS = "correction_stale", "corrections_disagree", "sums_broken"


def questions(review: Sequence[Review], corrections: Sequence[Decision] | UnsetType) -> list[str]:
    """Return the fields to decide, each once, in the order of the reasons.

    `review` and `corrections` are those of a record. A reason that names cells asks for each of them; any
    other one asks for a look, and has a field of its own.
    Reasons and cells that this version does not know cannot be decided.

    >>> from nlp.checking.reasons import reason
    >>> questions([reason("several_reports"), reason("year_unknown")], UNSET)
    ['review.several_reports', 'year']
    """
    fields: list[str] = []
    for review_reason in review:
        if review_reason.code in _FACT_OF:
            fields.append(_FACT_OF[review_reason.code])
        elif review_reason.code in (_STALE, _DISPUTED):
            fields += _decided_again(review_reason.code, corrections)
        elif review_reason.cells and review_reason.code != _SUMS:
            fields += [cell_field(cell) for cell in review_reason.cells]
        else:
            fields.append(reason_field(review_reason))
    return [field for field in dict.fromkeys(fields) if is_field(field)]


def is_field(name: str) -> bool:
    """Return whether there is such a field; a record from elsewhere may name others.

    >>> is_field("year"), is_field("tables.requests.total.nothing")
    (True, False)
    """
    try:
        return bool(parsed(name))
    except BadField:
        return False


def first_question(report: Report) -> str:
    """Return the field to begin with: the first that is left, else the first cell, else the agency."""
    for field in questions(report.review, report.corrections):
        return field
    for id, _ in report.cells():
        return cell_field(id)
    return "organization"


def reasons_for(field: str, review: Sequence[Review]) -> list[Review]:
    """Return the reasons of a record that ask for a field."""
    return [
        review_reason
        for review_reason in review
        if field in (_FACT_OF.get(review_reason.code), reason_field(review_reason))
        or field in [cell_field(cell) for cell in review_reason.cells]
    ]


def _decided_again(code: str, corrections: Sequence[Decision] | UnsetType) -> list[str]:
    """Return the fields about which people have to decide once more."""
    if corrections is UNSET:
        return []
    if code == _STALE:
        return [decision.field for decision in corrections if decision.stale is True]
    return [decision.field for decision in corrections if decision.state == "disputed"]
