"""Tells which sentences of a collection are alike, and which are so common that they are nobody's."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.resources import knowledge
from nlp.reuse.collection import Collection
from nlp.reuse.hashing import BANDS, distinct

Ints = NDArray[np.int64]

_AGENCY_BITS = 20
"""Agencies are numbered below 2²⁰; the bits above hold the sentence or clause."""
_SKETCH = 0.3
"""Of candidates at least so many hashes of their signatures are the same."""
_LONGEST_BUCKET_STEP = 6
"""A sentence is compared with so many neighbours among those that share a piece of its signature."""
_VERIFIED_AT_ONCE = 200_000


class Level(NamedTuple):
    """Of each sentence the number that all sentences share which are the same at a level.

    `holders` is how many agencies have each number, `bits` how unlikely each sentence is in another agency's
    report, as a logarithm to the base 2.
    """

    number: Ints
    holders: Ints
    bits: NDArray[np.float32]

    def rare(self, stock_from: int) -> Ints:
        """Return the sentences that fewer agencies have than stock."""
        return np.flatnonzero(self.holders[self.number] < stock_from)


class Families(NamedTuple):
    """How the sentences of a collection are alike, from the narrowest sense to the widest.

    `exact`: the same with their numbers; `wording`: the same but for numbers; `tight` and `loose`: so many
    characters are the same. `own` is how many characters of a sentence are of clauses that not all have.
    `stock` are the sentences, one a family, that are stock, with the numbers of agencies that have them.
    """

    exact: Level
    wording: Level
    tight: Level
    loose: Level
    own: Ints
    stock: list[tuple[int, int]]
    stock_from: int

    def bits(self, one: Ints, other: Ints) -> NDArray[np.float32]:
        """Return of each pair of sentences how unlikely it is that they are so alike by chance."""
        bits = np.minimum(self.loose.bits[one], self.loose.bits[other])
        for level in (self.loose, self.tight, self.wording, self.exact):
            bits = np.where(level.number[one] == level.number[other], level.bits[one], bits)
        return bits


def families(collection: Collection, jobs: int = 1) -> Families:
    """Return how all sentences of a collection are alike."""
    report = collection.report_of_sentences()
    agency = collection.agency[report]
    own = _own_characters(collection, agency, stock_threshold(collection.agencies, "common_clause"))
    stock_from = stock_threshold(collection.agencies)

    thresholds = knowledge("reuse")["thresholds"]
    length = np.asarray(collection.column("length")).astype(np.float64)
    of_same = np.asarray(own + thresholds["everyones"] * (length - own), dtype=np.float64)

    def level(number: Ints, characters: NDArray[Any]) -> Level:
        holders = agencies_of(number, agency, int(number.max(initial=-1)) + 1)
        return Level(number, holders, _bits(holders[number], characters, collection.agencies))

    exact = level(_numbered(collection.column("exact"))[1], of_same)
    first, number = _numbered(collection.column("whole"))
    wording = level(number, of_same)
    candidates = _candidates(collection, first, wording.holders >= stock_from)
    alike = likeness(collection, first[candidates], jobs)
    tight = level(
        _joined(candidates[alike >= thresholds["tight"]], len(first))[number], own.astype(np.float64)
    )
    loosely = _joined(candidates[alike >= thresholds["alike"]], len(first))[number]
    loose = level(loosely, thresholds["of_loose"] * own.astype(np.float64))
    stock = _stock(loose, stock_from)
    return Families(exact, wording, tight, loose, own, stock, stock_from)


def _numbered(hashes: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Return a sentence of each hash, and of each sentence the number of its hash."""
    _, first, number = np.unique(np.asarray(hashes), return_index=True, return_inverse=True)
    return first.astype(np.int64), number.reshape(-1).astype(np.int64)


def _bits(holders: Ints, characters: NDArray[Any], agencies: int) -> NDArray[np.float32]:
    """Return how unlikely sentences are that so many of all agencies have, and that have so many characters.

    What next to no one else has is the less likely the longer it is: a small collection shows little of how
    common a short sentence is.
    """
    thresholds = knowledge("reuse")["thresholds"]
    bits = np.log2(max(agencies, 1) / np.maximum(holders, 1))
    by_length = np.where(
        holders <= thresholds["next_to_no_one"], thresholds["bits_a_character"] * characters, 0.0
    )
    return np.maximum(bits, by_length).astype(np.float32)


def _joined(pairs: Ints, count: int) -> Ints:
    return components(pairs[:, 0], pairs[:, 1], count)


def stock_threshold(agencies: int, share: str = "stock_share") -> int:
    """Return from how many agencies on a text is stock, in a collection of so many.

    >>> stock_threshold(3), stock_threshold(400), stock_threshold(20_000)
    (5, 8, 400)
    """
    thresholds = knowledge("reuse")["thresholds"]
    return max(int(thresholds["stock_agencies"]), int(thresholds[share] * agencies))


