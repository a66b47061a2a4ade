"""The numbers of a report: tables that add up by construction, with an agency's error at times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from nlp.form.form import Form, Relation, Table

Number = int | float
Numbers = dict[str, dict[str, dict[str, Number]]]
"""The value of each cell: table id, row id, column id."""

NO_REQUESTS = 0.45
"""The share of reports whose table of requests holds zeros only."""
NO_REGULATIONS = 0.015
"""The share of reports without a row for 规章."""
ONE_ROW_OTHER = 0.12
"""The share of reports that print one row where the edition has several (NOISE 31)."""
WRONG_SUM = 0.04
"""The share of reports in which the agency's own sum is wrong (NOISE 35)."""
OUTCOMES_LIKELY = ("granted", "unavailable_not_held")
"""Where most requests end."""


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
    return int((top + 1) ** rng.random()) - (rng.random() < 0.5)


def shared_out(count: int, weights: Sequence[float], rng: Random) -> list[int]:
    """Share `count` out by weight: whole parts that add up to it.

    >>> sum(shared_out(31, [5, 1, 1], Random("1")))
    31
    """
    if count <= 60:
        drawn = rng.choices(range(len(weights)), weights, k=count)
        return [drawn.count(i) for i in range(len(weights))]
    parts = [int(count * weight / sum(weights) * rng.uniform(0.85, 1.0)) for weight in weights]
    parts[weights.index(max(weights))] += count - sum(parts)
    return parts


def _disclosure(table: Table, rng: Random, scale: float) -> dict[str, dict[str, Number]]:
    """Fill the table of disclosure; who makes no rules may leave 规章 out."""
    empty = rng.random() < 0.3
    rows = table.rows[1:] if rng.random() < NO_REGULATIONS else table.rows
    return {
        row.id: {column: 0 if empty else _disclosed(row.id, column, rng, scale) for column in row.columns}
        for row in rows
    }


def _disclosed(row: str, column: str, rng: Random, scale: float) -> Number:
    """Draw one value of the table of disclosure, on the scale of its column."""
    if column == "amount":
        return money(rng, scale)
    if column == "change":
        return 0 if rng.random() < 0.6 else rng.choice([-1, 1]) * long_tailed(rng, 40)
    if column == "decisions":
        return 0 if rng.random() < 0.3 else long_tailed(rng, _decisions_top(row, rng, scale))
    if row == "regulations":
        return 0 if rng.random() < 0.9 else long_tailed(rng, 60)
    return 0 if rng.random() < 0.4 else long_tailed(rng, 300 * scale)


def _decisions_top(row: str, rng: Random, scale: float) -> float:
    """Return how many decisions there may be; permits of a large city go into the tens of millions."""
    top = {"licensing": 30_000, "penalties": 20_000}.get(row, 2_000) * scale
    return top * 1000 if row == "licensing" and rng.random() < 0.04 else top


def money(rng: Random, scale: float = 1.0) -> Number:
    """Return an amount in 万元 with up to four decimals, or 0."""
    if rng.random() < 0.45:
        return 0
    amount = round((20_000 * scale) ** rng.random() * rng.uniform(0.1, 1), rng.choice([0, 1, 2, 2, 4, 4]))
    return int(amount) if amount == int(amount) else amount


def _requests(table: Table, rng: Random, scale: float) -> dict[str, dict[str, Number]]:
    """Fill the table of requests column by column, so that every sum of the form holds."""
    columns = table.parts
    received = 0 if rng.random() < NO_REQUESTS else 1 + long_tailed(rng, 120 * scale)
    if received and rng.random() < 0.05:
        received = long_tailed(rng, 60_000)
    carried = shared_out(int(received * rng.choice([0, 0, 0.05, 0.2])), [1.0] * len(columns), rng)
    applicants = [rng.choice([10, 30]), *(rng.choice([0, 0, 0.3, 1, 4]) for _ in columns[1:])]
    new = shared_out(received, applicants, rng)
    outcomes = _outcomes(table, rng)
    weights = [_likelihood(row, rng) for row in outcomes]
    filled: dict[str, dict[str, int]] = {row: {} for row in _printed(table, outcomes)}
    for column, fresh, old in zip(columns, new, carried, strict=True):
        _fill_column(table, filled, column, (fresh, old), outcomes, weights, rng)
    return {row: with_totals(table, cells) for row, cells in filled.items()}


def _outcomes(table: Table, rng: Random) -> list[str]:
    """Return the rows that add up to 总计: one 其他处理 at times where the edition has three."""
    single = {row.id: row.stands_for for row in table.rows if row.optional}
    replaced = {id for ids in single.values() for id in ids}
    outcomes = [id for id in table.summed_rows if id not in single]
    if single and rng.random() < ONE_ROW_OTHER:
        outcomes = [id for id in outcomes if id not in replaced] + list(single)
    return outcomes


def _printed(table: Table, outcomes: Sequence[str]) -> list[str]:
    """Return the rows that the report prints, in the order of the form."""
    replaceable = {*table.summed_rows, *(row.id for row in table.rows if row.optional)}
    return [row.id for row in table.rows if row.id in outcomes or row.id not in replaceable]


def _likelihood(row: str, rng: Random) -> float:
    return rng.uniform(4, 12) if row in OUTCOMES_LIKELY else rng.choice([0, 0, 0.2, 1, 3])


def _fill_column(
    table: Table,
    filled: dict[str, dict[str, int]],
    column: str,
    taken_in: tuple[int, int],
    outcomes: Sequence[str],
    weights: Sequence[float],
    rng: Random,
) -> None:
    fresh, old = taken_in
    forward = int((fresh + old) * rng.choice([0, 0, 0, 0.04, 0.15]))
    done = fresh + old - forward
    for row, count in zip(outcomes, shared_out(done, weights, rng), strict=True):
        filled[row][column] = count
    filled["new_received"][column], filled["carried_over"][column] = fresh, old
    filled["carried_forward"][column] = forward
    if table.total_row is not None:
        filled[table.total_row][column] = done


def with_totals(table: Table, parts: Mapping[str, Number]) -> dict[str, Number]:
    """Return the cells of a row in the order of the form, its sums worked out from its parts."""
    values: list[Number | None] = [parts.get(column) for column in table.column]
    for equation in table.sums_across:
        _, total = equation.amounts(values)
        for place in equation.left:
            values[place] = total
    return {column: value or 0 for column, value in zip(table.column, values, strict=True)}


def _review(table: Table, rng: Random) -> dict[str, dict[str, Number]]:
    empty = rng.random() < 0.6
    rows: dict[str, dict[str, Number]] = {}
    for row in table.rows:
        count = 0 if empty else long_tailed(rng, rng.choice([3, 12, 300]))
        shares = shared_out(count, [8.0, 2.0, 2.0, 3.0], rng)
        rows[row.id] = with_totals(table, dict(zip(table.parts, shares, strict=True)))
    return rows


def with_wrong_sum(form: Form, filled: Numbers, rng: Random) -> Numbers:
    """Return the numbers with one printed sum changed, as agencies publish at times."""
    table = form.table(rng.choice(["requests", "review_litigation"]))
    rows = [row for row in table.rows if row.id in filled[table.id]]
    row = rng.choice(rows[:3] + rows[-2:])
    relation: Relation = table.across[0]
    total = relation.left[0]
    right = filled[table.id][row.id][total]
    wrong = rng.choice(
        [n for n in (0, right + 1, right - 1, right + 10, right * 10) if n != right and n >= 0]
    )
    changed = {**filled[table.id], row.id: {**filled[table.id][row.id], total: wrong}}
    return {**filled, table.id: changed}
