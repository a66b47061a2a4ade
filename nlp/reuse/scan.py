"""Reads records once, a chunk at a time, into sentences, hashes, and what each report shows by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context
from typing import NamedTuple

import msgspec
import numpy as np

from nlp.agencies.shared_name import shared_name
from nlp.record.files import RawRecord
from nlp.resources import knowledge
from nlp.reuse.hashing import GRAMS, Hashes, Ints, grams, hashes
from nlp.reuse.leftovers import Leftover, leftovers
from nlp.reuse.passages import Item, Passage, items, passages
from nlp.reuse.repeats import repeated_within
from nlp.reuse.slim import ITEM_CHAPTER, SlimReport

_CHUNK = 200
"""How many records a process takes at a time: some 12 MB of JSON."""


class Head(NamedTuple):
    """What is kept of each report in memory."""

    id: str
    organization: str | None
    agency: str | None
    year: int | None
    path: str


class Stored(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is kept of each report on disk."""

    passages: list[Passage]
    """Its sentences that are looked at, in the order of their hashes."""
    items: list[Item]
    """Its problems and measures."""


class Scanned(NamedTuple):
    """A chunk of records, read; `hashes` are those of all sentences, `sentences` how many each report has.

    `units` and `lists` tell of each sentence which stretch of text it stands in, and which list of stretches.
    `grams` are the runs of three characters that its reports hold, each once a report.
    """

    heads: list[Head]
    stored: list[bytes]
    sentences: list[int]
    units: list[int]
    lists: list[int]
    hashes: Hashes | None
    grams: Ints
    leftovers: list[tuple[int, Leftover]]
    repeats: list[tuple[int, Item, Item]]
    unread: int


def scanned(records: Iterable[RawRecord], jobs: int = 1) -> Iterator[Scanned]:
    """Yield the chunks of records in their order, read in `jobs` processes."""
    chunks = _chunks(records)
    if jobs == 1:
        for chunk in chunks:
            yield scan(chunk)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        yield from _in_order(pool, scan, chunks, ahead=jobs + 1)


def scan(contents: list[bytes]) -> Scanned:
    """Read some records; what is none, or could not be read when it was made, is counted only."""
    heads: list[Head] = []
    stored: list[bytes] = []
    sentences: list[int] = []
    units: list[int] = []
    lists: list[int] = []
    kept_of_all: list[Passage] = []
    left: list[tuple[int, Leftover]] = []
    repeats: list[tuple[int, Item, Item]] = []
    unread = 0
    for content in contents:
        report = _decoded(content)
        if report is None:
            unread += 1
            continue
        number = len(heads)
        every = passages(report)
        kept = _looked_at(every)
        own_items = items(report)
        agency = shared_name(report.agency, report.organization)
        heads.append(Head(report.id, report.organization, agency, report.year, report.source.path))
        stored.append(_ENCODER.encode(Stored(kept, own_items)))
        sentences.append(len(kept))
        units += [passage.unit for passage in kept]
        lists += [list_of(passage) for passage in kept]
        kept_of_all += kept
        left += [(number, one) for one in leftovers(report, every)]
        repeats += [(number, first, second) for first, second in repeated_within(own_items)]
    computed = None
    if kept_of_all:
        computed = hashes([one.normal for one in kept_of_all], [one.exact for one in kept_of_all])
    held = _grams_held(kept_of_all, sentences)
    return Scanned(heads, stored, sentences, units, lists, computed, held, left, repeats, unread)


def list_of(passage: Passage) -> int:
    """Return the number of the list of stretches that a sentence stands in.

    Problems and measures are one list, 0; any other stretch is one by itself.
    """
    is_item = passage.place.partition(".")[0] in (ITEM_CHAPTER, "problems", "improvements")
    return 0 if is_item else passage.unit + 1


def _grams_held(kept: list[Passage], sentences: list[int]) -> Ints:
    """Return the runs of three characters of each report, each once a report; reports behind each other."""
    found, sentence = grams([passage.normal for passage in kept])
    report = np.repeat(np.arange(len(sentences)), sentences)[sentence]
    pairs = np.sort(report * GRAMS + found)
    is_first = np.diff(pairs, prepend=-1) != 0
    held: Ints = pairs[is_first] % GRAMS
    return held


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.json.Decoder(SlimReport)


def _decoded(content: bytes) -> SlimReport | None:
    try:
        report = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return report if report.sections or report.problems or report.improvements else None


def _looked_at(passages: list[Passage]) -> list[Passage]:
    """Return the sentences that are long enough, and none that the notice has everyone write."""
    left_out = knowledge("reuse")["stock"]["chapters"]
    shortest = knowledge("reuse")["thresholds"]["sentence"]
    long = [one for one in passages if len(one.normal) >= shortest]
    long = [one for one in long if one.place.partition(".")[0] not in left_out]
    text = "\n".join(one.normal for one in long)
    stock = set()
    for pattern in _stock():
        for match in pattern.finditer(text):
            stock.add(text.count("\n", 0, match.start()))
    return [one for n, one in enumerate(long) if n not in stock]


@cache
def _stock() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.MULTILINE) for form in knowledge("reuse")["stock"]["expressions"])


def _chunks(records: Iterable[RawRecord]) -> Iterator[list[bytes]]:
    contents = (record.content for record in records)
    while chunk := list(islice(contents, _CHUNK)):
        yield chunk


def _in_order(
    pool: ProcessPoolExecutor,
    work: Callable[[list[bytes]], Scanned],
    chunks: Iterator[list[bytes]],
    ahead: int,
) -> Iterator[Scanned]:
    """Yield the results in the order of the chunks, with so many chunks at work or waiting."""
    running: list[Future[Scanned]] = [pool.submit(work, chunk) for chunk in islice(chunks, ahead)]
    while running:
        yield running.pop(0).result()
        running += [pool.submit(work, chunk) for chunk in islice(chunks, 1)]
