"""One kind of noise at a time, at a strength, on a manuscript that has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from nlp.form.form import Form
from training.generator import printing, styles
from training.generator.corpus import gold_of
from training.generator.drafting import Draft
from training.generator.figures import with_wrong_sum
from training.generator.grids import Grid, Spelling, grids
from training.generator.layouts import LAYOUTS, Layout
from training.generator.noise import kinds as noise
from training.generator.noise.kinds import DRAFTS, ONE_ROW_OTHER, PAGES, SHOWN, TABLES, WRONG_SUMS
from training.generator.page import Block, Page, TableBlock
from training.generator.printing import Figure, Figures
from training.stress.rerendering import Manuscript, numbers

CLEAN, CLEAN_PAPER = "none", "none_on_paper"
STRENGTHS = (1, 2, 3)
_TIMES = {1: 1, 2: 2, 3: 4}
"""How often a damage is done: light, medium, heavy."""
_TRIES, _FEW = 60, 12
"""How often a page is drawn anew where it shows another kind of noise by chance."""
_SCREEN = next(layout for layout in LAYOUTS if layout.name == "tabs")
_STREAM = next(layout for layout in LAYOUTS if layout.name == "pdf_stream")
_PAPER = tuple(layout for layout in LAYOUTS if layout.name.startswith("pdf_"))

Change = Callable[[Figures, Form, Random], Figures]


@dataclass(frozen=True)
class Struck:
    """A page that shows one kind of noise, and the record that it should yield."""

    name: str
    kind: str
    strength: int
    text: str
    gold: dict[str, object]


def struck(manuscript: Manuscript, kind: str, strength: int, seed: int = 1) -> Struck | None:
    """Return the page of a manuscript with one kind of noise; None where the record has no room for it.

    The strength is how many of the three tables are laid out so, how many of the paragraphs are typed
    so, or how often (1, 2 or 4 times) the damage is done; `CLEAN` and `CLEAN_PAPER` are kinds without
    any, on the screen and on paper.
    """
    for attempt in range(_TRIES):
        rng = Random(f"{seed}/{manuscript.name}/{kind}/{strength}/{attempt}")
        found = _attempt(manuscript, kind, strength, rng)
        if found:
            return found
        if kind not in _BY_CHANCE and attempt > _FEW:
            break
    return None


_LAYOUTS = {kind: layout for layout in reversed(LAYOUTS) for kind in layout.noise}
_HABITS = {habit.name: habit.apply for habit in printing.HABITS if habit.name}
_STYLES = {name: style for style, name, _ in reversed(styles.STYLES) if name}
_FITS = {
    **{damage.name: damage.fits for damage in reversed(PAGES)},
    **{damage.name: damage.fits for damage in DRAFTS},
    **{damage.name: damage.fits for damage in TABLES},
}
_FIGURES = (ONE_ROW_OTHER, WRONG_SUMS)
_BY_CHANCE = frozenset(noise.kinds()) - {*_LAYOUTS, *_HABITS, *_STYLES, *_FITS, *_FIGURES} | set(SHOWN)
"""Kinds that a draft or a layout shows by itself or not: drawn until one does."""


def _attempt(manuscript: Manuscript, kind: str, strength: int, rng: Random) -> Struck | None:
    figures = _on_figures(manuscript, kind, strength, rng)
    clean = grids(manuscript.form, figures, Spelling(manuscript.labels), rng)
    tables = _on_tables(clean, kind, strength, rng)
    draft = manuscript.written(tables, rng)
    seen = set(draft.noise)
    written = _on_draft(draft, kind, strength, rng)
    layout = _layout(kind, rng)
    laid_out = _laid_out(written, kind, layout, strength, rng)
    page = _on_page(laid_out, kind, strength, rng)
    changes = (figures != manuscript.figures, tables != clean, written != draft, page != laid_out)
    shows = kind in _LAYOUTS or kind in seen or kind in noise.shown(page) or any(changes)
    if seen - {kind} or not (shows or kind in (CLEAN, CLEAN_PAPER)):
        return None
    name = f"{manuscript.name}@{kind}@{strength}"
    gold = gold_of(name, manuscript.year, manuscript.form, written, page)
    return Struck(name, kind, strength, "\n".join(entry.text for entry in page), gold)


def _on_figures(manuscript: Manuscript, kind: str, strength: int, rng: Random) -> Figures:
    figures, form = manuscript.figures, manuscript.form
    if kind == ONE_ROW_OTHER:
        return _one_row_other(figures, form)
    for _ in range(_TIMES[strength]):
        if kind in _HABITS:
            figures = _where_plain(figures, manuscript.figures, _HABITS[kind](manuscript.figures, rng))
        elif kind == WRONG_SUMS:
            figures = _wrong_sum(figures, form, rng)
    return figures


def _where_plain(figures: Figures, plain: Figures, changed: Figures) -> Figures:
    """Take a change over where a cell has none yet: nobody prints `++2`."""

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        return changed[table][row][column] if figure == plain[table][row][column] else figure

    return printing.each(figures, change)


def _one_row_other(figures: Figures, form: Form) -> Figures:
    """Print one row where the edition has several: their sum."""
    rows = dict(figures.get("requests", {}))
    for row in form.table("requests").rows:
        if row.stands_for and row.id not in rows and all(other in rows for other in row.stands_for):
            parts = [rows.pop(other) for other in row.stands_for]
            added = {column: sum(part[column].value or 0 for part in parts) for column in row.columns}
            rows[row.id] = {column: Figure(value, str(value)) for column, value in added.items()}
    order = [row.id for row in form.table("requests").rows if row.id in rows]
    return {**figures, "requests": {row: rows[row] for row in order}} if rows else figures


def _wrong_sum(figures: Figures, form: Form, rng: Random) -> Figures:
    """Change one printed total."""
    right = numbers(form, figures)
    wrong = with_wrong_sum(form, right, rng)

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        value = wrong[table][row][column]
        return figure if value == right[table][row][column] else Figure(value, str(value))

    return printing.each(figures, change)


def _on_tables(tables: list[Grid], kind: str, strength: int, rng: Random) -> list[Grid]:
    """Damage the largest table that can be once, every table once, or every table twice."""
    damage = next((damage for damage in TABLES if damage.name == kind), None)
    if damage is None:
        return tables
    for _ in range(1 if strength < len(STRENGTHS) else 2):
        damaged = [damage.apply(grid, rng) for grid in tables]
        changed = [n for n, grid in enumerate(tables) if damaged[n] != grid]
        if strength == 1 and changed:
            largest = max(changed, key=lambda n: tables[n].rows)
            damaged = [damaged[n] if n == largest else grid for n, grid in enumerate(tables)]
        tables = damaged
    return tables


def _on_draft(draft: Draft, kind: str, strength: int, rng: Random) -> Draft:
    damage = next((damage for damage in DRAFTS if damage.name == kind), None)
    for _ in range(_TIMES[strength] if damage else 0):
        draft = damage.apply(draft, rng) if damage else draft
    return _typed(draft, kind, strength, rng) if kind in _STYLES else draft


def _typed(draft: Draft, kind: str, strength: int, rng: Random) -> Draft:
    """Type a third, two thirds or all of the paragraphs and tables in a style."""
    typed = styles.styled(draft, _STYLES[kind])
    if strength == len(STRENGTHS):
        return typed
    share = strength / len(STRENGTHS)
    pairs = zip(draft.blocks, typed.blocks, strict=True)
    return replace(draft, blocks=[new if rng.random() < share else old for old, new in pairs])


def _layout(kind: str, rng: Random) -> Layout:
    if kind in _LAYOUTS:
        return _LAYOUTS[kind]
    if kind in SHOWN:
        return rng.choice(_PAPER)
    if kind == CLEAN_PAPER:
        return _STREAM
    return _SCREEN if kind not in _FITS or _FITS[kind](_SCREEN) else _STREAM


def _laid_out(draft: Draft, kind: str, layout: Layout, strength: int, rng: Random) -> Page:
    """Lay so many of the tables out as the kind has it, the largest first, the others plainly."""
    grids = [block.grid for block in draft.blocks if isinstance(block, TableBlock)]
    largest = sorted(grids, key=lambda grid: -grid.rows)
    odd = {grid.table for grid in largest[:strength]} if kind in _LAYOUTS else {g.table for g in grids}
    plain, noisy, prose = _SCREEN.tables(rng), layout.tables(rng), layout.prose(rng)
    page: Page = []
    for block in draft.blocks:
        if isinstance(block, Block):
            page.extend(prose(block))
        else:
            page.extend(noisy(block.grid) if block.section in odd else plain(block.grid))
    return page


def _on_page(page: Page, kind: str, strength: int, rng: Random) -> Page:
    damage = next((damage for damage in PAGES if damage.name == kind), None)
    for _ in range(_TIMES[strength] if damage else 0):
        page = damage.apply(page, rng) if damage else page
    return page
