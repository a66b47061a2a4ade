"""Writes into docs/across.md how well planted faults are found: `python -m training.across`."""

from __future__ import annotations

import re
from pathlib import Path

from nlp.across.knowledge import kinds
from training.across.trial import Trial, trial

_SEEDS = range(10)
_PAGE = Path(__file__).parents[2] / "docs" / "across.md"
_BLOCK = re.compile(r"(?<=<!-- trial -->\n).*(?=<!-- /trial -->)", re.DOTALL)


def page_part(found: Trial, worlds: int) -> str:
    """Return the part of the page, as Markdown."""
    rows = "".join(
        f"| `{score.kind}` | {kinds()[score.kind].zh} | {score.planted} | {score.found} | {score.false} "
        f"| {score.precision:.3f} | {score.recall:.3f} |\n"
        for score in found.scores
    )
    return (
        f"{worlds} worlds, {found.agencies:,} agencies, {found.records:,} records of 2019 to 2023.\n\n"
        "| kind | | planted | found | found where none is | precision | recall |\n"
        f"|---|---|---|---|---|---|---|\n{rows}"
    )


def main() -> None:
    """Run the trial and write the page; what was missed or is false is printed."""
    found = trial(_SEEDS)
    text = page_part(found, len(_SEEDS))
    print(text)
    for what, keys in (("missed", found.missed), ("false", found.false)):
        for key in keys:
            print(what, *key)
    page = _PAGE.read_text(encoding="utf-8")
    _PAGE.write_text(_BLOCK.sub(lambda _: text, page), encoding="utf-8")


if __name__ == "__main__":
    main()
