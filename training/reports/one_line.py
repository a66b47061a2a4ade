"""Measures pages whose lines a scraper joined, in docs/one_line.md: `python -m training.reports.one_line`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator

import msgspec

from nlp.reading.inputs import BytesInput
from nlp.resources import folder
from nlp.running.extraction import loaded
from nlp.writers import jsonl
from nlp.writers.output import keep
from training.generator.corpus import Sample
from training.model.measurements import table
from training.mutations.scraping import BETWEEN, joined
from training.scoring.cells import judged
from training.scoring.gold import Record
from training.stress import held_out

_PAGE = """\
# Pages on one line

[中文](one_line.zh.md)

Written by `python -m training.reports.one_line`: {count} generated reports that nothing was trained or tuned
on, with their lines, and the same pages with all white space, line ends and tabs included, made one space or
nothing, as scrapers do that join what they find. No cell of them has a place of its own any more, blank
cells of most layouts leave no trace, and page numbers stand among the cells. Such lines are broken before
headings and rows (`nlp/running_on`); lines and places of the record are those of the text as it is.

{figures}

*Accepted*: `review` is empty. *Silently wrong*: accepted with a wrong cell, agency or year.
"""

_HEAD = ("pages", "cells right", "wrong", "left open", "agencies", "years", "accepted", "silently wrong")


def counted(samples: Iterator[Sample], between: str | None) -> Counter[str]:
    """Return how the cells, agencies and years of some pages are read; `between` is None for their lines."""
    counts: Counter[str] = Counter()
    for sample in samples:
        text = sample.text if between is None else joined(sample.text, between)
        page = BytesInput(f"{sample.name}.txt", content=text.encode())
        record = msgspec.json.decode(jsonl.line(loaded(None).read(page)), type=Record)
        gold = msgspec.convert(sample.gold, Record)
        outcomes = Counter(cell.outcome for cell in judged(gold, record))
        agency, year = (
            record.organization == gold.organization or not gold.organization,
            record.year == gold.year,
        )
        accepted = not record.review and not record.error
        counts.update(outcomes)
        counts.update(pages=1, agencies=agency, years=year, accepted=accepted)
        counts["silently wrong"] += accepted and ("wrong" in outcomes or not agency or not year)
    return counts


def row(name: str, counts: Counter[str]) -> list[str]:
    """Return the row of the table for pages read in one way."""
    cells = sum(counts[outcome] for outcome in ("right", "wrong", "unanswered"))
    return [
        name,
        f"{counts['right']:,} of {cells:,}",
        f"{counts['wrong']:,}",
        f"{counts['unanswered']:,}",
        *(f"{counts[what]} of {counts['pages']}" for what in ("agencies", "years", "accepted")),
        str(counts["silently wrong"]),
    ]


def main() -> None:
    """Read the pages in each way, and write docs/one_line.md."""
    arguments = ArgumentParser(prog="python -m training.reports.one_line", description=__doc__)
    arguments.add_argument("--count", type=int, default=held_out.settings()["count"])
    count = arguments.parse_args().count
    ways = {"lines as they are": None, **BETWEEN}
    rows = [row(name, counted(held_out.reports(count), between)) for name, between in ways.items()]
    page = _PAGE.format(count=count, figures=table(_HEAD, *rows))
    keep(folder("data").parent / "docs" / "one_line.md", page.encode())


if __name__ == "__main__":
    main()
