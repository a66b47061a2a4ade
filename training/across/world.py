"""Makes agencies and their reports over years whose numbers agree: sums, carry-overs, wholes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from nlp.collection.slim import SlimCell, SlimReport, SlimSection, SlimSource
from nlp.form.form import Form, Relation, Table, for_year
from nlp.record.agencies import NOWHERE, Agency, Level
from nlp.record.model import Number

YEARS = (2019, 2020, 2021, 2022, 2023)
Numbers = dict[str, Number]
"""The values of a report by the ids of its cells."""


@dataclass
class Office:
    """An agency: its name, its place, and its numbers and prose by year.

    `parts` are the offices whose numbers its own are the sums of.
    """

    name: str
    code: str | None
    kind: str
    level: Level
    size: float
    parts: list[Office] = field(default_factory=list)
    numbers: dict[int, Numbers] = field(default_factory=dict)
    prose: dict[int, str] = field(default_factory=dict)


def world(random: Random, alone: int, counties: int, offices: int) -> list[Office]:
    """Return agencies: some alone, and counties whose government's report adds up those of its offices."""
    agencies = [_office(random, f"第{n}市水利局", f"{110100 + n % 700}", "water") for n in range(alone)]
    for n in range(counties):
        code = f"{210101 + n}"
        parts = [_office(random, f"第{n}县第{m}局", code, f"kind{m}", "county") for m in range(offices)]
        agencies += parts
        agencies.append(Office(f"第{n}县人民政府", code, "government", "county", 0, parts))
    for agency in agencies:
        agency.prose = {year: prose(random, agency.name, year) for year in YEARS}
    add_up(agencies)
    return agencies


def add_up(agencies: Sequence[Office]) -> None:
    """Give those that have parts the sums of their parts' numbers."""
    for agency in agencies:
        if agency.parts:
            for year in YEARS:
                agency.numbers[year] = {
                    cell: sum(part.numbers[year][cell] for part in agency.parts)
                    for cell in agency.parts[0].numbers[year]
                }


def _office(random: Random, name: str, code: str | None, kind: str, level: Level = "city") -> Office:
    """Return an office whose numbers go on from year to year; a third of them are of nearly no requests."""
    office = Office(name, code, kind, level, random.choice((0.0, 0.3, 2.0, 8.0, 40.0)))
    last: Numbers | None = None
    for year in YEARS:
        form = for_year(year)
        assert form is not None
        last = office.numbers[year] = _year(random, form, office.size, last or {})
    return office


def _year(random: Random, form: Form, size: float, last: Numbers) -> Numbers:
    numbers: Numbers = {}
    _disclosure(random, form.table("disclosure"), size, last, numbers)
    _requests(random, form.table("requests"), size, last, numbers)
    _reviews(random, form.table("review_litigation"), size, numbers)
    return numbers


def _disclosure(random: Random, table: Table, size: float, last: Numbers, numbers: Numbers) -> None:
    for row in table.rows:
        for column in row.columns:
            numbers[f"disclosure.{row.id}.{column}"] = _some(random, size * 5 + 1)
        cells = {column: f"disclosure.{row.id}.{column}" for column in row.columns}
        before = last.get(cells.get("in_force", ""), random.randint(5, 60))
        if "in_force" in cells:
            numbers[cells["repealed"]] = min(numbers[cells["repealed"]], before)
            numbers[cells["in_force"]] = before + numbers[cells["issued"]] - numbers[cells["repealed"]]
        if "previous_items" in cells:
            items, change = last.get(cells["previous_items"]), last.get(cells["change"], 0)
            numbers[cells["previous_items"]] = random.randint(5, 60) if items is None else items + change
            numbers[cells["change"]] = random.choice((0, 0, 1, 2, -1))
        if "amount" in cells:
            numbers[cells["amount"]] = round(random.random() * size * 10, 4)


def _requests(random: Random, table: Table, size: float, last: Numbers, numbers: Numbers) -> None:
    """Make the table by its sums: what was received and carried over is either done or carried forward."""
    column_total, balance = _down(table, "column_total"), _down(table, "balance")
    results = [row for row in column_total.right if not table.row[row].optional]
    received, over = balance.left
    done, forward = balance.right
    assert (done,) == column_total.left
    for n, column in enumerate(table.parts):
        cell = {row.id: f"requests.{row.id}.{column}" for row in table.rows if not row.optional}
        new = _some(random, size * (3 if n == 0 else 0.4))
        carried = last.get(cell[forward], _some(random, size * 0.2) if not last else 0)
        left = min(_some(random, size * 0.3), new + carried)
        numbers.update({cell[received]: new, cell[over]: carried, cell[forward]: left})
        numbers[cell[done]] = new + carried - left
        numbers.update({cell[row]: 0 for row in results})
        for _ in range(int(new + carried - left)):
            numbers[cell[random.choice((results[0], random.choice(results)))]] += 1
    sum_rows(table, numbers)


def sum_rows(table: Table, numbers: Numbers) -> None:
    """Set the totals of rows that are sums over columns."""
    for relation in table.across:
        (total,) = relation.left
        for row in table.rows:
            cells = [f"{table.id}.{row.id}.{column}" for column in relation.right]
            if all(cell in numbers for cell in cells):
                numbers[f"{table.id}.{row.id}.{total}"] = sum(numbers[cell] for cell in cells)


def _reviews(random: Random, table: Table, size: float, numbers: Numbers) -> None:
    for row in table.rows:
        for column in table.parts:
            numbers[f"{table.id}.{row.id}.{column}"] = _some(random, size * 0.2)
    sum_rows(table, numbers)


def _down(table: Table, id: str) -> Relation:
    return next(relation for relation in table.down if relation.id == id)


def _some(random: Random, mean: float) -> int:
    return int(random.expovariate(1 / mean)) if mean else 0


def prose(random: Random, name: str, year: int) -> str:
    """Return running text that no other report has: it names its own year, and the one before to compare."""
    figures = "，".join(f"第{random.randint(1, 99)}类信息{random.randint(10, 9999)}条" for _ in range(24))
    times = "".join(f"{year}年第{n}季度继续推进。" for n in range(random.randint(1, 4)))
    period = f"统计期限从{year}年1月1日起至{year}年12月31日止。" if random.random() < 0.6 else ""
    return f"{name}{year}年主动公开{figures}。{year}年答复及时，较{year - 1}年提高。{times}{period}"


def record(
    agency: Office, year: int, *, name: str | None = None, numbers: Numbers | None = None
) -> SlimReport:
    """Return the record of an agency's report for a year, every cell printed and certain."""
    form = for_year(year)
    assert form is not None
    given = agency.numbers[year] if numbers is None else numbers
    tables: dict[str, dict[str, dict[str, SlimCell]]] = {}
    for n, (cell, value) in enumerate(given.items(), 1):
        table, row, column = cell.split(".")
        cells = tables.setdefault(table, {}).setdefault(row, {})
        cells[column] = SlimCell(value, "printed", n, 1.0)
    name = name or f"{agency.name}-{year}.html"
    return SlimReport(
        schema="nianbao.report/2",
        id=name,
        source=SlimSource(name, name, "", "text/html"),
        organization=agency.name,
        agency=Agency(agency.name, NOWHERE, agency.code, agency.kind, agency.level),
        year=year,
        form=form.edition,
        tables=tables,
        sections=[SlimSection(agency.prose[year])],
    )
