"""What the reader makes of reports that real tools have read back: right, accepted, silently wrong.

`python -m training.rendering FOLDER --set measure` makes the texts (an hour or more). Run as
`python -m benchmarks.tools FOLDER [--reports N] [--jobs N]`: it writes docs/tools.md, and FOLDER/wrong.txt
with every report that is not exact. With `--only TOOL` the docs stay as they are.
"""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.model import Report
from training.rendering.tools import Tool, tools

Value = int | float | None
Count = Counter[str]
IN_ORDER, SCRAMBLED, NOT_THERE = "rows in order", "scrambled", "not there"
LABEL = re.compile(r"[\u4e00-\u9fff]{2}")
_BETWEEN, _LABELLED = 8, 0.7
"""How many other numbers (enumerators, pages) may stand between rows; how many rows need a label there."""
NUMBER = re.compile(r"[+-]?\d+(?:[.,，]\d+)*")


@dataclass(frozen=True)
class Read:
    """What came of one text: its tool, its layout, what to count, and the cells that are wrong."""

    tool: str
    name: str
    layout: str
    counts: Count
    wrong: tuple[str, ...]
    review: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A text that a tool made, and where the record lies that it should yield."""

    tool: Tool
    file: Path
    gold: Path


def texts(folder: Path, wanted: Sequence[Tool], reports: int | None) -> Iterator[Text]:
    """Yield the texts of a folder of renderings, tool by tool."""
    for tool in wanted:
        for file in sorted((folder / "text" / tool.name).glob("*.txt"))[:reports]:
            yield Text(tool, file, folder / "gold" / f"{file.stem}.json")


@cache
def _reader() -> Reader:
    return Reader()


def read(text: Text) -> Read:
    """Read a text and hold it against gold."""
    gold = cells_of(json.loads(text.gold.read_text(encoding="utf-8")))
    report = _reader().read(Input(str(text.file)))
    found = text.file.read_text(encoding="utf-8")
    layout = (
        NOT_THERE if _is_not_there(text.tool, found) else IN_ORDER if in_order(found, gold) else SCRAMBLED
    )
    counts, wrong = held_against(report, gold)
    review = tuple(reason.code for reason in report.review)
    return Read(text.tool.name, text.file.stem, layout, counts, wrong, review)


def cells_of(gold: Mapping[str, Any]) -> dict[str, Value]:
    """Return every cell of a gold record by its id; those of rows that are not printed are not there."""
    return {
        f"{table}.{row}.{column}": value
        for table, rows in gold["tables"].items()
        for row, cells in rows.items()
        for column, value in cells.items()
    }


def held_against(report: Report, gold: dict[str, Value]) -> tuple[Count, tuple[str, ...]]:
    """Count the cells of a record and name those that say something else than the page.

    A cell that is `ambiguous` says nothing wrong; the record is not exact with it.
    """
    counts, wrong = Count(reports=1), []
    accepted = not report.review
    for id, cell in report.cells():
        state = "missing" if id not in gold else "blank" if gold[id] is None else "printed"
        right = (cell.state, cell.value) == (state, gold.get(id))
        counts["ambiguous"] += cell.state == "ambiguous"
        if not right and cell.state != "ambiguous":
            said = cell.state if cell.value is None else cell.value
            wrong.append(f"{id}: {gold.get(id, 'missing')} read as {said}")
        if accepted and (cell.value or gold.get(id)):
            counts["cells accepted"] += 1
            counts["silently wrong"] += not right
    counts["exact"] = not wrong and not counts["ambiguous"]
    counts["whole"] = None not in gold.values()
    counts["whole exact"] = counts["whole"] and counts["exact"]
    counts["no cell wrong"] = not wrong
    counts["accepted"] = accepted
    counts["wrong"] = len(wrong)
    counts["silently wrong reports"] = accepted and bool(wrong)
    return counts, tuple(wrong)


def _is_not_there(tool: Tool, text: str) -> bool:
    return bool(tool.instead) and tool.instead in text


def in_order(text: str, gold: dict[str, Value]) -> bool:
    """Tell whether a text has the numbers of each row side by side, row after row, labels in between.

    >>> in_order("受理 2 0 2 结转 0 1 1", {f"requests.{r}.{c}": v for r, row in
    ...     {"a": [2, 0, 2], "b": [0, 1, 1]}.items() for c, v in enumerate(row)})
    True
    """
    found = [(float(re.sub(r"[,，]", "", n.group())), n.span()) for n in NUMBER.finditer(text)]
    numbers = [number for number, _ in found]
    at, labels = 0, 0
    rows = _rows(gold)
    for row in rows:
        starts = (i for i in range(at, len(numbers) - len(row) + 1) if numbers[i : i + len(row)] == row)
        start = next(starts, None)
        if start is None or (at and start > at + _BETWEEN):
            return False
        labels += bool(LABEL.search(text[found[at - 1][1][1] if at else 0 : found[start][1][0]]))
        at = start + len(row)
    return labels >= _LABELLED * len(rows)


def _rows(gold: dict[str, Value]) -> list[list[float]]:
    """Return the numbers of each row, blank cells left out; the table of reviews is one row."""
    rows: dict[str, list[float]] = {}
    for id, value in gold.items():
        table, row, _ = id.split(".")
        if value is not None and not id.endswith("amount"):  # An amount may be printed in another unit.
            rows.setdefault(table if table == "review_litigation" else row, []).append(float(value))
    return list(rows.values())


HEAD = (
    "tool | texts | exact | exact where no cell is blank | no cell wrong | accepted | accepted and wrong "
    "| accepted cells not 0 | silently wrong | ambiguous cells"
)


def table(found: Iterable[tuple[str, Count]]) -> str:
    """Return counts as a table for people."""
    rows = [f"| {HEAD} |", "|---" * (HEAD.count("|") + 1) + "|"]
    return "\n".join([*rows, *(f"| {_row(name, counts)} |" for name, counts in found)])


def _row(name: str, counts: Count) -> str:
    shares = [_share(counts[fact], counts["reports"]) for fact in ("exact", "no cell wrong", "accepted")]
    shares.insert(1, _share(counts["whole exact"], counts["whole"]))
    numbers = ("silently wrong reports", "cells accepted", "silently wrong", "ambiguous")
    return " | ".join([name, f"{counts['reports']:,}", *shares, *(f"{counts[n]:,}" for n in numbers)])


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def summed(reads: Sequence[Read], layout: str) -> list[tuple[str, Count]]:
    """Add up what came of each tool's texts of one layout; all tools, and those kept out, last."""
    of_layout = [one for one in reads if one.layout == layout]
    out = {tool.name for tool in tools() if tool.kept_out}
    names = dict.fromkeys(one.tool for one in of_layout)
    groups = [(f"{name} (kept out)" if name in out else name, {name}) for name in names]
    groups += [("**kept out**", out), ("**all**", set(names))]
    return [(name, _sum(one.counts for one in of_layout if one.tool in those)) for name, those in groups]


