"""Shows totals by year as cards: a chart, over how many reports it is, its figures as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.overview import charts
from nlp.overview.charts import Series
from nlp.overview.figures import UNTOLD, Part, Stack
from nlp.overview.words import Words, count, percent
from nlp.showing.markup import Child, Markup, element, joined, table

_TONES = 8
"""How many colours there are; parts beyond them take the first ones again."""


def card(words: Words, found: Stack, title: str, shares: bool = False) -> Markup:
    """Return a chart of a total in parts by year; with `shares` each year's parts as shares of it."""
    heading = element("h3", title)
    if not any(found.counted):
        return element("figure", heading, element("p", words("nothing")), class_="card")
    parts = [part for part in found.parts if any(part.values)]
    series = [Series(_name(words, part), part.values, _tone(n, part)) for n, part in enumerate(found.parts)]
    series = [one for one in series if any(one.values)]
    over = counted_sentence(words, found)
    total = words("requests_unit", count=count(found.total))
    drawn = charts.columns(
        title,
        words("chart_description", all=total, counted=over),
        [str(year) for year in found.years],
        [
            words("reports_short", counted=counted, of=of)
            for counted, of in zip(found.counted, found.reports, strict=True)
        ],
        series,
        shares,
    )
    figures = element(
        "details", element("summary", words("data_table")), _figures(words, found, parts, shares)
    )
    return element(
        "figure",
        heading,
        drawn,
        charts.legend(series),
        element("figcaption", over),
        figures,
        class_="card",
    )


def counted_sentence(words: Words, found: Stack) -> str:
    """Return over how many reports a total is, and what is to be said of them."""
    counted, of = sum(found.counted), sum(found.reports)
    told = [words("counted_in", counted=count(counted), of=count(of))]
    if counted < of:
        told.append(words("left_out", count=count(of - counted)))
    if found.derived:
        told.append(words("derived", count=count(found.derived)))
    if found.apart:
        told.append(words("apart", count=count(found.apart)))
    return words("between").join(told) + words("full_stop")


def cards(found: Iterable[Markup]) -> Markup:
    """Return cards beside each other as far as there is room."""
    return element("div", *found, class_="cards")


def _figures(words: Words, found: Stack, parts: Sequence[Part], shares: bool) -> Markup:
    head = [words("year"), *(_name(words, part) for part in parts), words("all"), words("counted_reports")]
    rows: list[list[Child]] = [[*head]]
    for n, year in enumerate(found.years):
        whole = sum(part.values[n] for part in parts)
        cells: list[Child] = [
            percent(part.values[n], whole) if shares else count(part.values[n]) for part in parts
        ]
        over = words("of_reports", counted=found.counted[n], of=found.reports[n])
        rows.append([str(year), *cells, count(found.totals[n]), over])
    return table(rows, "figures")


def _name(words: Words, part: Part) -> str:
    return words.listed("parts", part.id)


def _tone(n: int, part: Part) -> str:
    return "s-untold" if part.id == UNTOLD else f"s{n % _TONES}"


def section(id: str, title: str, *children: Child) -> Markup:
    """Return a section of the page, which its contents lead to."""
    return element("section", element("h2", title), joined(children), id=id)
