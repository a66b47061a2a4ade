"""Writes what docs/across.md and docs/panel.md show and measure: `python -m training.across`."""

from __future__ import annotations

import re
from pathlib import Path

from nlp.across.across import across
from nlp.across.knowledge import kinds
from nlp.across.text import findings_text
from nlp.collection.collection import Builder
from nlp.panel.rates import Rate, rates
from nlp.resources import knowledge
from training.across.example import example
from training.across.trial import Trial, trial

_SEEDS = range(10)
_DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    """Run the trial and write the pages; what was missed or is false is printed."""
    found = trial(_SEEDS)
    parts = {"trial": trial_part(found, len(_SEEDS)), "example": example_part()}
    for what, keys in (("missed", found.missed), ("false", found.false)):
        for key in keys:
            print(what, *key)
    _write("across.md", parts)
    _write("panel.md", {"rates": rates_part()})


def trial_part(found: Trial, worlds: int) -> str:
    """Return how well planted faults are found, as Markdown."""
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


def example_part() -> str:
    """Return what the command says of the example, as Markdown."""
    builder = Builder()
    for record in example():
        builder.add(record)
    told = findings_text(across(builder.collection()))
    return f"```console\n$ nianbao check --across-only records.jsonl\n{told}```\n"


def rates_part() -> str:
    """Return the table of rates, as Markdown."""
    told = {rate["id"]: rate for rate in knowledge("rates")["rate"]}
    rows = "".join(_rate_row(rate, told[rate.id]) for rate in rates())
    return f"| rate | | numerator | denominator |\n|---|---|---|---|\n{rows}"


def _rate_row(rate: Rate, told: dict[str, list[str]]) -> str:
    sides = (" + ".join(f"`{cell}`" for cell in told[side]) for side in ("numerator", "denominator"))
    return f"| `{rate.id}` | {rate.zh} | {' | '.join(sides)} |\n"


def _write(page: str, parts: dict[str, str]) -> None:
    text = (_DOCS / page).read_text(encoding="utf-8")
    for name, part in parts.items():
        block = re.compile(rf"(?<=<!-- {name} -->\n).*(?=<!-- /{name} -->)", re.DOTALL)
        text = block.sub(lambda _, part=part: part, text)  # type: ignore[misc]
    (_DOCS / page).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
