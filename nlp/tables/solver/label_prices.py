"""What it costs a number to be in other rows and columns than those that the labels next before it name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nlp.tables.solver.prices import PRICES, Floats
from nlp.tables.solver.stream import Number


def row_prices(number: Number, rows: Sequence[str]) -> Floats:
    """Return what each of some rows costs a number, in nats; nothing where no row is named.

    >>> row_prices(Number(3, rows=("granted",), beside=True), ["granted", "total"]).tolist()
    [0.0, 5.0]
    """
    price = PRICES.wrong_row if number.beside else PRICES.row_not_named
    return _unless_named(price, number.rows, rows)


def column_prices(number: Number, columns: Sequence[str], price: float) -> Floats:
    """Return what each of some columns costs a number, in nats: `price` for those that are not named.

    >>> column_prices(Number(3, columns=("total",)), ["natural_person", "total"], 3.0).tolist()
    [3.0, 0.0]
    """
    return _unless_named(price, number.columns, columns)


def _unless_named(price: float, named: Sequence[str], ids: Sequence[str]) -> Floats:
    return np.array([price if named and id not in named else 0.0 for id in ids])
