"""The generated reports that nothing is trained or tuned on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from nlp.reading.inputs import Input
from nlp.resources import folder
from nlp.running.extraction import loaded
from nlp.writers import jsonl
from training.generator.corpus import Sample, samples
from training.generator.worlds import UNSEEN, World
from training.scoring.gold import Record
from training.scoring.matching import Pair


@cache
def settings() -> dict[str, int]:
    """Return the seed that is kept from all tuning, and how many reports there are.

    >>> sorted(settings())
    ['count', 'seed']
    """
    path = folder("data") / "held_out" / "held_out.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def reports(count: int | None = None, world: World = UNSEEN) -> Iterator[Sample]:
    """Yield the held-out reports, or the first `count` of them; those of `SCRAPED` as scraped pages."""
    if count is None:
        count = settings()["count"]
    return samples(settings()["seed"], count, world=world)


def pairs(count: int | None = None) -> Iterator[Pair]:
    """Yield each report's gold record, with its layout and noise, and what the reader makes of its page."""
    for sample in reports(count):
        fields = {**sample.gold, "tool": sample.layout, "noise": list(sample.noise)}
        gold = msgspec.convert(fields, Record)
        yield Pair(sample.name, gold, _read_as_file(sample))


def _read_as_file(sample: Sample) -> Record:
    """Return the record of a report that is written to a file and read from it, as users do."""
    with TemporaryDirectory() as folder_name:
        path = Path(folder_name) / f"{sample.name}.txt"
        path.write_text(sample.text, encoding="utf-8", newline="\n")
        report = loaded(None).read(Input(str(path)))
    return msgspec.json.decode(jsonl.line(report), type=Record)
