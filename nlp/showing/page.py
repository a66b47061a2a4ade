"""Builds the page of HTML about many records: one file that loads nothing and runs nothing."""

from __future__ import annotations

from nlp.auditing.audit import Audit
from nlp.auditing.text import Tally, summary
from nlp.auditing.words import words
from nlp.record.model import Report
from nlp.showing.markup import Markup, element
from nlp.showing.record import article, css

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The content security policy: should a text ever become markup, the browser still loads and runs nothing."""


def opening() -> str:
    """Return the beginning of a page; entries and `closing` follow it."""
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
    """Return the article about a record."""
    return f"{article(report, audit)}\n"


def closing(tally: Tally) -> str:
    """Return the end of a page: how many records there are of each verdict."""
    return f"{element('footer', summary(tally))}{end()}"


def end() -> str:
    """Return the end of a page that tells no verdicts."""
    return "</main></body></html>\n"
