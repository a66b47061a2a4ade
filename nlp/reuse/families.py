"""Tells which sentences of a collection are alike, and which are so common that they are nobody's."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.resources import knowledge
from nlp.reuse.collection import Collection
from nlp.reuse.hashing import BANDS

Ints = NDArray[np.int64]

_AGENCY_BITS = 20
"""Agencies are numbered below 2²⁰; the bits above hold the sentence or clause."""
_SKETCH = 0.45
"""Of candidates at least so many hashes of their signatures are the same."""
_LONGEST_BUCKET_STEP = 2
"""A sentence is compared with so many neighbours among those that share a piece of its signature."""
_VERIFIED_AT_ONCE = 200_000


class Families(NamedTuple):
    """Of each sentence the number of its family, which all sentences that are alike share.

    `own` is how many characters of a sentence are not stock: 0 where the whole of it is. `stock` are the
    sentences, one a wording, that are stock, with the numbers of agencies that have them.
    """

    family: Ints
    own: Ints
    stock: list[tuple[int, int]]
    stock_from: int


def families(collection: Collection, jobs: int = 1) -> Families:
    """Return the families of all sentences of a collection."""
    whole = np.asarray(collection.column("whole"))
    report = collection.report_of_sentences()
    agency = collection.agency[report].astype(np.uint64)
    stock_from = stock_threshold(collection.agencies)
    first, wording = np.unique(whole, return_index=True, return_inverse=True)[1:]
    wording = wording.reshape(-1)
    common = _agencies_of(wording.astype(np.uint64), agency, len(first)) >= stock_from
    candidates = _candidates(collection, first, common)
    alike = _verified(collection, first[candidates], candidates, jobs)
    family_of_wording = _components(alike, len(first))
    family = family_of_wording[wording]
    holders = _agencies_of(family.astype(np.uint64), agency, int(family_of_wording.max(initial=-1)) + 1)
    own = _own_characters(collection, agency, stock_from)
    own[holders[family] >= stock_from] = 0
    return Families(family, own, _stock(holders, family, stock_from), stock_from)


def stock_threshold(agencies: int) -> int:
    """Return from how many agencies on a text is stock, in a collection of so many.

    >>> stock_threshold(3), stock_threshold(400), stock_threshold(20_000)
    (5, 8, 400)
    """
    thresholds = knowledge("reuse")["thresholds"]
    return max(int(thresholds["stock_agencies"]), int(thresholds["stock_share"] * agencies))


def _agencies_of(numbers: NDArray[np.uint64], agency: NDArray[np.uint64], count: int) -> Ints:
    """Return of each of `count` numbers how many agencies have it."""
    pairs = np.unique((numbers << np.uint64(_AGENCY_BITS)) | agency)
    return np.bincount((pairs >> np.uint64(_AGENCY_BITS)).astype(np.int64), minlength=count)


def _own_characters(collection: Collection, agency: NDArray[np.uint64], stock_from: int) -> Ints:
    """Return of each sentence the characters of its clauses that fewer agencies have than stock."""
    counts = np.asarray(collection.column("clauses")).astype(np.int64)
    clause = np.asarray(collection.column("clause"))
    length = np.asarray(collection.column("clause_length")).astype(np.int64)
    pairs = (clause & ~np.uint64((1 << _AGENCY_BITS) - 1)) | np.repeat(agency, counts)
    pairs = np.unique(pairs)
    short, holders = np.unique(pairs >> np.uint64(_AGENCY_BITS), return_counts=True)
    del pairs
    common = short[holders >= stock_from]
    clause = clause >> np.uint64(_AGENCY_BITS)
    if len(common):
        at = np.minimum(np.searchsorted(common, clause), len(common) - 1)
        length[common[at] == clause] = 0
    sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(length)))
    ends = np.cumsum(counts)
    return sums[ends] - sums[ends - counts]


def _candidates(collection: Collection, first: Ints, common: NDArray[np.bool_]) -> Ints:
    """Return pairs (n × 2) of wordings whose signatures are much the same; `first` has a sentence of each."""
    wordings = np.flatnonzero(~common)
    if len(wordings) < 2:
        return np.zeros((0, 2), np.int64)
    sentences = first[wordings]
    signature = np.asarray(collection.column("signature"))[sentences]
    bands = [np.asarray(collection.column(f"band{n}"))[sentences] for n in range(BANDS)]
    found = [np.zeros(0, np.uint64)]
    for n in range(BANDS):
        # Within a bucket the next piece parts near neighbours from far ones, so that a few steps reach them.
        key = (bands[n].astype(np.uint64) << np.uint64(32)) | bands[(n + 1) % BANDS]
        order = np.argsort(key)
        ordered = bands[n][order]
        for step in range(1, _LONGEST_BUCKET_STEP + 1):
            at = np.flatnonzero(ordered[:-step] == ordered[step:])
            found.append(_alike_in_sketch(signature, order[at], order[at + step]))
        found = [np.unique(np.concatenate(found))]
    low, high = found[0] >> np.uint64(32), found[0] & np.uint64(0xFFFFFFFF)
    return wordings[np.stack((low, high), axis=1).astype(np.int64)]


def _alike_in_sketch(signature: NDArray[np.uint8], one: Ints, other: Ints) -> NDArray[np.uint64]:
    """Return the pairs whose signatures are much the same, each as one number, the lower position first."""
    kept = [np.zeros(0, np.uint64)]
    for start in range(0, len(one), _VERIFIED_AT_ONCE):
        a, b = one[start : start + _VERIFIED_AT_ONCE], other[start : start + _VERIFIED_AT_ONCE]
        alike = (signature[a] == signature[b]).mean(axis=1) >= _SKETCH
        low, high = np.minimum(a, b)[alike], np.maximum(a, b)[alike]
        kept.append((low.astype(np.uint64) << np.uint64(32)) | high.astype(np.uint64))
    return np.concatenate(kept)


def _verified(collection: Collection, sentences: Ints, wordings: Ints, jobs: int) -> Ints:
    """Return the pairs of wordings of which so many characters are the same, in the same order."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cpdist

    if not len(wordings):
        return wordings
    alike = 100 * knowledge("reuse")["thresholds"]["alike"]
    texts = texts_of(collection, np.unique(sentences))
    kept = []
    for start in range(0, len(wordings), _VERIFIED_AT_ONCE):
        pairs = sentences[start : start + _VERIFIED_AT_ONCE]
        one, other = [texts[n] for n in pairs[:, 0].tolist()], [texts[n] for n in pairs[:, 1].tolist()]
        shares = cpdist(one, other, scorer=ratio, score_cutoff=alike, workers=jobs)
        kept.append(wordings[start : start + _VERIFIED_AT_ONCE][shares >= alike])
    return np.concatenate(kept)


