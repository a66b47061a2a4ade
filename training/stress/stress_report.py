"""The figures of a run of stress as text, JSON, Markdown and an HTML page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.json import encode

from nlp.showing.markup import Child, Markup, element, table
from training.scoring import markdown
from training.scoring.columns import Say, aligned
from training.scoring.pages.charts import bar, heat, of_count, of_share
from training.scoring.pages.frame import both, card, page, tile
from training.scoring.tabulated import Table
from training.scoring.words import NOTHING, count_of, figure
from training.stress.stress import Stress, Stressed

WORDS = {1: "light", 2: "medium", 3: "heavy"}
HEADER = (
    "noise kind",
    "strength",
    "records",
    "non-zero F1",
    "cells right",
    "every cell 0",
    "wrong",
    "unanswered",
    "exact",
    "accepted",
    "silently wrong",
)
F1_COLUMN = HEADER.index("non-zero F1")


@dataclass(frozen=True)
class StressRun:
    """The figures of a run of stress."""

    stress: Stress

    def text(self, say: Say = str) -> str:
        """Return a table in columns of text, in the words of `say`."""
        return aligned(rows(self.stress), say) + "\n" + say(_nowhere(self.stress))

    def json(self) -> str:
        """Return the figures for programs."""
        return encode(self.stress).decode("utf-8") + "\n"

    def markdown(self) -> str:
        """Return a chapter in Markdown."""
        return f"## Stress\n\n{markdown.rows(rows(self.stress))}\n\n{_nowhere(self.stress)}"

    def html(self) -> str:
        """Return a page with charts."""
        return _page(self.stress)


def _nowhere(stress: Stress) -> str:
    """Name the kinds that no page could be made of: the reader did not pass these."""
    return f"No record has room for: {', '.join(stress.nowhere)}.\n" if stress.nowhere else ""


def rows(stress: Stress) -> Table:
    """Return a row for each kind and strength, below the names of the columns."""
    return [list(HEADER), *map(_row, stress.rows)]


def _row(stressed: Stressed) -> list[str]:
    figures = stressed.figures
    return [
        stressed.kind,
        WORDS[stressed.strength],
        f"{figures.documents:,}",
        figure(figures.non_zero.f1),
        figure(figures.cells.share),
        figure(figures.baseline.share),
        f"{figures.wrong:,}",
        f"{figures.unanswered:,}",
        count_of(figures.reports_exact),
        count_of(stressed.accepted),
        f"{figures.silently_wrong:,}",
    ]


def _page(stress: Stress) -> str:
    silent = sum(row.figures.silently_wrong for row in stress.rows)
    pages = sum(row.figures.documents for row in stress.rows)
    cells = sum(row.figures.cells.of for row in stress.rows)
    right = sum(row.figures.cells.count for row in stress.rows)
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
    note = element("p", _nowhere(stress), class_="note") if stress.nowhere else None
    chapters = {
        "Cells right, and cells silently wrong": card(chart(stress)),
        "Silent errors": _silent(stress),
        "Every kind": both(card(table(_table(stress))), note),
    }
    return page("How the reader bears noise", lead, tiles, chapters)


def chart(stress: Stress) -> Markup:
    """Return a chart of the share of right cells, then of the silent errors, by kind and strength."""
    strengths = sorted({row.strength for row in stress.rows})
    figures_of = {(row.kind, row.strength): row.figures for row in stress.rows}
    kinds = list(dict.fromkeys(row.kind for row in stress.rows))
    shades = []
    for kind in kinds:
        figures_by_strength = [figures_of.get((kind, strength)) for strength in strengths]
        right = [of_share(figures.cells.share if figures else None) for figures in figures_by_strength]
        silent = [of_count(figures.silently_wrong if figures else None) for figures in figures_by_strength]
        shades.append([*right, *silent])
    words = [WORDS[strength] for strength in strengths]
    return heat(kinds, [*words, *(f"{word}: silent" for word in words)], shades)


def _silent(stress: Stress) -> Markup:
    """Return a table of the kinds and strengths with silent errors, or a sentence that there are none."""
    silent = [row for row in stress.rows if row.figures.silently_wrong]
    if not silent:
        return card(element("p", "None: every wrong cell stands in a record that asks for a review."))
    lines: list[list[Child]] = [["noise kind", "strength", "cells silently wrong", "records accepted"]]
    for row in silent:
        wrong = f"{row.figures.silently_wrong:,}"
        lines.append([row.kind, WORDS[row.strength], wrong, count_of(row.accepted)])
    return card(table(lines))


def _table(stress: Stress) -> Iterable[Iterable[Child]]:
    """Yield the rows of the whole table, F1 drawn as a bar."""
    yield HEADER
    for row in stress.rows:
        cells: list[Child] = list(_row(row))
        f1 = row.figures.non_zero.f1
        cells[F1_COLUMN] = NOTHING if f1 is None else bar(f1)
        yield cells
