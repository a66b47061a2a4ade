"""Shows wrong cells as HTML: gold, what was read, and the line that it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from nlp.showing.markup import Child, Markup, element, joined, table
from training.scoring.naming import label
from training.scoring.words import NOTHING
from training.scoring.wrong import KEPT, Around, WrongCell

_SHOWN = 20_000
"""The most wrong cells of a page; a larger page is too much for a browser."""

_OPENED = 200
"""With at most this many wrong cells the documents are shown unfolded."""


def faults(cells: Sequence[WrongCell], not_listed: int) -> Markup | None:
    """Return wrong cells grouped by document; `not_listed` is the number of further ones."""
    if not cells:
        return None
    parts: list[Markup] = []
    for name, group in groupby(cells[:_SHOWN], key=lambda cell: cell.document):
        parts.append(_document(name, list(group), opened=len(cells) <= _OPENED))
    more = not_listed + max(0, len(cells) - _SHOWN)
    if more:
        note = f"{more:,} more are not shown here; the JSON lists up to {KEPT:,}."
        parts.append(element("p", note, class_="note"))
    return joined(parts)


def _document(name: str, cells: Sequence[WrongCell], *, opened: bool) -> Markup:
    silent = sum(cell.silent for cell in cells)
    summary = f" {len(cells)} wrong or not answered"
    if silent:
        summary += f", {silent} silently"
    head: list[Child] = ["cell", "gold", "read", "as printed", "confidence", "where"]
    return element(
        "details",
        element("summary", name, element("small", summary)),
        table([head, *map(_cell, cells)], "cells"),
        open="open" if opened else None,
    )


def _cell(cell: WrongCell) -> list[Child]:
    silent = element("span", "silent", class_="silent") if cell.silent else None
    return [
        named(cell.cell),
        element("span", cell.gold_shown, class_="gold"),
        joined([element("span", cell.predicted_shown, class_="claim"), " ", silent]),
        cell.text or NOTHING,
        f"{cell.confidence:.3f}",
        seen(cell.around, cell.line),
    ]


def named(id: str) -> Markup:
    """Return an id and its Chinese label, if it has one."""
    words = element("span", label(id), class_="label") if label(id) else None
    return joined([element("span", id, class_="id"), words])


def seen(around: Around, line: int | None) -> Markup:
    """Return lines of the text with their numbers, `line` marked; only its number if no text is known."""
    if not around:
        return element("span", f"line {line}" if line else "not on the page", class_="label")
    parts: list[Markup] = []
    for n, text in around:
        content = element("mark", text) if n == line else text
        parts.append(joined([element("i", f"{n:>4}  "), content]))
    return element("pre", joined(parts, "\n"), class_="around")
