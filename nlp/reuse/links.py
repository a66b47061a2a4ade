"""Links between sentences of different reports that are too much alike, for too long, to be chance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.resources import knowledge
from nlp.reuse.collection import Collection
from nlp.reuse.families import Families, Ints, agencies_of, alike_in_sketch, likeness
from nlp.reuse.hashing import distinct

NEIGHBOURS = 4
"""Each sentence of a family is linked with so many before it, beside its first and its agency's last one."""
GAP = 2
"""A run goes on where so many sentences further the next one is shared."""
NO_YEAR = 9999


class Links(NamedTuple):
    """Pairs of sentences of one family in two reports; `later` is that of the later report."""

    later: Ints
    earlier: Ints


def links(collection: Collection, families: Families, jobs: int = 1) -> Links:
    """Return the links of all runs of sentences that two reports are unlikely to share by chance."""
    found = _of_alike(collection, families)
    return _long_enough(collection, families, _with_neighbours(collection, families, found, jobs))


def _of_alike(collection: Collection, families: Families) -> Links:
    """Link sentences of two reports that are alike and rare, or that side by side are.

    A sentence that is stock shows nothing by itself, two such sentences side by side may. Each is linked
    with a few others, however many share it: there are as many links as sentences, a few times over.
    """
    found = []
    for level in (families.exact, families.tight, families.loose):
        rare = level.rare(families.stock_from)
        later, earlier = _linked(collection, level.number[rare], rare)
        found.append(Links(rare[later], rare[earlier]))
    listed = np.asarray(collection.column("list"))
    report = collection.report_of_sentences()
    for step in range(1, GAP + 1):
        first = np.flatnonzero((listed[:-step] == listed[step:]) & (report[:-step] == report[step:]))
        found += _linked_pairs(collection, families, first, first + step)
    later = np.concatenate([one.later for one in found])
    earlier = np.concatenate([one.earlier for one in found])
    return _of_two_reports(collection, later, earlier)


def _with_neighbours(collection: Collection, families: Families, links: Links, jobs: int) -> Links:
    """Link as well what stands beside linked sentences in both reports, where it is alike when looked at.

    The search for likely pairs misses one now and then; beside a pair that next to no one else has it is met.
    """
    listed = np.asarray(collection.column("list"))
    report = collection.report_of_sentences()
    signature = np.asarray(collection.column("signature"))
    certain = families.bits(links.later, links.earlier) >= knowledge("reuse")["thresholds"]["certain"]
    later, earlier = links.later[certain], links.earlier[certain]
    known = _as_number(links.later, links.earlier)
    found = [known]
    for step in (-2, -1, 1, 2):
        one, other = later + step, earlier + step
        inside = (one >= 0) & (other >= 0) & (np.maximum(one, other) < len(report))
        one, other, at = one[inside], other[inside], np.flatnonzero(inside)
        beside = (report[one] == report[later[at]]) & (report[other] == report[earlier[at]])
        beside &= (listed[one] == listed[later[at]]) & (listed[other] == listed[earlier[at]])
        pairs = distinct(_as_number(one[beside], other[beside]))
        pairs = np.setdiff1d(pairs, known, assume_unique=True)
        found.append(alike_in_sketch(signature, pairs, _SKETCH))
    pairs = np.setdiff1d(distinct(np.concatenate(found[1:])), known, assume_unique=True)
    one, other = (pairs >> np.uint64(32)).astype(np.int64), (pairs & _LOW).astype(np.int64)
    kept = likeness(collection, np.stack((one, other), axis=1), jobs) > 0
    return Links(np.concatenate((links.later, one[kept])), np.concatenate((links.earlier, other[kept])))


_SKETCH = 0.2


def _linked_pairs(collection: Collection, families: Families, first: Ints, second: Ints) -> Iterator[Links]:
    """Yield the links of the first and of the second sentences of pairs that stand in several reports."""
    one, other = families.loose.number[first], families.loose.number[second]
    turned = one > other
    first, second = np.where(turned, second, first), np.where(turned, first, second)
    key = _as_number(np.minimum(one, other), np.maximum(one, other))
    group = np.unique(key, return_inverse=True)[1].reshape(-1)
    several = np.flatnonzero((np.bincount(group)[group] > 1) & (one != other))
    agency = collection.agency[collection.report_of_sentences()[first[several]]]
    holders = agencies_of(group[several], agency, len(group))
    rare = several[holders[group[several]] < families.stock_from]
    later, earlier = _linked(collection, group[rare], first[rare])
    for sentence in (first[rare], second[rare]):
        yield Links(sentence[later], sentence[earlier])


