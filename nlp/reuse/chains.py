"""Chains of passages: runs of sentences that reports share, grouped, the earliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.record.model import Span
from nlp.resources import knowledge
from nlp.reuse.collection import Collection
from nlp.reuse.families import Families, Ints, agencies_of, alike_in_sketch, components, likeness
from nlp.reuse.findings import Chain, Copy, Likeness
from nlp.reuse.hashing import distinct
from nlp.reuse.passages import Passage

_NEIGHBOURS = 4
"""Each sentence of a family is linked with so many before it, beside its first and its agency's last one."""
_GAP = 2
"""A run goes on where so many sentences further the next one is shared."""


class _Links(NamedTuple):
    """Pairs of sentences of one family in two reports; `later` is that of the later report."""

    later: Ints
    earlier: Ints


def chains(collection: Collection, families: Families, jobs: int = 1) -> Iterator[Chain]:
    """Yield the texts that reports share, those of most reports in no certain order.

    Of two reports of one agency for one year, which are the same report in two files, nothing is told.
    """
    links = _links(collection, families)
    links = _long_enough(collection, families, _with_neighbours(collection, families, links, jobs))
    if not len(links.later):
        return
    component = components(links.later, links.earlier, collection.sentences)
    component = _joined_in_runs(collection, links, component)
    members = distinct(np.concatenate((links.later, links.earlier)))
    order = members[np.argsort(component[members], kind="stable")]
    starts = np.flatnonzero(np.diff(component[order], prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(order)], strict=True):
        chain = _chain(collection, families, order[start:end])
        if chain is not None:
            yield chain


def _links(collection: Collection, families: Families) -> _Links:
    """Link the sentences of two reports that are alike, or stand beside each other in both and are alike there.

    A sentence that is stock shows nothing by itself, two such sentences side by side may. Each is linked with a
    few others, however many share it: there are as many links as sentences a few times over.
    """
    links = []
    for level in (families.exact, families.tight, families.loose):
        rare = level.rare(families.stock_from)
        later, earlier = _linked(collection, level.number[rare], rare)
        links.append(_Links(rare[later], rare[earlier]))
    unit = np.asarray(collection.column("unit"))
    report = collection.report_of_sentences()
    for step in range(1, _GAP + 1):
        first = np.flatnonzero((unit[:-step] == unit[step:]) & (report[:-step] == report[step:]))
        links += _linked_pairs(collection, families, first, first + step)
    later = np.concatenate([one.later for one in links])
    earlier = np.concatenate([one.earlier for one in links])
    return _of_two_reports(collection, later, earlier)


def _with_neighbours(collection: Collection, families: Families, links: _Links, jobs: int) -> _Links:
    """Link as well what stands beside linked sentences in both reports, where it is alike when looked at.

    The search for likely pairs misses one now and then; beside a pair that next to no one else has it is met.
    """
    unit = np.asarray(collection.column("unit"))
    report = collection.report_of_sentences()
    signature = np.asarray(collection.column("signature"))
    certain = families.bits(links.later, links.earlier) >= knowledge("reuse")["thresholds"]["certain"]
    later, earlier = links.later[certain], links.earlier[certain]
    known = (links.later.astype(np.uint64) << np.uint64(32)) | links.earlier.astype(np.uint64)
    found = [known]
    for step in (-2, -1, 1, 2):
        one, other = later + step, earlier + step
        inside = (one >= 0) & (other >= 0) & (np.maximum(one, other) < len(unit))
        one, other, at = one[inside], other[inside], np.flatnonzero(inside)
        beside = (report[one] == report[later[at]]) & (report[other] == report[earlier[at]])
        beside &= (unit[one] == unit[later[at]]) & (unit[other] == unit[earlier[at]])
        pairs = distinct((one[beside].astype(np.uint64) << np.uint64(32)) | other[beside].astype(np.uint64))
        pairs = np.setdiff1d(pairs, known, assume_unique=True)
        found.append(alike_in_sketch(signature, pairs, _SKETCH))
    pairs = np.setdiff1d(distinct(np.concatenate(found[1:])), known, assume_unique=True)
    one, other = (pairs >> np.uint64(32)).astype(np.int64), (pairs & _LOW).astype(np.int64)
    kept = likeness(collection, np.stack((one, other), axis=1), jobs) > 0
    return _Links(np.concatenate((links.later, one[kept])), np.concatenate((links.earlier, other[kept])))


