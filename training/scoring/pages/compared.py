"""Shows a comparison of two runs as a page of HTML: what the later one gained and lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.showing.markup import Child, Markup, element, table
from training.scoring.comparison import CellChange, Comparison, DocumentChange
from training.scoring.pages.faults import named, seen
from training.scoring.pages.frame import card, page, tile
from training.scoring.pages.report import chapters, lead, tiles
from training.scoring.tabulated import NAMES
from training.scoring.words import NOTHING, figure, signed, signed_between

_SHOWN = 2000
"""The most changed cells that a page lists."""


def compared(comparison: Comparison, title: str = "What changed between two runs") -> str:
    """Return a comparison, with all figures of the later run, as one HTML file."""
    gained, lost = comparison.gained, comparison.lost
    change_tiles = [
        tile(f"+{gained:,}", "cells gained", "right now, not before", mood="calm" if gained else ""),
        tile(f"−{lost:,}", "cells lost", "right before, not now", mood="alarm" if lost else ""),
    ]
    documents = card(table(_documents(comparison.documents))) if comparison.documents else None
    changes = {
        "Before and after": card(table(headline(comparison))),
        "Documents that changed": documents,
        "Cells that changed": _cells(comparison.cells),
    }
    after = comparison.after
    return page(title, lead(after), [*change_tiles, *tiles(after)], {**changes, **chapters(after)})


def headline(comparison: Comparison) -> Iterable[Iterable[Child]]:
    """Yield a row for each figure: before, after, the difference and its interval."""
    yield ["", "before", "after", "difference", "95 % interval"]
    for name, change in comparison.headline.items():
        difference = element("span", signed(change.difference), class_=_mood(change.difference))
        interval = signed_between(change.interval)
        yield [NAMES[name], figure(change.before), figure(change.after), difference, interval]


def _mood(difference: float | None) -> str | None:
    """Return the CSS class of a difference; None if there is none."""
    if not difference:
        return None
    return "up" if difference > 0 else "down"


def _documents(documents: Sequence[DocumentChange]) -> Iterable[Iterable[Child]]:
    head = ["document", "gained", "lost", "wrong otherwise", "exact", "accepted"]
    yield [*head, "sections", "problems", "improvements"]
    for document in documents:
        yield [
            document.name,
            f"{document.gained:,}",
            f"{document.lost:,}",
            f"{document.otherwise_wrong:,}",
            _before_and_after(document.exact),
            _before_and_after(document.accepted),
            _signed_count(document.sections),
            _signed_count(document.problems),
            _signed_count(document.improvements),
        ]


def _before_and_after(answers: tuple[bool | None, bool | None]) -> str:
    before, after = (_yes_or_no(answer) for answer in answers)
    return before if before == after else f"{before} → {after}"


def _yes_or_no(answer: bool | None) -> str:
    if answer is None:
        return NOTHING
    return "yes" if answer else "no"


def _signed_count(count: int) -> str:
    return f"{count:+d}" if count else "0"


def _cells(cells: Sequence[CellChange]) -> Markup | None:
    if not cells:
        return None
    head: list[Child] = ["document", "cell", "gold", "before", "after", "", "where"]
    rows = [_cell(cell) for cell in cells[:_SHOWN]]
    more = len(cells) - len(rows)
    note = element("p", f"{more:,} more are in the JSON.", class_="note") if more else None
    return card(table([head, *rows], "cells"), note)


def _cell(cell: CellChange) -> list[Child]:
    class_of_change = {"gained": "up", "lost": "down"}
    change = element("span", cell.change.replace("_", " "), class_=class_of_change.get(cell.change))
    values = [cell.gold_shown, cell.before_shown, cell.after_shown]
    return [cell.document, named(cell.cell), *values, change, seen(cell.around, cell.line)]
