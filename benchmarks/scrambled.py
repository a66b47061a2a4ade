"""What the reader tells of tables whose numbers a tool gave in another order: cells right, wrong, left open.

`python -m training.rendering FOLDER --set measure` makes the texts. Run as
`python -m benchmarks.scrambled FOLDER [--tool TOOL] [--reports N]`: prints a row for each tool over its
scrambled texts, with seconds a page.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from statistics import median
from time import process_time

import msgspec

from benchmarks.row_order import in_order
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from training.scoring.cells import cells_by_id, judged
from training.scoring.gold import Record

TOOLS = ("poppler", "pdfminer", "beautifulsoup", "lxml", "pandas", "pandoc-html-gfm", "pandoc-docx-gfm")
"""The tools whose texts are often scrambled."""


def measured(folder: Path, tool: str, reports: int | None) -> str:
    """Return the row of a tool: its scrambled texts, the shares of their cells, seconds a page."""
    reader = Reader()
    cells: Counter[str] = Counter()
    seconds: list[float] = []
    for file in sorted((folder / "text" / tool).glob("*.txt"))[:reports]:
        gold = json.loads((folder / "gold" / f"{file.stem}.json").read_text(encoding="utf-8"))
        if in_order(file.read_text(encoding="utf-8"), cells_by_id(gold)):
            continue
        started = process_time()
        report = reader.read(Input(str(file)))
        seconds.append(process_time() - started)
        record = msgspec.json.decode(msgspec.json.encode(report), type=Record)
        cells.update(cell.outcome for cell in judged(msgspec.convert(gold, Record), record))
    total = max(1, cells.total())
    shares = [f"{100 * cells[outcome] / total:.1f} %" for outcome in ("right", "unanswered")]
    times = f"{median(seconds):.2f} | {max(seconds):.2f}" if seconds else "– | –"
    return f"| {tool} | {len(seconds)} | {shares[0]} | {cells['wrong']:,} | {shares[1]} | {times} |"


def main() -> None:
    """Print the table."""
    arguments = ArgumentParser(prog="python -m benchmarks.scrambled", description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--tool", action="append", choices=TOOLS)
    arguments.add_argument("--reports", type=int, metavar="N", help="the first N texts of each tool")
    asked = arguments.parse_args()
    print(
        "| tool | scrambled texts | cells right | wrong | left open | median s | worst s |\n"
        + "|---" * 7
        + "|"
    )
    for tool in asked.tool or TOOLS:
        print(measured(asked.folder, tool, asked.reports), flush=True)


if __name__ == "__main__":
    main()
