"""Writes the documents that are measured: generated reports, no two alike, whose rows stay together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from nlp.reading.inputs import Input
from training.generator.corpus import Sample, sample
from training.generator.layouts import LAYOUTS

_SEED, _WARMING = 20_240, 20_241
"""No model is trained on these seeds' reports."""
_SCRAMBLED = {layout.name for layout in LAYOUTS if layout.scrambled}
_LOST = 20
"""How many characters a copy lost, so that no memo knows its lines' labels."""


@cache
def reports(number: int, seed: int = _SEED) -> tuple[Sample, ...]:
    """Return so many generated reports, the same ones each time."""
    drawn = (sample(seed, i) for i in count())
    return tuple(islice((one for one in drawn if one.layout not in _SCRAMBLED), number))


def warming(number: int) -> list[str]:
    """Return so many texts that are not among those measured."""
    return [report.text for report in reports(number, _WARMING)]


def texts(number: int, written: int = 250) -> Iterator[str]:
    """Yield so many texts: some written anew, then copies of them, each with other characters lost.

    >>> len(set(texts(40, written=4)))
    40
    """
    yield from worn_copies([report.text for report in reports(min(number, written))], number)


def worn_copies(originals: Sequence[str], number: int) -> Iterator[str]:
    """Yield so many texts: those given, then copies of them, each with other characters lost."""
    yield from originals
    for i in range(len(originals), number):
        yield _worn(originals[i % len(originals)], Random(i))


def _worn(text: str, rng: Random) -> str:
    """Take some Chinese characters out of a text."""
    characters = list(text)
    chinese = [at for at, character in enumerate(text) if "一" <= character <= "龥"]
    for at in rng.sample(chinese, _LOST):
        characters[at] = ""
    return "".join(characters)


@contextmanager
def files(texts: Iterable[str]) -> Iterator[list[Input]]:
    """Yield texts as the files of a folder that is gone afterwards."""
    with TemporaryDirectory() as folder:
        yield [_file(Path(folder, f"{n:05}.txt"), text) for n, text in enumerate(texts)]


def _file(path: Path, text: str) -> Input:
    path.write_text(text, encoding="utf-8", newline="")
    return Input(str(path))
