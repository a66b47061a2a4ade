"""The figures of docs/years.md as Markdown."""

from __future__ import annotations

import re

from training.years.judging import Judged, Score, share
from training.years.world import World

_FIGURES = "(<!-- figures of seed {seed} -->\\n).*?(<!-- /figures -->)"


def filled(page: str, made: World, found: Judged) -> str:
    """Return the page with the figures of a world in the place of its seed.

    ValueError where the page has no place for them.
    """
    place = re.compile(_FIGURES.format(seed=made.seed), re.DOTALL)
    if not place.search(page):
        raise ValueError(f"the page has no <!-- figures of seed {made.seed} --> to be filled")
    return place.sub(lambda found_place: found_place[1] + figures(made, found) + found_place[2], page)


def figures(made: World, found: Judged) -> str:
    """Return what was planted and found, by kind, with intervals by report."""
    looked_at = [kind for kind, _, _ in found.looked_at]
    rows = "".join(_row(score, looked_at.count(score.kind)) for score in found.scores)
    unseen = ", ".join(f"{count} of `{kind}`" for kind, count in sorted(made.unseen.items()))
    years = f"{made.years[0]} to {made.years[-1]}"
    return (
        f"{len(made.offices)} agencies, {years}, {found.pages:,} pages, seed {made.seed}.\n\n"
        "| kind | planted | found | as doubtful | recall | missed, and to be looked at | told | as doubtful "
        "| right | precision |\n"
        f"|---|--:|--:|--:|---|--:|--:|--:|--:|---|\n{rows}\n"
        f"Of the pages, {share(found.joined, found.pages)} stand under the one name of their agency; "
        f"{found.without_name} have none, {found.mixed} stand under another agency's.\n"
        f"Not counted, since a cell of theirs is not printed: {unseen or 'none'}.\n"
    )


def _row(score: Score, looked_at: int) -> str:
    """Return the row of a kind; where its findings are told as those of another kind, that has them."""
    told = ["", "", "", ""]
    if score.told:
        told = [str(score.told), str(score.told_open), str(score.right), score.precision]
    found = [score.planted, score.found, score.found_open, score.recall, looked_at]
    cells = [f"`{score.kind}`", *found, *told]
    return f"| {' | '.join(map(str, cells))} |\n"
