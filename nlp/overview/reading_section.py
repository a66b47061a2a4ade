"""Says at the top of the page what was read, what was not, and what is counted."""

from __future__ import annotations

import numpy as np

from nlp.collection.choosing import Standing
from nlp.overview.chart_cards import card, cards, section
from nlp.overview.figures import Part, Stack
from nlp.overview.gathering import Gathered
from nlp.overview.words import Words, count, percent
from nlp.showing.markup import Child, Markup, element, table


def tiles(gathered: Gathered, words: Words) -> Markup:
    """Return the figures that stand first."""
    counts = gathered.choice.counts()
    reports = gathered.reports.tolist()
    to_review = int((~gathered.collection.accepted[gathered.reports]).sum())
    found = (
        ("records", len(gathered.collection), ""),
        ("counted", len(reports), ""),
        ("review", to_review, "asks" if to_review else ""),
        ("failed", counts["unreadable"], "asks" if counts["unreadable"] else ""),
        ("sums", sum(map(gathered.notes.sums, reports)), ""),
        ("across", sum(map(gathered.across_count, reports)), ""),
    )
    drawn = [
        element(
            "div",
            element("b", count(number)),
            element("span", words(f"tile_{name}")),
            class_=f"tile {tone}".strip(),
        )
        for name, number, tone in found
    ]
    return element("div", *drawn, class_="tiles")


def shown(gathered: Gathered, words: Words) -> Markup:
    """Return the section."""
    text = [element("p", words("read_counted"))]
    if gathered.refused:
        text.append(element("p", words("read_refused", count=count(gathered.refused)), class_="asks"))
    to_review = int((~gathered.collection.accepted[gathered.reports]).sum())
    if gathered.accepted_only:
        text.append(element("p", words("read_accepted_only")))
    elif to_review:
        text.append(element("p", words("read_review", count=count(to_review))))
    text += [element("p", words("read_blank")), element("p", _sums(gathered, words))]
    return section(
        "read",
        words("section_read"),
        cards(
            [
                _standings(gathered, words, text),
                card(words, _by_year(gathered), words.listed("stacks", "reading")),
            ]
        ),
    )


def _standings(gathered: Gathered, words: Words, text: list[Markup]) -> Markup:
    """Return a table of what the records are, each exactly one of these, and the text below it."""
    counts = gathered.choice.counts()
    all_counted = gathered.choice.standing == Standing.COUNTED
    accepted = int((gathered.collection.accepted & all_counted).sum())
    counts = {"accepted": accepted, "to_review": counts.pop("counted") - accepted, **counts}
    total = sum(counts.values())
    rows: list[list[Child]] = [[words("standing"), words("records"), words("share")]]
    for standing, number in counts.items():
        if number or standing in ("accepted", "to_review", "unreadable"):
            rows.append([words.listed("standings", standing), count(number), percent(number, total)])
    return element(
        "div",
        element("p", words("read_all", records=count(total))),
        table(rows, "figures"),
        *text,
        class_="card",
    )


def _by_year(gathered: Gathered) -> Stack:
    """Return the reports that count by year: those that a person should look at, and the others."""
    accepted = gathered.collection.accepted[gathered.reports]
    all_of_year = gathered.by_year()
    parts = [
        Part(id, [float(number) for number in gathered.by_year(which)])
        for id, which in (("accepted", accepted), ("to_review", np.logical_not(accepted)))
    ]
    totals = [float(number) for number in all_of_year]
    return Stack("reading", gathered.years, parts, totals, all_of_year, all_of_year, 0, 0)


def _sums(gathered: Gathered, words: Words) -> str:
    collection, reports = gathered.collection, gathered.reports
    holds, open_sums = (int(collection.count(name)[reports].sum()) for name in ("holds", "not_assessable"))
    source = sum(map(gathered.notes.sums, reports.tolist()))
    broken = source + sum(map(gathered.notes.doubtful_sums, reports.tolist()))
    return words(
        "read_sums",
        assessed=count(holds + broken),
        holds=count(holds),
        broken=count(broken),
        source=count(source),
        open=count(open_sums),
    )
