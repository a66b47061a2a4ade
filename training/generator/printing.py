"""How an agency prints its figures: zeros, blanks, placeholders, units, signs and separators."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from nlp.form.form import money_unit, totals
from nlp.resources import knowledge
from nlp.text.cells import MONEY
from training.generator.figures import Number, Numbers


@dataclass(frozen=True)
class Figure:
    """A cell as printed: `value` is None where nothing or a placeholder stands."""

    value: Number | None
    text: str


BLANK = Figure(None, "")

Figures = dict[str, dict[str, dict[str, Figure]]]
"""The printed figure of each cell: table id, row id, column id."""

_PHRASES = knowledge("phrases/figures")
PLACEHOLDERS: tuple[str, ...] = tuple(_PHRASES["placeholders"])
REMARKS: tuple[str, ...] = tuple(_PHRASES["remarks"])
_UNITS = [*_PHRASES["counters"], *(style for _, style in _PHRASES["money"])]
UNIT_CHARACTERS = "".join(sorted(set(re.findall(r"[\u4e00-\u9fff]", "".join(_UNITS)))))
"""The Chinese characters of all units that figures are printed with."""
FULL_WIDTH = str.maketrans("0123456789+-", "０１２３４５６７８９＋－")


def printed(numbers: Numbers, rng: Random) -> tuple[Figures, tuple[str, ...]]:
    """Return every number as one agency prints it, and the kinds of noise that this brings about."""
    figures: Figures = {}
    for table, rows in numbers.items():
        figures[table] = {}
        for row, cells in rows.items():
            figures[table][row] = {column: Figure(value, plain(value)) for column, value in cells.items()}
    kinds = []
    for habit in HABITS:
        if rng.random() >= habit.share:
            continue
        changed = habit.apply(figures, rng)
        if habit.noise and changed != figures:
            kinds.append(habit.noise)
        figures = changed
    return figures, tuple(kinds)


def each(figures: Figures, change: Callable[[str, str, str, Figure], Figure]) -> Figures:
    """Return the figures with `change(table, row, column, figure)` applied to every cell."""
    changed: Figures = {}
    for table, rows in figures.items():
        changed[table] = {}
        for row, cells in rows.items():
            changed[table][row] = {
                column: change(table, row, column, figure) for column, figure in cells.items()
            }
    return changed


def plain(value: Number) -> str:
    """Return a number in digits, without zeros at the end of its decimals.

    >>> plain(0), plain(25.1)
    ('0', '25.1')
    """
    return f"{value:.4f}".rstrip("0") if isinstance(value, float) else str(value)


def _fixed_decimals(figures: Figures, rng: Random) -> Figures:
    """Print fees with a fixed number of decimals, zeros included: `0.00`."""
    places = rng.choice([1, 2, 2, 4, 4])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        value = figure.value
        if column != "amount" or value is None or round(value, places) != value:
            return figure
        return replace(figure, text=f"{value:.{places}f}")

    return each(figures, change)


def _remarks(figures: Figures, rng: Random) -> Figures:
    """Add a remark to half of the figures of the table of disclosure: `13（其中修订 6 件）`."""

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        value = figure.value
        if table != "disclosure" or not value or value < 2 or rng.random() < 0.5:
            return figure
        part = rng.randint(1, max(1, int(value) - 1))
        remark = rng.choice(REMARKS).format(part)
        return replace(figure, text=figure.text + remark)

    return each(figures, change)


def _with_separators(figures: Figures, rng: Random) -> Figures:
    """Print thousands apart: `1,234`, or with the comma of Chinese."""
    comma = rng.choice([",", ",", "，"])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if figure.value is None or figure.value < 1000 or not figure.text.isdigit():
            return figure
        return replace(figure, text=f"{int(figure.text):,}".replace(",", comma))

    return each(figures, change)


def _with_counters(figures: Figures, rng: Random) -> Figures:
    """Print counts with what is counted: `322件`."""
    pattern = rng.choice(_PHRASES["counters"])
    tables = {"disclosure"}
    if rng.random() < 0.3:
        tables.add("requests")

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if table not in tables or column == "amount" or not figure.text.isdigit():
            return figure
        return replace(figure, text=pattern.format(figure.text))

    return each(figures, change)


def _with_signs(figures: Figures, rng: Random) -> Figures:
    """Print a rise with its plus sign."""

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if column != "change" or not figure.value or figure.value < 0:
            return figure
        return replace(figure, text="+" + figure.text)

    return each(figures, change)


def _with_units(figures: Figures, rng: Random) -> Figures:
    """Print amounts of money with their unit, 万元 or 元; of fees only three in ten."""
    unit, pattern = rng.choice(_PHRASES["money"])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if column != "amount" or figure.value is None:
            return figure
        if row != "procurement" and rng.random() < 0.7:
            return figure
        if unit == money_unit():
            return replace(figure, text=pattern.format(figure.value))
        yuan = figure.value * MONEY[money_unit()]
        return replace(figure, text=pattern.format(round(yuan / MONEY[unit])))

    return each(figures, change)


def _changes_in_words(figures: Figures, rng: Random) -> Figures:
    """Print how much a number changed in words: `增17`, `减2`, `未增未减`."""
    more, less, none = rng.choice(_PHRASES["changes"])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if column != "change" or figure.value is None:
            return figure
        if figure.value == 0:
            return replace(figure, text=none)
        return replace(figure, text=(more if figure.value > 0 else less).format(abs(figure.value)))

    return each(figures, change)


def _units_in_brackets(figures: Figures, rng: Random) -> Figures:
    """Print the amount of procurement with its unit in brackets behind it: `683154.2(元)`."""
    unit, pattern = rng.choice(_PHRASES["money_in_brackets"])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if column != "amount" or row != "procurement" or not figure.value:
            return figure
        amount = figure.value * MONEY[money_unit()] / MONEY[unit]
        return replace(figure, text=pattern.format(plain(round(amount, 4))))

    return each(figures, change)


def _full_width(figures: Figures, rng: Random) -> Figures:
    """Print the digits of some tables in full width."""
    tables = {table for table in figures if rng.random() < 0.7}

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        return replace(figure, text=figure.text.translate(FULL_WIDTH)) if table in tables else figure

    return each(figures, change)


def _zeros_left_out(figures: Figures, rng: Random) -> Figures:
    """Print nothing where some tables have a zero: in every such cell, or in a share of them."""
    tables = {table for table in figures if rng.random() < 0.6}
    share = rng.choice([1.0, 1.0, 0.9, 0.3, 0.05])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        is_zero = table in tables and figure.value == 0
        return BLANK if is_zero and rng.random() < share else figure

    return each(figures, change)


def _totals_left_out(figures: Figures, rng: Random) -> Figures:
    """Leave the totals of most rows blank."""
    share = rng.choice([1.0, 0.8, 0.3])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        is_total = (table, column) in totals()
        return BLANK if is_total and rng.random() < share else figure

    return each(figures, change)


def _cells_left_out(figures: Figures, rng: Random) -> Figures:
    """Leave a few cells blank, whatever their value."""
    share = rng.choice([0.005, 0.01, 0.03])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        return BLANK if rng.random() < share else figure

    return each(figures, change)


def _placeholders(figures: Figures, rng: Random) -> Figures:
    """Print a placeholder for the zeros of some tables, in all of their rows or in half of them."""
    placeholder = Figure(None, rng.choice(PLACEHOLDERS))
    tables = {table for table in figures if rng.random() < 0.5}
    share = rng.choice([1.0, 1.0, 0.5])
    rows = {row for rows_of_table in figures.values() for row in rows_of_table if rng.random() < share}

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        is_zero = table in tables and row in rows and figure.value == 0
        return placeholder if is_zero else figure

    return each(figures, change)


@dataclass(frozen=True)
class PrintingHabit:
    """A way of printing figures.

    `noise` is the kind of noise that it makes, "" where it is none. `share` is the share of reports (0 to 1)
    that have the habit. `apply(figures, rng)` returns the figures printed so.
    """

    noise: str
    share: float
    apply: Callable[[Figures, Random], Figures]


HABITS = (
    PrintingHabit("", 0.4, _fixed_decimals),
    PrintingHabit("15_remarks_in_cells", 0.01, _remarks),
    PrintingHabit("24_separators", 0.04, _with_separators),
    PrintingHabit("24_counters", 0.015, _with_counters),
    PrintingHabit("24_signs", 0.35, _with_signs),
    PrintingHabit("24_units", 0.3, _with_units),
    PrintingHabit("45_changes_in_words", 0.03, _changes_in_words),
    PrintingHabit("46_units_in_brackets", 0.03, _units_in_brackets),
    PrintingHabit("09_full_width_digits", 0.02, _full_width),
    PrintingHabit("22_zeros_left_out", 0.07, _zeros_left_out),
    PrintingHabit("22_totals_left_out", 0.015, _totals_left_out),
    PrintingHabit("22_cells_left_out", 0.03, _cells_left_out),
    PrintingHabit("23_placeholders", 0.1, _placeholders),
)
"""The habits in the order in which they are tried."""
