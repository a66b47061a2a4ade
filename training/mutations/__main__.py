"""Reads made-up odd reports and names those accepted though wrong: `python -m training.mutations`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from nlp.form.form import editions
from nlp.pipeline import Reader
from nlp.reading.inputs import BytesInput
from nlp.record.model import Report
from training.mutations.layouts import LAYOUTS, is_html
from training.mutations.oddities import ODDITIES
from training.mutations.page import page
from training.mutations.scraping import SCRAPERS
from training.mutations.sheet import ZERO_OR_BLANK, Sheet, filled_sheet

_YEARS = 3
"""An edition of the form that is still in use is filled in for its first year and so many years later."""
_ODDITIES = (0, 1, 1, 1, 2)
"""How many oddities a report has, as often as each number stands here."""
_SCRAPED = 0.2
"""The share of reports whose lines a scraper changed, as far as they are text."""
_MOST_KINDS = 30
"""How many kinds of silently wrong reports are counted apart."""
_READER: list[Reader] = []
"""The reader of a process, once it has read a report."""


@dataclass(frozen=True)
class Outcome:
    """One report's layout and oddities, whether its record is accepted, and what is wrong in it.

    `printed` counts the cells read as numbers, `cells` those of the form.
    """

    number: int
    layout: str
    oddities: tuple[str, ...]
    accepted: bool
    wrong: tuple[str, ...]
    printed: int
    cells: int

    @property
    def silent(self) -> bool:
        """Whether the record offers itself for use and is wrong."""
        return self.accepted and bool(self.wrong)


def sheet_and_page(seed: int, number: int) -> tuple[Sheet, str, str]:
    """Return the n-th sheet of a seed, its layout and its page."""
    rng = Random(f"mutations/{seed}/{number}")
    form = rng.choice(editions())
    last_year = form.last_year or form.first_year + _YEARS
    sheet = filled_sheet(form, rng.choice([form.first_year, last_year]), rng)
    names = rng.sample(sorted(ODDITIES), rng.choice(_ODDITIES))
    for name in names:
        sheet = ODDITIES[name](sheet, rng)
    layout = rng.choice(sorted(LAYOUTS))
    text = page(sheet, layout, rng)
    if not is_html(layout) and rng.random() < _SCRAPED:
        scraper = rng.choice(list(SCRAPERS))
        return sheet, f"{layout}, {scraper}", SCRAPERS[scraper](text)
    return sheet, layout, text


def read(job: tuple[int, int]) -> Outcome:
    """Read the n-th report of a seed and hold its record against the sheet."""
    if not _READER:
        _READER.append(Reader())
    sheet, layout, text = sheet_and_page(*job)
    _, number = job
    suffix = "html" if is_html(layout) else "txt"
    report = _READER[0].read(BytesInput(f"{number}.{suffix}", content=text.encode("utf-8")))
    wrong = tuple(_wrong(report, sheet))
    accepted = not report.review
    printed = sum(cell.state == "printed" for _, cell in report.cells())
    return Outcome(number, layout, sheet.oddities, accepted, wrong, printed, len(list(sheet.cells())))


def _wrong(report: Report, sheet: Sheet) -> Iterator[str]:
    """Yield the cells that say something else than the sheet; ambiguous and missing ones say nothing."""
    if report.organization not in (None, sheet.agency):
        yield f"organization {report.organization}, is {sheet.agency}"
    if report.year not in (None, sheet.year):
        yield f"year {report.year}, is {sheet.year}"
    truth = sheet.truth
    for id, cell in report.cells():
        if cell.state not in ("printed", "blank"):
            continue
        value = truth.get(id)
        is_right = cell.value in (0, None) if value == ZERO_OR_BLANK else cell.value == value
        if not is_right:
            yield f"{id} {cell.state} {cell.value}, is {value}"


def main() -> int:
    """Print what is read wrong; return 1 where such a record is accepted."""
    arguments = ArgumentParser(prog="python -m training.mutations", description=__doc__)
    arguments.add_argument("--count", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--pages", type=Path, help="write the pages of silent ones here")
    asked = arguments.parse_args()
    jobs = [(asked.seed, number) for number in range(asked.count)]
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(asked.jobs) as workers:
        for outcome in workers.map(read, jobs, chunksize=20):
            outcomes.append(outcome)
            if outcome.silent:
                oddities, wrong = ", ".join(outcome.oddities), "; ".join(outcome.wrong[:3])
                print(outcome.number, outcome.layout, oddities, "|", wrong, flush=True)
                if asked.pages:
                    _write_page(outcome, asked.seed, asked.pages)
    print("\n".join(_summary(outcomes)))
    return int(any(outcome.silent for outcome in outcomes))


def _write_page(outcome: Outcome, seed: int, folder: Path) -> None:
    """Write the page of a report into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _, layout, text = sheet_and_page(seed, outcome.number)
    suffix = "html" if is_html(layout) else "txt"
    (folder / f"{outcome.number}-{layout}.{suffix}").write_text(text, encoding="utf-8")


def _summary(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield lines that count the records, and those silently wrong by oddity and layout."""
    accepted = sum(outcome.accepted for outcome in outcomes)
    silent = [outcome for outcome in outcomes if outcome.silent]
    printed = sum(outcome.printed for outcome in outcomes)
    share = printed / max(1, sum(outcome.cells for outcome in outcomes))
    yield f"{len(outcomes):,} records, {accepted:,} accepted, {len(silent):,} of them wrong"
    yield f"{share:.1%} of cells read as numbers"
    yield from _shares(outcomes)
    kinds: Counter[str] = Counter()
    for outcome in silent:
        for oddity in outcome.oddities or ("none",):
            kinds[f"{oddity}: {outcome.layout}"] += 1
    for kind, count in kinds.most_common(_MOST_KINDS):
        yield f"  {count:4} {kind}"
    wrong = sum(bool(outcome.wrong) and not outcome.accepted for outcome in outcomes)
    yield f"wrong though not accepted: {wrong:,}"


def _shares(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield how many records of each oddity that is alone on its page, and of each layout, are accepted."""
    kinds: dict[str, list[bool]] = {}
    for outcome in outcomes:
        if len(outcome.oddities) == 1:
            kinds.setdefault(outcome.oddities[0], []).append(outcome.accepted)
        elif not outcome.oddities:
            kinds.setdefault(outcome.layout, []).append(outcome.accepted)
    for kind, accepted in sorted(kinds.items(), key=lambda one: sum(one[1]) / len(one[1])):
        yield f"  {sum(accepted):4} of {len(accepted):4} accepted: {kind}"


if __name__ == "__main__":
    sys.exit(main())
