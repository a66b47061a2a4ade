"""Shows one record to a reader: whose it is, what there is to say about it, its tables."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.auditing.audit import Audit, Reason, audit
from nlp.auditing.sums import BrokenSum
from nlp.auditing.text import candidates, counted, headline, whose
from nlp.auditing.words import words
from nlp.record.model import Report
from nlp.resources import folder
from nlp.showing.markup import Markup, element, joined
from nlp.showing.tables import tables

_CALM = ("right",)


def fragment(report: Report) -> Markup:
    """Return a record as a notebook shows it: markup with its own style, nothing to run or to load."""
    style = Markup(f"<style>\n{css()}</style>")
    return element("div", style, article(report, audit(report)), class_="nianbao")


def css() -> str:
    """Return the style of records; every rule is for what stands inside `.nianbao`."""
    return (folder("data") / "showing.css").read_text(encoding="utf-8")


def article(report: Report, audit: Audit) -> Markup:
    """Return what there is to say about a record, and its tables."""
    mood = "calm" if audit.verdict in _CALM else "asks" if audit.verdict == "doubtful" else "alarm"
    return element(
        "article",
        element("h2", whose(audit) if audit.error is None else audit.name),
        element("p", audit.path, class_="path"),
        element("p", headline(audit), class_=f"verdict {mood}"),
        element("p", counted(audit) if audit.error is None else audit.error.message),
        _list(words("summary")["broken"], [_sum(sum) for sum in audit.broken]),
        _list(words("summary")["reasons"], [_reason(reason) for reason in audit.reasons]),
        tables(report, audit),
    )


def _list(heading: str, entries: list[Markup]) -> Markup | None:
    return joined([element("h3", heading), element("ol", *entries)]) if entries else None


def _sum(sum: BrokenSum) -> Markup:
    lines = (f"{sum.table}　{sum.kind}", sum.message, sum.advice)
    return element("li", *(element("span", line) for line in lines))


def _reason(reason: Reason) -> Markup:
    return element("li", *(element("span", line) for line in _lines(reason)))


def _lines(reason: Reason) -> Iterator[str]:
    yield reason.message
    yield from candidates(reason.cells)
