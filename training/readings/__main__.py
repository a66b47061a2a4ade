"""Fits what each fault of a table's reading costs, and writes it down: `python -m training.readings`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import json

from nlp.resources import folder
from training import observed
from training.confidence.pages import KnownPage, pages, pages_kept_out
from training.readings.fitting import fitted, lost
from training.readings.observing import Choice, choices

_FOLDS = 5
_EVERY = 6
"""Of most pages each of so many is read: they leave no choice."""
_WHOLE = {"tools", "odd"}
"""Pages that real tools made, and odd ones, are all read: few others have labels that the form lacks."""
_OWN_ROWS = "44_own_row"
"""The kind of noise that gives an agency rows of its own; all of its pages are read."""


def main() -> None:
    """Read pages with known truth, fit, hold out tools and agencies, and write the costs."""
    arguments = ArgumentParser(prog="python -m training.readings", description=__doc__)
    arguments.add_argument("--jobs", type=int, default=2)
    jobs = arguments.parse_args().jobs
    seen = list(choices(_some(pages()), jobs))
    kept_out = list(choices(pages_kept_out(), jobs))
    observed.write(observed.CHOICES, seen)
    weights = fitted(seen)
    measured = {
        "choices": dict(sorted(Counter(choice.source for choice in seen).items())),
        "tools_held_out": _held_out(seen, [choice.tool for choice in seen]),
        "agencies_held_out": _held_out(seen, [choice.agency for choice in seen]),
        "kept_out": _share(lost(kept_out, weights), len(kept_out)),
    }
    written = json.format(json.encode({"weights": weights, "measured": measured}), indent=1)
    file = folder("models") / "tables" / "readings.json"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(written + b"\n")
    print(written.decode())


def _some(known: Iterator[KnownPage]) -> Iterator[KnownPage]:
    """Yield all pages that are likely to leave a choice, and a share of the others."""
    counts: Counter[str] = Counter()
    for page in known:
        is_likely = page.source in _WHOLE or page.tool == _OWN_ROWS
        if is_likely or counts[page.source] % _EVERY == 0:
            yield page
        counts[page.source] += 1


def _held_out(seen: Sequence[Choice], groups: Sequence[str]) -> dict[str, int]:
    """Return what is lost where each fifth of the groups is judged by costs fitted on the others."""
    names = sorted(set(groups))
    total = (0, 0)
    for fold in range(_FOLDS):
        out = set(names[fold::_FOLDS])
        inside = [choice for choice, group in zip(seen, groups, strict=True) if group not in out]
        outside = [choice for choice, group in zip(seen, groups, strict=True) if group in out]
        wrong, worth = lost(outside, fitted(inside))
        total = (total[0] + wrong, total[1] + worth)
    return _share(total, len(seen))


def _share(losses: tuple[int, int], choices: int) -> dict[str, int]:
    wrong, worth = losses
    return {"choices": choices, "not_the_best": wrong, "worth_lost": worth}


if __name__ == "__main__":
    main()
