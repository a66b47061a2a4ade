"""What is told of tables whose numbers a tool gave in another order, today and by the search for bands.

`python -m training.rendering FOLDER --set measure` makes the texts. Run as `python -m benchmarks.scrambled
FOLDER [--reports N] [--only TOOL] [--jobs N]`: it prints a table for each way to read, and every wrong cell.
Counted are the cells of the tables that have sums.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.tools import Text, Value, cells_of, in_order, texts
from nlp.form.form import Form
from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_lines
from nlp.narrative.chapters.sections import sections
from nlp.narrative.identity.identity import identity
from nlp.record.model import LineLabel
from nlp.resources import folder
from nlp.tables.assemble import assemble
from nlp.tables.layouts.bands import BandReading, band_readings
from nlp.tables.page import regions
from nlp.tables.page.cell_values import number
from nlp.tables.page.tokens import Kind
from nlp.text.lines import split
from training.rendering.tools import tools

_TABLES = ("disclosure", "requests", "review_litigation")
READERS = ("today", "bands", "together")
AMBIGUOUS = "ambiguous"
Told = dict[str, Value | str]
"""What is told of each cell: its value, None for a blank one, AMBIGUOUS where nothing is."""


@dataclass(frozen=True)
class Measured:
    """What came of one text: counts and wrong cells by the way to read, the seconds of each."""

    tool: str
    name: str
    counts: Mapping[str, Counter[str]]
    wrong: Mapping[str, Sequence[str]]
    seconds: Mapping[str, float]


@cache
def _classifier() -> LineClassifier:
    return LineClassifier.load(folder("models") / "lines")


def measure(text: Text) -> Measured | None:
    """Read a text in each way and hold it against gold; None where its rows stand in order."""
    gold = cells_of(json.loads(text.gold.read_text(encoding="utf-8")))
    raw = text.file.read_text(encoding="utf-8")
    if in_order(raw, gold) or (text.tool.instead and text.tool.instead in raw):
        return None
    lines = split(raw)
    labels: list[LineLabel | None] = [None] * len(lines)
    for line in label_lines(lines, _classifier()):
        labels[line.n - 1] = line.label
    chapters = sections(lines, labels)
    spans = {chapter.kind: chapter.lines for chapter in chapters if chapter.kind in _TABLES}
    _, year = identity(lines, labels, chapters)
    begun = process_time()
    assembly = assemble(lines, labels, spans, year)
    assembled = process_time()
    if assembly.form is None:
        return None
    read = band_readings(assembly.form, regions.find(lines, labels, spans), lines)
    seconds = {"today": assembled - begun, "bands": process_time() - assembled}
    today: Told = {
        f"{table}.{row}.{column}": AMBIGUOUS if cell.state == "ambiguous" else cell.value
        for table, rows in assembly.tables.items()
        for row, cells in rows.items()
        for column, cell in cells.items()
    }
    bands = _told(assembly.form, read)
    wanted = _with_sums(assembly.form, gold)
    ways = {"today": today, "bands": bands, "together": _together(today, bands)}
    held = {way: _held(told, wanted) for way, told in ways.items()}
    counts = {way: count for way, (count, _) in held.items()}
    return Measured(
        text.tool.name, text.file.stem, counts, {way: bad for way, (_, bad) in held.items()}, seconds
    )


def _with_sums(form: Form, gold: Mapping[str, Value]) -> dict[str, Value]:
    summed = {table.id for table in form.tables if table.across}
    return {cell: value for cell, value in gold.items() if cell.split(".")[0] in summed}


def _told(form: Form, read: Mapping[str, BandReading]) -> Told:
    found: Told = {}
    for id, reading in read.items():
        for (row, column), token in reading.told.items():
            value = number(token.text, form.table(id).column[column]) if token.kind is Kind.VALUE else None
            found[f"{id}.{row}.{column}"] = value
    return found


def _together(today: Told, bands: Told) -> Told:
    """Return what today's reading and the bands tell where they do not contradict each other."""
    found = dict(today)
    for cell, value in bands.items():
        known = found.get(cell, AMBIGUOUS)
        found[cell] = value if known in (AMBIGUOUS, value) else AMBIGUOUS
    return found


def _held(told: Told, gold: Mapping[str, Value]) -> tuple[Counter[str], list[str]]:
    counts, wrong = Counter(texts=1, cells=len(gold)), []
    for cell, value in gold.items():
        said = told.get(cell, AMBIGUOUS)
        if said == AMBIGUOUS:
            counts["ambiguous"] += 1
            counts["blank ambiguous"] += value is None
        elif said == value and (said is None) == (value is None):
            counts["right"] += 1
        else:
            counts["wrong"] += 1
            wrong.append(f"{cell}: {value} read as {said}")
    return counts, wrong


def table(measured: Sequence[Measured], way: str) -> str:
    """Return what a way to read tells, by tool, as a table for people."""
    rows = [
        "| tool | texts | cells | right | wrong | ambiguous | of these blank | median s | worst s |",
        "|---" * 9 + "|",
    ]
    for tool in dict.fromkeys(one.tool for one in measured):
        of_tool = [one for one in measured if one.tool == tool]
        counts: Counter[str] = Counter()
        for one in of_tool:
            counts.update(one.counts[way])
        seconds = [one.seconds.get(way, sum(one.seconds.values())) for one in of_tool]
        right = f"{100 * counts['right'] / counts['cells']:.1f} %"
        facts = [tool, f"{counts['texts']:,}", f"{counts['cells']:,}", right, f"{counts['wrong']:,}"]
        facts += [f"{counts['ambiguous']:,}", f"{counts['blank ambiguous']:,}"]
        rows.append(f"| {' | '.join([*facts, f'{median(seconds):.3f}', f'{max(seconds):.2f}'])} |")
    return "\n".join(rows)


def main() -> None:
    """Measure and print."""
    arguments = ArgumentParser(prog="python -m benchmarks.scrambled", description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--reports", type=int, metavar="N", help="the first N texts of each tool")
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("--only", action="append", metavar="TOOL")
    asked = arguments.parse_args()
    wanted = [tool for tool in tools() if not asked.only or tool.name in asked.only]
    with ProcessPoolExecutor(asked.jobs) as workers:
        found = workers.map(measure, texts(asked.folder, wanted, asked.reports), chunksize=4)
        measured = [one for one in found if one is not None]
    for way in READERS:
        print(f"## {way}\n\n{table(measured, way)}\n")
    for one in measured:
        for cell in one.wrong["bands"]:
            print(f"bands, {one.tool}/{one.name}: {cell}")


if __name__ == "__main__":
    main()
