"""Plants faults between the reports of a world, and what looks like a fault and is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from nlp.collection.slim import Coded, SlimCell, SlimReport
from nlp.form.form import for_year
from training.across.world import YEARS, Numbers, Office, prose, record, sum_rows

Key = tuple[str, str, int]
"""A fault: its kind, the agency, and the year whose report shows it."""


@dataclass
class Planted:
    """The records of a world with faults, and the faults; `kept` are cells that no noise may touch."""

    faults: set[Key] = field(default_factory=set)
    numbers: dict[tuple[str, int], Numbers] = field(default_factory=dict)
    kept: set[tuple[str, int, str]] = field(default_factory=set)
    copies: dict[tuple[str, int], int] = field(default_factory=dict)
    spared: set[str] = field(default_factory=set)


def planted(random: Random, agencies: Sequence[Office], each: int) -> tuple[list[SlimReport], set[Key]]:
    """Return the records of agencies, each kind of fault planted so many times, and the faults.

    Around the faults stands what is none: blank, missing and ambiguous cells, numbers in doubt, reports in
    two files, in two versions, under a doubtful year, years without a report.
    """
    plan = Planted()
    alone = [
        agency for agency in agencies if not agency.parts and agency.level == "city" and agency.size >= 2
    ]
    random.shuffle(alone)
    for plant in _FAULTS:
        for _ in range(each):
            plant(random, alone.pop(), plan)
    wholes = [agency for agency in agencies if agency.parts]
    for agency in random.sample(wholes, min(each, len(wholes))):
        _whole_differs(random, agency, plan)
    records: list[SlimReport] = []
    for agency in agencies:
        records += _records(random, agency, plan)
    return records, plan.faults


def _carried_over(random: Random, agency: Office, plan: Planted) -> None:
    """In one column another number was carried over than was carried forward; the sums are kept."""
    year = random.choice(YEARS[1:])
    numbers = dict(agency.numbers[year])
    column = random.choice(("natural_person", "commercial_enterprise"))
    for row in ("carried_over", "granted", _done(year)):
        numbers[f"requests.{row}.{column}"] += 3
        plan.kept.add((agency.name, year, f"requests.{row}.{column}"))
    _summed(numbers, year)
    plan.kept.add((agency.name, year - 1, f"requests.carried_forward.{column}"))
    _plant(plan, "carried_over", agency, year, numbers)
    _follow(agency, plan, year, numbers)


def _in_force(random: Random, agency: Office, plan: Planted) -> None:
    """What is in force is not what was, and was issued, less what was repealed."""
    year = random.choice((2022, 2023))
    numbers = dict(agency.numbers[year])
    for column in ("in_force", "issued", "repealed"):
        plan.kept.add((agency.name, year, f"disclosure.normative_documents.{column}"))
    plan.kept.add((agency.name, year - 1, "disclosure.normative_documents.in_force"))
    numbers["disclosure.normative_documents.in_force"] += random.choice((-2, 1, 7))
    _plant(plan, "in_force", agency, year, numbers)
    if year < YEARS[-1]:
        later = dict(agency.numbers[year + 1])
        difference = (
            numbers["disclosure.normative_documents.in_force"]
            - agency.numbers[year]["disclosure.normative_documents.in_force"]
        )
        later["disclosure.normative_documents.in_force"] += difference
        plan.numbers[agency.name, year + 1] = later


def _previous_items(random: Random, agency: Office, plan: Planted) -> None:
    """The items of the year before are not those that its report leaves."""
    row = random.choice(("licensing", "penalties", "fees"))
    numbers = dict(agency.numbers[2020])
    numbers[f"disclosure.{row}.previous_items"] += random.choice((-1, 4))
    plan.kept.add((agency.name, 2020, f"disclosure.{row}.previous_items"))
    plan.kept |= {
        (agency.name, 2019, f"disclosure.{row}.{column}") for column in ("previous_items", "change")
    }
    _plant(plan, "previous_items", agency, 2020, numbers)


def _another_years_data(random: Random, agency: Office, plan: Planted) -> None:
    """The tables of one year are printed in the report of another, under its own prose."""
    year = random.choice((2020, 2022, 2023))
    plan.spared.add(agency.name)
    _plant(plan, "another_years_data", agency, year, dict(agency.numbers[year - 1]))


def _same_report(random: Random, agency: Office, plan: Planted) -> None:
    """One report stands under two years."""
    year = random.choice((2020, 2022, 2023))
    plan.spared.add(agency.name)
    plan.copies[agency.name, year] = year - 1
    plan.faults.add(("same_report", agency.name, year))


def _another_year_in_prose(random: Random, agency: Office, plan: Planted) -> None:
    """The prose of a report speaks of the year before."""
    year = random.choice(YEARS[1:])
    agency.prose[year] = prose(random, agency.name, year - 1)
    plan.faults.add(("another_year_in_prose", agency.name, year))


_FAULTS: tuple[Callable[[Random, Office, Planted], None], ...] = (
    _carried_over,
    _in_force,
    _previous_items,
    _another_years_data,
    _same_report,
    _another_year_in_prose,
)


def _whole_differs(random: Random, agency: Office, plan: Planted) -> None:
    """A number of a whole is not the sum of its parts; that of every other year is."""
    year = random.choice((2021, 2022))
    numbers = dict(agency.numbers[year])
    for row in ("granted", _done(year), "new_received"):
        numbers[f"requests.{row}.natural_person"] += 5
    _summed(numbers, year)
    plan.spared |= {agency.name, *(part.name for part in agency.parts)}
    _plant(plan, "parts_of_whole", agency, year, numbers)


def _plant(plan: Planted, kind: str, agency: Office, year: int, numbers: Numbers) -> None:
    plan.numbers[agency.name, year] = numbers
    plan.faults.add((kind, agency.name, year))


def _follow(agency: Office, plan: Planted, year: int, numbers: Numbers) -> None:
    """Keep what is carried forward as it was: the year after goes on from it."""
    for cell, value in agency.numbers[year].items():
        if ".carried_forward." in cell:
            assert numbers[cell] == value


def _done(year: int) -> str:
    """Return the row of all that was done."""
    form = for_year(year)
    assert form is not None
    row = form.table("requests").total_row
    assert row is not None
    return row


def _summed(numbers: Numbers, year: int) -> None:
    form = for_year(year)
    assert form is not None
    sum_rows(form.table("requests"), numbers)


def _records(random: Random, agency: Office, plan: Planted) -> Iterator[SlimReport]:
    """Yield the records of an agency: with the faults planted in it, and with noise."""
    for year in YEARS:
        is_whole = agency.name in plan.spared
        touched = any(key[1] == agency.name for key in plan.faults)
        if not touched and not is_whole and random.random() < 0.05:
            continue
        numbers = plan.numbers.get((agency.name, year))
        origin = plan.copies.get((agency.name, year))
        if origin is not None:
            copy = record(agency, origin, name=f"{agency.name}-{year}.html")
            copy.year = year
            yield copy
            continue
        made = record(agency, year, numbers=numbers)
        if not is_whole:
            _blur(random, made, {cell for name, at, cell in plan.kept if (name, at) == (agency.name, year)})
        if not touched and not is_whole and random.random() < 0.03:
            made.review.append(Coded("year_doubtful"))
            made.year = year + 1
        yield made
        if random.random() < 0.05:
            yield record(agency, year, name=f"{agency.name}-{year}.pdf", numbers=numbers)
        elif not touched and not is_whole and random.random() < 0.03 and made.year == year:
            other = record(agency, year, name=f"{agency.name}-{year}-2.html", numbers=numbers)
            other.tables["requests"]["new_received"]["natural_person"].value = 9999
            yield other


def _blur(random: Random, made: SlimReport, kept: set[str]) -> None:
    """Make some cells blank, missing, ambiguous or doubtful and wrong, but those that are kept."""
    for table, rows in made.tables.items():
        for row, cells in rows.items():
            is_missing = random.random() < 0.01
            for column in cells:
                chance = random.random()
                if f"{table}.{row}.{column}" in kept:
                    continue
                if is_missing:
                    cells[column] = SlimCell(None, "missing", None, 0.0)
                elif chance < 0.01:
                    cells[column] = SlimCell(None, "ambiguous", None, 0.0)
                elif chance < 0.03:
                    cells[column] = SlimCell(None, "blank", 1, 1.0)
                elif chance < 0.04:
                    cells[column] = SlimCell((cells[column].value or 0) + 1, "printed", 1, 0.5)
