"""Tells what a number speaks of by the roles of the words in its clause."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

REQUESTS, DISPUTES, FOREIGN = "requests", "disputes", "foreign"
DOCUMENTS, DECISIONS = "documents", "decisions"
"""What is spoken of: applications, disputes over them, documents issued, decisions taken, anything else."""

TOPICS: dict[str, str] = {
    "request": REQUESTS,
    "about_requests": REQUESTS,
    "review": DISPUTES,
    "litigation": DISPUTES,
    "litigation_direct": DISPUTES,
    "litigation_after_review": DISPUTES,
    "document": DOCUMENTS,
    "regulation": DOCUMENTS,
    "licensing": DECISIONS,
    "penalties": DECISIONS,
    "coercion": DECISIONS,
    "published": "published",
    "fee": "fee",
    "fee_item": "fee_item",
    "foreign": FOREIGN,
}
"""The topics that words begin, by their roles."""

APPLICANTS: dict[str, tuple[str, ...]] = {
    "natural_person": ("natural_person",),
    "commercial_enterprise": ("commercial_enterprise",),
    "research_institution": ("research_institution",),
    "public_welfare_organization": ("public_welfare_organization",),
    "legal_service_organization": ("legal_service_organization",),
    "legal_persons": (
        "commercial_enterprise",
        "research_institution",
        "public_welfare_organization",
        "legal_service_organization",
        "other_organization",
    ),
}
DISPOSALS: tuple[str, ...] = (
    "partially_granted",
    "denied",
    "unavailable",
    "rejected",
    "other_disposal",
    "granted",
)
"""The kinds of what became of applications."""
_RESULTS = {"upheld": "upheld", "corrected": "corrected", "other_result": "other", "pending": "pending"}
_DISPUTES = ("litigation_direct", "litigation_after_review", "litigation", "review")
_DECISIONS = ("licensing", "penalties", "coercion")
_VERBS = {"issue": "issued", "new": "issued", "repeal": "repealed", "in_force": "in_force"}
TOTAL: tuple[str, ...] = ()
"""The columns of a number of all of a row: whatever its table has for the total."""


class Meaning(NamedTuple):
    """What a number speaks of: a kind of data/claims.toml, and the columns of the tables that it counts.

    No columns are all that a row has, which its total is.

    `is_plain` says whether the words leave no doubt, `is_whole` whether they need no number before them.
    """

    kind: str
    columns: tuple[str, ...] = TOTAL
    is_plain: bool = True
    is_whole: bool = False


def meaning(
    topic: str | None, roles: Sequence[str], before: Meaning | None, earlier: Collection[str]
) -> Meaning | None:
    """Return what a number speaks of; None where the words do not say.

    `roles` are those of the words in its clause, in their order, `before` is what the last number of the
    paragraph spoke of, `earlier` are the roles of the words before in its sentence.

    >>> meaning("requests", ["this_year", "new", "request"], None, ())
    Meaning(kind='new_received', columns=(), is_plain=True, is_whole=False)
    >>> meaning("requests", ["among", "natural_person"], Meaning("received"), ()).columns
    ('natural_person',)
    """
    if topic == REQUESTS:
        return _of_requests(roles, before)
    if topic == DISPUTES:
        return _of_disputes(roles, before)
    if topic == DOCUMENTS:
        return _of_documents(roles, before, earlier)
    if topic == DECISIONS:
        return _of_decisions(roles, earlier)
    if topic == "published":
        return Meaning("published") if "published" in roles or not before else None
    if topic == "fee":
        return Meaning("processing_fee")
    if topic == "fee_item":
        return Meaning("fees")
    return None


def _of_requests(roles: Sequence[str], before: Meaning | None) -> Meaning | None:
    columns, is_of_kind = _applicants(roles)
    row = _row(roles)
    if row is not None and not is_of_kind:
        return row
    if row is not None:
        takes_part = row.kind in ("received", "new_received")
        return Meaning(row.kind, columns, is_plain=takes_part and row.is_plain, is_whole=True)
    if is_of_kind:
        kind = "received"
        if before is not None and (before.kind.startswith("requests") or before.kind in _ROWS):
            kind = before.kind
        is_plain = kind in ("received", "new_received")
        return Meaning(kind, columns, is_plain=is_plain, is_whole=before is None and "application" in roles)
    if "request" in roles or "application" in roles:
        return Meaning("received", is_plain=False)
    return None


_ROWS = ("received", "new_received", "carried_over", "carried_forward", "answered", "handled", *DISPOSALS)


def _applicants(roles: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Return the columns of the applicants that a clause names, and whether it names any."""
    named = [role for role in roles if role in APPLICANTS]
    if not named:
        return TOTAL, False
    columns: dict[str, None] = {}
    for role in named:
        columns.update(dict.fromkeys(APPLICANTS[role]))
    return tuple(columns), True


def _row(roles: Sequence[str]) -> Meaning | None:
    """Return the row of the table of requests that a clause speaks of, with all applicants."""
    is_new = "new" in roles
    is_received = is_new or "receive" in roles
    if "carried_forward" in roles or ("carry" in roles and "next_year" in roles):
        return Meaning("carried_forward")
    if "carried_over" in roles or ("carry" in roles and "other_year" in roles):
        if is_received:
            return Meaning("received_and_carried", is_plain=False)
        return Meaning("carried_over")
    if "carry" in roles:
        return Meaning("carried_forward", is_plain=False)
    disposals = [role for role in DISPOSALS if role in roles]
    if disposals:
        return Meaning(disposals[0]) if len(disposals) == 1 else None
    if "answer" in roles:
        return Meaning("answered")
    if is_new:
        return Meaning("new_received")
    if is_received:
        return Meaning("received")
    if "handle" in roles:
        return Meaning("handled")
    return None


def _of_disputes(roles: Sequence[str], before: Meaning | None) -> Meaning | None:
    disputes = [role for role in _DISPUTES if role in roles]
    results = tuple(_RESULTS[role] for role in roles if role in _RESULTS)
    if len(disputes) > 1 or len(results) > 1:
        return None
    if disputes:
        return Meaning(disputes[0], results or TOTAL)
    if results and before is not None and before.kind in _DISPUTES:
        return Meaning(before.kind, results)
    return None


def _of_documents(roles: Sequence[str], before: Meaning | None, earlier: Collection[str]) -> Meaning | None:
    verbs = [role for role in roles if role in _VERBS]
    if not verbs or "publish" in roles:
        return None
    if "publish" in earlier and verbs[-1] != "in_force":
        return None
    last = [role for role in (*earlier, *roles) if role in ("document", "regulation")][-1:]
    if not last:
        is_of_documents = before is not None and before.kind.startswith(("documents_", "regulations_"))
        if not is_of_documents or before is None:
            return None
        return Meaning(f"{before.kind.partition('_')[0]}_{_VERBS[verbs[-1]]}")
    return Meaning(f"{last[0]}s_{_VERBS[verbs[-1]]}")


def _of_decisions(roles: Sequence[str], earlier: Collection[str]) -> Meaning | None:
    decisions = [role for role in roles if role in _DECISIONS]
    if not decisions and "make" in roles:
        decisions = list({role for role in earlier if role in _DECISIONS})
    if len(decisions) != 1 or "publish" in roles or "publish" in earlier:
        return None
    is_made = "make" in roles or "make" in earlier
    if "published" in earlier and not is_made:
        return None
    return Meaning(decisions[0], is_plain=is_made)
