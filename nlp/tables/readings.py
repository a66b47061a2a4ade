"""Asks the layouts for their readings of a page, and decides which is best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec.structs import replace

from nlp.labelling.judgement import Costs
from nlp.tables.cut_numbers import cut_numbers, with_cut_numbers_doubted
from nlp.tables.interleaved_cells import torn_cells, with_torn_cells_doubted
from nlp.tables.layouts import (
    beside,
    blocks,
    given_cells,
    label_blocks,
    named_cells,
    rows,
    single_row,
    stretches,
    under_headers,
)
from nlp.tables.page.runs import texts
from nlp.tables.reading import Reading
from nlp.tables.table_page import TablePage

_MARGIN = 0.5
"""A reading whose cost is at least so many nats above the best one's is no alternative to it."""


class Layout(Protocol):
    """A way in which a page may set a table."""

    def propose(self, page: TablePage) -> Iterator[Reading]:
        """Yield the readings of a page whose tables are set in this way; none where they cannot be."""


LINEAR: tuple[Layout, ...] = (named_cells, given_cells, single_row, rows)
"""Layouts of cells that say their columns, of given cells, and of rows that follow each other: their time
grows with the length of a page."""
LAYOUTS: tuple[Layout, ...] = (*LINEAR, beside, under_headers, label_blocks)
"""Layouts that any table may have, the commonest first."""
PIECEMEAL: tuple[Layout, ...] = (blocks, stretches)
"""Layouts of tables whose rows are taken apart."""


def readings_of(page: TablePage) -> list[Reading]:
    """Return the readings of a page: the last one explains every number and label, where one does."""
    readings: list[Reading] = []
    torn = torn_cells(page.tokens)
    cut = [] if page.table.down else cut_numbers(page.tokens, page.lines)
    for reading in _proposed(page, readings):
        doubted = with_torn_cells_doubted(reading, torn) if torn else reading
        if cut:
            doubted = with_cut_numbers_doubted(doubted, cut, page.tokens)
        readings.append(_judged(doubted, readings[0] if readings else doubted, page.page.in_table))
        if readings[-1].faults.none:
            break
    return readings


def _proposed(page: TablePage, before: Sequence[Reading]) -> Iterator[Reading]:
    """Yield what the layouts propose; `before` are the readings that have been judged by then.

    A table of which but one row has other than its own numbers behind its label is in no boxes or pieces.
    """
    for layout in LINEAR if page.is_linear else LAYOUTS:
        yield from layout.propose(page)
    if page.is_linear or any(reading.has_one_misfit for reading in before):
        return
    for layout in PIECEMEAL:
        yield from layout.propose(page)


def _judged(reading: Reading, first: Reading, in_table: Sequence[float]) -> Reading:
    """Return a reading with what speaks against the places that it takes its numbers from.

    They may stand beside labels which the form does not have: `first` is the reading that leaves these labels
    their numbers. They may stand on lines that are hardly a table's: `in_table` tells how likely each is.
    """
    unknown = frozenset(first.of_unknown_labels)
    alternatives = dict(reading.alternatives)
    taken = 0
    for row, run in reading.runs.items() if unknown else ():
        of_unknown = unknown.intersection(run)
        if of_unknown:  # the row may have the first one's as well
            alternatives[row] = [*alternatives.get(row, ()), first.runs.get(row, ())]
            taken += len(of_unknown)
    faults = replace(reading.faults, taken_from_unknown=taken, furniture=_furniture(reading, in_table))
    return replace(reading, alternatives=alternatives, faults=faults)


def _furniture(reading: Reading, in_table: Sequence[float]) -> float:
    """Count the lines with numbers of rows, each by the probability that it is no table's."""
    return sum(1 - in_table[line - 1] for line in sorted({token.line for token in reading.numbers}))


def best_of(readings: Sequence[Reading], costs: Costs) -> Reading:
    """Return the cheapest reading, with what readings hardly dearer give its rows in `alternatives`."""
    best, *others = sorted(readings, key=lambda reading: reading.faults.cost(costs))
    alternatives = {row: list(runs) for row, runs in best.alternatives.items()}
    for other in others:
        if other.faults.cost(costs) - best.faults.cost(costs) >= _MARGIN:
            break
        for row, run in other.runs.items():
            if texts(run) != texts(best.runs.get(row, ())):
                alternatives.setdefault(row, []).append(run)
    return replace(best, alternatives=alternatives)
