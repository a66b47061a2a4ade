"""A gold record written as a report once more: the same values and items, other words around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random

from msgspec import UNSET, UnsetType

from nlp.form.form import Form, Table, editions, named
from training.generator.agencies import Agency, agencies
from training.generator.drafting import Draft, draft, facts
from training.generator.figures import Numbers
from training.generator.grammar import Phrases
from training.generator.grids import Grid
from training.generator.printing import Figure, Figures
from training.scoring.gold import Items, Record
from training.scoring.placed import name_without_ending
from training.scoring.readings import reading

_MOST_ITEMS = 5
"""How many items of a kind are taken over: the habits of writing them number no more."""
_BLANK = Figure(None, "")


class NotARecord(Exception):
    """A gold record that no page can be made of, and why."""


@dataclass(frozen=True)
class Manuscript:
    """What a gold record says, ready to be printed."""

    name: str
    organization: str
    year: int
    form: Form
    figures: Figures
    problems: tuple[str, ...]
    improvements: tuple[str, ...]
    told: Figures | None = None
    """What the prose speaks of, where that is not what the tables say."""
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Labels that are printed in place of the official ones: (table, label)."""

    def written(self, tables: list[Grid], rng: Random) -> Draft:
        """Draft a report around tables, with the items of the record in one habit or another."""
        agency = _agency(self.organization, rng)
        known = facts(agency, self.year, self.form, numbers(self.form, self.told or self.figures), rng)
        voice = partial(GivenPhrases, {"problem": self.problems, "measure": self.improvements})
        return draft(agency, known, tables, rng, voice)


class GivenPhrases(Phrases):
    """Phrases in which some symbols have been said already, in so many words."""

    def __init__(self, given: Mapping[str, tuple[str, ...]], rng: Random, known: dict[str, str]) -> None:
        super().__init__(rng, known)
        self._given = given

    def distinct(self, symbol: str, count: int) -> list[str]:
        """Return what is given for a symbol, all of it; else so many texts of the grammar."""
        return list(self._given.get(symbol, ())) or super().distinct(symbol, count)


def manuscript(gold: Record) -> Manuscript:
    """Return what a record says; NotARecord where it has no tables of a form that is known."""
    name = name_without_ending(gold.name)
    known = {form.edition: form for form in editions()}
    if gold.tables is UNSET or not gold.tables:
        raise NotARecord(f"{name}: this gold record holds no tables.")
    if not isinstance(gold.form, str) or gold.form not in known:
        raise NotARecord(f"{name}: this gold record does not say which edition of the form it follows.")
    form = named(gold.form)
    return Manuscript(
        name,
        gold.organization if isinstance(gold.organization, str) else "本单位",
        gold.year if isinstance(gold.year, int) else form.first_year,
        form,
        {table.id: rows for table in form.tables if (rows := _figures(table, gold))},
        _texts(gold.problems),
        _texts(gold.improvements),
    )


def _figures(table: Table, gold: Record) -> dict[str, dict[str, Figure]]:
    """Return the rows that the page has; a cell that gold leaves out of one is blank."""
    rows = ({} if gold.tables is UNSET else gold.tables).get(table.id, {})
    found = {}
    for row in table.rows:
        cells = {column: reading(cell) for column, cell in rows.get(row.id, {}).items()}
        if any(cell.state != "missing" for cell in cells.values()):
            values = {column: cells[column].value if column in cells else None for column in row.columns}
            found[row.id] = {column: _figure(value) for column, value in values.items()}
    if table.one_row and found:
        return {row.id: found.get(row.id, dict.fromkeys(row.columns, _BLANK)) for row in table.rows}
    return found


def _figure(value: float | None) -> Figure:
    if value is None:
        return _BLANK
    value = int(value) if value == int(value) else value
    return Figure(value, f"{value:.4f}".rstrip("0") if isinstance(value, float) else str(value))


def _texts(items: Items | UnsetType) -> tuple[str, ...]:
    texts: Iterable[str] = () if items is UNSET else (i if isinstance(i, str) else i.text for i in items)
    return tuple(dict.fromkeys(texts))[:_MOST_ITEMS]


def numbers(form: Form, figures: Figures) -> Numbers:
    """Return a number for every cell of a form, 0 where nothing is printed: what prose speaks of."""
    return {
        table.id: {
            row.id: {
                column: figures.get(table.id, {}).get(row.id, {}).get(column, _BLANK).value or 0
                for column in row.columns
            }
            for row in table.rows
        }
        for table in form.tables
    }


def _agency(name: str, rng: Random) -> Agency:
    return replace(rng.choice(agencies()), name=name, short=name)
