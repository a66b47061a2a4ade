"""The columns of a panel that say which agency and year a row is, and what its report is."""

from __future__ import annotations

from typing import Any

import numpy as np

from nlp.collection.choosing import Choice
from nlp.collection.collection import Collection
from nlp.panel.frame import Coded, Values, coded, taken
from nlp.panel.units import STATES, Units
from nlp.resources import knowledge
from nlp.writers.tables import Column

GROUPS = ("province", "city", "county", "code", "kind", "level")
"""What agencies can be grouped by."""


def unit_columns(collection: Collection, choice: Choice, found: Units) -> tuple[list[Column], list[Values]]:
    """Return the columns that say which unit a row is, and what its report is."""
    words = knowledge("panel")
    agencies = choice.agencies
    texts: dict[str, list[Any]] = {
        "agency": [agency.name for agency in agencies],
        **{part: [getattr(agency, part) for agency in agencies] for part in GROUPS},
    }
    columns = [Column(**told) for told in (*words["unit"], *words["report"])]
    reports = _report_columns(collection)
    values: list[Values] = []
    for column in columns:
        if column.id in texts:
            values.append(taken(coded(texts[column.id]), found.agencies))
        elif column.id == "year":
            values.append(found.years.astype(float))
        elif column.id == "report_state":
            codes = [STATES.index(state) for state in found.states]
            values.append(Coded(np.array(codes, dtype=np.int64), STATES))
        else:
            values.append(taken(reports[column.id], found.reports))
    return columns, values


def _report_columns(collection: Collection) -> dict[str, Values]:
    reviews = [list(codes) or None for codes in collection.reviews]
    return {
        "report": _each(collection.ids),
        "path": _each(collection.paths),
        "form": coded(collection.forms),
        "needs_review": Coded((~collection.accepted).astype(np.int64), [False, True]),
        "review_codes": _each(reviews),
        "sums_hold": collection.count("holds").astype(float),
        "sums_broken": collection.count("broken").astype(float),
        "sums_not_assessable": collection.count("not_assessable").astype(float),
        "problems": collection.count("problems").astype(float),
        "improvements": collection.count("improvements").astype(float),
    }


def _each(values: list[Any]) -> Coded:
    """Return values of which each is its own."""
    codes = [-1 if value is None else n for n, value in enumerate(values)]
    return Coded(np.array(codes, dtype=np.int64), values)
