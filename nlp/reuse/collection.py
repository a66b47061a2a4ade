"""Keeps what was read of all reports: heads in memory, texts and hashes in files of a temporary folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import msgspec
import numpy as np
from numpy.typing import NDArray

from nlp.reuse.hashing import BANDS, GRAMS, ROWS
from nlp.reuse.leftovers import Leftover
from nlp.reuse.passages import Item
from nlp.reuse.scan import Head, Scanned, Stored

_COLUMNS: dict[str, tuple[Any, int]] = {
    "exact": (np.uint64, 1),
    "whole": (np.uint64, 1),
    "length": (np.uint16, 1),
    "signature": (np.uint8, BANDS * ROWS),
    "unit": (np.uint16, 1),
    "list": (np.uint16, 1),
    "clauses": (np.uint16, 1),
    "clause": (np.uint64, 1),
    "clause_length": (np.uint16, 1),
    **{f"band{n}": (np.uint32, 1) for n in range(BANDS)},
}
"""The files of hashes: of what type, how many for each sentence or clause."""


_AT_HAND = 64


class Collection:
    """All reports that were read; sentences are numbered from 0 over all of them, in their order.

    `first_sentence` has the number of each report's first sentence, and the number of all behind the last;
    `holders_of_gram` how many reports hold each run of three characters.
    """

    def __init__(self, folder: Path) -> None:
        self.heads: list[Head] = []
        self.leftovers: list[tuple[int, Leftover]] = []
        self.repeats: list[tuple[int, Item, Item]] = []
        self.unread = 0
        self.first_sentence: NDArray[np.int64] = np.zeros(1, np.int64)
        self.agency: NDArray[np.uint32] = np.zeros(0, np.uint32)
        self.year: NDArray[np.int16] = np.zeros(0, np.int16)
        self.agencies = 0
        self.holders_of_gram: NDArray[np.int64] = np.zeros(GRAMS, np.int64)
        self._folder = folder
        self._offsets: list[int] = [0]
        self._texts: BinaryIO | None = None
        self._at_hand: dict[int, Stored] = {}

    def take(self, chunks: Iterable[Scanned]) -> None:
        """Take in all chunks, once."""
        counts: list[int] = []
        files: dict[str, BinaryIO] = {name: (self._folder / name).open("wb") for name in (*_COLUMNS, "texts")}
        try:
            for chunk in chunks:
                self._take_one(chunk, files)
                counts += chunk.sentences
        finally:
            for file in files.values():
                file.close()
        self._texts = (self._folder / "texts").open("rb")
        self.first_sentence = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))
        numbers: dict[str, int] = {}
        own = [_number(numbers, head, n) for n, head in enumerate(self.heads)]
        self.agency = np.array(own, dtype=np.uint32)
        self.agencies = len(numbers)
        self.year = np.array([head.year or 0 for head in self.heads], dtype=np.int16)

    def _take_one(self, chunk: Scanned, files: dict[str, BinaryIO]) -> None:
        base = len(self.heads)
        self.heads += chunk.heads
        self.unread += chunk.unread
        self.leftovers += [(base + n, one) for n, one in chunk.leftovers]
        self.repeats += [(base + n, first, second) for n, first, second in chunk.repeats]
        for stored in chunk.stored:
            files["texts"].write(stored)
            self._offsets.append(self._offsets[-1] + len(stored))
        np.add.at(self.holders_of_gram, chunk.grams, 1)
        if chunk.hashes is None:
            return
        computed = chunk.hashes
        for name in ("exact", "whole", "length", "signature", "clauses", "clause", "clause_length"):
            getattr(computed, name).tofile(files[name])
        for n in range(BANDS):
            computed.bands[:, n].tofile(files[f"band{n}"])
        np.array(chunk.units, dtype=np.uint16).tofile(files["unit"])
        np.array(chunk.lists, dtype=np.uint16).tofile(files["list"])

    @property
    def sentences(self) -> int:
        """The number of all sentences."""
        return int(self.first_sentence[-1])

    def column(self, name: str) -> NDArray[Any]:
        """Return a file of hashes, read when it is looked at: one row a sentence or a clause."""
        kind, width = _COLUMNS[name]
        path = self._folder / name
        if not path.stat().st_size:
            return np.zeros((0, width) if width > 1 else 0, kind)
        values: NDArray[Any] = np.memmap(path, dtype=kind, mode="r")
        return values.reshape(-1, width) if width > 1 else values

    def stored(self, report: int) -> Stored:
        """Return the sentences and items of a report; the last ones that were asked for are at hand."""
        if report not in self._at_hand:
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
            self._at_hand[report] = self._read(report)
        return self._at_hand[report]

    def _read(self, report: int) -> Stored:
        assert self._texts is not None, "take() comes first"
        start, end = self._offsets[report], self._offsets[report + 1]
        self._texts.seek(start)
        return _DECODER.decode(self._texts.read(end - start))

    def report_of_sentences(self) -> NDArray[np.uint32]:
        """Return the number of the report of each sentence."""
        return np.repeat(np.arange(len(self.heads), dtype=np.uint32), np.diff(self.first_sentence))

    def close(self) -> None:
        """Close the file of texts."""
        if self._texts is not None:
            self._texts.close()


@contextmanager
def collected(chunks: Iterable[Scanned]) -> Iterator[Collection]:
    """Yield all that chunks hold; its files, some 20 KB a report, go when the block ends."""
    with TemporaryDirectory(prefix="nianbao-reuse-") as folder:
        collection = Collection(Path(folder))
        try:
            collection.take(chunks)
            yield collection
        finally:
            collection.close()


def _number(numbers: dict[str, int], head: Head, report: int) -> int:
    """Return the number of a report's agency; a report without one is an agency of its own."""
    return numbers.setdefault(head.agency or f"\n{report}", len(numbers))


_DECODER = msgspec.msgpack.Decoder(Stored)
