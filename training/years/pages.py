"""A drafted report as the file that a site serves: text in one of the generator's layouts, or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from training.generator import layouts, markup, styles
from training.generator.drafting import Draft
from training.generator.noise import kinds as noise
from training.generator.noise.damage import apply_damages
from training.generator.page import TableBlock, with_borders
from training.generator.worlds import TRAINING, UNSEEN

_HTML = 0.4
"""The share of agencies whose pages are HTML."""


@dataclass(frozen=True)
class Printed:
    """The file of a report, its ending, the kinds of damage that it shows, and the tables it has as text."""

    content: bytes
    ending: str
    noise: tuple[str, ...]
    tables: frozenset[str]


def page(draft: Draft, agency: str, year: int) -> Printed:
    """Return the file of a report; a site prints the reports of an agency in one layout.

    `agency` seeds what is the same in every year. Pages have the damages of
    reports that nothing is trained on.
    """
    habits = Random(f"{agency}/site")
    rng = Random(f"{agency}/{year}/page")
    is_html = habits.random() < _HTML
    layout = layouts.choose(habits, habits.choice([TRAINING, UNSEEN]))
    typed = styles.styled(draft, styles.choose(habits))
    typed, done = apply_damages(typed, noise.drafts(UNSEEN), layout, rng)
    tables = frozenset(block.section for block in typed.blocks if isinstance(block, TableBlock))
    if is_html:
        return Printed(markup.page(typed, markup.habits(habits), rng).encode(), "html", tuple(done), tables)
    lines = layouts.laid_out(typed.blocks, layout, Random(f"{agency}/tables"))
    lines, done_to_page = apply_damages(lines, noise.pages(UNSEEN), layout, rng)
    text = "\n".join(line.text for line in with_borders(lines))
    encoding = habits.choice(["utf-8", "utf-8", "gb18030"])
    content = text.encode(encoding, errors="replace")
    return Printed(content, "txt", (*done, *done_to_page), tables)
