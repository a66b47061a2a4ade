"""The generated reports that nothing is trained or tuned on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache

import msgspec

from nlp.resources import folder
from training.generator.corpus import Sample, samples
from training.scoring.gold import Record
from training.scoring.matching import Pair
from training.stress.stress import read


@cache
def settings() -> dict[str, int]:
    """Return the seed that is kept from all tuning, and how many reports there are.

    >>> sorted(settings())
    ['count', 'seed']
    """
    path = folder("data") / "held_out" / "held_out.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def reports(count: int | None = None) -> Iterator[Sample]:
    """Yield the held-out reports, or the first so many of them."""
    return samples(settings()["seed"], settings()["count"] if count is None else count)


def pairs(count: int | None = None) -> Iterator[Pair]:
    """Yield each report's gold record, with its layout and noise, and what the reader makes of its page."""
    for one in reports(count):
        gold = msgspec.convert({**one.gold, "tool": one.layout, "noise": list(one.noise)}, Record)
        yield Pair(one.name, gold, read(one.name, one.text))
