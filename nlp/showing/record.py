"""Shows one record to a reader: whose it is, the findings on it, its tables."""

from __future__ import annotations

from nlp.auditing.audit import Audit, Reason, Verdict, audit
from nlp.auditing.claims import Difference
from nlp.auditing.sums import BrokenSum
from nlp.auditing.text import candidates, counted, headline, whose
from nlp.auditing.words import words
from nlp.record.model import Report
from nlp.resources import folder
from nlp.showing.markup import Markup, element, joined
from nlp.showing.tables import tables

_CLASSES: dict[Verdict, str] = {
    "right": "verdict calm",
    "doubtful": "verdict asks",
    "unassessed": "verdict asks",
    "partly": "verdict asks",
}
"""The CSS classes of a verdict's headline; the others alarm."""


def fragment(report: Report) -> Markup:
    """Return a record as a notebook shows it: markup with its own style, nothing to run or to load."""
    style = Markup(f"<style>\n{css()}</style>")
    return element("div", style, article(report, audit(report)), class_="nianbao")


def css() -> str:
    """Return the style of records; every rule is for what stands inside `.nianbao`."""
    return (folder("data") / "showing.css").read_text(encoding="utf-8")


def article(report: Report, audit: Audit) -> Markup:
    """Return an article with the findings on a record and its tables."""
    title, facts = whose(audit), counted(audit)
    if audit.error is not None:
        title, facts = audit.name, [audit.error.message]
    return element(
        "article",
        element("h2", title),
        element("p", audit.path, class_="path"),
        element("p", headline(audit), class_=_CLASSES.get(audit.verdict, "verdict alarm")),
        *[element("p", fact) for fact in facts],
        _list(words("summary")["broken"], [_broken_sum(sum) for sum in audit.broken]),
        _list(words("summary")["differs"], [_difference(one) for one in audit.differences]),
        _list(words("summary")["reasons"], [_reason(reason) for reason in audit.reasons]),
        tables(report, audit),
    )


def _list(heading: str, entries: list[Markup]) -> Markup | None:
    if not entries:
        return None
    return joined([element("h3", heading), element("ol", *entries)])


def _broken_sum(sum: BrokenSum) -> Markup:
    return _entry([f"{sum.table}　{sum.kind}", sum.message, sum.advice])


def _difference(difference: Difference) -> Markup:
    return _entry([difference.message, difference.advice])


def _reason(reason: Reason) -> Markup:
    return _entry([reason.message, *candidates(reason.cells)])


def _entry(lines: list[str]) -> Markup:
    spans = [element("span", line) for line in lines]
    return element("li", *spans)
