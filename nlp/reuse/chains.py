"""Chains of passages: the texts that reports share, grouped, the earliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from nlp.record.model import Span
from nlp.resources import knowledge
from nlp.reuse.collection import Collection
from nlp.reuse.families import Families, Ints, components
from nlp.reuse.findings import Chain, Copy, Likeness
from nlp.reuse.hashing import distinct
from nlp.reuse.links import NEIGHBOURS, NO_YEAR, Links, in_runs, links
from nlp.reuse.passages import Passage
from nlp.reuse.scan import list_of


def chains(collection: Collection, families: Families, jobs: int = 1) -> Iterator[Chain]:
    """Yield the texts that reports share, those of most reports in no certain order.

    Of two reports of one agency for one year, which are the same report in two files, nothing is told.
    """
    linked = links(collection, families, jobs)
    if not len(linked.later):
        return
    component = components(linked.later, linked.earlier, collection.sentences)
    component = _joined_in_runs(collection, linked, component)
    members = distinct(np.concatenate((linked.later, linked.earlier)))
    order = members[np.argsort(component[members], kind="stable")]
    starts = np.flatnonzero(np.diff(component[order], prepend=-1))
    for start, end in zip(starts, np.append(starts, len(order))[1:], strict=True):
        chain = _chain(collection, families, order[start:end])
        if chain is not None:
            yield chain


def _joined_in_runs(collection: Collection, linked: Links, component: Ints) -> Ints:
    """Join the components of sentences that stand beside each other, in both reports of a link."""
    (later, _), goes_on = in_runs(collection, linked)
    at = np.flatnonzero(goes_on)
    count = int(component.max()) + 1
    return components(component[later[at - 1]], component[later[at]], count)[component]


def _chain(collection: Collection, families: Families, sentences: Ints) -> Chain | None:
    """Return the chain of the sentences with these numbers; None where one report has them all."""
    stretches = _stretches(collection, sentences)
    stretches.sort(key=lambda stretch: (stretch.year or NO_YEAR, stretch.report, stretch.passages[0].unit))
    first = stretches[0]
    if len({stretch.report for stretch in stretches}) < 2:
        return None
    copies = [_copy(collection, stretch, stretches[:n]) for n, stretch in enumerate(stretches)]
    thresholds = knowledge("reuse")["thresholds"]
    is_small = collection.agencies < thresholds["few"]
    least = thresholds["same_of_few" if is_small else "same"]
    copies = [copy for copy in copies if copy.same >= least]
    if len({copy.record for copy in copies}) < 2:
        return None
    of_first = [n for n in sentences.tolist() if n in first.sentences]
    earliest = {stretch.agency for stretch in stretches if stretch.year == first.year}
    return Chain(
        characters=round(float(families.own[of_first].sum())),
        agencies=len({stretch.agency for stretch in stretches}),
        first_known=first.year is not None and len(earliest) == 1,
        copies=copies,
    )


class _Stretch(NamedTuple):
    """The shared sentences of one stretch of a report's text."""

    report: int
    year: int | None
    agency: int
    sentences: range
    passages: list[Passage]


def _stretches(collection: Collection, sentences: Ints) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    reports = np.searchsorted(collection.first_sentence, sentences, side="right") - 1
    for report in distinct(reports).tolist():
        base = int(collection.first_sentence[report])
        stored = collection.stored(report).passages
        own = [n - base for n in sentences[reports == report].tolist()]
        head = collection.heads[report]
        for run in _runs(own, stored):
            numbers = range(base + run[0], base + run[-1] + 1)
            passages = [stored[n] for n in run]
            stretches.append(_Stretch(report, head.year, int(collection.agency[report]), numbers, passages))
    return stretches


def _runs(numbers: Sequence[int], stored: Sequence[Passage]) -> Iterator[list[int]]:
    """Cut rising numbers of sentences where another list of stretches of text begins."""
    run: list[int] = []
    for number in numbers:
        if run and list_of(stored[number]) != list_of(stored[run[-1]]):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _copy(collection: Collection, stretch: _Stretch, before: Sequence[_Stretch]) -> Copy:
    """Return a stretch, with how it is like the one before it that it is most like."""
    from rapidfuzz.fuzz import ratio

    head = collection.heads[stretch.report]
    text = "".join(passage.normal for passage in stretch.passages)
    likeness: Likeness = "first"
    same = 1.0
    others = [other for other in (*before[:1], *before[-NEIGHBOURS:]) if other.report != stretch.report]
    if others:
        shares = [ratio(text, "".join(p.normal for p in other.passages)) / 100 for other in others]
        same = max(shares)
        likeness = _likeness(stretch, others[shares.index(same)], same)
    return Copy(
        record=head.id,
        organization=head.organization,
        agency=head.agency,
        year=head.year,
        path=head.path,
        place=stretch.passages[0].place,
        lines=_lines(stretch.passages),
        text="；".join(passage.raw for passage in stretch.passages),
        likeness=likeness,
        same=round(same, 4),
    )


def _lines(passages: Sequence[Passage]) -> Span | None:
    """Return the first and last line of passages; None where one of them has none."""
    first, last = passages[0].lines, passages[-1].lines
    if first is None or last is None:
        return None
    return min(first[0], last[0]), max(first[1], last[1])


def _likeness(stretch: _Stretch, other: _Stretch, same: float) -> Likeness:
    if same < 1.0:
        return "changed"
    mine = [passage.folded for passage in stretch.passages]
    theirs = [passage.folded for passage in other.passages]
    return "verbatim" if mine == theirs else "adapted"
