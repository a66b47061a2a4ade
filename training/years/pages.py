"""A drafted report as the file that a site serves: text in one of the generator's layouts, or HTML."""

from __future__ import annotations

from random import Random

from training.generator import layouts, markup, styles
from training.generator.drafting import Draft
from training.generator.noise import kinds as noise
from training.generator.noise.damage import apply_damages
from training.generator.page import with_borders
from training.generator.worlds import TRAINING, UNSEEN

_HTML = 0.4
"""The share of agencies whose pages are HTML."""


def page(draft: Draft, agency: str, year: int) -> tuple[bytes, str]:
    """Return the file of a report and its ending; a site prints the reports of an agency in one layout.

    `agency` seeds what is the same in every year. Pages have the damages of reports that nothing is trained on.
    """
    habits = Random(f"{agency}/site")
    rng = Random(f"{agency}/{year}/page")
    is_html = habits.random() < _HTML
    layout = layouts.choose(habits, habits.choice([TRAINING, UNSEEN]))
    typed = styles.styled(draft, styles.choose(habits))
    typed, _ = apply_damages(typed, noise.drafts(UNSEEN), layout, rng)
    if is_html:
        return markup.page(typed, markup.habits(habits), rng).encode(), "html"
    lines = layouts.laid_out(typed.blocks, layout, Random(f"{agency}/tables"))
    lines, _ = apply_damages(lines, noise.pages(UNSEEN), layout, rng)
    text = "\n".join(line.text for line in with_borders(lines))
    encoding = habits.choice(["utf-8", "utf-8", "gb18030"])
    return text.encode(encoding, errors="replace"), "txt"
