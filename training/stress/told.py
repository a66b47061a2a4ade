"""A run of stress in every form that it is told in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.json import encode

from nlp.showing.markup import Child, Markup, element, table
from training.scoring import markdown
from training.scoring.columns import aligned
from training.scoring.pages.charts import bar, heat, of_count, of_share
from training.scoring.pages.frame import both, card, page, tile
from training.scoring.tabulated import Table
from training.scoring.words import NOTHING, count_of, figure
from training.stress.stress import Stress, Stressed

WORDS = {1: "light", 2: "medium", 3: "heavy"}


@dataclass(frozen=True)
class StressRun:
    """The figures of a run of stress."""

    stress: Stress

    def text(self) -> str:
        return aligned(rows(self.stress)) + "\n" + _nowhere(self.stress)

    def json(self) -> str:
        return encode(self.stress).decode("utf-8") + "\n"

    def markdown(self) -> str:
        return f"## Stress\n\n{markdown.rows(rows(self.stress))}\n\n{_nowhere(self.stress)}"

    def html(self) -> str:
        return _page(self.stress)


def _nowhere(stress: Stress) -> str:
    """A kind that could not be rendered is named: it was not passed."""
    return f"No record has room for: {', '.join(stress.nowhere)}.\n" if stress.nowhere else ""


def rows(stress: Stress) -> Table:
    """Return a row for each kind and strength."""
    head = ["noise kind", "strength", "records", "non-zero F1", "cells right", "every cell 0", "wrong"]
    return [[*head, "unanswered", "exact", "accepted", "silently wrong"], *map(_row, stress.rows)]


def _row(one: Stressed) -> list[str]:
    found = one.figures
    return [
        one.kind,
        WORDS[one.strength],
        f"{found.documents:,}",
        figure(found.non_zero.f1),
        figure(found.cells.share),
        figure(found.baseline.share),
        f"{found.wrong:,}",
        f"{found.unanswered:,}",
        count_of(found.reports_exact),
        count_of(one.accepted),
        f"{found.silently_wrong:,}",
    ]


def _page(stress: Stress) -> str:
    silent = sum(one.figures.silently_wrong for one in stress.rows)
    pages = sum(one.figures.documents for one in stress.rows)
    cells = sum(one.figures.cells.of for one in stress.rows)
    right = sum(one.figures.cells.count for one in stress.rows)
    tiles = [
        tile(f"{pages:,}", "pages read", f"{stress.records:,} gold records, seed {stress.seed}"),
        tile(figure(right / cells if cells else None), "cells right", f"of {cells:,}"),
        tile(f"{silent:,}", "cells silently wrong", "in all", mood="alarm" if silent else "calm"),
    ]
    lead = (
        "Each gold record is written as a page once more with one kind of noise, at three strengths: one, "
        "two or all three of its tables laid out so, a third to all of its paragraphs typed so, or the "
        "damage done once, twice or four times."
    )
    return page("How the reader bears noise", lead, tiles, _chapters(stress))


def _chapters(stress: Stress) -> dict[str, Markup | None]:
    note = element("p", _nowhere(stress), class_="note") if stress.nowhere else None
    return {
        "Cells right, and cells silently wrong": card(chart(stress)),
        "Silent errors": _silent(stress),
        "Every kind": both(card(table(_table(stress))), note),
    }


def chart(stress: Stress) -> Markup:
    """Return the accuracy of cells, then the silent errors, by kind and strength."""
    strengths = sorted({one.strength for one in stress.rows})
    found = {(one.kind, one.strength): one.figures for one in stress.rows}
    kinds = list(dict.fromkeys(one.kind for one in stress.rows))
    shades = []
    for kind in kinds:
        figures = [found.get((kind, strength)) for strength in strengths]
        right = [of_share(one.cells.share if one else None) for one in figures]
        shades.append([*right, *(of_count(one.silently_wrong if one else None) for one in figures)])
    words = [WORDS[strength] for strength in strengths]
    return heat(kinds, [*words, *(f"{word}: silent" for word in words)], shades)


def _silent(stress: Stress) -> Markup:
    found = [one for one in stress.rows if one.figures.silently_wrong]
    if not found:
        return card(element("p", "None: every wrong cell stands in a record that asks for a review."))
    head: list[Child] = ["noise kind", "strength", "cells silently wrong", "records accepted"]
    body: list[list[Child]] = [
        [one.kind, WORDS[one.strength], f"{one.figures.silently_wrong:,}", count_of(one.accepted)]
        for one in found
    ]
    return card(table([head, *body]))


def _table(stress: Stress) -> Iterable[Iterable[Child]]:
    head, *_ = rows(stress)
    yield head
    for one in stress.rows:
        cells: list[Child] = list(_row(one))
        cells[3] = bar(one.figures.non_zero.f1) if one.figures.non_zero.f1 is not None else NOTHING
        yield cells
