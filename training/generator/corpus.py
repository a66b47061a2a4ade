"""A generated corpus: labelled pages with their gold records, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from nlp.form.form import Form, editions, for_year
from training.generator import layouts, styles
from training.generator.agencies import Agency, agencies
from training.generator.drafting import Draft, draft, facts
from training.generator.figures import WRONG_SUM, Number, Numbers, numbers, with_wrong_sum
from training.generator.grammar import Phrases
from training.generator.grids import Grid, grids, spelling
from training.generator.layouts import Layout
from training.generator.noise import kinds as noise
from training.generator.noise.damage import apply_damages
from training.generator.page import Page, spans, with_borders
from training.generator.printing import printed
from training.generator.worlds import TRAINING, World

YEARS = (2019, 2020, 2021, 2021, 2022, 2022, 2023, 2023, 2024, 2024, 2025, 2025)
"""The years of the reports; one that is listed twice is drawn twice as often."""
WRONG_TEMPLATE = 0.02
"""The share of reports that follow the edition of another year."""


@dataclass(frozen=True)
class Sample:
    """A page, the label of each of its lines ("" for a blank one), and the record that it should yield.

    `layout` and `noise` name the layout of the page and the kinds of noise that it shows.
    """

    name: str
    text: str
    labels: tuple[str, ...]
    gold: dict[str, object]
    agency: str
    layout: str
    noise: tuple[str, ...]


def samples(
    seed: int, count: int, *, agencies: slice | None = None, world: World = TRAINING
) -> Iterator[Sample]:
    """Yield `count` samples; the i-th depends on the seed, i, the world and the agencies to choose from only.

    >>> sample = next(samples(7, 1))
    >>> len(sample.labels) == len(sample.text.split("\\n"))
    True
    """
    for i in range(count):
        yield sample(seed, i, agencies, world)


def sample(seed: int, i: int, among: slice | None = None, world: World = TRAINING) -> Sample:
    """Return the i-th sample of a seed, by one of all agencies of a world or of a slice of them."""
    rng = Random(f"{seed}/{i}")
    agency = rng.choice(agencies(world)[among or slice(None)])
    year = rng.choice(YEARS)
    form = form_of(year, rng)
    layout = layouts.choose(rng, world)
    written, draft_noise = _draft_with_noise(agency, year, form, layout, rng, world)
    page = layouts.laid_out(written.blocks, layout, rng)
    layout_noise = [*layout.noise, *noise.shown(page)]
    page, page_noise = apply_damages(page, noise.pages(world), layout, rng)
    page = with_borders(page)
    name = f"{i:05}"
    return Sample(
        name=name,
        text="\n".join(entry.text for entry in page),
        labels=tuple(entry.label for entry in page),
        gold=gold_of(name, year, form, written, page),
        agency=agency.name,
        layout=layout.name,
        noise=tuple(sorted({*draft_noise, *layout_noise, *page_noise})),
    )


def met(seed: int = 1, count: int = 1000) -> frozenset[str]:
    """Return the agencies of the first samples of a seed, by default those that the shipped model has met."""
    return frozenset(Random(f"{seed}/{i}").choice(agencies()).name for i in range(count))


def form_of(year: int, rng: Random) -> Form:
    """Return the edition of the form for a year; at times another one, as agencies use old templates."""
    form = for_year(year)
    if form is None or rng.random() < WRONG_TEMPLATE:
        return rng.choice(editions())
    return form


def _draft_with_noise(
    agency: Agency, year: int, form: Form, layout: Layout, rng: Random, world: World
) -> tuple[Draft, list[str]]:
    """Return a drafted report, typed and damaged, and the kinds of noise that it shows."""
    filled, kinds = _numbers(form, agency, rng)
    figures, printing_noise = printed(filled, rng)
    tables = grids(form, figures, spelling(form, rng, world), rng)
    tables, table_noise = noise.damaged_tables(tables, layout, rng, world)
    phrases = partial(Phrases, world=world)
    written = draft(agency, facts(agency, year, form, filled, rng), tables, rng, phrases)
    style = styles.choose(rng)
    written = styles.styled(written, style)
    written, draft_noise = apply_damages(written, noise.drafts(world), layout, rng)
    kinds += [*printing_noise, *table_noise, *written.noise, *draft_noise]
    if style.noise:
        kinds.append(style.noise)
    return written, kinds


def _numbers(form: Form, agency: Agency, rng: Random) -> tuple[Numbers, list[str]]:
    """Return the numbers of a report, and the kinds of noise that come with them."""
    filled = numbers(form, rng, agency.scale)
    kinds = []
    if any(row.optional and row.id in filled["requests"] for row in form.table("requests").rows):
        kinds.append(noise.ONE_ROW_OTHER)
    if rng.random() < WRONG_SUM:
        filled = with_wrong_sum(form, filled, rng)
        kinds.append(noise.WRONG_SUMS)
    return filled, kinds


def gold_of(name: str, year: int, form: Form, written: Draft, page: Page) -> dict[str, object]:
    """Return the record that a page should yield: agency and year only where the page prints them."""
    text = ""
    for entry in page:
        if entry.label not in ("furniture", ""):
            text += "".join(entry.text.split())
    gold: dict[str, object] = {"source": name}
    if written.organization in text:
        gold["organization"] = written.organization
    if str(year) in text:
        gold["year"] = year
    gold["form"] = form.edition
    gold["tables"] = _printed_values(written.grids())
    gold["sections"] = {kind: span for kind, span in spans(page).items() if kind not in ("title", "preface")}
    gold["problems"] = [{"text": problem} for problem in written.problems]
    improvements = []
    for measure, answers in written.improvements:
        improvement: dict[str, object] = {"text": measure}
        if answers:
            improvement["answers"] = list(answers)
        improvements.append(improvement)
    gold["improvements"] = improvements
    return gold


def _printed_values(tables: Sequence[Grid]) -> dict[str, dict[str, dict[str, Number | None]]]:
    """Return the values that tables print, None for a blank cell: table id, row id, column id."""
    values: dict[str, dict[str, dict[str, Number | None]]] = {}
    for grid in tables:
        rows = values.setdefault(grid.table, {})
        for box in grid.boxes:
            if box.cell and box.figure:
                row, column = box.cell
                rows.setdefault(row, {})[column] = box.figure.value
    return values
