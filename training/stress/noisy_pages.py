"""One kind of noise at a time, at a strength, on the page of a manuscript that has no noise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from nlp.form.form import Form
from training.generator import layouts, printing, styles
from training.generator.corpus import gold_of
from training.generator.drafting import Draft
from training.generator.figures import with_wrong_sum
from training.generator.grids import Grid, Spelling, grids
from training.generator.layouts import LAYOUTS, Layout
from training.generator.noise import kinds as noise
from training.generator.noise.damage import Damage
from training.generator.noise.kinds import DRAFTS, FIGURES, ONE_ROW_OTHER, PAGES, SHOWN, TABLES, WRONG_SUMS
from training.generator.page import Block, Blocks, Page
from training.generator.printing import Figure, Figures
from training.stress.rerendering import Manuscript, numbers

CLEAN, CLEAN_PAPER = "none", "none_on_paper"
"""Pages without noise, from a word processor and from a printed page."""
STRENGTHS = (1, 2, 3)
_TIMES = {1: 1, 2: 2, 3: 4}
"""How often a damage is done at each strength."""
_ATTEMPTS = 40
"""How often a page is drawn anew where it shows another kind of noise by chance."""
_ATTEMPTS_BY_CHANCE = 60
"""The number of attempts for a kind that cannot be made, only waited for."""
_SCREEN = layouts.named("tabs")
_PAPER = layouts.named("pdf_stream")
_PIPES = layouts.named("pipes")
_OF_PIPES = ("39_lone_pipes", "39_ragged_rows")
"""Kinds that tables with pipes alone can show."""
_PAPER_LAYOUTS = tuple(layout for layout in LAYOUTS if layout.name.startswith("pdf_"))

# Where several layouts, or several styles, show the same kind, the first one is taken.
_LAYOUTS = {kind: layout for layout in reversed(LAYOUTS) for kind in layout.noise}
_STYLES = {style.noise: style for style in reversed(styles.STYLES) if style.noise}
_PRINTING = {habit.noise: habit.apply for habit in printing.HABITS if habit.noise}
_TABLE_DAMAGES = {damage.name: damage for damage in TABLES}
_DRAFT_DAMAGES = {damage.name: damage for damage in DRAFTS}
_PAGE_DAMAGES = {damage.name: damage for damage in PAGES}
_DAMAGES: dict[str, Damage[Page] | Damage[Draft] | Damage[Grid]] = {
    **_PAGE_DAMAGES,
    **_DRAFT_DAMAGES,
    **_TABLE_DAMAGES,
}
_MADE = {*_LAYOUTS, *_STYLES, *_PRINTING, *_DAMAGES, *FIGURES}
_BY_CHANCE = frozenset(noise.kinds()) - _MADE | set(SHOWN)
"""Kinds that a draft or a layout shows by itself or not: drawn until one does."""


@dataclass(frozen=True)
class NoisyPage:
    """A page that shows one kind of noise, and the record that it should yield."""

    name: str
    kind: str
    strength: int
    text: str
    gold: dict[str, object]


def noisy_page(manuscript: Manuscript, kind: str, strength: int, seed: int = 1) -> NoisyPage | None:
    """Return the page of a manuscript with one kind of noise; None where the record has no place for it.

    The strength (1, 2 or 3) is how many of the three tables are laid out so, or how many thirds of the
    paragraphs are typed so; or the damage is done 1, 2 or 4 times. `CLEAN` and `CLEAN_PAPER` are kinds too.
    """
    attempts = _ATTEMPTS_BY_CHANCE if kind in _BY_CHANCE else _ATTEMPTS
    for attempt in range(attempts):
        rng = Random(f"{seed}/{manuscript.name}/{kind}/{strength}/{attempt}")
        page = _attempt(manuscript, kind, strength, rng)
        if page:
            return page
    return None


def _attempt(manuscript: Manuscript, kind: str, strength: int, rng: Random) -> NoisyPage | None:
    """Return a page; None where it does not show the kind of noise, or shows another one."""
    figures = _on_figures(manuscript, kind, strength, rng)
    clean_tables = grids(manuscript.form, figures, Spelling(manuscript.labels), rng)
    tables = _on_tables(clean_tables, kind, strength, rng)
    clean_draft = manuscript.written(tables, rng)
    draft = _on_draft(clean_draft, kind, strength, rng)
    layout = _layout(kind, rng)
    clean_page = _laid_out(draft, kind, layout, strength, rng)
    page = _on_page(clean_page, kind, strength, rng)

    own_noise = set(clean_draft.noise)
    if own_noise - {kind}:
        return None
    is_changed = (
        figures != manuscript.figures or tables != clean_tables or draft != clean_draft or page != clean_page
    )
    is_shown = kind in _LAYOUTS or kind in own_noise or kind in noise.shown(page)
    is_clean_kind = kind in (CLEAN, CLEAN_PAPER)
    if not (is_changed or is_shown or is_clean_kind):
        return None
    name = f"{manuscript.name}@{kind}@{strength}"
    gold = gold_of(name, manuscript.year, manuscript.form, draft, page)
    return NoisyPage(name, kind, strength, "\n".join(entry.text for entry in page), gold)


def _on_figures(manuscript: Manuscript, kind: str, strength: int, rng: Random) -> Figures:
    """Print the figures with a kind of noise that is one of printing, or of the numbers themselves."""
    plain = manuscript.figures
    if kind == ONE_ROW_OTHER:
        return _one_row_other(plain, manuscript.form)
    figures = plain
    for _ in range(_TIMES[strength]):
        if kind in _PRINTING:
            figures = _where_plain(figures, plain, _PRINTING[kind](plain, rng))
        elif kind == WRONG_SUMS:
            figures = _wrong_sum(figures, manuscript.form, rng)
    return figures


def _where_plain(figures: Figures, plain: Figures, changed: Figures) -> Figures:
    """Take a change over only where a cell has none yet: nobody prints `++2`."""

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        is_plain = figure == plain[table][row][column]
        return changed[table][row][column] if is_plain else figure

    return printing.each(figures, change)


def _one_row_other(figures: Figures, form: Form) -> Figures:
    """Print one row where the edition has several: their sum."""
    rows = dict(figures.get("requests", {}))
    if not rows:
        return figures
    form_rows = form.table("requests").rows
    for row in form_rows:
        if row.stands_for and row.id not in rows and all(part in rows for part in row.stands_for):
            parts = [rows.pop(part) for part in row.stands_for]
            rows[row.id] = {}
            for column in row.columns:
                total = sum(part[column].value or 0 for part in parts)
                rows[row.id][column] = Figure(total, str(total))
    in_order = {row.id: rows[row.id] for row in form_rows if row.id in rows}
    return {**figures, "requests": in_order}


def _wrong_sum(figures: Figures, form: Form, rng: Random) -> Figures:
    """Change one printed total."""
    right = numbers(form, figures)
    wrong = with_wrong_sum(form, right, rng)

    def change(table: str, row: str, column: str, figure: Figure) -> Figure:
        value = wrong[table][row][column]
        is_right = value == right[table][row][column]
        return figure if is_right else Figure(value, str(value))

    return printing.each(figures, change)


def _on_tables(tables: list[Grid], kind: str, strength: int, rng: Random) -> list[Grid]:
    """Damage the largest table that can be damaged once, every table once, or every table twice."""
    damage = _TABLE_DAMAGES.get(kind)
    if damage is None:
        return tables
    for _ in range(2 if strength == STRENGTHS[-1] else 1):
        damaged = [damage.apply(grid, rng) for grid in tables]
        changed = [n for n, grid in enumerate(tables) if damaged[n] != grid]
        if strength == 1 and changed:
            largest = max(changed, key=lambda n: tables[n].rows)
            damaged = [*tables[:largest], damaged[largest], *tables[largest + 1 :]]
        tables = damaged
    return tables


def _on_draft(draft: Draft, kind: str, strength: int, rng: Random) -> Draft:
    """Damage a draft, or type it in a style."""
    if kind in _DRAFT_DAMAGES:
        for _ in range(_TIMES[strength]):
            draft = _DRAFT_DAMAGES[kind].apply(draft, rng)
    if kind in _STYLES:
        draft = _typed(draft, kind, strength, rng)
    return draft


def _typed(draft: Draft, kind: str, strength: int, rng: Random) -> Draft:
    """Type a third, two thirds or all of the paragraphs and tables in a style."""
    typed = styles.styled(draft, _STYLES[kind])
    if strength == STRENGTHS[-1]:
        return typed
    share = strength / len(STRENGTHS)
    blocks: Blocks = []
    for before, after in zip(draft.blocks, typed.blocks, strict=True):
        blocks.append(after if rng.random() < share else before)
    return replace(draft, blocks=blocks)


def _layout(kind: str, rng: Random) -> Layout:
    """Return the layout that shows a kind of noise, or one on which it is most common."""
    if kind in _LAYOUTS:
        return _LAYOUTS[kind]
    if kind in SHOWN:
        return rng.choice(_PAPER_LAYOUTS)
    if kind == CLEAN_PAPER:
        return _PAPER
    if kind in _OF_PIPES:
        return _PIPES
    damage = _DAMAGES.get(kind)
    is_of_paper = damage is not None and damage.on_paper > damage.on_screen
    return _PAPER if is_of_paper else _SCREEN


def _laid_out(draft: Draft, kind: str, layout: Layout, strength: int, rng: Random) -> Page:
    """Lay the largest tables, one to three of them, out as the kind of noise has it, the others plainly."""
    tables = draft.grids()
    if kind in _LAYOUTS:
        tables = sorted(tables, key=lambda grid: grid.rows, reverse=True)[:strength]
    noisy = {grid.table for grid in tables}
    write_plain_table = _SCREEN.tables(rng)
    write_noisy_table = layout.tables(rng)
    write_block = layout.prose(rng)
    page: Page = []
    for block in draft.blocks:
        if isinstance(block, Block):
            page += write_block(block)
        elif block.section in noisy:
            page += write_noisy_table(block.grid)
        else:
            page += write_plain_table(block.grid)
    return page


def _on_page(page: Page, kind: str, strength: int, rng: Random) -> Page:
    """Damage a page once, twice or four times."""
    if kind in _PAGE_DAMAGES:
        for _ in range(_TIMES[strength]):
            page = _PAGE_DAMAGES[kind].apply(page, rng)
    return page
