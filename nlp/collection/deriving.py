"""Computes cells that a page leaves blank, or lacks, where the form's sums leave one value only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.collection.collection import Collection
from nlp.collection.equations import CellSum, optional_cells, sums
from nlp.collection.states import ABSENT, BLANK, DERIVED, MISSING
from nlp.form.names import form_of

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

_ROUNDS = 6
"""A value may rest on others that were computed; so many times at most they are gone through."""


@dataclass(frozen=True)
class Completed:
    """The values and states of a collection with what follows from the form's sums, marked `derived`."""

    values: Values
    states: NDArray[np.uint8]


def completed(collection: Collection) -> Completed:
    """Return the values of a collection, blank and missing cells computed where they follow from others.

    A cell follows where it is the only unknown of a sum, or where the known parts of a total come to it
    already: numbers of requests are not negative, so the others are 0. An ambiguous cell is never computed,
    and nothing from a number whose reading is not certain.
    Where some sum of a table does not hold, nothing is computed in that table of that report.
    The matrices are new; the collection stays as printed.
    """
    values, states = collection.values.copy(), collection.states.copy()
    for edition, optional, reports in _shapes(collection):
        equations = sums(edition, optional)
        doubtful = collection.doubtful[reports] & ~np.isnan(values[reports])
        found, derived = _complete(values[reports], states[reports], doubtful, equations)
        values[reports] = found
        of_form = states[reports]
        of_form[derived] = DERIVED
        states[reports] = of_form
    return Completed(values, states)


def _shapes(collection: Collection) -> list[tuple[str, frozenset[str], NDArray[np.intp]]]:
    """Return the reports by edition and the optional rows that they print."""
    shapes: dict[tuple[str, frozenset[str]], list[int]] = {}
    editions: dict[str, NDArray[np.intp]] = {}
    forms = np.array([form or "" for form in collection.forms])
    for edition in {form for form in collection.forms if form_of(form)}:
        assert edition is not None
        editions[edition] = np.flatnonzero(forms == edition)
    for edition, reports in editions.items():
        printed = {
            row: (collection.states[np.ix_(reports, np.array(columns))] != ABSENT).any(axis=1)
            for row, columns in optional_cells(edition).items()
        }
        for n, report in enumerate(reports.tolist()):
            rows = frozenset(row for row, prints in printed.items() if prints[n])
            shapes.setdefault((edition, rows), []).append(report)
    return [(*shape, np.array(reports, dtype=np.intp)) for shape, reports in shapes.items()]


def _complete(
    values: Values, states: NDArray[np.uint8], doubtful: Mask, equations: tuple[CellSum, ...]
) -> tuple[Values, Mask]:
    """Return the values of reports of one shape with what follows, and which cells those are."""
    printed = values.copy()
    open_cells = ((states == BLANK) | (states == MISSING)) & np.isnan(values)
    for _ in range(_ROUNDS):
        before = int(np.isnan(values).sum())
        for equation in equations:
            _follow(values, open_cells, doubtful, equation)
        if int(np.isnan(values).sum()) == before:
            break
    derived = np.isnan(printed) & ~np.isnan(values)
    _withdraw(values, derived, equations)
    values[np.isnan(printed) & ~derived] = np.nan
    return values, derived


def _follow(values: Values, open_cells: Mask, doubtful: Mask, equation: CellSum) -> None:
    """Set what follows from one sum, in all reports."""
    cells = list(equation.left + equation.right)
    signs = np.array([1.0] * len(equation.left) + [-1.0] * len(equation.right))
    ours = values[:, cells]
    unknown = np.isnan(ours)
    count = unknown.sum(axis=1)
    difference = np.nansum(ours * signs, axis=1)
    """What the left side is more than the right, unknown cells left out."""
    may_be_set = (open_cells[:, cells] | ~unknown).all(axis=1) & ~doubtful[:, cells].any(axis=1)
    alone = may_be_set & (count == 1)
    for n, cell in enumerate(cells):
        reports = np.flatnonzero(alone & unknown[:, n])
        amounts = -difference[reports] * signs[n]
        fits = amounts >= 0
        values[reports[fits], cell] = amounts[fits]
    if len(equation.left) > 1:
        return
    nothing_left = may_be_set & (count > 1) & ~unknown[:, 0] & (difference == 0)
    for n, cell in enumerate(cells):
        values[nothing_left & unknown[:, n], cell] = 0


def _withdraw(values: Values, derived: Mask, equations: tuple[CellSum, ...]) -> None:
    """Give up what was computed in the tables of reports where a sum of it does not hold."""
    for table in {equation.table for equation in equations}:
        of_table = [equation for equation in equations if equation.table == table]
        cells = sorted({cell for equation in of_table for cell in equation.left + equation.right})
        fails = np.zeros(len(values), dtype=bool)
        for equation in of_table:
            left, right = list(equation.left), list(equation.right)
            amounts = values[:, left].sum(axis=1), values[:, right].sum(axis=1)
            known = ~np.isnan(amounts[0]) & ~np.isnan(amounts[1])
            fails |= known & (amounts[0] != amounts[1])
        derived[np.ix_(np.flatnonzero(fails), np.array(cells))] = False
