"""The numbers of a report: tables that add up by construction, with an agency's error at times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from nlp.form.form import Form, Table

Number = int | float
Numbers = dict[str, dict[str, dict[str, Number]]]
"""The value of each cell: table id, row id, column id."""

NO_REQUESTS = 0.45
"""The share of reports whose table of requests holds zeros only."""
NO_REGULATIONS = 0.015
"""The share of reports without a row for 规章."""
ONE_ROW_OTHER = 0.12
"""The share of reports that print one row where the edition has several."""
WRONG_SUM = 0.04
"""The share of reports in which one of the agency's own sums is wrong."""
OUTCOMES_LIKELY = ("granted", "unavailable_not_held")
"""The rows in which most requests end."""


def numbers(form: Form, rng: Random, scale: float = 1.0) -> Numbers:
    """Return a value for every cell of a form; `scale` above 1 makes a larger agency.

    >>> from nlp.form.form import for_year
    >>> from nlp.form.sums import adds_up
    >>> form = for_year(2022)
    >>> row = numbers(form, Random("7/1"))["requests"]["new_received"]
    >>> adds_up(form.table("requests").sums_across, list(row.values()))
    True
    """
    return {
        "disclosure": _disclosure(form.table("disclosure"), rng, scale),
        "requests": _requests(form.table("requests"), rng, scale),
        "review_litigation": _review(form.table("review_litigation"), rng),
    }


def long_tailed(rng: Random, top: float) -> int:
    """Draw a whole number between 0 and `top`, small ones far more often than large ones."""
    number = int((top + 1) ** rng.random())
    return number - 1 if rng.random() < 0.5 else number


def shared_out(count: int, weights: Sequence[float], rng: Random) -> list[int]:
    """Share `count` out by weight: whole parts that add up to it.

    Up to 60 each unit is drawn by itself; above, parts vary by up to 15 % and the largest takes the rest.

    >>> sum(shared_out(31, [5, 1, 1], Random("1")))
    31
    """
    if count <= 60:
        drawn = rng.choices(range(len(weights)), weights, k=count)
        return [drawn.count(i) for i in range(len(weights))]
    parts = [int(count * weight / sum(weights) * rng.uniform(0.85, 1.0)) for weight in weights]
    largest = weights.index(max(weights))
    parts[largest] += count - sum(parts)
    return parts


def _disclosure(table: Table, rng: Random, scale: float) -> dict[str, dict[str, Number]]:
    """Fill the table of disclosure; an agency that makes no rules may leave 规章, the first row, out."""
    all_zero = rng.random() < 0.3
    rows = table.rows[1:] if rng.random() < NO_REGULATIONS else table.rows
    filled: dict[str, dict[str, Number]] = {}
    for row in rows:
        filled[row.id] = {}
        for column in row.columns:
            filled[row.id][column] = 0 if all_zero else _disclosed(row.id, column, rng, scale)
    return filled


def _disclosed(row: str, column: str, rng: Random, scale: float) -> Number:
    """Draw one value of the table of disclosure, on the scale of its column."""
    if column == "amount":
        return money(rng, scale)
    if column == "change":
        return 0 if rng.random() < 0.6 else rng.choice([-1, 1]) * long_tailed(rng, 40)
    if column == "decisions":
        return 0 if rng.random() < 0.3 else long_tailed(rng, _most_decisions(row, rng, scale))
    if row == "regulations":
        return 0 if rng.random() < 0.9 else long_tailed(rng, 60)
    return 0 if rng.random() < 0.4 else long_tailed(rng, 300 * scale)


def _most_decisions(row: str, rng: Random, scale: float) -> float:
    """Return how many decisions there may be; permits of a large city go into the tens of millions."""
    most = {"licensing": 30_000, "penalties": 20_000}.get(row, 2_000) * scale
    if row == "licensing" and rng.random() < 0.04:
        return most * 1000
    return most


def money(rng: Random, scale: float = 1.0) -> Number:
    """Return an amount in 万元 with up to four decimals, or 0."""
    if rng.random() < 0.45:
        return 0
    amount = (20_000 * scale) ** rng.random() * rng.uniform(0.1, 1)
    rounded = round(amount, rng.choice([0, 1, 2, 2, 4, 4]))
    return int(rounded) if rounded == int(rounded) else rounded


