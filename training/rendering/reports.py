"""The generated reports that go through real tools: what they say, before anything is printed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from nlp.form.form import Form
from nlp.resources import folder
from training.generator import corpus, layouts, styles
from training.generator.agencies import Agency, agencies
from training.generator.drafting import Draft, draft, facts
from training.generator.figures import WRONG_SUM, Numbers, numbers, with_wrong_sum
from training.generator.grids import grids, spelling
from training.generator.noise import kinds as noise
from training.generator.noise.damage import apply_damages
from training.generator.printing import printed

TRAIN, MEASURE, NET = "train", "measure", "net"
_TABS = layouts.named("tabs")
_OWN_NOISE = (
    "06_digits_in_unit",
    "09_spaced_labels",
    "20_numbering_restarts",
    "20_numbering_slips",
    "21_lost_heading",
    "22_totals_left_out",
    "26_dropped_label_characters",
    "missing_table",
)
"""The damages that an agency does to its own report; all others are left to the tools themselves."""
_MOST_ATTEMPTS = 1000
"""How often a report is drawn anew until it has requests and disclosures that are not zero."""


@dataclass(frozen=True)
class Rendered:
    """A report to be rendered.

    `name` is what its files are called, `gold` the record that it should yield, and `noise` the kinds of
    noise that its agency made.
    """

    name: str
    agency: Agency
    year: int
    form: Form
    draft: Draft
    gold: dict[str, object]
    noise: tuple[str, ...]

    @property
    def number(self) -> int:
        """The position of the report in its set, from 0."""
        return int(self.name)

    @property
    def facts(self) -> dict[str, str]:
        """The names and years that the lines of the site around the report use."""
        return self.agency.facts(self.year)


@cache
def settings() -> dict[str, dict[str, int]]:
    """Return the seed and the number of reports of each set.

    >>> sorted(settings())
    ['kept_out', 'measure', 'net', 'train']
    """
    path = folder("data") / "rendered" / "settings.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def reports(name: str, count: int | None = None) -> Iterator[Rendered]:
    """Yield the reports of a set, or the first `count` of them; those to measure on are never all zeros."""
    among = _agencies(name)
    seed = settings()[name]["seed"]
    if count is None:
        count = settings()[name]["count"]
    for i in range(count):
        yield _report(seed, i, among, may_be_zero=name == TRAIN)


def _agencies(name: str) -> tuple[Agency, ...]:
    """Return every other agency to train on; to measure on, those of the rest that the corpus never met."""
    if name == TRAIN:
        return agencies()[::2]
    met = corpus.met()
    return tuple(agency for agency in agencies()[1::2] if agency.name not in met)


def _report(seed: int, i: int, among: tuple[Agency, ...], *, may_be_zero: bool) -> Rendered:
    for attempt in range(_MOST_ATTEMPTS):
        rng = Random(f"rendered/{seed}/{i}/{attempt}")
        agency = rng.choice(among)
        year = rng.choice(range(2019, 2026))
        form = corpus.form_of(year, rng)
        filled = numbers(form, rng, agency.scale)
        if may_be_zero or (_has_a_value(filled["disclosure"]) and _has_a_value(filled["requests"])):
            break
    return _written(f"{i:04}", agency, year, form, filled, rng)


def _has_a_value(rows: dict[str, dict[str, int | float]]) -> bool:
    return any(any(cells.values()) for cells in rows.values())


def _written(name: str, agency: Agency, year: int, form: Form, filled: Numbers, rng: Random) -> Rendered:
    """Return a report with its gold record, printed, typed and damaged as its agency does it."""
    kinds = []
    if rng.random() < WRONG_SUM:
        filled = with_wrong_sum(form, filled, rng)
        kinds.append(noise.WRONG_SUMS)
    figures, printing_noise = printed(filled, rng)
    kinds += printing_noise
    table_damages = [damage for damage in noise.TABLES if damage.name in _OWN_NOISE]
    tables = []
    for grid in grids(form, figures, spelling(form, rng), rng):
        damaged, table_noise = apply_damages(grid, table_damages, _TABS, rng)
        tables.append(damaged)
        kinds += table_noise
    written = draft(agency, facts(agency, year, form, filled, rng), tables, rng)
    kinds += written.noise
    style = styles.choose(rng)
    if style.noise:
        kinds.append(style.noise)
    draft_damages = [damage for damage in noise.DRAFTS if damage.name in _OWN_NOISE]
    written, draft_noise = apply_damages(styles.styled(written, style), draft_damages, _TABS, rng)
    kinds += draft_noise
    gold = corpus.gold_of(name, year, form, written, layouts.laid_out(written.blocks, _TABS, Random(0)))
    del gold["sections"]  # These are spans of lines, which every tool breaks elsewhere.
    return Rendered(name, agency, year, form, written, gold, tuple(sorted(set(kinds))))
