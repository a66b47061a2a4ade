"""Measures how good the records are and writes docs/quality.md: `python -m training.reports.quality`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from nlp.reading.document import Document
from nlp.reading.inputs import Input, find
from nlp.reading.reader import read as opened
from nlp.record.model import Report
from nlp.resources import folder
from nlp.writers import jsonl
from nlp.writers.output import keep
from training.faults.fault_tables import faults_table, flagged_table, verdicts_table
from training.faults.moved import moved, moved_table
from training.faults.trial import PAGE, RECORD, Trial, right_ones, trials
from training.generator.corpus import samples
from training.scoring import markdown
from training.scoring.files import load
from training.scoring.gold import Record
from training.scoring.matching import Matched, matched
from training.scoring.pages.charts import standalone
from training.scoring.placed import Given, Placed, placed
from training.scoring.score import score
from training.stress import held_out
from training.stress.noisy_pages import STRENGTHS
from training.stress.stress import Kinds, Stress, chosen, gathered, manuscripts, stress
from training.stress.stress_report import StressRun, chart

TRIED = 100
"""The number of generated reports that faults are planted in."""

_TRIAL_SEED = 20261122
"""The seed of these reports."""


def main(shared: Path | None) -> None:
    """Write the page and its chart; `shared` is a folder with real reports, if there is one."""
    docs = folder("data").parent / "docs"
    stressed = _stressed()
    parts = [_INTRODUCTION, _held_out()]
    if shared:
        parts += _real(shared)
    parts += [*_stress(stressed), *_trials()]
    page = "\n\n".join(part.strip() for part in parts)
    keep(docs / "stress.svg", standalone(chart(stressed)).encode("utf-8"))
    keep(docs / "quality.md", page.encode("utf-8") + b"\n")


_INTRODUCTION = """# How good the records are

[中文](quality.zh.md)

This page was written by `python -m training.reports.quality`, which measured every figure on it. Intervals
are 95 % ones: exact for shares (Clopper and Pearson), with the texts of one report taken together, since they
are right or wrong together. *Every cell 0* is what a program would score that answers 0 everywhere: most
cells of most reports are 0, so that it is the figure to beat. A cell is *silently wrong* where it is not
right in a record whose `review` is empty, and so are a wrong agency and a wrong year; their rate is bounded
by report first, then as if each cell went wrong by itself. A cell is *invented* where the record prints it
and the page does not. `nianbao score GOLD PREDICTED --html FILE` gives the same figures, and every wrong cell
with its line, for other reports. How sure each cell is stands in [confidence.md](confidence.md)."""


def _held_out() -> str:
    """Return the chapter on the held-out generated reports."""
    settings = held_out.settings()
    scores = score(Matched(held_out.pairs(), []))
    return (
        f"## Generated reports, held out\n\n{settings['count']} reports of seed {settings['seed']}, "
        "which is used for nothing else (`data/held_out`). They come from the generator that the line model "
        "is trained on: what they show is how far each layout and kind of noise is borne, not how real "
        "pages go. Figures of items flatter: words of chapter five were added after its faults here had been "
        "looked at.\n\n" + markdown.figures(scores)
    )


def _real(shared: Path) -> list[str]:
    """Return the chapter on real reports; nothing if a folder of them or of their gold is missing."""
    folders = [shared / "seeds", shared / "text"]
    gold = shared / "gold" / "reports"
    if not all(path.is_dir() for path in (*folders, gold)):
        return []
    predicted = [_placed(input) for input in find(map(str, folders))]
    scores = score(matched(load(str(gold)), predicted))
    return [
        f"## Real reports\n\n{len(scores.documents)} texts of six real reports, one of them as nine tools "
        "give it; they are not part of the project. So few documents say little about others.\n\n"
        + markdown.figures(scores)
    ]


def _placed(input: Input) -> Placed:
    record = msgspec.json.decode(jsonl.line(_report(opened(input))), type=Record)
    return placed(input.path, record, Given(record))


def _report(document: Document) -> Report:
    from nlp.running.extraction import loaded

    return loaded(None).report(document)


def _stressed() -> Stress:
    """Return the gold records of the project tried with every kind of noise."""
    work = Kinds(manuscripts([str(folder("data") / "gold")]), STRENGTHS, 1)
    kinds = chosen([])
    return gathered(work, kinds, stress(work, kinds))


def _stress(stressed: Stress) -> Iterator[str]:
    """Yield the parts of the chapter on noise."""
    yield (
        f"## Stress\n\nThe {stressed.records} gold records of `data/gold`, written as pages once more with "
        "one kind of noise each (`nianbao stress data/gold`). Light, medium and heavy are one, two or all "
        "three tables laid out so; a third, two thirds or all of the paragraphs typed so; the damage done "
        "once, twice or four times. What has no number in its name is noise of the generator's own.\n\n"
        "![Accuracy and silent errors by kind and strength](stress.svg)"
    )
    yield StressRun(stressed).markdown().removeprefix("## Stress")


def _trials() -> Iterator[str]:
    """Yield the parts of the chapter on faults planted in right records."""
    golds = (msgspec.convert(sample.gold, Record) for sample in samples(_TRIAL_SEED, TRIED))
    rights = list(right_ones(golds))
    found = [trial for right in rights for trial in trials(right)]
    yield (
        f"## The checks on trial\n\nFaults planted in {len(rights)} right records of generated reports. "
        "A *sum* that breaks is a finding about the page; it asks for a *review* only where the reading may "
        "be to blame: where each number stands beside its own label, the broken sum is blamed on the agency."
    )
    yield _carried(RECORD, found, "In the record, behind the reader's back: its own numbers in other places.")
    yield markdown.rows(flagged_table([trial for trial in found if trial.carrier == RECORD], rights))
    yield _carried(PAGE, found, "On the page, before it is read: what a reader can see of a tool's faults.")
    yield "### With their labels: two rows or columns that the page prints in each other's place."
    yield markdown.rows(moved_table([move for right in rights for move in moved(right)]))
    yield (
        "Two columns, two outcomes, 本年新收 and 上年结转 may change places without breaking a sum of the "
        "form: sums that hold are no proof. That is why a value also needs its own row's and column's label."
    )


def _carried(carrier: str, found: Sequence[Trial], heading: str) -> str:
    """Return the tables of the faults planted in one carrier, the record or the page, below a heading."""
    of_carrier = [trial for trial in found if trial.carrier == carrier]
    faults = markdown.rows(faults_table(of_carrier))
    verdicts = markdown.rows(verdicts_table(of_carrier))
    return f"### {heading}\n\n{faults}\n\n{verdicts}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else folder("data").parent.parent / "shared")
