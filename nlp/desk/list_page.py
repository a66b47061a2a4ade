"""Shows the list of the reports: what each asks for, what is left, and the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nlp.desk.filters import STATES, Filter
from nlp.desk.page import hint, page
from nlp.desk.shelf import Entry
from nlp.desk.words import Words
from nlp.showing.markup import Child, Markup, element, joined

_ON_A_PAGE = 50
"""So many reports are shown at a time."""


class _Counts(NamedTuple):
    """How many records there are, what is left in how many of them, and what the filters can ask for."""

    things: int
    reports: int
    reasons: Counter[str]
    years: Counter[int]


def list_page(
    entries: Sequence[Entry], wanted: Filter, number: int, words: Words, is_loading: bool, amiss: str
) -> str:
    """Return a page of the list, `number` from 0; `amiss` is why not everything could be opened."""
    shown = entries if wanted == Filter() else [entry for entry in entries if wanted.lets_through(entry)]
    counts = _counted(entries)
    on_page = shown[number * _ON_A_PAGE : (number + 1) * _ON_A_PAGE]
    sentence = words.say(
        "counts", all=len(entries), shown=len(shown), things=counts.things, reports=counts.reports
    )
    main = element(
        "main",
        element("h1", words.say("list")),
        element("p", words.say("loading", count=len(entries)), class_="loading") if is_loading else None,
        element("p", words.say("not_loaded", reason=amiss), class_="alarm") if amiss else None,
        element("p", sentence, class_="counts"),
        _filters(wanted, counts, words),
        _start(wanted, words) if any(entry.left for entry in shown) else None,
        _table(on_page, wanted, words)
        if on_page
        else element("p", words.say("empty"))
        if not entries
        else None,
        _pager(len(shown), wanted, number, words),
        _drop(words),
        id="main",
        class_="list",
        data_loading="yes" if is_loading else None,
    )
    return page(words, words.say("list"), main)


def _counted(entries: Iterable[Entry]) -> _Counts:
    things = reports = 0
    groups: Counter[tuple[str, ...]] = Counter()
    years: Counter[int] = Counter()
    for entry in entries:
        if entry.left:
            things += entry.left
            reports += 1
            groups[entry.codes] += 1
        if entry.year is not None:
            years[entry.year] += 1
    reasons: Counter[str] = Counter()
    for codes, count in groups.items():
        reasons.update(dict.fromkeys(codes, count))
    return _Counts(things, reports, reasons, years)


def _filters(wanted: Filter, counts: _Counts, words: Words) -> Markup:
    states = [(state, words.say(state)) for state in STATES]
    reasons = [(code, f"{words.reason(code)} ({count})") for code, count in counts.reasons.most_common()]
    years = [(str(year), f"{year} ({counts.years[year]})") for year in sorted(counts.years, reverse=True)]
    return element(
        "form",
        _choice("state", words.say("state"), states, wanted.state, words),
        _choice("reason", words.say("reason"), reasons, wanted.reason, words),
        _typed("agency", words.say("agency"), wanted.agency),
        _choice("year", words.say("year"), years, wanted.year, words),
        _typed("file", words.say("file"), wanted.file),
        element("button", words.say("search")),
        method="get",
        action="/",
        class_="filters",
        role="search",
    )


def _choice(name: str, label: str, values: Sequence[tuple[str, str]], now: str, words: Words) -> Markup:
    options = [element("option", words.say("any"), value="")]
    for value, shown in values:
        options.append(element("option", shown, value=value, selected="" if value == now else None))
    return element("label", label, element("select", *options, name=name))


def _typed(name: str, label: str, now: str) -> Markup:
    return element("label", label, element("input", type="search", name=name, value=now))


def _start(wanted: Filter, words: Words) -> Markup:
    address = f"/next{wanted.query(after=-1)}"
    return element(
        "p", element("a", words.say("first_open"), hint("n"), href=address, class_="start", data_key="n")
    )


def _table(entries: Sequence[Entry], wanted: Filter, words: Words) -> Markup:
    names = ("agency", "year", "asks", "left", "file")
    head = [element("th", words.say(name), scope="col") for name in names]
    rows = [element("tr", *_row(entry, wanted, words)) for entry in entries]
    return element(
        "div",
        element("table", element("thead", element("tr", *head)), element("tbody", *rows)),
        class_="scrolled",
    )


def _row(entry: Entry, wanted: Filter, words: Words) -> list[Markup]:
    name = entry.organization or words.say("unknown")
    address = f"/report/{entry.number}{wanted.query()}"
    asks: Child = "、".join(words.reason(code) for code in entry.codes)
    if entry.failure:
        asks = words.say("failed")
    left = "–" if entry.failure else str(entry.left)
    return [
        element("th", element("a", name, href=address), scope="row"),
        element("td", str(entry.year or "–")),
        element("td", asks, class_="asks"),
        element("td", left, class_="number"),
        element("td", entry.path, class_="path"),
    ]


def _pager(shown: int, wanted: Filter, number: int, words: Words) -> Markup | None:
    links: list[Child] = []
    if number > 0:
        links.append(
            element("a", words.say("previous_page"), href=f"/{wanted.query(page=number - 1)}", data_key="k")
        )
    if (number + 1) * _ON_A_PAGE < shown:
        links.append(
            element("a", words.say("next_page"), href=f"/{wanted.query(page=number + 1)}", data_key="j")
        )
    return element("nav", joined(links, " "), class_="pager") if links else None


def _drop(words: Words) -> Markup:
    return element(
        "label",
        words.say("drop_here"),
        element("input", type="file", multiple="", id="files"),
        class_="drop",
        data_dropping=words.say("dropping"),
        data_dropped=words.say("dropped"),
    )
