"""Generates the documents that are measured: reports of which no two are alike, with their rows in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from nlp.reading.inputs import Input
from training.generator.corpus import Sample, sample
from training.generator.layouts import LAYOUTS

_SEED, _WARMING = 20_240, 20_241
"""The seeds of the reports that are measured and of those read before; no model is trained on either."""

_SCRAMBLED = {layout.name for layout in LAYOUTS if layout.scrambled}

_LOST = 20
"""The number of characters that a copy loses, so that no cache holds the labels of its lines."""


@cache
def reports(number: int, seed: int = _SEED) -> tuple[Sample, ...]:
    """Return `number` generated reports, the same ones each time; none of a scrambled layout."""
    kept: list[Sample] = []
    for i in count():
        if len(kept) == number:
            break
        report = sample(seed, i)
        if report.layout not in _SCRAMBLED:
            kept.append(report)
    return tuple(kept)


def warming(number: int) -> list[str]:
    """Return `number` texts to read before measuring, which are not among those measured."""
    return [report.text for report in reports(number, _WARMING)]


def texts(number: int, written: int = 250) -> Iterator[str]:
    """Yield `number` texts: at most `written` generated ones, then copies of them with characters missing.

    >>> len(set(texts(40, written=4)))
    40
    """
    yield from worn_copies([report.text for report in reports(min(number, written))], number)


def worn_copies(originals: Sequence[str], number: int) -> Iterator[str]:
    """Yield `number` texts: the originals, then copies of them, each with other characters missing."""
    yield from originals
    for i in range(len(originals), number):
        yield _worn(originals[i % len(originals)], Random(i))


def _worn(text: str, rng: Random) -> str:
    """Return a text without some random Chinese characters."""
    characters = list(text)
    chinese = [index for index, character in enumerate(text) if "一" <= character <= "龥"]
    for index in rng.sample(chinese, _LOST):
        characters[index] = ""
    return "".join(characters)


@contextmanager
def files(texts: Iterable[str]) -> Iterator[list[Input]]:
    """Yield texts as files of a temporary folder."""
    with TemporaryDirectory() as folder:
        yield [_file(Path(folder, f"{n:05}.txt"), text) for n, text in enumerate(texts)]


def _file(path: Path, text: str) -> Input:
    path.write_text(text, encoding="utf-8", newline="")
    return Input(str(path))
