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


Figures = dict[str, dict[str, dict[str, Figure]]]
"""The printed figure of each cell: table id, row id, column id."""

_PHRASES = knowledge("phrases/figures")
PLACEHOLDERS: tuple[str, ...] = tuple(_PHRASES["placeholders"])
REMARKS: tuple[str, ...] = tuple(_PHRASES["remarks"])
_UNITS = [*_PHRASES["counters"], *(style for _, style in _PHRASES["money"])]
UNIT_CHARACTERS = "".join(sorted(set(re.findall(r"[\u4e00-\u9fff]", "".join(_UNITS)))))
"""The Chinese characters of all units that figures are printed with."""
FULL_WIDTH = {
    ord(half): ord(full) for half, full in zip("0123456789+-", "０１２３４５６７８９＋－", strict=True)
}


def printed(numbers: Numbers, rng: Random) -> tuple[Figures, tuple[str, ...]]:
    """Return every figure as it is printed, and the names of the habits that make it hard."""
    figures = {
        table: {
            row: {column: Figure(value, _plain(value)) for column, value in cells.items()}
            for row, cells in rows.items()
        }
        for table, rows in numbers.items()
    }
    names = []
    for habit in HABITS:
        if rng.random() < habit.share:
            before, figures = figures, habit.apply(figures, rng)
            names += [habit.name] if habit.name and figures != before else []
    return figures, tuple(names)


def each(figures: Figures, change: Callable[[str, str, str, Figure], Figure]) -> Figures:
    """Return the figures with `change(table, row, column, figure)` applied to every cell."""
    return {
        table: {
            row: {column: change(table, row, column, figure) for column, figure in cells.items()}
            for row, cells in rows.items()
        }
        for table, rows in figures.items()
    }


def _plain(value: Number) -> str:
    return f"{value:.4f}".rstrip("0") if isinstance(value, float) else str(value)


def _fixed_decimals(figures: Figures, rng: Random) -> Figures:
    """Print fees with a fixed number of decimals, `0.00` included."""
    places = rng.choice([1, 2, 2, 4, 4])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if column != "amount" or not _round_at(figure.value, places):
            return figure
        return replace(figure, text=f"{figure.value:.{places}f}")

    return each(figures, change)


def _round_at(value: Number | None, places: int) -> bool:
    return value is not None and round(value, places) == value


def _with_units(figures: Figures, rng: Random) -> Figures:
    """Print money with its unit, at times in 元."""
    unit, style = rng.choice(_PHRASES["money"])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if column != "amount" or figure.value is None or (row != "procurement" and rng.random() < 0.7):
            return figure
        if unit == money_unit():
            return replace(figure, text=style.format(figure.value))
        yuan = figure.value * MONEY[money_unit()]
        return replace(figure, text=style.format(round(yuan / MONEY[unit])))

    return each(figures, change)


def _with_counters(figures: Figures, rng: Random) -> Figures:
    """Print counts with what is counted: `322件`."""
    unit, tables = rng.choice(_PHRASES["counters"]), {"disclosure"}
    tables |= {"requests"} if rng.random() < 0.3 else set()

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if table not in tables or column == "amount" or not figure.text.isdigit():
            return figure
        return replace(figure, text=unit.format(figure.text))

    return each(figures, change)


def _with_signs(figures: Figures, rng: Random) -> Figures:
    """Print a rise with its plus sign."""

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if column != "change" or not figure.value or figure.value < 0:
            return figure
        return replace(figure, text="+" + figure.text)

    return each(figures, change)


def _with_separators(figures: Figures, rng: Random) -> Figures:
    """Print thousands apart: `1,234`, or with the comma of Chinese."""
    comma = rng.choice([",", ",", "，"])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if figure.value is None or figure.value < 1000 or not figure.text.isdigit():
            return figure
        return replace(figure, text=f"{int(figure.text):,}".replace(",", comma))

    return each(figures, change)


def _full_width(figures: Figures, rng: Random) -> Figures:
    """Print the digits of some tables in full width."""
    tables = {table for table in figures if rng.random() < 0.7}

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        return replace(figure, text=figure.text.translate(FULL_WIDTH)) if table in tables else figure

    return each(figures, change)


def _zeros_left_out(figures: Figures, rng: Random) -> Figures:
    """Print nothing where a table has a zero: in all of it, or here and there."""
    tables = {table for table in figures if rng.random() < 0.6}
    share = rng.choice([1.0, 1.0, 0.9, 0.3, 0.05])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if table in tables and figure.value == 0 and rng.random() < share:
            return Figure(None, "")
        return figure

    return each(figures, change)


def _totals_left_out(figures: Figures, rng: Random) -> Figures:
    """Leave the totals of most rows blank."""
    share = rng.choice([1.0, 0.8, 0.3])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if (table, column) not in totals() or rng.random() >= share:
            return figure
        return Figure(None, "")

    return each(figures, change)


def _cells_left_out(figures: Figures, rng: Random) -> Figures:
    """Leave a few cells blank, whatever they should hold."""
    share = rng.choice([0.005, 0.01, 0.03])

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        return Figure(None, "") if rng.random() < share else figure

    return each(figures, change)


def _placeholders(figures: Figures, rng: Random) -> Figures:
    """Print a sign in place of zeros: in a row, a table, or everywhere."""
    sign = rng.choice(PLACEHOLDERS)
    tables = {table for table in figures if rng.random() < 0.5}
    share = rng.choice([1.0, 1.0, 0.5])
    rows = {row for table in figures.values() for row in table if rng.random() < share}

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        return Figure(None, sign) if table in tables and row in rows and figure.value == 0 else figure

    return each(figures, change)


def _remarks(figures: Figures, rng: Random) -> Figures:
    """Add a remark to a figure of the table of disclosure: `13（其中修订 6 件）`."""

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        if table != "disclosure" or not figure.value or figure.value < 2 or rng.random() < 0.5:
            return figure
        part = rng.randint(1, max(1, int(figure.value) - 1))
        remark = rng.choice(REMARKS).format(part)
        return replace(figure, text=f"{figure.text}{remark}")

    return each(figures, change)


@dataclass(frozen=True)
class Habit:
    """A way of printing: its kind in NOISE.md (empty where it is no noise) and the share of reports."""

    name: str
    share: float
    apply: Callable[[Figures, Random], Figures]


HABITS = (
    Habit("", 0.4, _fixed_decimals),
    Habit("15_remarks_in_cells", 0.01, _remarks),
    Habit("24_separators", 0.04, _with_separators),
    Habit("24_counters", 0.015, _with_counters),
    Habit("24_signs", 0.35, _with_signs),
    Habit("24_units", 0.3, _with_units),
    Habit("09_full_width_digits", 0.02, _full_width),
    Habit("22_zeros_left_out", 0.07, _zeros_left_out),
    Habit("22_totals_left_out", 0.015, _totals_left_out),
    Habit("22_cells_left_out", 0.03, _cells_left_out),
    Habit("23_placeholders", 0.06, _placeholders),
)