def agencies_of(numbers: NDArray[Any], agency: NDArray[Any], count: int) -> Ints:
    """Return of each of `count` numbers how many agencies have it; `agency` has that of each number.

    >>> agencies_of(np.array([0, 0, 0, 2]), np.array([7, 7, 8, 7]), 3).tolist()
    [2, 0, 1]
    """
    pairs = distinct((numbers.astype(np.uint64) << np.uint64(_AGENCY_BITS)) | agency.astype(np.uint64))
    return np.bincount((pairs >> np.uint64(_AGENCY_BITS)).astype(np.int64), minlength=count)


def _own_characters(collection: Collection, agency: NDArray[np.uint32], stock_from: int) -> Ints:
    """Return of each sentence the characters of its clauses that fewer agencies have than stock."""
    counts = np.asarray(collection.column("clauses")).astype(np.int64)
    clause = np.asarray(collection.column("clause"))
    length = np.asarray(collection.column("clause_length")).astype(np.int64)
    pairs = (clause & ~np.uint64((1 << _AGENCY_BITS) - 1)) | np.repeat(agency.astype(np.uint64), counts)
    pairs = distinct(pairs)
    short, holders = np.unique(pairs >> np.uint64(_AGENCY_BITS), return_counts=True)
    del pairs
    common = short[holders >= stock_from]
    clause = clause >> np.uint64(_AGENCY_BITS)
    if len(common):
        at = np.minimum(np.searchsorted(common, clause), len(common) - 1)
        length[common[at] == clause] = 0
    sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(length)))
    ends = np.cumsum(counts)
    own: Ints = sums[ends] - sums[ends - counts]
    return own


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
            low, high = np.minimum(order[at], order[at + step]), np.maximum(order[at], order[at + step])
            pairs = (low.astype(np.uint64) << np.uint64(32)) | high.astype(np.uint64)
            found.append(alike_in_sketch(signature, pairs, _SKETCH))
        found = [distinct(np.concatenate(found))]
    low, high = found[0] >> np.uint64(32), found[0] & np.uint64(0xFFFFFFFF)
    both: Ints = wordings[np.stack((low, high), axis=1).astype(np.int64)]
    return both


def alike_in_sketch(
    signature: NDArray[np.uint8], pairs: NDArray[np.uint64], least: float
) -> NDArray[np.uint64]:
    """Return the pairs of which so large a share of the signatures is the same.

    A pair is one number: the position of one sentence, times 2³², and that of the other.
    """
    kept = [np.zeros(0, np.uint64)]
    for start in range(0, len(pairs), _VERIFIED_AT_ONCE):
        some = pairs[start : start + _VERIFIED_AT_ONCE]
        one, other = (some >> np.uint64(32)).astype(np.int64), (some & _LOW).astype(np.int64)
        alike = (signature[one] == signature[other]).mean(axis=1) >= least
        kept.append(some[alike])
    return np.concatenate(kept)


_LOW = np.uint64(0xFFFFFFFF)


def likeness(collection: Collection, sentences: Ints, jobs: int) -> NDArray[np.float64]:
    """Return of each pair of sentences the share of characters that are the same, in the same order.

    It is 0 where the share is too small to count.
    """
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cpdist

    least = 100 * knowledge("reuse")["thresholds"]["alike"]
    texts = texts_of(collection, distinct(sentences.reshape(-1)))
    shares = [np.zeros(0)]
    for start in range(0, len(sentences), _VERIFIED_AT_ONCE):
        pairs = sentences[start : start + _VERIFIED_AT_ONCE]
        one, other = [texts[n] for n in pairs[:, 0].tolist()], [texts[n] for n in pairs[:, 1].tolist()]
        shares.append(cpdist(one, other, scorer=ratio, score_cutoff=least, workers=jobs) / 100)
    return np.concatenate(shares)


def texts_of(collection: Collection, sentences: Ints) -> dict[int, str]:
    """Return the sentences with these numbers, which rise, in their widest reading."""
    reports = np.searchsorted(collection.first_sentence, sentences, side="right") - 1
    texts: dict[int, str] = {}
    starts = np.flatnonzero(np.diff(reports, prepend=-1))
    for start, end in zip(starts, np.append(starts, len(sentences))[1:], strict=True):
        report = int(reports[start])
        passages = collection.stored(report).passages
        base = int(collection.first_sentence[report])
        for number in sentences[start:end].tolist():
            texts[number] = passages[number - base].normal
    return texts


def components(one: NDArray[Any], other: NDArray[Any], count: int) -> Ints:
    """Return the number of the component of each of `count` nodes; edges join `one` with `other`.

    >>> components(np.array([0, 1]), np.array([1, 3]), 4).tolist()
    [0, 0, 1, 0]
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(count, count))
    numbers: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
    return numbers


def _stock(loose: Level, stock_from: int) -> list[tuple[int, int]]:
    """Return a sentence of each family that is stock, with its agencies, the most common first."""
    common = np.flatnonzero(loose.holders >= stock_from)
    common = common[np.argsort(-loose.holders[common], kind="stable")]
    first = np.full(len(loose.holders), len(loose.number), np.int64)
    np.minimum.at(first, loose.number, np.arange(len(loose.number)))
    return [(int(first[one]), int(loose.holders[one])) for one in common]