def _sum(counts: Iterable[Count]) -> Count:
    total = Count()
    for one in counts:
        total.update(one)
    return total


def page(reads: Sequence[Read]) -> str:
    """Return docs/tools.md."""
    total = _sum(one.counts for one in reads)
    known = {tool.name for tool in tools() if tool.kept_out}
    return (
        "# What real tools make of the same reports\n\n"
        "Written by `python -m benchmarks.tools`: "
        f"{len({one.name for one in reads}):,} generated reports of agencies that nothing was trained on, "
        "none of them all zeros,\nrendered as pages, Word documents and PDFs and read back by "
        f"{len({one.tool for one in reads})} tools\n(`data/rendered/tools.toml`); "
        f"{', '.join(sorted(known))} were kept from all training and tuning.\n\n"
        "*Exact*: every cell of the form has its value and its state, none is ambiguous; most tools leave no "
        "trace of a blank\ncell, and numbers that may stand in two columns are then ambiguous. *Accepted*: "
        "`review` is empty.\nA text has its *rows in order* where the numbers of each row stand side by "
        "side, and labels and rows\nfollow each other; all others are *scrambled*. "
        f"{_left_out(reads)}\n\n"
        f"## Rows in order\n\n{table(summed(reads, IN_ORDER))}\n\n"
        f"## Scrambled\n\n{table(summed(reads, SCRAMBLED))}\n\n"
        f"{_bound(total)}\n\nMeasured on {machine()}.\n"
    )


def _left_out(reads: Sequence[Read]) -> str:
    """Return which texts are counted nowhere: what their tool prints in place of tables is none."""
    gone = Counter(one.tool for one in reads if one.layout == NOT_THERE)
    marks = {tool.name: tool.instead for tool in tools()}
    return "\n".join(
        f"{texts} texts of {name} say `{marks[name]}` and are left out." for name, texts in gone.items()
    )


def _bound(total: Count) -> str:
    cells, wrong = total["cells accepted"], total["silently wrong"]
    said = f"Over {cells:,} accepted cells that are not 0, {wrong:,} are silently wrong"
    if wrong or not cells:
        return f"{said}."
    return f"{said}: at 95 % confidence fewer than one in {cells // 3:,} (the rule of three)."


def main() -> None:
    """Read, and write the page."""
    arguments = ArgumentParser(prog="python -m benchmarks.tools", description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--reports", type=int, metavar="N", help="the first N texts of each tool")
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("--only", action="append", metavar="TOOL")
    asked = arguments.parse_args()
    wanted = [tool for tool in tools() if not asked.only or tool.name in asked.only]
    every = list(texts(asked.folder, wanted, asked.reports))
    with ProcessPoolExecutor(asked.jobs) as workers:
        reads = list(workers.map(read, every, chunksize=20))
    (asked.folder / "wrong.txt").write_text("".join(map(_told, reads)), encoding="utf-8")
    print(page(reads))
    if not asked.only:
        place = Path(__file__).parent.parent / "docs" / "tools.md"
        place.write_text(page(reads), encoding="utf-8")


def _told(one: Read) -> str:
    """Return lines about a report that is not exact or not accepted; nothing about others."""
    if one.counts["exact"] and not one.review:
        return ""
    head = f"{one.tool}/{one.name} {one.layout}, {'SILENT ' * bool(one.counts['silently wrong'])}review: "
    return "\n  ".join([head + " ".join(dict.fromkeys(one.review)), *one.wrong[:8]]) + "\n"


if __name__ == "__main__":
    main()
