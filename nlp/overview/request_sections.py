"""Shows what arrived, what became of it, reviews and litigation, problems and measures: charts by year."""

from __future__ import annotations

from functools import cache
from typing import Any

from nlp.form import form as forms
from nlp.form.names import row_name
from nlp.overview.chart_cards import card, cards, section
from nlp.overview.charts import bar
from nlp.overview.figures import Stack, cells, stack, sums_by_year
from nlp.overview.gathering import Gathered
from nlp.overview.words import Words, count, known, percent
from nlp.showing.markup import Child, Markup, element, joined, table
from nlp.writers.tables import form_cells


def arrived(gathered: Gathered, words: Words) -> Markup:
    """Return the section on what arrived."""
    found = _stack(gathered, "arrived")
    drawn = [
        card(words, found, words.listed("stacks", "arrived")),
        card(words, found, words.listed("stacks", "arrived_shares"), shares=True),
    ]
    return section("arrived", words("section_arrived"), cards(drawn))


def outcomes(gathered: Gathered, words: Words) -> Markup:
    """Return the section on what became of requests."""
    found = _stack(gathered, "outcomes")
    drawn = [
        card(words, found, words.listed("stacks", "outcomes")),
        card(words, found, words.listed("stacks", "outcome_shares"), shares=True),
        card(words, _stack(gathered, "denied"), words.listed("stacks", "denied")),
    ]
    return section("outcomes", words("section_outcomes"), cards(drawn), _detail(gathered, words))


def reviews(gathered: Gathered, words: Words) -> Markup:
    """Return the section on reviews and litigation."""
    names = ("review", "litigation_direct", "litigation_after_review")
    drawn = [card(words, _stack(gathered, name), words.listed("stacks", name)) for name in names]
    return section("reviews", words("section_reviews"), cards(drawn))


def items(gathered: Gathered, words: Words) -> Markup:
    """Return the section on problems and measures."""
    head: list[Child] = [
        words("year"),
        words("counted_reports"),
        words("items_with"),
        words("items_problems"),
        words("items_measures_with"),
        words("items_measures"),
    ]
    rows = [head]
    of_year = gathered.by_year()
    by_name = {
        name: gathered.collection.count(name)[gathered.reports] for name in ("problems", "improvements")
    }
    places = gathered.year_places
    for n, year in enumerate(gathered.years):
        row: list[Child] = [str(year), count(of_year[n])]
        for counts in by_name.values():
            ours = counts[places == n]
            listed = int((ours > 0).sum())
            average = float(ours[ours > 0].mean()) if listed else 0.0
            row.append(
                _with_bar(f"{count(listed)}（{percent(listed, of_year[n])}）", listed / max(1, of_year[n]))
            )
            row.append(f"{average:.1f}" if listed else "–")
        rows.append(row)
    note = element("p", words("items_note"), class_="note")
    return section(
        "items", words("section_items"), note, element("div", table(rows, "figures"), class_="card")
    )


def _with_bar(text: str, share: float) -> Markup:
    return joined([text, " ", bar(share)])


def _stack(gathered: Gathered, id: str) -> Stack:
    told: dict[str, Any] = next(one for one in known("stack") if one["id"] == id)
    return stack(gathered, told)


def _detail(gathered: Gathered, words: Words) -> Markup | None:
    """Return a table of the sums of every row, by year, each with how many reports have it."""
    rows: list[list[Child]] = [[words("row"), *map(str, gathered.years)]]
    found = [(cell, *sums_by_year(gathered, cell)) for cell in cells(known("detail"))]
    for cell, sums, counted in found:
        if not any(counted):
            continue
        row: list[Child] = [_row_name(form_cells()[cell])]
        for amount, reports in zip(sums, counted, strict=True):
            row.append(joined([count(amount), " ", _over(words, reports)]) if reports else "")
        rows.append(row)
    if len(rows) == 1:
        return None
    return element(
        "details",
        element("summary", words("detail_title")),
        element("p", words("detail_note"), class_="note"),
        table(rows, "figures"),
        class_="card",
    )


def _over(words: Words, reports: int) -> Markup:
    return element("small", f"（{count(reports)}）" if words.language == "zh" else f"({count(reports)})")


@cache
def _row_name(cell: str) -> str:
    """Return the name of the row of a cell, in the newest edition of the form that has it."""
    table_id, row, _ = cell.split(".")
    for form in sorted(forms.editions(), key=lambda form: -form.first_year):
        form_table = form.table(table_id)
        if row in form_table.row:
            return row_name(form_table, row)
    return row
