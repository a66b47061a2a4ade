"""Lists the reports: as columns of JSON that a script sorts and filters, and the first as a plain table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct, json
from numpy.typing import NDArray

from nlp.overview.chart_cards import section
from nlp.overview.figures import cells
from nlp.overview.gathering import Gathered
from nlp.overview.group_section import kind_name
from nlp.overview.words import Words, count, known
from nlp.panel.rates import rated, rates
from nlp.showing.markup import Child, Markup, element, table

MOST_ROWS = 100_000
"""How many reports a page lists."""
_PLAIN_ROWS = 300
"""How many of them are there without a script."""
_PATH = 200
"""The most characters of a path that are kept, the last ones."""

Value = float | int | str | None


class Column(Struct, frozen=True):
    """A column of the list: its id and title, how it is filtered, its values.

    Texts are places in `words`, -1 for none; numbers are None where they are not known.
    """

    id: str
    title: str
    values: list[float | int | None]
    words: list[str] | None = None

    def shown(self, row: int) -> str:
        """Return what a plain table shows in a row."""
        value = self.values[row]
        if self.words is not None:
            return self.words[int(value)] if value is not None and value >= 0 else ""
        if value is None:
            return ""
        return str(value) if self.id == "year" else count(value)


def columns(gathered: Gathered, words: Words) -> list[Column]:
    """Return the columns, their rows by agency and year; columns in which nothing stands are left out."""
    rows = _order(gathered)[:MOST_ROWS]
    reports = rows.tolist()
    values = gathered.completed.values
    collection = gathered.collection
    state = [gathered.state(report) for report in reports]
    found = [
        _texts(
            "agency", words, [gathered.name(report) or collection.organizations[report] for report in reports]
        ),
        _numbers("year", words, [collection.year(report) for report in reports]),
        _texts("place", words, [_of_agency(gathered, report, _place) for report in reports]),
        _texts(
            "kind",
            words,
            [_of_agency(gathered, report, lambda agency: kind_name(words, agency)) for report in reports],
        ),
        _texts("state", words, [words.listed("standings", name) for name in state]),
        _numbers("arrived", words, _cell(values, rows, known("arrived_cell"))),
        _numbers("done", words, _cell(values, rows, known("completed_cell"))),
        _numbers("disclosed", words, _disclosed(gathered, rows)),
        _numbers("sums", words, map(gathered.notes.sums, reports)),
        _numbers("doubtful_sums", words, map(gathered.notes.doubtful_sums, reports)),
        _numbers("across", words, map(gathered.across_count, reports)),
        _numbers("claims", words, map(gathered.notes.claims, reports)),
        _numbers("copied", words, map(gathered.copied_count, reports)),
        _numbers("problems", words, collection.count("problems")[rows].tolist()),
        _numbers("measures", words, collection.count("improvements")[rows].tolist()),
        _texts("path", words, [collection.paths[report][-_PATH:] for report in reports]),
    ]
    return [column for column in found if column.id in _ALWAYS or _says_something(column)]


_ALWAYS = ("agency", "year", "state", "sums", "across")
FINDINGS = ("sums", "across", "claims", "copied")
"""The columns that count findings."""


def shown(gathered: Gathered, words: Words) -> Markup:
    """Return the section: the controls and the first rows as a plain table, which the script takes over."""
    found = columns(gathered, words)
    rows = len(found[0].values)
    plain = min(rows, _PLAIN_ROWS)
    head = [column.title for column in found]
    body: list[Sequence[Child]] = [[column.shown(row) for column in found] for row in range(plain)]
    notes = [element("p", words("table_note"), class_="note scripted")]
    if rows < len(gathered.collection):
        capped = words("table_capped", shown=count(rows), all=count(len(gathered.collection)))
        notes.append(element("p", capped, class_="asks"))
    if plain < rows:
        static = words("table_static", shown=count(plain), all=count(rows))
        notes.append(element("p", static, class_="note unscripted"))
    return section(
        "reports",
        words("section_table"),
        *notes,
        element("div", id="controls", class_="controls"),
        element("div", table([head, *body], "reports"), id="reports-table"),
        Markup(f'<script type="application/json" id="reports-data">{_data(found, words)}</script>'),
    )


def _data(found: list[Column], words: Words) -> str:
    """Return the rows and words of the script as JSON that no text can end early."""
    names = (
        *("search", "filter_year", "filter_place", "filter_kind", "filter_state", "filter_all"),
        *("filter_findings", "reset", "previous", "next", "no_rows", "table_caption"),
    )
    told = {name: words(name) for name in names}
    told["shown_rows"] = words.of(known("words")["shown_rows"])
    content = json.encode({"columns": found, "findings": FINDINGS, "words": told}).decode()
    return content.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _order(gathered: Gathered) -> NDArray[np.intp]:
    """Return the records by code and name of their agencies and by years; those without an agency last."""
    agencies = gathered.choice.agencies
    ordered = sorted(range(len(agencies)), key=lambda n: (agencies[n].code or "~", agencies[n].name))
    rank = np.empty(len(agencies) + 1, dtype=np.intp)
    rank[ordered] = np.arange(len(agencies))
    rank[-1] = len(agencies)  # NO_AGENCY is -1
    order: NDArray[np.intp] = np.lexsort((gathered.collection.years, rank[gathered.choice.agency_of]))
    return order


def _texts(id: str, words: Words, texts: Sequence[str | None]) -> Column:
    places: dict[str, int] = {}
    values: list[float | int | None] = [
        places.setdefault(text, len(places)) if text else -1 for text in texts
    ]
    return Column(id, words.listed("columns", id), values, list(places))


def _numbers(id: str, words: Words, numbers: Sequence[float | int | None] | map[int]) -> Column:
    return Column(id, words.listed("columns", id), list(numbers))


def _says_something(column: Column) -> bool:
    if column.words is not None:
        return bool(column.words)
    return any(column.values)


def _cell(values: NDArray[np.float64], rows: NDArray[np.intp], pattern: str) -> list[float | int | None]:
    amounts = values[:, cells(pattern)][rows].sum(axis=1).tolist()
    return [
        None if amount != amount else int(amount) if amount.is_integer() else amount for amount in amounts
    ]


def _disclosed(gathered: Gathered, rows: NDArray[np.intp]) -> list[float | int | None]:
    """Return the first of the rates that groups are shown with, in percent."""
    rate = next(rate for rate in rates() if rate.id == known("group_rates")[0])
    percents = 100 * rated(rate, gathered.completed).values[rows]
    return [None if value != value else round(value, 1) for value in percents.tolist()]


def _of_agency(gathered: Gathered, report: int, fact: Callable[..., str | None]) -> str | None:
    agency = int(gathered.choice.agency_of[report])
    return None if agency < 0 else fact(gathered.choice.agencies[agency])


def _place(agency: object) -> str | None:
    parts = getattr(agency, "place", ())
    return "".join(part for part in parts if part) or None
