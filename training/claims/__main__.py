"""Measures how far claims may be believed: `python -m training.claims [REPORTS]` writes what it found."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from nlp.claims.vocabulary import kinds
from nlp.resources import folder, knowledge
from nlp.writers.output import keep
from training.claims.measuring import LEAST, Counted, counted, total
from training.claims.planting import sentences
from training.claims.trial import SENTENCES, Outcome, outcomes
from training.generator.worlds import TRAINING, UNSEEN
from training.model.measurements import table

_REPORTS = 250
_SEED = 20
_WORLDS = {"tuned": TRAINING, "kept": UNSEEN}
_FOOT = ("doubtful", "weak")

_PRECISION = """\
# How far claims may be believed, by kind: written by `python -m training.claims`; docs/claims.md says how.
# A number that differs from the tables is a finding where its confidence is at least `finding`. One with a
# confidence below `differs` that is not equal may speak of another thing, and is not held against the tables.
finding = {finding}
differs = {differs}
weak = {weak}
doubtful = {doubtful}

[plain]
{plain}
"""


def main(arguments: Sequence[str]) -> None:
    """Plant sentences into as many reports as asked for, of each set; write the page and the precisions."""
    count = int(arguments[0]) if arguments else _REPORTS
    found = {which: list(outcomes(which, _SEED, count, world)) for which, world in _WORLDS.items()}
    measured = {which: counted(listed) for which, listed in found.items()}
    every = counted([outcome for listed in found.values() for outcome in listed])
    _write_precisions(every)
    _write_page(count, found, measured)


def _write_precisions(every: dict[str, Counted]) -> None:
    kept = knowledge("claims_precision")
    plain = {kind: one for kind, one in every.items() if kind not in _FOOT and one.plain >= LEAST}
    text = _PRECISION.format(
        finding=kept["finding"],
        differs=kept["differs"],
        weak=_share(every, "weak"),
        doubtful=_share(every, "doubtful"),
        plain="\n".join(f"{kind} = {one.precision:.3f}" for kind, one in plain.items()),
    )
    keep(folder("data") / "claims_precision.toml", text.encode())


def _share(every: dict[str, Counted], wording: str) -> str:
    return f"{every[wording].right / every[wording].plain:.3f}"


def _write_page(count: int, found: dict[str, list[Outcome]], measured: dict[str, dict[str, Counted]]) -> None:
    page = folder("data").parent / "docs" / "claims.md"
    before, _, _ = page.read_text(encoding="utf-8").partition(_MARK)
    parts = [before.rstrip(), "", _MARK, ""]
    parts.append(_HOW.format(count=count, sentences=SENTENCES))
    for which, counts in measured.items():
        parts.append(_set_of_sentences(which, counts))
        own = [outcome for outcome in found[which] if outcome.planted is None]
        findings = sum(outcome.finding is not None for outcome in own)
        parts.append(
            f"In the reports' own prose {len(own)} claims were found, {findings} of them findings.\n"
        )
    keep(page, "\n".join(parts).encode())


_MARK = "## Measured"
_HOW = """\
Written by `python -m training.claims {count}`: sentences of `data/claims_trial.toml`, {sentences} to a
report, planted in one of two places into {count} generated reports for each set; three of five sentences have
a wrong number. Reports that a person should look at anyway are left out. *Told*: planted numbers that are
found with the cells that they speak of. *Plain and right*: of the claims whose words leave no doubt, those
that do speak of these cells. *Noticed*: wrong planted numbers whose claim is plain and differs. *Findings
right*: of all plain claims that differ, those on wrong numbers, told as what they are.
Findings in a report's own prose are of sentences that print 0 as such, and of generated prose that says that
there were no disputes above a table that has some.
"""
_SETS = {
    "tuned": "Sentences on which the words were tuned",
    "kept": "Sentences on which nothing was tuned",
}


def _set_of_sentences(which: str, counts: dict[str, Counted]) -> str:
    rows = [["kind", "told", "plain and right", "noticed", "findings right"]]
    of_kinds = [one for name, one in counts.items() if name not in _FOOT]
    for name, one in counts.items():
        if name not in _FOOT:
            rows.append([f"`{name}` {kinds()[name].zh}", *_figures(one)])
    rows.append(["**all**", *_figures(total(of_kinds))])
    for name in _FOOT:
        if name in counts:
            one = counts[name]
            rows.append([f"*{name} wording*", "", _of(one.right, one.plain), "", ""])
    return f"### {_SETS[which]} ({len(sentences(which))})\n\n{table(*rows)}"


def _figures(one: Counted) -> list[str]:
    return [
        _of(one.told, one.planted),
        _of(one.right, one.plain),
        _of(one.noticed, one.wrong),
        _of(one.findings - one.false, one.findings),
    ]


def _of(part: int, whole: int) -> str:
    return f"{part / whole:.1%} of {whole:,}" if whole else "–"


if __name__ == "__main__":
    main(sys.argv[1:])
