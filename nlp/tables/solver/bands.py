"""Searches how the numbers of a stream fill a table, band by band: the best filling and all near it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from nlp.tables.solver.fillings import Filler, Fillings
from nlp.tables.solver.frame import Frame
from nlp.tables.solver.lattice import Lattice, Place, States, Step
from nlp.tables.solver.orders import Orders, band_orders
from nlp.tables.solver.prices import PRICES, Floats
from nlp.tables.solver.stream import Integers, Stream

_MOST_STATES = 1_000
"""So many different sums down are followed from one place on; what is dropped is counted."""
_SLACK = (8.0, 14.0, PRICES.farthest)
"""How far above the cheapest price without sums down the search goes, one try after the other."""
_MOST_STEPS = 100_000
"""So many steps are looked at; then the search is given up."""
_FEW_ROWS = 2
"""Where cells may be open, higher bands are tried without a part out of turn."""


class Search:
    """The search over one stream and one grid; the stream may have more numbers than the grid has cells.

    `extra` are further orders of rows, by the first of them. At most about `open` cells may be left open for
    numbers that were displaced; bands are then tried in fewer orders.
    """

    def __init__(
        self,
        stream: Stream,
        grid: Frame,
        extra: Mapping[int, Sequence[Orders]] | None = None,
        open: int = 0,
    ) -> None:
        self.grid, self.count = grid, len(stream.numbers)
        self.surplus = self.count - grid.height * grid.width
        self.open = open
        self.filler = Filler(stream, grid)
        self.extra = extra or {}
        self.end = (grid.height, self.count)
        self.bands: dict[Place, list[Fillings]] = {}
        self.ahead = self._fill()

    def _firsts(self, row: int) -> range:
        """Return the numbers that may be the next one when the rows before `row` are filled."""
        least = max(0, row * self.grid.width + min(self.surplus, 0) - self.open)
        most = min(self.count, row * self.grid.width + max(self.surplus, 0) + self.open)
        return range(least, most + 1)

    def _fill(self) -> dict[Place, float]:
        """Fill the bands from every place; return the least price from each place to the end, no sum down."""
        ahead: dict[Place, float] = {self.end: 0.0}
        for row in range(self.grid.height, -1, -1):
            for first in reversed(self._firsts(row)):
                if (row, first) == self.end:
                    continue
                bands = [band for band in self._bands(row, first) if _behind(band) in ahead]
                self.bands[row, first] = bands
                ways = [band.prices[0] + ahead[_behind(band)] for band in bands]
                if (row, first + 1) in ahead:
                    ways.append(PRICES.aside + ahead[row, first + 1])
                if ways:
                    ahead[row, first] = min(ways)
        return ahead

    def _bands(self, row: int, first: int) -> Iterator[Fillings]:
        left = self.count - first
        for height in range(1, self.grid.height - row + 1):
            if height * self.grid.width <= left:
                yield self.filler.fill(self._orders(height), row, first)
        for orders in self.extra.get(row, ()):
            if orders.height * orders.width <= left:
                yield self.filler.fill(orders, row, first)
        if self.open and row < self.grid.height and self.grid.width - 1 <= left and len(self.grid.across):
            yield self.filler.fill_but_one(row, first)

    def _orders(self, height: int) -> Orders:
        return band_orders(height, self.grid.width, not self.open or height <= _FEW_ROWS)

    def best(self) -> Lattice:
        """Return all ways within the margin of the best, as far as `dropped` does not say otherwise."""
        least = self.ahead.get((0, 0), np.inf)
        found = Lattice({}, self.end, np.inf, least, np.inf)
        for slack in _SLACK:
            wider = self.lattice(least + slack)
            if np.isinf(wider.best) and np.isfinite(found.best):
                break  # too many ways to follow: what the narrower search found is the best known
            found = wider
            if found.best + PRICES.margin <= found.most or found.dropped < found.most:
                break
        return replace(found, dropped=min(found.dropped, found.most))

    def lattice(self, most: float) -> Lattice:
        """Return all ways that cost no more than `most`."""
        relations = len(self.grid.closes)
        start = States(np.zeros((1, relations, 2, self.grid.width), dtype=np.int64), np.zeros(1), [])
        places: dict[Place, States] = {(0, 0): start}
        coming: dict[Place, list[tuple[Step, Integers]]] = {}
        dropped, looked_at = np.inf, 0
        for row in range(self.grid.height + 1):
            for first in self._firsts(row):
                here = (row, first)
                if here != (0, 0):
                    if here not in coming:
                        continue
                    places[here], lost = self._merged(here, coming.pop(here), places)
                    dropped = min(dropped, lost)
                for step, sums in self._steps(here, places[here], most):
                    looked_at += len(sums)
                    if looked_at > _MOST_STEPS:
                        return Lattice(places, self.end, np.inf, most, -np.inf)
                    coming.setdefault(step.end, []).append((step, sums))
        best = float(places[self.end].prices.min()) if self.end in places else np.inf
        return Lattice(places, self.end, best, most, dropped)

    def _steps(self, here: Place, states: States, most: float) -> Iterator[tuple[Step, Integers]]:
        """Yield the steps from a place, each with the sums down behind it."""
        row, first = here
        beside = (row, first + 1)
        if beside in self.ahead and first < self.count:
            prices = np.full(len(states.prices), PRICES.aside)
            kept = np.flatnonzero(states.prices + prices + self.ahead[beside] <= most)
            if len(kept):
                step = Step(here, beside, kept, prices[kept], np.zeros(len(kept), dtype=np.int64), None)
                yield step, states.sums[kept]
        for band in self.bands.get(here, ()):
            end = _behind(band)
            ahead = self.ahead.get(end, np.inf)
            few = band.under(most - ahead - float(states.prices.min()))
            if not len(few.prices):
                continue
            total = states.prices[:, None] + few.prices[None, :] + ahead
            origins, chosen = np.nonzero(total <= most)
            sums = self._summed(states.sums[origins], few, chosen)
            prices = few.prices[chosen] + self._closed(sums, row, row + band.height)
            kept = np.flatnonzero(states.prices[origins] + prices + ahead <= most)
            if len(kept):
                yield Step(here, end, origins[kept], prices[kept], chosen[kept], few), sums[kept]

    def _summed(self, sums: Integers, band: Fillings, chosen: Integers) -> Integers:
        rows = slice(band.row, band.row + band.height)
        sides = np.stack([self.grid.left[:, rows], self.grid.right[:, rows]], axis=1)
        added: Integers = np.einsum("nhw,rsh->nrsw", band.values, sides)
        return sums + added[chosen]

    def _closed(self, sums: Integers, row: int, end: int) -> Floats:
        """Return what sums down cost that close within some rows, and set these to 0."""
        price = np.zeros(len(sums))
        for relation, last in enumerate(self.grid.closes):
            if row <= last < end:
                left, right = sums[:, relation, 0], sums[:, relation, 1]
                price += np.where(left != right, PRICES.broken(left), 0.0).sum(axis=1)
                sums[:, relation] = 0
        return price

    def _merged(
        self, here: Place, coming: list[tuple[Step, Integers]], before: Mapping[Place, States]
    ) -> tuple[States, float]:
        """Return the states of a place, equal sums down as one; the lowest price of those dropped."""
        sums = np.concatenate([found for _, found in coming])
        prices = np.concatenate(
            [before[step.origin].prices[step.origins] + step.prices for step, _ in coming]
        )
        _, first, state = np.unique(_marks(sums), return_index=True, return_inverse=True)
        least = np.full(len(first), np.inf)
        np.minimum.at(least, state, prices)
        new = np.arange(len(first))
        lost = np.inf
        if len(first) > _MOST_STATES:
            cheapest = np.argsort(least, kind="stable")
            lost = float(least[cheapest[_MOST_STATES]]) + self.ahead[here]
            new = np.full(len(first), -1)
            new[cheapest[:_MOST_STATES]] = np.arange(_MOST_STATES)
            first, least = first[cheapest[:_MOST_STATES]], least[cheapest[:_MOST_STATES]]
        into, at = [], 0
        for step, found in coming:
            into.append((step, new[state[at : at + len(found)]]))
            at += len(found)
        return States(sums[first], least, into), lost


def _behind(band: Fillings) -> Place:
    """Return the place behind a band."""
    return band.row + band.height, band.first + band.taken


def _marks(sums: Integers) -> Integers:
    """Return a number for each state that only equal sums share."""
    flat = sums.reshape(len(sums), -1)
    factors = np.random.default_rng(1).integers(-(2**62), 2**62, flat.shape[1], dtype=np.int64)
    with np.errstate(over="ignore"):
        marks: Integers = flat @ factors
    return marks
