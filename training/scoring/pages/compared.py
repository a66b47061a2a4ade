"""The page of two runs: what the later one gained and lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.showing.markup import Child, Markup, element, table
from training.scoring.comparison import CellChange, Comparison, DocumentChange
from training.scoring.pages.faults import named, seen
from training.scoring.pages.frame import card, page, tile
from training.scoring.pages.report import chapters, lead, tiles
from training.scoring.tabulated import NAMES
from training.scoring.words import between, figure, said, signed

_SHOWN = 2000


def compared(two: Comparison, title: str = "What changed between two runs") -> str:
    """Return a comparison, with all figures of the later run, as one HTML file."""
    more = [
        tile(f"+{two.gained:,}", "cells gained", "right now, not before", mood="calm" if two.gained else ""),
        tile(f"−{two.lost:,}", "cells lost", "right before, not now", mood="alarm" if two.lost else ""),
    ]
    changes = {
        "Before and after": card(table(headline(two))),
        "Documents that changed": card(table(_documents(two.documents))) if two.documents else None,
        "Cells that changed": _cells(two.cells),
    }
    return page(title, lead(two.after), [*more, *tiles(two.after)], {**changes, **chapters(two.after)})


def headline(two: Comparison) -> Iterable[Iterable[Child]]:
    """Yield each figure before and after, with the interval of the difference."""
    yield ["", "before", "after", "difference", "95 % interval"]
    for name, one in two.headline.items():
        moved = element("span", signed(one.difference), class_=_mood(one.difference))
        yield [NAMES[name], figure(one.before), figure(one.after), moved, _interval(one.interval)]


def _interval(interval: tuple[float, float] | None) -> str:
    return between(None) if interval is None else f"{signed(interval[0])} … {signed(interval[1])}"


def _mood(difference: float | None) -> str | None:
    return None if not difference else "up" if difference > 0 else "down"


def _documents(documents: Sequence[DocumentChange]) -> Iterable[Iterable[Child]]:
    head = ["document", "gained", "lost", "wrong otherwise", "exact", "accepted"]
    yield [*head, "sections", "problems", "improvements"]
    for one in documents:
        yield [
            one.name,
            f"{one.gained:,}",
            f"{one.lost:,}",
            f"{one.otherwise_wrong:,}",
            _turned(one.exact),
            _turned(one.accepted),
            *(f"{count:+d}" if count else "0" for count in (one.sections, one.problems, one.improvements)),
        ]


def _turned(both: tuple[bool | None, bool | None]) -> str:
    words = ["–" if one is None else "yes" if one else "no" for one in both]
    return words[0] if words[0] == words[1] else " → ".join(words)


def _cells(cells: Sequence[CellChange]) -> Markup | None:
    if not cells:
        return None
    head: list[Child] = ["document", "cell", "gold", "before", "after", "", "where"]
    rows = [_cell(cell) for cell in cells[:_SHOWN]]
    more = len(cells) - len(rows)
    note = element("p", f"{more:,} more are in the JSON.", class_="note") if more else None
    return card(table([head, *rows], "cells"), note)


def _cell(cell: CellChange) -> list[Child]:
    mood = {"gained": "up", "lost": "down"}.get(cell.change)
    return [
        cell.document,
        named(cell.cell),
        said(cell.gold, cell.gold_state),
        said(cell.before, cell.before_state),
        said(cell.after, cell.after_state),
        element("span", cell.change.replace("_", " "), class_=mood),
        seen(cell.around, cell.line),
    ]