def texts_of(collection: Collection, sentences: Ints) -> dict[int, str]:
    """Return the sentences with these numbers, which rise, with signs in place of names, years and numbers."""
    reports = np.searchsorted(collection.first_sentence, sentences, side="right") - 1
    texts: dict[int, str] = {}
    starts = np.flatnonzero(np.diff(reports, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(sentences)], strict=True):
        report = int(reports[start])
        passages = collection.stored(report).passages
        base = int(collection.first_sentence[report])
        for number in sentences[start:end].tolist():
            texts[number] = passages[number - base].normal
    return texts


def _components(pairs: Ints, count: int) -> Ints:
    """Return the number of the component of each of `count` nodes that pairs connect."""
    return components(pairs[:, 0], pairs[:, 1], count)


def components(one: NDArray[Any], other: NDArray[Any], count: int) -> Ints:
    """Return the number of the component of each of `count` nodes; an edge joins each of `one` with its `other`.

    >>> components(np.array([0, 1]), np.array([1, 3]), 4).tolist()
    [0, 0, 1, 0]
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(count, count))
    return connected_components(graph, directed=False)[1].astype(np.int64)


def _stock(holders: Ints, family: Ints, stock_from: int) -> list[tuple[int, int]]:
    """Return a sentence of each family that is stock, with its agencies, the most common first."""
    common = np.flatnonzero(holders >= stock_from)
    common = common[np.argsort(-holders[common], kind="stable")]
    first = np.full(len(holders), len(family), np.int64)
    np.minimum.at(first, family, np.arange(len(family)))
    return [(int(first[one]), int(holders[one])) for one in common]