_SKETCH = 0.2


def _linked_pairs(collection: Collection, families: Families, first: Ints, second: Ints) -> Iterator[_Links]:
    """Yield the links of the first and of the second sentences of pairs that stand in several reports."""
    one, other = families.loose.number[first], families.loose.number[second]
    turned = one > other
    first, second = np.where(turned, second, first), np.where(turned, first, second)
    low, high = np.minimum(one, other).astype(np.uint64), np.maximum(one, other).astype(np.uint64)
    group = np.unique((low << np.uint64(32)) | high, return_inverse=True)[1].reshape(-1)
    several = np.flatnonzero((np.bincount(group)[group] > 1) & (one != other))
    agency = collection.agency[collection.report_of_sentences()[first[several]]]
    holders = agencies_of(group[several], agency, len(group))
    rare = several[holders[group[several]] < families.stock_from]
    later, earlier = _linked(collection, group[rare], first[rare])
    for sentence in (first[rare], second[rare]):
        yield _Links(sentence[later], sentence[earlier])


def _linked(collection: Collection, group: Ints, sentence: Ints) -> tuple[Ints, Ints]:
    """Return positions of members of one group that are linked, the later report's and the earlier one's."""
    report = collection.report_of_sentences()[sentence].astype(np.int64)
    agency = collection.agency[report].astype(np.int64)
    year = collection.year[report].astype(np.int64)
    order = np.lexsort((report, agency, np.where(year > 0, year, _NO_YEAR), group))
    ordered = group[order]
    pairs = [_steps_back(order, ordered, step) for step in range(1, _NEIGHBOURS + 1)]
    opens = np.flatnonzero(np.diff(ordered, prepend=-1))
    first = np.repeat(opens, np.diff(opens, append=len(ordered)))
    pairs.append((order, order[first]))
    by_agency = order[np.lexsort((agency[order], ordered))]
    own = group[by_agency] * (1 << _AGENCY_BITS) + agency[by_agency]
    pairs.append(_steps_back(by_agency, own, 1))
    return np.concatenate([one for one, _ in pairs]), np.concatenate([other for _, other in pairs])


_NO_YEAR = 9999
_AGENCY_BITS = 20


def _steps_back(members: Ints, group: Ints, step: int) -> tuple[Ints, Ints]:
    same = group[step:] == group[:-step]
    return members[step:][same], members[:-step][same]


def _of_two_reports(collection: Collection, later: Ints, earlier: Ints) -> _Links:
    """Return the links, each once, between different reports that are not one agency's for one year."""
    report = collection.report_of_sentences().astype(np.int64)
    pairs = distinct((later.astype(np.uint64) << np.uint64(32)) | earlier.astype(np.uint64))
    later, earlier = (pairs >> np.uint64(32)).astype(np.int64), (pairs & _LOW).astype(np.int64)
    one, other = report[later], report[earlier]
    same_year = collection.year[one] == collection.year[other]
    twice = (collection.agency[one] == collection.agency[other]) & same_year
    kept = (one != other) & ~twice
    return _Links(later[kept], earlier[kept])


_LOW = np.uint64(0xFFFFFFFF)


