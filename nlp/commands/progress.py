"""Shows on a terminal how far a command is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from nlp.commands.language import in_language, say

T = TypeVar("T")


@contextmanager
def progress(results: Iterable[T], total: int) -> Iterator[Iterable[T]]:
    """Yield the results, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        yield results
        return
    with click.progressbar(results, length=total, file=sys.stderr) as bar:
        yield bar


@contextmanager
def progress_with_failures(results: Iterable[T], total: int, output: str | None) -> Iterator[Iterable[T]]:
    """Yield the results, with a bar on a terminal that shows the rate and how many have a `failure`.

    There is no bar for a single result, and none when the results themselves go to the terminal: `output` is
    None or `-`.
    """
    results_are_shown = output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()
    if total < 2 or results_are_shown or not sys.stderr.isatty():
        yield results
        return
    start = time.monotonic()
    done = failed = 0

    def state(result: T | None) -> str:
        nonlocal done, failed
        if result is not None:
            done += 1
            failed += getattr(result, "failure", None) is not None
        rate = done / max(time.monotonic() - start, 1e-3)
        return in_language(f"{rate:.0f}/s, {failed} failed")

    with click.progressbar(
        results, length=total, file=sys.stderr, item_show_func=state, show_pos=True, show_eta=True
    ) as bar:
        yield bar


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Yield a function that shows on a terminal which step begins, and after how many seconds."""
    start = time.monotonic()

    def show(step: str) -> None:
        if sys.stderr.isatty():
            say(f"\r\033[K{time.monotonic() - start:4.0f} s  {in_language(step)}", nl=False)

    yield show
    show("done\n")
