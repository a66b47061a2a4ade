"""Builds the page about many records: one file with charts and a table, which loads nothing."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from nlp.overview import (
    copied_section,
    finding_section,
    group_section,
    reading_section,
    report_table,
    request_sections,
)
from nlp.overview.gathering import Gathered
from nlp.overview.words import Words, count
from nlp.resources import folder
from nlp.showing.markup import Markup, element, joined

_SECTIONS = ("read", "arrived", "outcomes", "groups", "reviews", "findings", "copied", "items", "reports")
_TITLES = {"reports": "table"}


def page(gathered: Gathered, words: Words, version: str, date: str) -> str:
    """Return the page; `version` is the program's, `date` the day on which the page is made."""
    script = _shipped("overview.js")
    title = words("title")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        Markup(f"<style>\n{_shipped('overview.css')}</style>"),
    )
    body = joined(
        [
            element("header", element("h1", title), element("p", _lead(gathered, words), class_="lead")),
            reading_section.tiles(gathered, words),
            _contents(words),
            reading_section.shown(gathered, words),
            request_sections.arrived(gathered, words),
            request_sections.outcomes(gathered, words),
            group_section.shown(gathered, words),
            request_sections.reviews(gathered, words),
            finding_section.shown(gathered, words),
            copied_section.shown(gathered, words),
            request_sections.items(gathered, words),
            report_table.shown(gathered, words),
            element("footer", words("foot", version=version, date=date)),
        ],
        "\n",
    )
    main = element("main", body)
    return (
        f'<!DOCTYPE html>\n<html lang="{words.html_language}">{head}<body>{main}'
        f"<script>{script}</script></body></html>\n"
    )


def _policy(script: str) -> str:
    """Return the content security policy: nothing is loaded, and no script runs but the page's own."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _lead(gathered: Gathered, words: Words) -> str:
    if not gathered.years:
        return words("lead_none")
    return words(
        "lead",
        agencies=count(len(set(gathered.agencies.tolist()))),
        first=gathered.years[0],
        last=gathered.years[-1],
        reports=count(len(gathered.reports)),
    )


def _contents(words: Words) -> Markup:
    links = [element("a", words(f"section_{_TITLES.get(id, id)}"), href=f"#{id}") for id in _SECTIONS]
    return element("nav", *links, aria_label=words("nav"))


def _shipped(name: str) -> str:
    return (folder("data") / name).read_text(encoding="utf-8")
