"""Says in Chinese where the prose of a report and its tables have different numbers."""

from __future__ import annotations

from msgspec import Struct

from nlp.auditing.places import where_on_page
from nlp.auditing.sums import Printed, shown
from nlp.auditing.words import phrase, spoken, words
from nlp.claims.vocabulary import kinds
from nlp.record.model import Check, Number, Report


class Difference(Struct, frozen=True):
    """A number of the prose that differs from the tables.

    `kind` says in Chinese what it speaks of, `message` what both have, `text` is what the prose prints on
    `line`, `confidence` how sure it is that it speaks of `about`.
    """

    id: str
    kind: str
    message: str
    advice: str
    text: str
    line: int
    value: Number
    printed: Number
    about: str
    confidence: float
    cells: list[Printed]


def difference(report: Report, check: Check, cells: list[Printed]) -> Difference:
    """Return a claim of a report that differs in Chinese; `cells` are those of its check, in their order."""
    assert check.left is not None
    assert check.right is not None
    claim = report.claims[int(check.id.rpartition(".")[2])]
    kind = kinds()[claim.kind].zh if spoken() == "zh" else claim.kind.replace("_", " ")
    is_number = claim.unit is not None
    message = phrase(
        "claims",
        "number" if is_number else "statement",
        where=where_on_page(claim.line, report.source.media_type),
        kind=kind,
        text=claim.text.strip(),
        names=words("sums")["plus"].join(_names(cells)),
        value=shown(check.right),
    )
    return Difference(
        check.id,
        kind,
        message,
        words("claims")["advice"],
        claim.text,
        claim.line,
        check.left,
        check.right,
        claim.about or "",
        claim.confidence,
        cells,
    )


def _names(cells: list[Printed]) -> list[str]:
    """Return the names of some cells; of many the first, and how many more there are."""
    names = [phrase("claims", "cell", name=cell.name) for cell in cells]
    if len(names) <= _NAMED:
        return names
    return [*names[:_NAMED], phrase("claims", "more", count=len(names) - _NAMED)]


_NAMED = 3
