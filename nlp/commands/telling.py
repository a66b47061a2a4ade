"""Tells on standard error how a batch goes: by a bar, by lines, or in JSON for programs."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from nlp.commands.language import in_language, say, tell_program, why
from nlp.commands.output import printable

if TYPE_CHECKING:
    from nlp.record.model import Failure

WAYS = ("auto", "bar", "lines", "json", "none")
_BETWEEN_LINES = 10.0
_BETWEEN_EVENTS = 1.0
"""Seconds between two lines, and between two events in JSON."""


@dataclass
class Counts:
    """What became of the inputs of a batch; of those that were `read` an earlier run has read `kept`."""

    inputs: int
    kept: int = 0
    read: int = 0
    to_review: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    passed_over: Mapping[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """How many inputs have a record."""
        return self.read + self.failed.total()


class Telling:
    """Tells how a batch goes."""

    def __init__(self, way: str, counts: Counts) -> None:
        self.way = way
        self.counts = counts
        self._start = self._last = time.monotonic()
        self._event("begin", inputs=counts.inputs, kept=counts.kept, passed_over=dict(counts.passed_over))

    def say(self, words: str) -> None:
        """Tell something in words."""
        if self.way == "json":
            self._event("words", words=words)
        else:
            say(words)

    def fail(self, path: str, failure: Failure, origin: str = "") -> None:
        """Tell why an input failed; `origin` is the line of the list that named it."""
        if self.way == "json":
            self._event("failure", path=path, code=failure.code, message=failure.message, listed=origin)
            return
        message = why(failure.code, failure.message).removeprefix(path).lstrip(": ")
        before = f"{origin}: " if origin else ""
        say(f"{printable(before + path)}: {message}")

    def step(self) -> None:
        """Tell, if it is time, how far the batch is."""
        now = time.monotonic()
        if now - self._last < (_BETWEEN_EVENTS if self.way == "json" else _BETWEEN_LINES):
            return
        self._last = now
        if self.way == "json":
            self._event("progress", **self._figures())
        elif self.way == "lines":
            figures = self._figures()
            say(
                f"{figures['done']:,} of {figures['inputs']:,}, {figures['per_second']:g}/s, "
                f"{figures['failed']:,} failed, about {_span(figures['seconds_left'])} left",
            )

    def end(self, how: str, passed_over: str, go_on: str = "") -> None:
        """Tell what became of the inputs; `go_on` is the command that goes on with what is not done."""
        counts = self.counts
        if self.way == "json":
            self._event(
                "end",
                how=how,
                inputs=counts.inputs,
                kept=counts.kept,
                read=counts.read,
                to_review=counts.to_review,
                failed=dict(counts.failed),
                passed_over=dict(counts.passed_over),
                go_on=go_on or None,
            )
            return
        if passed_over:
            say(f"Passed over in folders: {printable(passed_over)}.")
        if counts.failed:
            codes = ", ".join(f"{count:,} {code}" for code, count in sorted(counts.failed.items()))
            say(f"Failed: {codes}.")
        say(
            f"{counts.read} read, {counts.to_review} of them to be reviewed; {counts.failed.total()} failed.",
        )

    def _figures(self) -> dict[str, Any]:
        counts = self.counts
        seconds = time.monotonic() - self._start
        rate = (counts.done - counts.kept) / max(seconds, 1e-3)
        left = (counts.inputs - counts.done) / rate if rate else None
        return {
            "done": counts.done,
            "inputs": counts.inputs,
            "failed": counts.failed.total(),
            "to_review": counts.to_review,
            "seconds": round(seconds, 1),
            "per_second": round(rate, 1),
            "seconds_left": None if left is None else round(left),
        }

    def _event(self, event: str, **facts: object) -> None:
        if self.way == "json":
            tell_program(json.dumps({"event": event, **facts}, ensure_ascii=False))


@contextmanager
def telling(way: str, counts: Counts, output: str | None) -> Iterator[Telling]:
    """Yield what tells how a batch goes; `output` is where its records go, `-` for standard output."""
    way = _settled(way, counts.inputs, output)
    if way != "bar":
        yield Telling(way, counts)
        return
    shown: Any = click.progressbar(
        length=counts.inputs,
        file=sys.stderr,
        item_show_func=lambda _: _state(counts),
        show_pos=True,
        show_eta=True,
    )
    with shown as bar:
        yield _Bar(counts, bar)


class _Bar(Telling):
    """Shows a bar on a terminal."""

    def __init__(self, counts: Counts, bar: Any) -> None:
        super().__init__("bar", counts)
        self._bar = bar
        self._shown = 0
        self.step()

    def step(self) -> None:
        """Move the bar to where the batch is."""
        self._bar.update(self.counts.done - self._shown, self.counts)
        self._shown = self.counts.done


def _settled(way: str, inputs: int, output: str | None) -> str:
    """Return which way `auto` is: a bar on a terminal that shows nothing else, lines where there is none."""
    if way != "auto":
        return way
    if not sys.stderr.isatty():
        return "lines"
    results_are_shown = output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()
    return "none" if inputs < 2 or results_are_shown else "bar"


def _state(counts: Counts) -> str:
    return in_language(f"{counts.failed.total()} failed")


def _span(seconds: int | None) -> str:
    """Return a time in words.

    >>> _span(42), _span(600), _span(9000), _span(None)
    ('42 s', '10 min', '2.5 h', 'an unknown time')
    """
    if seconds is None:
        return "an unknown time"
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
