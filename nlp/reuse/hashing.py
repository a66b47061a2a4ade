"""Hashes of many sentences at once: whole, by clause, and as MinHash signatures of their shingles."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
Ints = NDArray[np.int64]
Array = TypeVar("Array", U64, Ints, NDArray[np.uint32])

BANDS = 14
"""How many pieces a signature is cut into; sentences that share one are compared."""
ROWS = 3
"""How many hashes a piece has: of sentences that share half of their shingles 85 % share a piece."""
_SHINGLE = 3
_SEED = 20200101


class Hashes(NamedTuple):
    """What is computed of n sentences with m clauses in all."""

    exact: U64
    """A hash of each sentence with its numbers (n)."""
    whole: U64
    """A hash of each sentence (n)."""
    length: NDArray[np.uint16]
    """Its characters (n)."""
    bands: NDArray[np.uint32]
    """A hash of each piece of its signature (n × BANDS)."""
    signature: NDArray[np.uint8]
    """The last byte of each hash of its signature (n × BANDS·ROWS)."""
    clauses: NDArray[np.uint16]
    """How many clauses it has (n)."""
    clause: U64
    """A hash of each clause, sentence by sentence (m)."""
    clause_length: NDArray[np.uint16]
    """The characters of each clause (m)."""


def hashes(texts: list[str], with_numbers: list[str]) -> Hashes:
    """Return the hashes of sentences, none of which is empty or holds a line feed.

    `texts` have signs in place of numbers, `with_numbers` are the same sentences with them.

    >>> texts = ["全年公开信息,我们公开", "全年公开信息,他们公开"]
    >>> first, second = hashes(texts, texts).clause.reshape(2, 2)
    >>> bool(first[0] == second[0]), bool(first[1] == second[1])
    (True, False)
    """
    codes, mixed, starts, ends = _lines(texts)
    clause_starts, clause_ends, clauses = _clauses(codes, starts, ends)
    signature = _signatures(mixed, starts, ends)
    _, mixed_with_numbers, *borders = _lines(with_numbers)
    return Hashes(
        _of_stretches(mixed_with_numbers, *borders),
        _of_stretches(mixed, starts, ends),
        np.minimum(ends - starts, 65535).astype(np.uint16),
        _bands(signature),
        (signature & np.uint32(255)).astype(np.uint8),
        clauses,
        _of_stretches(mixed, clause_starts, clause_ends),
        np.minimum(clause_ends - clause_starts, 65535).astype(np.uint16),
    )


def grams(texts: list[str]) -> tuple[NDArray[np.uint32], Ints]:
    """Return hashes below GRAMS of the runs of three characters of texts, and the number of the text of each.

    A text of fewer characters has none; one that repeats itself has some twice.

    >>> grams(["信息公开", "信"])[1].tolist()
    [0, 0]
    """
    if not texts:
        return np.zeros(0, np.uint32), np.zeros(0, np.int64)
    _, mixed, starts, ends = _lines(texts)
    shingles = _shingles(mixed)
    inside = _inside(len(mixed), starts, np.maximum(ends - (_SHINGLE - 1), starts))
    number = np.repeat(np.arange(len(texts)), ends - starts + 1)
    return (shingles[inside] & np.uint64(GRAMS - 1)).astype(np.uint32), number[inside]


GRAMS = 1 << 22


def distinct(values: Array) -> Array:
    """Return values in rising order, each once: by sorting, several times as fast as `numpy.unique`.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(values)
    is_first = np.ones(len(ordered), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    kept: Array = ordered[is_first]
    return kept


def _lines(texts: list[str]) -> tuple[NDArray[np.uint32], U64, Ints, Ints]:
    """Return the characters of texts behind each other, those mixed, and where each text begins and ends."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    ends = np.flatnonzero(codes == _LINE_FEED)
    starts = np.concatenate(([0], ends[:-1] + 1))
    return codes, _mixed(codes.astype(np.uint64)), starts, ends


_LINE_FEED = 10
_CLAUSE_ENDS = np.array([10, ord(","), ord(":")], dtype=np.uint32)


def _clauses(codes: NDArray[np.uint32], starts: Ints, ends: Ints) -> tuple[Ints, Ints, NDArray[np.uint16]]:
    """Return where the clauses begin and end, empty ones included, and how many each sentence has."""
    clause_ends = np.flatnonzero(np.isin(codes, _CLAUSE_ENDS))
    clause_starts = np.concatenate(([0], clause_ends[:-1] + 1))
    up_to = np.searchsorted(clause_ends, ends, side="right")
    counts = np.diff(np.concatenate(([0], up_to)))
    return clause_starts, clause_ends, counts.astype(np.uint16)


def _of_stretches(mixed: U64, starts: Ints, ends: Ints) -> U64:
    """Return a hash of each stretch of characters: a polynomial of them, whatever stands before it."""
    powers, inverses = _powers(len(mixed))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(mixed * powers[: len(mixed)], dtype=np.uint64)))
    return _mixed((sums[ends] - sums[starts]) * inverses[starts])


@cache
def _all_powers(size: int) -> tuple[U64, U64]:
    base, inverse = 0x9E3779B97F4A7C15, pow(0x9E3779B97F4A7C15, -1, 1 << 64)
    ones = np.ones(size, np.uint64)
    powers, inverses = ones.copy(), ones.copy()
    powers[1:] = np.uint64(base)
    inverses[1:] = np.uint64(inverse)
    return np.cumprod(powers, dtype=np.uint64), np.cumprod(inverses, dtype=np.uint64)


def _powers(size: int) -> tuple[U64, U64]:
    """Return the powers of the base and of its inverse, modulo 2⁶⁴, at least so many."""
    return _all_powers(max(1 << 20, 1 << (size - 1).bit_length()))


def _mixed(values: U64) -> U64:
    """Return values whose bits all depend on all bits of those given (the finalizer of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _shingles(mixed: U64) -> U64:
    """Return a hash of each run of three characters, by where it begins."""
    shingles = mixed.copy()
    for step in range(1, _SHINGLE):
        odd = np.uint64(0x9E3779B97F4A7C15 + 2 * step * 0x51ED270B)
        shingles[:-step] = shingles[:-step] * np.uint64(3) + mixed[step:] * odd
    return _mixed(shingles)


def _inside(size: int, starts: Ints, ends: Ints) -> NDArray[np.bool_]:
    """Return for each of `size` places whether it lies in one of the stretches."""
    steps = np.zeros(size + 1, np.int8)
    np.add.at(steps, starts, 1)
    np.add.at(steps, ends, -1)
    return np.cumsum(steps[:-1], dtype=np.int8).astype(bool)


def _signatures(mixed: U64, starts: Ints, ends: Ints) -> NDArray[np.uint32]:
    """Return the MinHash signature of each sentence: of its shingles of three characters."""
    from rensa import RMinHash

    last = np.maximum(ends - (_SHINGLE - 1), starts + 1)
    kept = _shingles(mixed)[_inside(len(mixed), starts, last)]
    offsets = np.concatenate(([0], np.cumsum(last - starts))).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(kept, offsets, BANDS * ROWS, _SEED)
    return np.array(matrix.to_rows(), dtype=np.uint32).reshape(len(starts), BANDS * ROWS)


def _bands(signature: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a hash of each piece of each signature."""
    pieces = signature.reshape(len(signature), BANDS, ROWS).astype(np.uint64)
    hashed = pieces[:, :, 0]
    for row in range(1, ROWS):
        hashed = _mixed(hashed + np.uint64(row)) ^ pieces[:, :, row]
    return (_mixed(hashed) >> np.uint64(32)).astype(np.uint32)
