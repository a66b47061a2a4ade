"""Shows what came of comparing reports as a part of a page of HTML."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.across.across import Across
from nlp.across.findings import Finding
from nlp.across.knowledge import kinds, known, phrase
from nlp.across.text import covered_sentence, headline, records_sentence, verdict, versions_sentence
from nlp.showing.markup import Child, Markup, element, table

_CELLS = 14
"""So many cells of a finding are listed; JSON has all of them."""


def article(found: Across) -> Markup:
    """Return an article: what was compared, what could not be, and the findings with their cells."""
    words: dict[str, str] = known("words")
    return element(
        "article",
        element("h2", words["title"]),
        element("p", verdict(found), class_="verdict alarm" if found.broken else "verdict calm"),
        element("p", records_sentence(found)),
        element("p", covered_sentence(found)),
        _counts(found),
        _several(found),
        *(_finding(number, finding) for number, finding in enumerate(found.findings, 1)),
    )


def _counts(found: Across) -> Markup:
    words = known("words")
    head = [words["kind"], words["all"], *known("outcomes").values(), words["why"]]
    rows: list[Sequence[Child]] = [head]
    for counts in found.counts:
        why = phrase("and").join(
            phrase("reason", reason=known("reasons")[reason], count=count)
            for reason, count in counts.reasons.items()
        )
        numbers = (counts.all, counts.holds, counts.broken, counts.not_assessable)
        rows.append([kinds()[counts.kind].checked, *map(str, numbers), why])
    return table(rows)


def _several(found: Across) -> Markup | None:
    if not found.several:
        return None
    entries = [element("li", versions_sentence(versions)) for versions in found.several]
    return element("div", element("h3", known("words")["several"]), element("ul", *entries))


def _finding(number: int, finding: Finding) -> Markup:
    return element(
        "section",
        element("h3", headline(number, finding)),
        element("p", finding.message),
        element("p", finding.advice, class_="path"),
        element("p", kinds()[finding.kind].expects, class_="path"),
        _cells(finding),
        element("p", phrase("and").join(finding.paths), class_="path"),
        id=finding.id,
    )


def _cells(finding: Finding) -> Markup | None:
    if not finding.cells:
        return None
    words = known("words")
    rows: list[Sequence[Child]] = [[words["year"], words["cell"], words["value"], words["line"]]]
    for cell in finding.cells[:_CELLS]:
        rows.append([str(cell.year), cell.name, str(cell.value), str(cell.line or "")])
    if len(finding.cells) > _CELLS:
        rows.append(["", words["more"], "", ""])
    return table(rows)
