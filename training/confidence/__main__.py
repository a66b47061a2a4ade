"""Fits and measures how sure each cell is: `python -m training.confidence`."""

from __future__ import annotations

from argparse import ArgumentParser

from nlp.checking.confidence import RISK
from nlp.resources import folder
from nlp.tables.confidence import encoded, path
from nlp.writers.output import keep
from training import observed
from training.confidence.confidence_page import chart, page
from training.confidence.fitting import counts_of, fitted
from training.confidence.measuring import measured
from training.confidence.observing import observations
from training.confidence.pages import pages, pages_kept_out
from training.scoring.pages.charts import standalone


def main() -> None:
    """Read the pages, write the scale that ships, the page about it and its picture, and print the page."""
    arguments = ArgumentParser(prog="python -m training.confidence", description=__doc__)
    arguments.add_argument("--jobs", type=int, default=2)
    asked = arguments.parse_args()
    seen = list(observations(pages(), asked.jobs))
    kept_out = list(observations(pages_kept_out(), asked.jobs))
    counts = counts_of(seen)
    observed.write(observed.CELLS, sorted(((cell, *count) for cell, count in counts.items()), key=repr))
    scale = fitted(counts)
    figures = list(measured(seen, kept_out, scale, 1 - RISK))
    text = page(seen, kept_out, scale, figures, RISK)
    docs = folder("data").parent / "docs"
    keep(path(), encoded(scale))
    keep(docs / "confidence.svg", standalone(chart(figures)).encode("utf-8"))
    keep(docs / "confidence.md", text.encode("utf-8"))
    print(text)


if __name__ == "__main__":
    main()
