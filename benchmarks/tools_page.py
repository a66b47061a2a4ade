"""Writes the figures of texts by real tools as tables, and docs/tools.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.machine import machine
from training.rendering.tools import tools
from training.scoring.proportions import at_most

Count = Counter[str]
"""Numbers of reports and of cells, by the facts that the tables name."""

IN_ORDER, SCRAMBLED, NOT_THERE = "rows in order", "scrambled", "not there"
"""The layouts of a text; the tables are not there if the tool prints something else in their place."""

_WRONG_SHOWN = 8
"""The most wrong cells of a report that are listed."""


@dataclass(frozen=True)
class Read:
    """The result for one text: its tool, name and layout, the counts, the wrong cells, the review's codes."""

    tool: str
    name: str
    layout: str
    counts: Count
    wrong: tuple[str, ...]
    review: tuple[str, ...]


HEAD = (
    "tool | texts | exact | exact where no cell is blank | no cell wrong | accepted | accepted and wrong "
    "| accepted cells not 0 | silently wrong | ambiguous cells"
)


def table(counts_by_name: Iterable[tuple[str, Count]]) -> str:
    """Return counts as a Markdown table."""
    rows = [f"| {HEAD} |", "|---" * (HEAD.count("|") + 1) + "|"]
    rows += [f"| {_row(name, counts)} |" for name, counts in counts_by_name]
    return "\n".join(rows)


def _row(name: str, counts: Count) -> str:
    reports = counts["reports"]
    cells = [
        name,
        f"{reports:,}",
        _percent(counts["exact"], reports),
        _percent(counts["whole exact"], counts["whole"]),
        _percent(counts["no cell wrong"], reports),
        _percent(counts["accepted"], reports),
        f"{counts['silently wrong reports']:,}",
        f"{counts['cells accepted']:,}",
        f"{counts['silently wrong']:,}",
        f"{counts['ambiguous']:,}",
    ]
    return " | ".join(cells)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def summed(reads: Sequence[Read], layout: str) -> list[tuple[str, Count]]:
    """Return the counts of each tool's texts of one layout, then of the tools kept out, then of all."""
    of_layout = [read for read in reads if read.layout == layout]
    kept_out = {tool.name for tool in tools() if tool.kept_out}
    names = list(dict.fromkeys(read.tool for read in of_layout))
    rows: list[tuple[str, Count]] = []
    for name in names:
        title = f"{name} (kept out)" if name in kept_out else name
        rows.append((title, _sum(read for read in of_layout if read.tool == name)))
    rows.append(("**kept out**", _sum(read for read in of_layout if read.tool in kept_out)))
    rows.append(("**all**", _sum(of_layout)))
    return rows


def _sum(reads: Iterable[Read]) -> Count:
    total = Count()
    for read in reads:
        total.update(read.counts)
    return total


def page(reads: Sequence[Read]) -> str:
    """Return docs/tools.md."""
    total = _sum(reads)
    kept_out = {tool.name for tool in tools() if tool.kept_out}
    return (
        "# What real tools make of the same reports\n\n[中文](tools.zh.md)\n\n"
        "Written by `python -m benchmarks.tools`: "
        f"{len({read.name for read in reads}):,} generated reports of agencies that nothing was trained on, "
        "none of them all zeros,\nrendered as pages, Word documents and PDFs and read back by "
        f"{len({read.tool for read in reads})} tools\n(`data/rendered/tools.toml`); "
        f"{', '.join(sorted(kept_out))} were kept from all training and tuning.\n\n"
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
    """Return a sentence for each tool with texts in which something is printed in place of the tables."""
    texts_by_tool = Counter(read.tool for read in reads if read.layout == NOT_THERE)
    marks = {tool.name: tool.instead for tool in tools()}
    sentences = [
        f"{texts} texts of {name} say `{marks[name]}` and are left out."
        for name, texts in texts_by_tool.items()
    ]
    return "\n".join(sentences)


def _bound(total: Count) -> str:
    """Return a sentence on silently wrong cells, with its bound as if each cell went wrong by itself."""
    cells, wrong = total["cells accepted"], total["silently wrong"]
    sentence = f"Over {cells:,} accepted cells that are not 0, {wrong:,} are silently wrong"
    most = at_most(wrong, cells)
    if most is None:
        return f"{sentence}."
    return f"{sentence}: at most {most:.2g} of them with 95 % confidence, if each went wrong by itself."


def not_exact(read: Read) -> str:
    """Return lines about a report that is not exact or not accepted; "" for others."""
    if read.counts["exact"] and not read.review:
        return ""
    silent = "SILENT " if read.counts["silently wrong"] else ""
    codes = " ".join(dict.fromkeys(read.review))
    head = f"{read.tool}/{read.name} {read.layout}, {silent}review: {codes}"
    return "\n  ".join([head, *read.wrong[:_WRONG_SHOWN]]) + "\n"
