"""Looks through files of records and yields everything that they share, leave behind, repeat and promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlp.agencies.shared_name import squeezed
from nlp.record.files import RawRecord
from nlp.record.model import Span
from nlp.reuse.agency import name_parts
from nlp.reuse.chains import chains
from nlp.reuse.collection import Collection, collected
from nlp.reuse.families import Families, families, texts_of
from nlp.reuse.findings import Chain, LeftBehind, Overview, Place, Promise, Repeat, StockText
from nlp.reuse.leftovers import Leftover
from nlp.reuse.passages import Item
from nlp.reuse.promises import promises
from nlp.reuse.repeats import repeated_over_years
from nlp.reuse.scan import Head, scanned

_STOCK_SHOWN = 50
"""So many sentences that are stock are shown, the most common ones."""


class NotInstalled(Exception):
    """The library that finds likely pairs is not there; the message says how to install it."""


class Reuse:
    """What a collection of records shares; each list is computed when it is asked for, finding by finding."""

    def __init__(self, collection: Collection, alike: Families, jobs: int) -> None:
        self._collection = collection
        self._families = alike
        self._jobs = jobs

    def overview(self) -> Overview:
        """Return what was looked through."""
        years = [head.year for head in self._collection.heads if head.year]
        return Overview(
            reports=len(self._collection.heads),
            unread=self._collection.unread,
            agencies=self._collection.agencies,
            first_year=min(years, default=None),
            last_year=max(years, default=None),
            stock_from=self._families.stock_from,
            stock_sentences=len(self._families.stock),
        )

    def stock(self) -> Iterator[StockText]:
        """Yield the sentences that most agencies have, which count as nobody's."""
        shown = self._families.stock[:_STOCK_SHOWN]
        texts = texts_of(self._collection, np.array(sorted(number for number, _ in shown), dtype=np.int64))
        for number, agencies in shown:
            yield StockText(text=texts[number], agencies=agencies)

    def copied(self) -> Iterator[Chain]:
        """Yield the texts that reports share."""
        return chains(self._collection, self._families, self._jobs)

    def left(self) -> Iterator[LeftBehind]:
        """Yield the names and years left behind, a place without an office only where it is a known one."""
        places: set[str] = set()
        for head in self._collection.heads:
            places.update(name_parts(squeezed(head.organization or "")).places)
        for report, one in self._collection.leftovers:
            if one.place_alone and name_parts(one.found).places[-1] not in places:
                continue
            yield _left_behind(self._collection.heads[report], one)

    def repeated(self) -> Iterator[Repeat]:
        """Yield the problems and measures that stand twice, in one report and in those of two years."""
        for report, first, second in self._collection.repeats:
            head = self._collection.heads[report]
            yield Repeat(kind="repeated_item", first=_of_item(head, first), second=_of_item(head, second))
        for last, this in self._consecutive():
            heads = self._collection.heads
            before, now = self._collection.stored(last), self._collection.stored(this)
            for first, second in repeated_over_years(before.items, now.items):
                is_problem = second.place.startswith("problems")
                yield Repeat(
                    kind="problem_of_last_year" if is_problem else "measure_of_last_year",
                    first=_of_item(heads[last], first),
                    second=_of_item(heads[this], second),
                )

    def promises(self) -> Iterator[Promise]:
        """Yield last year's measures beside what this year's report says, for each agency and year."""
        weight = _weight(self._collection)
        for last, this in self._consecutive():
            heads = self._collection.heads
            before, now = self._collection.stored(last), self._collection.stored(this)
            for kept in promises(before, now, weight):
                yield Promise(
                    state=kept.state,
                    same=kept.same,
                    measure=_of_item(heads[last], kept.measure),
                    record=heads[this].id,
                    year=heads[this].year or 0,
                    answer=[_place(heads[this], one.place, one.lines, one.raw) for one in kept.answers],
                )

    def _consecutive(self) -> Iterator[tuple[int, int]]:
        """Yield the reports of an agency for a year and the next; of several of a year the first."""
        by_agency: dict[str, dict[int, int]] = {}
        for number, head in enumerate(self._collection.heads):
            if head.agency and head.year:
                by_agency.setdefault(head.agency, {}).setdefault(head.year, number)
        for reports in by_agency.values():
            for last, this in pairwise(sorted(reports)):
                if this == last + 1:
                    yield reports[last], reports[this]


@contextmanager
def searched(records: Iterable[RawRecord], jobs: int = 1) -> Iterator[Reuse]:
    """Yield what records share; it can be asked for until the block ends.

    Raises NotInstalled before anything is read, and UnreadableFile where a file cannot be read to its end.
    """
    if find_spec("rensa") is None:
        raise NotInstalled("reuse needs rensa, which is not installed: pip install 'nianbao[reuse]'")
    with collected(scanned(records, jobs)) as collection:
        yield Reuse(collection, families(collection, jobs), jobs)


def _weight(collection: Collection) -> NDArray[np.float32]:
    """Return how much each run of three characters tells: the logarithm of how few reports hold it.

    In a collection of few reports all tell much the same: it takes many to know what is common.
    """
    reports = max(len(collection.heads), _FEW_REPORTS)
    holders = np.maximum(collection.holders_of_gram, 1)
    return np.log2(reports / holders).astype(np.float32)


_FEW_REPORTS = 50


def _place(head: Head, place: str, lines: Span | None, text: str) -> Place:
    return Place(
        record=head.id,
        organization=head.organization,
        agency=head.agency,
        year=head.year,
        path=head.path,
        place=place,
        lines=lines,
        text=text,
    )


def _of_item(head: Head, item: Item) -> Place:
    return _place(head, item.place, item.lines, item.raw)


def _left_behind(head: Head, one: Leftover) -> LeftBehind:
    return LeftBehind(
        record=head.id,
        organization=head.organization,
        agency=head.agency,
        year=head.year,
        path=head.path,
        place=one.passage.place,
        lines=one.passage.lines,
        text=one.passage.raw,
        kind="name_left" if one.kind == "name_left" else "year_left",
        found=one.found,
        expected=one.expected,
        doubtful=one.doubtful,
    )