def _requests(table: Table, rng: Random, scale: float) -> dict[str, dict[str, Number]]:
    """Fill the table of requests column by column, so that every sum of the form holds."""
    columns = table.parts
    received = 0 if rng.random() < NO_REQUESTS else 1 + long_tailed(rng, 120 * scale)
    if received and rng.random() < 0.05:
        received = long_tailed(rng, 60_000)
    carried_over = int(received * rng.choice([0, 0, 0.05, 0.2]))
    carried_by_column = shared_out(carried_over, [1.0] * len(columns), rng)
    applicants: list[float] = [rng.choice([10, 30])]  # natural persons, by far the most common applicants
    applicants += [rng.choice([0, 0, 0.3, 1, 4]) for _ in columns[1:]]
    received_by_column = shared_out(received, applicants, rng)
    outcomes = _outcomes(table, rng)
    weights = [_likelihood(row, rng) for row in outcomes]
    filled: dict[str, dict[str, Number]] = {row: {} for row in _printed_rows(table, outcomes)}
    for column, fresh, old in zip(columns, received_by_column, carried_by_column, strict=True):
        forward = int((fresh + old) * rng.choice([0, 0, 0, 0.04, 0.15]))
        answered = fresh + old - forward
        filled["new_received"][column] = fresh
        filled["carried_over"][column] = old
        filled["carried_forward"][column] = forward
        if table.total_row is not None:
            filled[table.total_row][column] = answered
        for row, count in zip(outcomes, shared_out(answered, weights, rng), strict=True):
            filled[row][column] = count
    return {row: with_totals(table, cells) for row, cells in filled.items()}


def _outcomes(table: Table, rng: Random) -> list[str]:
    """Draw the rows that add up to 总计: one 其他处理 at times where the edition has three."""
    single_rows = {row.id: row.stands_for for row in table.rows if row.optional}
    outcomes = [row for row in table.summed_rows if row not in single_rows]
    if single_rows and rng.random() < ONE_ROW_OTHER:
        replaced = {row for rows in single_rows.values() for row in rows}
        outcomes = [row for row in outcomes if row not in replaced]
        outcomes += single_rows
    return outcomes


def _printed_rows(table: Table, outcomes: Sequence[str]) -> list[str]:
    """Return the rows that the report prints, in the order of the form."""
    not_always = {*table.summed_rows, *(row.id for row in table.rows if row.optional)}
    return [row.id for row in table.rows if row.id in outcomes or row.id not in not_always]


def _likelihood(row: str, rng: Random) -> float:
    return rng.uniform(4, 12) if row in OUTCOMES_LIKELY else rng.choice([0, 0, 0.2, 1, 3])


def with_totals(table: Table, parts: Mapping[str, Number]) -> dict[str, Number]:
    """Return the cells of a row in the order of the form, its sums worked out from its parts."""
    values: list[Number | None] = [parts.get(column) for column in table.column]
    for equation in table.sums_across:
        _, total = equation.amounts(values)
        for place in equation.left:
            values[place] = total
    return {column: value or 0 for column, value in zip(table.column, values, strict=True)}


def _review(table: Table, rng: Random) -> dict[str, dict[str, Number]]:
    """Fill the table of review and litigation, whose rows are shared out among four results."""
    all_zero = rng.random() < 0.6
    rows: dict[str, dict[str, Number]] = {}
    for row in table.rows:
        count = 0 if all_zero else long_tailed(rng, rng.choice([3, 12, 300]))
        shares = shared_out(count, [8.0, 2.0, 2.0, 3.0], rng)
        rows[row.id] = with_totals(table, dict(zip(table.parts, shares, strict=True)))
    return rows


def with_wrong_sum(form: Form, filled: Numbers, rng: Random) -> Numbers:
    """Return the numbers with one printed sum changed, as agencies publish at times."""
    table = form.table(rng.choice(["requests", "review_litigation"]))
    rows = [row for row in table.rows if row.id in filled[table.id]]
    row = rng.choice(rows[:3] + rows[-2:])
    total = table.across[0].left[0]
    right = filled[table.id][row.id][total]
    candidates = [0, right + 1, right - 1, right + 10, right * 10]
    wrong = rng.choice([number for number in candidates if number != right and number >= 0])
    cells = {**filled[table.id][row.id], total: wrong}
    return {**filled, table.id: {**filled[table.id], row.id: cells}}
