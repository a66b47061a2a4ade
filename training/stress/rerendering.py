"""A gold record written as a report once more: the same values and items, other words around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from random import Random

from msgspec import UNSET, UnsetType
from rapidfuzz.distance import Postfix, Prefix

from nlp.form.form import Form, Table, editions, named
from training.generator.agencies import Agency, agencies
from training.generator.drafting import Draft, draft, facts
from training.generator.figures import Numbers
from training.generator.grammar import Phrases
from training.generator.grids import Grid
from training.generator.printing import BLANK, Figure, Figures, plain
from training.scoring.gold import Items, Record, TableCells
from training.scoring.placed import name_without_ending
from training.scoring.readings import reading

_MOST_ITEMS = 5
"""How many items of a kind are taken over: some habits of writing cannot number more."""


class NotARecord(Exception):
    """A gold record that no page can be made of; the message says why."""


@dataclass(frozen=True)
class Manuscript:
    """What a gold record says, ready to be printed.

    `prose_figures` are the figures that the prose speaks of, where they are not those of the tables.
    `labels` are printed in place of the official ones, by (table, official label).
    """

    name: str
    organization: str
    year: int
    form: Form
    figures: Figures
    problems: tuple[str, ...]
    improvements: tuple[str, ...]
    prose_figures: Figures | None = None
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def written(self, tables: list[Grid], rng: Random) -> Draft:
        """Return a report drafted around tables, with the items of the record in one habit or another."""
        alike = rng.choice(_alike(self.organization))
        agency = replace(alike, name=self.organization, short=self.organization)
        prose_numbers = numbers(self.form, self.prose_figures or self.figures)
        shared_facts = facts(agency, self.year, self.form, prose_numbers, rng)
        given = {"problem": self.problems, "measure": self.improvements}
        return draft(agency, shared_facts, tables, rng, partial(GivenPhrases, given))


@cache
def _alike(organization: str) -> tuple[Agency, ...]:
    """Return the agencies most like one: they share the end of its name, so that they say 我局 or 我镇 as it
    does, and of these those of a place that is spelled like its own.
    """
    same_trade = _most(agencies(), lambda agency: Postfix.similarity(agency.name, organization))
    return _most(same_trade, lambda agency: Prefix.similarity(agency.name, organization))


def _most(among: tuple[Agency, ...], likeness: Callable[[Agency], int]) -> tuple[Agency, ...]:
    """Return those that are most like something."""
    most = max(map(likeness, among))
    return tuple(agency for agency in among if likeness(agency) == most)


class GivenPhrases(Phrases):
    """Phrases in which the texts of some symbols are given."""

    def __init__(self, given: Mapping[str, tuple[str, ...]], rng: Random, facts: dict[str, str]) -> None:
        super().__init__(rng, facts)
        self._given = given

    def distinct(self, symbol: str, count: int) -> list[str]:
        """Return all given texts of a symbol; where there is none, `count` texts of the grammar."""
        given = list(self._given.get(symbol, ()))
        return given or super().distinct(symbol, count)


def manuscript(gold: Record) -> Manuscript:
    """Return what a record says; NotARecord where it has no tables of a form that is known."""
    name = name_without_ending(gold.name)
    if gold.tables is UNSET or not gold.tables:
        raise NotARecord(f"{name}: this gold record holds no tables.")
    known_editions = {form.edition for form in editions()}
    if not isinstance(gold.form, str) or gold.form not in known_editions:
        raise NotARecord(f"{name}: this gold record does not say which edition of the form it follows.")
    form = named(gold.form)
    figures: Figures = {}
    for table in form.tables:
        rows = _figures(table, gold.tables.get(table.id, {}))
        if rows:
            figures[table.id] = rows
    return Manuscript(
        name=name,
        organization=gold.organization if isinstance(gold.organization, str) else "本单位",
        year=gold.year if isinstance(gold.year, int) else form.first_year,
        form=form,
        figures=figures,
        problems=_texts(gold.problems),
        improvements=_texts(gold.improvements),
    )


def _figures(table: Table, gold_rows: TableCells) -> dict[str, dict[str, Figure]]:
    """Return the rows of a table that the page has; a cell that gold leaves out of one is blank.

    A table of one row, as that of review, has all its rows where it has any.
    """
    figures = {}
    for row in table.rows:
        cells = {column: reading(cell) for column, cell in gold_rows.get(row.id, {}).items()}
        if any(cell.state != "missing" for cell in cells.values()):
            figures[row.id] = {
                column: _figure(cells[column].value) if column in cells else BLANK for column in row.columns
            }
    if table.one_row and figures:
        return {row.id: figures.get(row.id, dict.fromkeys(row.columns, BLANK)) for row in table.rows}
    return figures


def _figure(value: float | None) -> Figure:
    if value is None:
        return BLANK
    number = int(value) if value == int(value) else value
    return Figure(number, plain(number))


def _texts(items: Items | UnsetType) -> tuple[str, ...]:
    """Return the different texts of the first items."""
    if items is UNSET:
        return ()
    texts = [item if isinstance(item, str) else item.text for item in items]
    return tuple(dict.fromkeys(texts))[:_MOST_ITEMS]


def numbers(form: Form, figures: Figures) -> Numbers:
    """Return a number for every cell of a form, 0 where nothing is printed: what prose speaks of."""
    filled: Numbers = {}
    for table in form.tables:
        filled[table.id] = {}
        for row in table.rows:
            printed = figures.get(table.id, {}).get(row.id, {})
            filled[table.id][row.id] = {
                column: printed.get(column, BLANK).value or 0 for column in row.columns
            }
    return filled