def _long_enough(collection: Collection, families: Families, links: _Links) -> _Links:
    """Return the links of runs with enough characters that are not stock."""
    if not len(links.later):
        return links
    thresholds = knowledge("reuse")["thresholds"]
    report = collection.report_of_sentences().astype(np.int64)
    unit = np.asarray(collection.column("unit")).astype(np.int64)
    one, other = report[links.later], report[links.earlier]
    pair = (one.astype(np.uint64) << np.uint64(32)) | other.astype(np.uint64)
    order = np.lexsort((links.later, unit[links.earlier], pair))
    later, earlier, pair = links.later[order], links.earlier[order], pair[order]
    new = np.ones(len(later), bool)
    new[1:] = (
        (pair[1:] != pair[:-1])
        | (unit[earlier[1:]] != unit[earlier[:-1]])
        | (unit[later[1:]] != unit[later[:-1]])
        | (later[1:] - later[:-1] > _GAP)
    )
    run = np.cumsum(new) - 1
    counted = new.copy()
    counted[1:] |= later[1:] != later[:-1]
    bits = np.maximum.reduceat(families.bits(later, earlier), np.flatnonzero(counted))
    sentence_run = run[counted]
    bits += thresholds["bits_beside"] * _goes_on(sentence_run, later[counted], earlier[counted])
    length = np.asarray(collection.column("length"))[later[counted]]
    characters = np.bincount(sentence_run, weights=length)
    bits = np.bincount(sentence_run, weights=bits)
    same_agency = (collection.agency[report[later]] == collection.agency[report[earlier]])[new]
    reports = np.log2(max(2, len(collection.heads)))
    enough = np.where(
        same_agency,
        (characters >= thresholds["own_years"]) & (bits >= reports - thresholds["own_margin"]),
        (characters >= thresholds["between_agencies"]) & (bits >= 2 * reports - 1),
    )[run]
    return _Links(later[enough], earlier[enough])


def _goes_on(run: Ints, later: Ints, earlier: Ints) -> NDArray[np.bool_]:
    """Return of each sentence whether it follows the one before it in both reports."""
    follows = np.zeros(len(run), bool)
    ahead = earlier[1:] - earlier[:-1]
    follows[1:] = (run[1:] == run[:-1]) & (ahead > 0) & (ahead <= _GAP) & (later[1:] > later[:-1])
    return follows


def _joined_in_runs(collection: Collection, links: _Links, component: Ints) -> Ints:
    """Join the components of sentences that stand beside each other, in both reports of a link."""
    report = collection.report_of_sentences().astype(np.int64)
    unit = np.asarray(collection.column("unit")).astype(np.int64)
    pair = (report[links.later].astype(np.uint64) << np.uint64(32)) | report[links.earlier].astype(np.uint64)
    order = np.lexsort((links.later, pair))
    later, pair = links.later[order], pair[order]
    earlier = links.earlier[order]
    beside = (pair[1:] == pair[:-1]) & (later[1:] - later[:-1] <= _GAP)
    beside &= (unit[later[1:]] == unit[later[:-1]]) & (unit[earlier[1:]] == unit[earlier[:-1]])
    at = np.flatnonzero(beside)
    count = int(component.max()) + 1
    return components(component[later[at]], component[later[at + 1]], count)[component]


def _chain(collection: Collection, families: Families, sentences: Ints) -> Chain | None:
    """Return the chain of the sentences with these numbers; None where one report has them all."""
    stretches = _stretches(collection, sentences)
    stretches.sort(key=lambda stretch: (stretch.year or _NO_YEAR, stretch.report, stretch.passages[0].unit))
    first = stretches[0]
    if len({stretch.report for stretch in stretches}) < 2:
        return None
    copies = [_copy(collection, stretch, stretches[:n]) for n, stretch in enumerate(stretches)]
    least = knowledge("reuse")["thresholds"]["same"]
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
    """Cut rising numbers of sentences where another stretch of text begins."""
    run: list[int] = []
    for number in numbers:
        if run and stored[number].unit != stored[run[-1]].unit:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _copy(collection: Collection, stretch: _Stretch, before: Sequence[_Stretch]) -> Copy:
    """Return a stretch beside the one before it that it is most like: its own agency's last one at equal likeness."""
    from rapidfuzz.fuzz import ratio

    head = collection.heads[stretch.report]
    text = "".join(passage.normal for passage in stretch.passages)
    likeness: Likeness = "first"
    same = 1.0
    others = [other for other in (*before[:1], *before[-_NEIGHBOURS:]) if other.report != stretch.report]
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


def _likeness(stretch: _Stretch, other: _Stretch, same: float) -> Likeness:
    if same < 1.0:
        return "changed"
    mine = [passage.folded for passage in stretch.passages]
    theirs = [passage.folded for passage in other.passages]
    return "verbatim" if mine == theirs else "adapted"


def _lines(passages: Sequence[Passage]) -> Span | None:
    return passages[0].lines
