"""Writes so many reports with oddities, reads them, and names those accepted and wrong: `python -m training.mutations`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from nlp.form.form import editions
from nlp.pipeline import Reader
from nlp.record.model import Report
from nlp.running.records import Given
from training.mutations.layouts import LAYOUTS, page
from training.mutations.oddities import ODDITIES, UNREADABLE
from training.mutations.sheet import Sheet, filled_sheet

_READER: list[Reader] = []


@dataclass(frozen=True)
class Outcome:
    """What came of one report: its layout and oddities, and how its record stands."""

    number: int
    layout: str
    oddities: tuple[str, ...]
    accepted: bool
    wrong: tuple[str, ...]
    told: int
    cells: int

    @property
    def silent(self) -> bool:
        """Whether the record offers itself for use and is wrong."""
        return self.accepted and bool(self.wrong)


def sheet_and_page(seed: int, number: int) -> tuple[Sheet, str, str]:
    """Return the n-th sheet of a seed, its layout and its page."""
    rng = Random(f"mutations/{seed}/{number}")
    form = rng.choice(editions())
    sheet = filled_sheet(form, rng.choice([form.first_year, form.last_year or form.first_year + 3]), rng)
    for name in rng.sample(sorted(ODDITIES), rng.choice([0, 1, 1, 1, 2])):
        sheet = ODDITIES[name](sheet, rng)
    layout = rng.choice(sorted(LAYOUTS))
    return sheet, layout, page(sheet, layout, rng)


def read(job: tuple[int, int]) -> Outcome:
    """Read the n-th report of a seed and hold its record against the sheet."""
    if not _READER:
        _READER.append(Reader())
    sheet, layout, text = sheet_and_page(*job)
    name = f"{job[1]}.{'html' if layout == 'html' else 'txt'}"
    report = _READER[0].read(Given(name, content=text.encode("utf-8")))
    wrong = tuple(_wrong(report, sheet))
    cells = list(sheet.cells())
    told = sum(cell.state == "printed" for _, cell in report.cells())
    return Outcome(job[1], layout, sheet.oddities, not report.review, wrong, told, len(cells))


def _wrong(report: Report, sheet: Sheet) -> Iterator[str]:
    """Yield the cells that say something else than the sheet; ambiguous and missing ones say nothing."""
    if report.organization not in (None, sheet.agency):
        yield f"organization {report.organization}, is {sheet.agency}"
    if report.year not in (None, sheet.year):
        yield f"year {report.year}, is {sheet.year}"
    truth = {".".join(cell.key): cell.value for cell in sheet.cells() if cell.key}
    for id, cell in report.cells():
        if cell.state not in ("printed", "blank"):
            continue
        value = truth.get(id)
        if value == UNREADABLE or (cell.value is None) != (value is None) or cell.value != value:
            yield f"{id} {cell.state} {cell.value}, is {value}"


def main() -> int:
    """Read and tell; 1 where a record is accepted and wrong."""
    arguments = ArgumentParser(prog="python -m training.mutations", description=__doc__)
    arguments.add_argument("--count", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--show", type=int, default=20, help="how many silent ones to name")
    arguments.add_argument("--pages", type=Path, help="write the pages of silent ones here")
    asked = arguments.parse_args()
    jobs = [(asked.seed, number) for number in range(asked.count)]
    with ProcessPoolExecutor(asked.jobs) as workers:
        outcomes = list(workers.map(read, jobs, chunksize=20))
    silent = [outcome for outcome in outcomes if outcome.silent]
    for outcome in silent[: asked.show]:
        print(outcome.number, outcome.layout, ", ".join(outcome.oddities), "|", "; ".join(outcome.wrong[:3]))
    if asked.pages:
        asked.pages.mkdir(parents=True, exist_ok=True)
        for outcome in silent:
            text = sheet_and_page(asked.seed, outcome.number)[2]
            (asked.pages / f"{outcome.number}-{outcome.layout}.txt").write_text(text, encoding="utf-8")
    accepted = sum(outcome.accepted for outcome in outcomes)
    told = sum(outcome.told for outcome in outcomes) / max(1, sum(outcome.cells for outcome in outcomes))
    print(
        f"{len(outcomes):,} records, {accepted:,} accepted, {len(silent):,} of them wrong; {told:.1%} of cells told"
    )
    by = Counter(f"{name}: {outcome.layout}" for outcome in silent for name in outcome.oddities or ("none",))
    for name, count in by.most_common(30):
        print(f"  {count:4} {name}")
    print(f"wrong though not accepted: {sum(bool(o.wrong) and not o.accepted for o in outcomes):,}")
    return int(bool(silent))


if __name__ == "__main__":
    sys.exit(main())
