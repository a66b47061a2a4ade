"""Builds the panel of a collection: agency × year or group × year, wide or long, as a table of columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nlp.collection.choosing import Choice, choose
from nlp.collection.collection import Collection
from nlp.collection.deriving import Completed, completed
from nlp.panel.frame import Frame, Values, coded
from nlp.panel.shapes import shaped
from nlp.panel.unit_columns import unit_columns
from nlp.panel.units import Units, units
from nlp.panel.variables import Variable, Which, of_groups, of_units
from nlp.panel.words import column_of, described
from nlp.resources import knowledge
from nlp.writers.tables import Column, Row, Table

Shape = Literal["wide", "long"]


@dataclass(frozen=True)
class Wanted:
    """What a user wants of a panel.

    `by` groups agencies; `years` are those wanted, None for all; `balanced` shows years without a report;
    `states` adds columns of states to a wide panel; `derived` takes in what follows from the form's sums.
    """

    shape: Shape = "wide"
    by: tuple[str, ...] = ()
    years: range | None = None
    balanced: bool = False
    states: bool = False
    derived: bool = True
    which: Which = "all"


@dataclass(frozen=True)
class Panel:
    """A panel, and what is to be said of it: how many agencies, years, units and records of each standing."""

    frame: Frame
    variables: list[Variable]
    records: dict[str, int]
    agencies: int
    years: tuple[int, ...]
    states: dict[str, int]


def panel(collection: Collection, wanted: Wanted) -> Panel:
    """Return the panel of a collection.

    >>> from nlp.collection.collection import Builder
    >>> panel(Builder().collection(), Wanted()).agencies
    0
    """
    choice = choose(collection)
    found = units(collection, choice, wanted.years, wanted.balanced)
    values = completed(collection) if wanted.derived else Completed(collection.values, collection.states)
    if wanted.by and len(found):
        frame, variables = _grouped(collection, choice, found, values, wanted)
    else:
        variables = of_units(collection, values, found, wanted.which)
        names, unit_values = unit_columns(collection, choice, found)
        table = described("title", "description")
        frame = shaped(names, unit_values, variables, wanted.shape == "long", wanted.states, table)
    states = {state: found.states.count(state) for state in knowledge("panel")["report_states"]}
    years = tuple(sorted({int(year) for year in found.years}))
    return Panel(frame, variables, choice.counts(), len(set(found.agencies.tolist())), years, states)


def dictionary(variables: list[Variable]) -> tuple[Table, list[Row]]:
    """Return a table that explains the variables, and its rows."""
    columns = [column_of("long", "variable"), column_of("long", "name")]
    told = described("dictionary_title", "dictionary_description")
    columns.append(Column("note", "text", told["zh"], told["description"], told["description_zh"]))
    table = Table(id="dictionary", columns=tuple(columns), **told)
    return table, [(variable.id, variable.zh, variable.note) for variable in variables]


def _grouped(
    collection: Collection, choice: Choice, found: Units, values: Completed, wanted: Wanted
) -> tuple[Frame, list[Variable]]:
    """Return the frame of groups × years."""
    keys = [
        (*(getattr(choice.agencies[agency], part) for part in wanted.by), int(year))
        for agency, year in zip(found.agencies.tolist(), found.years.tolist(), strict=True)
    ]
    with_report = {key for key, report in zip(keys, found.reports.tolist(), strict=True) if report >= 0}
    ordered = sorted(with_report, key=lambda key: [("" if part is None else str(part)) for part in key])
    place = {key: n for n, key in enumerate(ordered)}
    groups = np.array([place.get(key, -1) for key in keys], dtype=np.intp)
    variables = of_groups(collection, values, groups, found, wanted.which) if ordered else []
    columns = [column_of("unit", part) for part in (*wanted.by, "year")] + [column_of("group", "reports")]
    unit_values: list[Values] = [coded([key[n] for key in ordered]) for n in range(len(wanted.by))]
    unit_values.append(np.array([key[-1] for key in ordered], dtype=float))
    unit_values.append(np.bincount(groups[found.reports >= 0], minlength=len(ordered)).astype(float))
    table = described("group_title", "group_description")
    return shaped(columns, unit_values, variables, wanted.shape == "long", False, table), variables
