"""A kind of noise as a function that damages a table, a drafted report or a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Generic, TypeVar

from training.generator.layouts import Layout

T = TypeVar("T")
"""What a damage changes: a `Grid`, a `Draft` or a `Page`."""


@dataclass(frozen=True)
class Damage(Generic[T]):
    """A kind of noise, the function that makes it, and the share of reports that have it.

    `name` is the id of the kind in gold records and in data/README.md. `apply(whole, rng)` returns a damaged
    copy, or `whole` itself where the report has no place for the damage. `on_screen` and `on_paper` are the
    probabilities (0 to 1) with which reports from word processors and web pages, and printed reports, get it.
    """

    name: str
    apply: Callable[[T, Random], T]
    on_screen: float = 0.0
    on_paper: float = 0.0

    def share(self, layout: Layout) -> float:
        """Return the probability of this damage in reports with a layout."""
        return self.on_paper if layout.on_paper else self.on_screen


FIRST_OF_SITES = 37
"""Kinds of noise from this number on are those of scraped pages."""


def dressed(damages: Iterable[Damage[T]], times: float) -> Iterator[Damage[T]]:
    """Yield damages; on screen, those that are the web's come so many times as often.

    >>> [damage.on_screen for damage in dressed([Damage("50_menu", lambda page, rng: page, 0.1)], 5)]
    [0.5]
    """
    for damage in damages:
        number = damage.name[:2]
        if number.isdigit() and int(number) >= FIRST_OF_SITES:
            share = min(0.9, times * damage.on_screen)
            yield replace(damage, on_screen=share)
        else:
            yield damage


def apply_damages(whole: T, damages: Iterable[Damage[T]], layout: Layout, rng: Random) -> tuple[T, list[str]]:
    """Apply each damage with its probability; return the result and the names of those that changed it.

    A damage whose probability is 0 draws no random number.
    """
    names = []
    for damage in damages:
        share = damage.share(layout)
        if share == 0 or rng.random() >= share:
            continue
        damaged = damage.apply(whole, rng)
        if damaged != whole:
            names.append(damage.name)
        whole = damaged
    return whole, names