def _linked(collection: Collection, group: Ints, sentence: Ints) -> tuple[Ints, Ints]:
    """Return positions of members of one group that are linked, the later report's and the earlier one's."""
    report = collection.report_of_sentences()[sentence].astype(np.int64)
    agency = collection.agency[report].astype(np.int64)
    year = collection.year[report].astype(np.int64)
    order = np.lexsort((report, agency, np.where(year > 0, year, NO_YEAR), group))
    ordered = group[order]
    pairs = [_steps_back(order, ordered, step) for step in range(1, NEIGHBOURS + 1)]
    opens = np.flatnonzero(np.diff(ordered, prepend=-1))
    first = np.repeat(opens, np.diff(opens, append=len(ordered)))
    pairs.append((order, order[first]))
    by_agency = order[np.lexsort((agency[order], ordered))]
    own = group[by_agency] * (1 << _AGENCY_BITS) + agency[by_agency]
    pairs.append(_steps_back(by_agency, own, 1))
    return np.concatenate([one for one, _ in pairs]), np.concatenate([other for _, other in pairs])


_AGENCY_BITS = 20


def _steps_back(members: Ints, group: Ints, step: int) -> tuple[Ints, Ints]:
    same = group[step:] == group[:-step]
    return members[step:][same], members[:-step][same]


def _of_two_reports(collection: Collection, later: Ints, earlier: Ints) -> Links:
    """Return the links, each once, between different reports that are not one agency's for one year."""
    report = collection.report_of_sentences().astype(np.int64)
    pairs = distinct(_as_number(later, earlier))
    later, earlier = (pairs >> np.uint64(32)).astype(np.int64), (pairs & _LOW).astype(np.int64)
    one, other = report[later], report[earlier]
    same_year = collection.year[one] == collection.year[other]
    twice = (collection.agency[one] == collection.agency[other]) & same_year
    kept = (one != other) & ~twice
    return Links(later[kept], earlier[kept])


_LOW = np.uint64(0xFFFFFFFF)


def _as_number(one: Ints, other: Ints) -> NDArray[np.uint64]:
    """Return each pair as one number: the first times 2³², and the second."""
    return (one.astype(np.uint64) << np.uint64(32)) | other.astype(np.uint64)


def _long_enough(collection: Collection, families: Families, links: Links) -> Links:
    """Return the links of runs with enough characters that are not stock."""
    if not len(links.later):
        return links
    thresholds = knowledge("reuse")["thresholds"]
    report = collection.report_of_sentences().astype(np.int64)
    (later, earlier), goes_on = in_runs(collection, links)
    new = ~goes_on
    run = np.cumsum(new) - 1
    counted = new.copy()
    counted[1:] |= later[1:] != later[:-1]
    bits = np.maximum.reduceat(families.bits(later, earlier), np.flatnonzero(counted))
    sentence_run = run[counted]
    beside = np.minimum(thresholds["bits_beside"], thresholds["of_own_beside"] * bits)
    bits = bits + beside * _goes_on(sentence_run, later[counted], earlier[counted])
    length = np.asarray(collection.column("length"))[later[counted]]
    characters = np.bincount(sentence_run, weights=length)
    bits = np.bincount(sentence_run, weights=bits)
    same_agency = (collection.agency[report[later]] == collection.agency[report[earlier]])[new]
    reports = np.log2(max(2, len(collection.heads)))
    enough = np.where(
        same_agency,
        (characters >= thresholds["own_years"]) & (bits >= reports - thresholds["own_margin"]),
        (characters >= thresholds["between_agencies"])
        & (bits >= max(2 * reports - 1, thresholds["fewest_bits"])),
    )[run]
    return Links(later[enough], earlier[enough])


def in_runs(collection: Collection, links: Links) -> tuple[Links, NDArray[np.bool_]]:
    """Return links in the order of their reports and places, and whether each goes on from the one before.

    It does where both stand in one stretch of text in each of the two reports, or where they follow each
    other in both and stand in one list, whose items are stretches of their own.
    """
    report = collection.report_of_sentences().astype(np.int64)
    unit = np.asarray(collection.column("unit")).astype(np.int64)
    listed = np.asarray(collection.column("list")).astype(np.int64)
    pair = _as_number(report[links.later], report[links.earlier])
    order = np.lexsort((links.later, unit[links.earlier], pair))
    later, earlier, pair = links.later[order], links.earlier[order], pair[order]
    ahead, ahead_earlier = np.diff(later), np.diff(earlier)
    in_one_stretch = (np.diff(unit[later]) == 0) & (np.diff(unit[earlier]) == 0)
    in_one_list = (np.diff(listed[later]) == 0) & (np.diff(listed[earlier]) == 0)
    follows = in_one_list & (ahead > 0) & (ahead_earlier > 0) & (ahead_earlier <= GAP)
    goes_on = np.zeros(len(later), bool)
    goes_on[1:] = (np.diff(pair) == 0) & (ahead <= GAP) & (in_one_stretch | follows)
    return Links(later, earlier), goes_on


def _goes_on(run: Ints, later: Ints, earlier: Ints) -> NDArray[np.bool_]:
    """Return of each sentence whether it follows the one before it in both reports."""
    follows = np.zeros(len(run), bool)
    ahead = earlier[1:] - earlier[:-1]
    follows[1:] = (run[1:] == run[:-1]) & (ahead > 0) & (ahead <= GAP) & (later[1:] > later[:-1])
    return follows
