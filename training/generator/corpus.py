"""A generated corpus: labelled pages with their gold records, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from nlp.form.form import Form, editions, for_year
from training.generator import layouts, styles
from training.generator.agencies import Agency, agencies
from training.generator.drafting import Draft, draft, facts
from training.generator.figures import WRONG_SUM, Numbers, numbers, with_wrong_sum
from training.generator.grids import Grid, grids, spelling
from training.generator.layouts import Layout
from training.generator.noise import kinds as noise
from training.generator.page import Page, TableBlock, spans
from training.generator.printing import printed

WRONG_TEMPLATE = 0.02
"""The share of reports that follow the edition of another year."""


@dataclass(frozen=True)
class Sample:
    """A page, the label of each of its lines, and the record that it should yield."""

    name: str
    text: str
    labels: tuple[str, ...]
    gold: dict[str, object]
    agency: str
    layout: str
    noise: tuple[str, ...]


def samples(seed: int, count: int, *, agencies: slice | None = None) -> Iterator[Sample]:
    """Yield `count` samples; the i-th depends on the seed, i and the agencies to choose from only.

    >>> sample = next(samples(7, 1))
    >>> len(sample.labels) == len(sample.text.split("\\n"))
    True
    """
    for i in range(count):
        yield sample(seed, i, agencies)


def sample(seed: int, i: int, among: slice | None = None) -> Sample:
    """Return the i-th sample of a seed."""
    rng = Random(f"{seed}/{i}")
    agency = rng.choice(agencies()[among or slice(None)])
    year = rng.choice([2019, 2020, 2021, 2021, 2022, 2022, 2023, 2023, 2024, 2024, 2025, 2025])
    form = _form(year, rng)
    layout = layouts.choose(rng)
    written, kinds = _written(agency, year, form, layout, rng)
    page = layouts.laid_out(written.blocks, layout, rng)
    kinds += [*layout.noise, *noise.shown(page)]
    page, damages = noise.struck(page, noise.PAGES, layout, rng)
    return Sample(
        f"{i:05}",
        "\n".join(entry.text for entry in page),
        tuple(entry.label for entry in page),
        gold_of(f"{i:05}", year, form, written, page),
        agency.name,
        layout.name,
        tuple(sorted({*kinds, *damages})),
    )


def met(seed: int = 1, count: int = 1000) -> frozenset[str]:
    """Name the agencies of the first samples of a seed, which are those that the shipped model has met."""
    return frozenset(Random(f"{seed}/{i}").choice(agencies()).name for i in range(count))


def _form(year: int, rng: Random) -> Form:
    form = for_year(year)
    if form is None or rng.random() < WRONG_TEMPLATE:
        return rng.choice(editions())
    return form


def _written(agency: Agency, year: int, form: Form, layout: Layout, rng: Random) -> tuple[Draft, list[str]]:
    """Return the drafted report in its style, and the kinds of noise it shows."""
    filled, kinds = _numbers(form, agency, rng)
    figures, habits = printed(filled, rng)
    tables = grids(form, figures, spelling(form, rng), rng)
    tables, damages = noise.struck_tables(tables, layout, rng)
    written = draft(agency, facts(agency, year, form, filled, rng), tables, rng)
    style, typed = styles.choose(rng)
    written = styles.styled(written, style)
    written, more = noise.struck(written, noise.DRAFTS, layout, rng)
    return written, [*kinds, *habits, *damages, *written.noise, *more, *([typed] if typed else [])]


def _numbers(form: Form, agency: Agency, rng: Random) -> tuple[Numbers, list[str]]:
    filled = numbers(form, rng, agency.scale)
    kinds = [noise.ONE_ROW_OTHER] if _one_row(form, filled) else []
    if rng.random() < WRONG_SUM:
        return with_wrong_sum(form, filled, rng), [*kinds, noise.WRONG_SUMS]
    return filled, kinds


def _one_row(form: Form, filled: Numbers) -> bool:
    return any(row.optional and row.id in filled["requests"] for row in form.table("requests").rows)


def gold_of(name: str, year: int, form: Form, written: Draft, page: Page) -> dict[str, object]:
    """Return the record that a page should yield."""
    kinds = spans(page)
    said = "".join("".join(entry.text.split()) for entry in page if entry.label not in ("furniture", ""))
    return {
        "source": name,
        **({"organization": written.organization} if written.organization in said else {}),
        **({"year": year} if str(year) in said else {}),
        "form": form.edition,
        "tables": _tables([block.grid for block in written.blocks if isinstance(block, TableBlock)]),
        "sections": {kind: span for kind, span in kinds.items() if kind not in ("title", "preface")},
        "problems": [{"text": text} for text in written.problems],
        "improvements": [
            {"text": text, **({"answers": list(answers)} if answers else {})}
            for text, answers in written.improvements
        ],
    }


def _tables(tables: list[Grid]) -> dict[str, dict[str, dict[str, int | float | None]]]:
    """Return what the printed tables say: bare values, None for a blank cell."""
    said: dict[str, dict[str, dict[str, int | float | None]]] = {}
    for grid in tables:
        rows = said.setdefault(grid.table, {})
        for box in grid.boxes:
            if box.cell and box.figure:
                rows.setdefault(box.cell[0], {})[box.cell[1]] = box.figure.value
    return said
