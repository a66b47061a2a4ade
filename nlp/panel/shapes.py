"""The two shapes of a panel: a column a variable, or a row a variable."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.panel.frame import Coded, Frame, Values, taken
from nlp.panel.variables import ALL_STATES, Variable
from nlp.panel.words import column_of
from nlp.resources import knowledge
from nlp.writers.tables import Column, Table


def shaped(
    columns: list[Column],
    values: list[Values],
    variables: list[Variable],
    long: bool,
    with_states: bool,
    described: dict[str, str],
) -> Frame:
    """Return a panel of units and variables, wide or long."""
    if long:
        return _long(columns, values, variables, described)
    more_columns, more_values = _wide(variables, with_states)
    table = Table(id="panel", columns=(*columns, *more_columns), **described)
    whole = [*values, *more_values]
    return Frame(table, len(values[0]), lambda part: [_part(column, part) for column in whole])


def _part(values: Values, part: slice) -> Values:
    return Coded(values.codes[part], values.words) if isinstance(values, Coded) else values[part]


def _wide(variables: list[Variable], with_states: bool) -> tuple[list[Column], list[Values]]:
    """Return the columns of the variables, and behind each those that tell of it."""
    endings: dict[str, str] = knowledge("panel")["endings"]
    columns: list[Column] = []
    values: list[Values] = []

    def add(variable: Variable, ending: str, type: Any, column_values: Values) -> None:
        suffix = f"__{ending}" if ending else ""
        zh = f"{variable.zh}（{endings[ending]}）" if ending else variable.zh
        columns.append(
            Column(f"{variable.column}{suffix}", type, zh, variable.id, variable.note or variable.zh)
        )
        values.append(column_values)

    for variable in variables:
        add(variable, "", _type(variable), variable.values)
        if variable.numerator is not None and variable.denominator is not None:
            add(variable, "numerator", "integer", variable.numerator)
            add(variable, "denominator", "integer", variable.denominator)
        if variable.agencies is not None:
            add(variable, "agencies", "integer", variable.agencies)
        if variable.states is not None and (with_states or variable.numerator is not None):
            add(variable, "state", "text", Coded(variable.states.astype(np.int64), ALL_STATES))
    return columns, values


def _type(variable: Variable) -> str:
    """Return the type of a variable: integer where all its values are whole."""
    known = variable.values[~np.isnan(variable.values)]
    return "integer" if variable.is_whole and (known == np.floor(known)).all() else "number"


def _long(
    columns: list[Column], values: list[Values], variables: list[Variable], described: dict[str, str]
) -> Frame:
    """Return the frame with a row for each unit and variable; cells that its form lacks are left out."""
    is_grouped = bool(variables) and variables[0].states is None
    kept = [n for n, column in enumerate(columns) if column.id not in _LEFT_OUT]
    last = column_of("long_agencies") if is_grouped else column_of("long_state")
    long_columns = [Column(**told) for told in knowledge("panel")["long"]]
    table = Table(id="panel", columns=(*(columns[n] for n in kept), *long_columns, last), **described)
    ids, names = [variable.id for variable in variables], [variable.zh for variable in variables]

    def make(part: slice) -> list[Values]:
        count = part.stop - part.start
        places = np.repeat(np.arange(count), len(variables))
        which = np.tile(np.arange(len(variables)), count)
        shown = np.ones(len(places), dtype=bool)
        states = np.zeros(0, dtype=np.int64)
        if not is_grouped:
            states = _stacked([variable.states for variable in variables], part, 0).astype(np.int64)
            shown = states != 0
        numbers = [
            _stacked([getattr(variable, name) for variable in variables], part, np.nan)[shown]
            for name in ("values", "numerator", "denominator")
        ]
        more: list[Values] = [Coded(which[shown], ids), Coded(which[shown], names), *numbers]
        if is_grouped:
            more.append(_stacked([variable.agencies for variable in variables], part, np.nan))
        else:
            more.append(Coded(states[shown], ALL_STATES))
        return [*(taken(_part(values[n], part), places[shown]) for n in kept), *more]

    return Frame(table, len(values[0]), make, max(1, len(variables)))


_LEFT_OUT = (
    "path",
    "review_codes",
    "sums_hold",
    "sums_broken",
    "sums_not_assessable",
    "problems",
    "improvements",
)
"""Columns on the report that a long panel, which repeats them in each row, does not have."""


def _stacked(columns: list[Any], part: slice, otherwise: float) -> NDArray[Any]:
    """Return the values of variables over some units, those of one unit beside each other."""
    count = part.stop - part.start
    stacked = [np.full(count, otherwise) if column is None else column[part] for column in columns]
    return np.column_stack(stacked).ravel() if stacked else np.empty(0)
