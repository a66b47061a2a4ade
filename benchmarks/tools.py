"""What the reader makes of reports that real tools have read back: right, accepted, silently wrong.

`python -m training.rendering FOLDER --set measure` makes the texts (an hour or more). Run as
`python -m benchmarks.tools FOLDER [--reports N] [--jobs N]`: it writes docs/tools.md, and FOLDER/wrong.txt
with every report that is not exact. With `--only TOOL` the docs stay as they are.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.row_order import in_order
from benchmarks.tools_page import IN_ORDER, NOT_THERE, SCRAMBLED, Count, Read, not_exact, page
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.model import Number, Report
from training.rendering.tools import Tool, tools
from training.scoring.cells import cells_by_id, judged_report


@dataclass(frozen=True)
class Text:
    """A text that a tool made, and the file of the record that it should give."""

    tool: Tool
    file: Path
    gold: Path


def texts(folder: Path, wanted: Sequence[Tool], reports: int | None) -> Iterator[Text]:
    """Yield the first `reports` texts of each tool in a folder of renderings; all of them if it is None."""
    for tool in wanted:
        for file in sorted((folder / "text" / tool.name).glob("*.txt"))[:reports]:
            yield Text(tool, file, folder / "gold" / f"{file.stem}.json")


@cache
def _reader() -> Reader:
    return Reader()


def read(text: Text) -> Read:
    """Read a text and compare the record with gold."""
    gold = cells_by_id(json.loads(text.gold.read_text(encoding="utf-8")))
    report = _reader().read(Input(str(text.file)))
    layout = _layout(text.tool, text.file.read_text(encoding="utf-8"), gold)
    counts, wrong = compared(report, gold)
    review = tuple(reason.code for reason in report.review)
    return Read(text.tool.name, text.file.stem, layout, counts, wrong, review)


def _layout(tool: Tool, text: str, gold: Mapping[str, Number | None]) -> str:
    if tool.instead and tool.instead in text:
        return NOT_THERE
    return IN_ORDER if in_order(text, gold) else SCRAMBLED


def compared(report: Report, gold: Mapping[str, Number | None]) -> tuple[Count, tuple[str, ...]]:
    """Return the counts of a record compared with gold, and a line for each wrong cell.

    `gold` has the value of each cell that is printed, by its id. An ambiguous cell is not wrong, but a
    record with one is not exact.
    """
    cells = judged_report(report, gold)
    ambiguous = [cell for cell in cells if cell.predicted.state == "ambiguous"]
    wrong = [cell for cell in cells if not cell.right and cell.predicted.state != "ambiguous"]
    counts = Count(
        {
            "reports": 1,
            "ambiguous": len(ambiguous),
            "wrong": len(wrong),
            "exact": not wrong and not ambiguous,
            "no cell wrong": not wrong,
        }
    )
    if None not in gold.values():
        counts["whole"] = 1
        counts["whole exact"] = counts["exact"]
    if not report.review:
        not_zero = [cell for cell in cells if cell.gold.value or cell.predicted.value]
        counts["accepted"] = 1
        counts["cells accepted"] = len(not_zero)
        counts["silently wrong"] = sum(not cell.right for cell in not_zero)
        counts["silently wrong reports"] = bool(wrong)
    lines: list[str] = []
    for cell in wrong:
        gold_value = gold.get(cell.id, "missing")
        predicted = cell.predicted.state if cell.predicted.value is None else cell.predicted.value
        lines.append(f"{cell.id}: {gold_value} read as {predicted}")
    return counts, tuple(lines)


def main() -> None:
    """Read, and write the page."""
    arguments = ArgumentParser(prog="python -m benchmarks.tools", description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--reports", type=int, metavar="N", help="the first N texts of each tool")
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("--only", action="append", metavar="TOOL")
    options = arguments.parse_args()
    wanted = [tool for tool in tools() if not options.only or tool.name in options.only]
    every = list(texts(options.folder, wanted, options.reports))
    with ProcessPoolExecutor(options.jobs) as workers:
        reads = list(workers.map(read, every, chunksize=20))
    (options.folder / "wrong.txt").write_text("".join(map(not_exact, reads)), encoding="utf-8")
    print(page(reads))
    if not options.only:
        docs = Path(__file__).parent.parent / "docs"
        (docs / "tools.md").write_text(page(reads), encoding="utf-8")


if __name__ == "__main__":
    main()
