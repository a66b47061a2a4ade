"""Pages that are no report, as they stand beside reports: explanations, notices, other yearly reports."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from training.generator import layouts
from training.generator.agencies import agencies
from training.generator.corpus import YEARS
from training.generator.grammar import Phrases
from training.generator.noise import dress
from training.generator.noise.damage import apply_damages, dressed
from training.generator.page import Page, line
from training.generator.worlds import SCRAPED, World


def others(seed: int, count: int, world: World = SCRAPED) -> Iterator[str]:
    """Yield the texts of `count` pages that are no report, kind after kind, dressed as sites dress pages.

    >>> "解读" in next(others(1, 1))
    True
    """
    kinds: list[dict[str, Any]] = world.file("others")["page"]  # type: ignore[assignment]
    for i in range(count):
        rng = Random(f"others/{seed}/{i}")
        page = _page(kinds[i % len(kinds)], world, rng)
        layout = layouts.choose(rng, world)
        page, _ = apply_damages(page, dressed(dress.damages(world), world.dress), layout, rng)
        yield "\n".join(entry.text for entry in page)


def _page(kind: dict[str, Any], world: World, rng: Random) -> Page:
    """Return title and sentences of a page of a kind."""
    agency = rng.choice(agencies(world))
    phrases = Phrases(rng, {**agency.facts(rng.choice(YEARS)), "we": rng.choice(agency.we)}, world)
    page = [line(phrases.fill(rng.choice(kind["titles"])), "heading", "title")]
    page += [line(phrases.fill(text), "narrative", "overview") for text in kind["texts"]]
    return page
