"""Wrong cells as a page shows them: gold, what was read, and the line that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from nlp.showing.markup import Child, Markup, element, joined, table
from training.scoring.naming import label
from training.scoring.words import said
from training.scoring.wrong import KEPT, Around, WrongCell

_SHOWN = 20_000
"""A page of more wrong cells is too large for a browser."""


def faults(cells: Sequence[WrongCell], more: int) -> Markup | None:
    """Return every wrong cell, grouped by document; `more` are known of but not listed."""
    if not cells:
        return None
    shown, more = cells[:_SHOWN], more + max(0, len(cells) - _SHOWN)
    groups = [(name, list(group)) for name, group in groupby(shown, key=lambda cell: cell.document)]
    opened = len(cells) <= 200
    parts = [_document(name, group, opened) for name, group in groups]
    note = (
        element("p", f"{more:,} more are not shown here; the JSON lists up to {KEPT:,}.", class_="note")
        if more
        else None
    )
    return joined([*parts, note])


def _document(name: str, cells: Sequence[WrongCell], opened: bool) -> Markup:
    silent = sum(cell.silent for cell in cells)
    told = f" {len(cells)} wrong or not answered" + (f", {silent} silently" if silent else "")
    head: list[Child] = ["cell", "gold", "read", "as printed", "confidence", "where"]
    return element(
        "details",
        element("summary", name, element("small", told)),
        table([head, *map(_cell, cells)], "cells"),
        **({"open": "open"} if opened else {}),
    )


def _cell(cell: WrongCell) -> list[Child]:
    claim = said(cell.predicted, cell.predicted_state)
    mark = element("span", "silent", class_="silent") if cell.silent else None
    return [
        named(cell.cell),
        element("span", said(cell.gold, cell.gold_state), class_="gold"),
        joined([element("span", claim, class_="claim"), " ", mark]),
        cell.text or "–",
        f"{cell.confidence:.3f}",
        seen(cell.around, cell.line),
    ]


def named(id: str) -> Markup:
    """Return an id with its Chinese label."""
    words = element("span", label(id), class_="label") if label(id) else None
    return joined([element("span", id, class_="id"), words])


def seen(around: Around, line: int | None) -> Markup:
    """Return lines of the text with their numbers, the one that matters marked."""
    if not around:
        return element("span", f"line {line}" if line else "not on the page", class_="label")
    parts = [
        joined([element("i", f"{n:>4}  "), element("mark", text) if n == line else text])
        for n, text in around
    ]
    return element("pre", joined(parts, "\n"), class_="around")
