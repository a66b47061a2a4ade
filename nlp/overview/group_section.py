"""Shows places, kinds and levels of agencies side by side: what arrived, rates, years."""

from __future__ import annotations

from collections.abc import Callable

from nlp.agencies.bodies import kinds
from nlp.collection.agency import AgencyOf
from nlp.overview.chart_cards import section
from nlp.overview.charts import bar, spark
from nlp.overview.gathering import Gathered
from nlp.overview.groups import Group, Share, grouped, level_of_place
from nlp.overview.words import Words, count, known, percent
from nlp.showing.markup import Child, Markup, element, joined, table

_SHOWN = 40
"""How many groups are shown."""


def shown(gathered: Gathered, words: Words) -> Markup:
    """Return the section."""
    parts: list[Markup] = []
    place = level_of_place(gathered)
    if place is not None:
        parts.append(_groups(gathered, words, place, lambda agency: getattr(agency, place)))
    parts += [
        _groups(gathered, words, "kind", lambda agency: kind_name(words, agency)),
        _groups(gathered, words, "level", lambda agency: level_name(words, agency)),
    ]
    drawn = [part for part in parts if part]
    note = words("groups_note") if drawn else words("groups_none")
    return section("groups", words("section_groups"), element("p", note, class_="note"), *drawn)


def kind_name(words: Words, agency: AgencyOf) -> str | None:
    """Return the name of the kind of an agency; None where it is not told."""
    if not agency.kind:
        return None
    return kinds().get(agency.kind, agency.kind) if words.language == "zh" else agency.kind.replace("_", " ")


def level_name(words: Words, agency: AgencyOf) -> str | None:
    """Return the name of the level of an agency; None where it is not told."""
    return words.listed("levels", agency.level) if agency.level else None


def _groups(gathered: Gathered, words: Words, what: str, name: Callable[[AgencyOf], str | None]) -> Markup:
    """Return a table of groups; nothing where all agencies are in one."""
    groups = grouped(gathered, name)
    if len(groups) < 2:
        return Markup("")
    rates = [words.listed("rates", rate) for rate in known("group_rates")]
    columns = (words.listed("columns", name) for name in ("agencies", "reports", "arrived", "by_year"))
    title = words.listed("places", what)
    rows: list[list[Child]] = [[title, *columns, *rates]]
    highest = max(group.arrived for group in groups) or 1.0
    years = [str(year) for year in gathered.years]
    for group in groups[:_SHOWN]:
        rows.append(_row(words, group, highest, years))
    more = len(groups) - _SHOWN
    note = element("p", words("group_more", count=count(more)), class_="note") if more > 0 else None
    return element("div", element("h3", title), table(rows, "groups"), note, class_="card")


def _row(words: Words, group: Group, highest: float, years: list[str]) -> list[Child]:
    arrived = joined(
        [
            element("b", count(group.arrived) if group.arrived_in else ""),
            bar(group.arrived / highest),
            element("small", words("of_reports", counted=count(group.arrived_in), of=count(group.reports))),
        ]
    )
    cells: list[Child] = [
        group.name if group.name is not None else words("group_untold"),
        count(group.agencies),
        count(group.reports),
        arrived,
        spark(years, group.by_year),
    ]
    return [*cells, *(_share(words, share, group) for share in group.shares)]


def _share(words: Words, share: Share, group: Group) -> Markup:
    over = f"{count(share.numerator)}/{count(share.denominator)}"
    reports = words("of_reports", counted=count(share.reports), of=count(group.reports))
    value = share.numerator / share.denominator if share.denominator else 0.0
    return joined(
        [
            element("b", percent(share.numerator, share.denominator)),
            bar(value, "s2"),
            element("small", f"{over}　{reports}"),
        ]
    )
