"""A page of HTML about many records: one file, no network, nothing to run."""

from __future__ import annotations

from collections import Counter

from nlp.auditing.audit import Audit, Verdict
from nlp.auditing.text import summary
from nlp.auditing.words import words
from nlp.record.model import Report
from nlp.showing.markup import Markup, element
from nlp.showing.record import article, css

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Should any text ever become markup, the browser would still load and run nothing."""


def opening() -> str:
    """Return the beginning of a page; articles, then `closing`, make it whole."""
    title = words("summary")["page_title"]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        Markup(f"<style>\n{css()}</style>"),
    )
    return f'<!DOCTYPE html>\n<html lang="zh-CN">{head}<body><main class="nianbao page"><h1>{title}</h1>\n'


def entry(report: Report, audit: Audit) -> str:
    """Return a record as a part of the page."""
    return f"{article(report, audit)}\n"


def closing(verdicts: Counter[Verdict]) -> str:
    """Return the end of a page: how many records of which verdict there were."""
    return f"{element('footer', summary(verdicts))}</main></body></html>\n"
