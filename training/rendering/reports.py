"""The generated reports that go through real tools: what they say, before anything is printed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from nlp.form.form import Form, editions, for_year
from nlp.resources import folder
from training.generator import corpus, layouts, styles
from training.generator.agencies import Agency, agencies
from training.generator.drafting import Draft, draft, facts
from training.generator.figures import WRONG_SUM, Numbers, numbers, with_wrong_sum
from training.generator.grids import Grid, grids, spelling
from training.generator.noise import kinds as noise
from training.generator.page import TableBlock
from training.generator.printing import printed

TRAIN, MEASURE, NET = "train", "measure", "net"
_TABS = next(layout for layout in layouts.LAYOUTS if layout.name == "tabs")
_TABLES = ("06_digits_in_unit", "09_spaced_labels", "22_totals_left_out", "26_dropped_label_characters")
_DRAFTS = ("20_numbering_restarts", "20_numbering_slips", "21_lost_heading", "missing_table")
"""The damages that an agency does to its report; all others come from the tools, which do them in earnest."""


@dataclass(frozen=True)
class Rendered:
    """A report to be rendered: what its files are called, its draft and the record it should yield."""

    name: str
    agency: Agency
    year: int
    form: Form
    draft: Draft
    gold: dict[str, object]
    noise: tuple[str, ...]

    @property
    def number(self) -> int:
        """Which report of its set it is."""
        return int(self.name)

    @property
    def known(self) -> dict[str, str]:
        """What a site's own lines speak of: names and years."""
        return self.agency.known(self.year)


@cache
def settings() -> dict[str, dict[str, int]]:
    """Return the seed and the number of reports of each set.

    >>> sorted(settings())
    ['measure', 'net', 'train']
    """
    path = folder("data") / "rendered" / "settings.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def reports(name: str, count: int | None = None) -> Iterator[Rendered]:
    """Yield the reports of a set, or the first so many of them; those to measure on are never all zeros."""
    among = _agencies(name)
    seed = settings()[name]["seed"]
    for i in range(settings()[name]["count"] if count is None else count):
        yield _report(seed, i, among, not_zero=name != TRAIN)


def _agencies(name: str) -> tuple[Agency, ...]:
    """Part the agencies: every other one to train on, of the rest those that the corpus never met."""
    if name == TRAIN:
        return agencies()[::2]
    met = corpus.met()
    return tuple(agency for agency in agencies()[1::2] if agency.name not in met)


def _report(seed: int, i: int, among: tuple[Agency, ...], *, not_zero: bool) -> Rendered:
    for attempt in range(1000):
        rng = Random(f"rendered/{seed}/{i}/{attempt}")
        agency, year = rng.choice(among), rng.choice(range(2019, 2026))
        form = _form(year, rng)
        filled = numbers(form, rng, agency.scale)
        if not not_zero or _says_something(filled):
            break
    return _written(f"{i:04}", agency, year, form, filled, rng)


def _form(year: int, rng: Random) -> Form:
    form = for_year(year)
    return rng.choice(editions()) if form is None or rng.random() < corpus.WRONG_TEMPLATE else form


def _says_something(filled: Numbers) -> bool:
    """Tell whether there are requests and disclosures at all."""
    tables = (filled["disclosure"], filled["requests"])
    return all(any(any(row.values()) for row in table.values()) for table in tables)


def _written(name: str, agency: Agency, year: int, form: Form, filled: Numbers, rng: Random) -> Rendered:
    kinds: list[str] = []
    if rng.random() < WRONG_SUM:
        filled, kinds = with_wrong_sum(form, filled, rng), [noise.WRONG_SUMS]
    figures, habits = printed(filled, rng)
    tables = grids(form, figures, spelling(form, rng), rng)
    tables, damaged = _damaged(tables, rng)
    written = draft(agency, facts(agency, year, form, filled, rng), tables, rng)
    style, typed = styles.choose(rng)
    damages = [damage for damage in noise.DRAFTS if damage.name in _DRAFTS]
    written, more = noise.struck(styles.styled(written, style), damages, _TABS, rng)
    kinds += [*habits, *damaged, *written.noise, *more, *([typed] if typed else [])]
    gold = corpus.gold_of(name, year, form, written, layouts.laid_out(written.blocks, _TABS, Random(0)))
    del gold["sections"]  # They are spans of lines, which every tool breaks elsewhere.
    return Rendered(name, agency, year, form, written, gold, tuple(sorted(set(kinds))))


def _damaged(tables: list[Grid], rng: Random) -> tuple[list[Grid], list[str]]:
    damages = [damage for damage in noise.TABLES if damage.name in _TABLES]
    struck = [noise.struck(grid, damages, _TABS, rng) for grid in tables]
    return [grid for grid, _ in struck], [name for _, names in struck for name in names]


def grids_of(written: Draft) -> list[Grid]:
    """Return the tables of a draft."""
    return [block.grid for block in written.blocks if isinstance(block, TableBlock)]
