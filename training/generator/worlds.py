"""What generated reports are written from: a world to train on, and one kept from training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from nlp.resources import knowledge


@dataclass(frozen=True)
class World:
    """Files of data/phrases that the reports of a world share, and that no other world reads.

    `folder` is where they lie below data/phrases, with a slash behind it, "" for data/phrases itself, and
    `chapters` are those with symbols of the grammar.
    """

    name: str
    folder: str
    chapters: tuple[str, ...]
    dress: float = 1.0
    """How many times as often as usual pages show what scraped ones do; if more, none is of paper."""

    def file(self, name: str) -> dict[str, list[str]]:
        """Return what one of the world's files holds."""
        return knowledge(f"phrases/{self.folder}{name}")

    def symbols(self) -> Mapping[str, list[str]]:
        """Return every symbol of the world's grammar with its alternatives, official names included."""
        return _symbols(self)


@cache
def _symbols(world: World) -> dict[str, list[str]]:
    every = dict(official())
    for chapter in world.chapters:
        every.update(world.file(chapter))
    return every


def official() -> dict[str, list[str]]:
    """Return the names that notices and the form give, which every world uses."""
    return knowledge("phrases/official")


TRAINING = World(
    "training",
    "",
    (
        "common",
        "titles",
        "preface",
        "clauses",
        "overview",
        "problem_clauses",
        "problems",
        "other_matters",
        "chrome",
        "sites",
    ),
)
"""What the line model is trained on."""
UNSEEN = World("unseen", "unseen/", ("common", "titles", "prose", "problems", "chrome"))
"""What reports are written from that nothing is trained or tuned on."""
SCRAPED = replace(UNSEEN, name="scraped", dress=4.0)
"""The same as pages that were scraped."""
