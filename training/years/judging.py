"""Holds what was told of a world against what was planted: recall, precision, agencies joined right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from training.scoring.proportions import clopper_pearson
from training.years.findings import Told
from training.years.world import Key, PageFile, World

SAME_AS: Mapping[str, str] = {
    "contradiction": "claim",
    "contradiction_newest": "claim",
    "claim_fresh": "claim",
    "claim_newest": "claim",
    "same_file": "same_report",
}
"""Kinds of faults that are told as findings of another kind."""
ALSO_TOLD_AS: Mapping[str, str] = {
    "another_year_in_prose": "year_left",
    "copied_from_other": "name_left",
}
"""Kinds rightly told as others as well: `reuse` tells last year's period, and names in copied text."""
IN_PLACE = ("same_report",)
"""Where a report is another year's, all that stands in it is that year's, and no finding of its own."""


_BETWEEN_YEARS = ("carried_over", "in_force", "previous_items")
"""What tables of another year break as well, against the year before and after: no finding of its own."""


@dataclass(frozen=True)
class Score:
    """How well a kind is found: faults planted and found, findings told and right.

    `found_open` and `told_open` are those among them that are told as doubtful.
    """

    kind: str
    planted: int
    found: int
    told: int
    right: int
    found_open: int = 0
    told_open: int = 0

    @property
    def recall(self) -> str:
        """The share of planted faults that are found, with its interval."""
        return share(self.found, self.planted)

    @property
    def precision(self) -> str:
        """The share of findings that are right, with its interval."""
        return share(self.right, self.told)


@dataclass(frozen=True)
class Judged:
    """Scores by kind, what was missed and what was told wrongly, and how agencies were joined.

    `looked_at` are the missed ones whose report, or the one for the year before, a person is to look at.
    """

    scores: list[Score]
    missed: list[Key]
    false: list[Key]
    looked_at: set[Key]
    joined: int
    without_name: int
    mixed: int
    pages: int


def share(count: int, of: int) -> str:
    """Return a share with the exact interval that holds it 95 times of 100.

    >>> share(39, 40), share(0, 0)
    ('0.975 (0.868–0.999)', '–')
    """
    interval = clopper_pearson(count, of)
    if interval is None:
        return "–"
    low, high = interval
    return f"{count / of:.3f} ({low:.3f}–{high:.3f})"


def judged(made: World, found: Told, pages: Mapping[str, PageFile]) -> Judged:
    """Return how right is what was told of a world; `pages` by the paths that records have."""
    copies(made, found)
    planted = defaultdict(set)
    for kind, office, year in made.faults:
        planted[SAME_AS.get(kind, kind)].add((office, year))
    echoes = {(office, year) for kind in IN_PLACE for office, year in planted[kind]}
    told_again = {
        (kind, office, later)
        for office, year in planted["another_years_data"]
        for kind in _BETWEEN_YEARS
        for later in (year, year + 1)
    }
    scores, missed, false = [], [], []
    kinds = list(dict.fromkeys([*(kind for kind, _, _ in made.faults)]))
    for kind in kinds:
        own = {(office, year) for of_kind, office, year in made.faults if of_kind == kind}
        as_kind = SAME_AS.get(kind, kind)
        told = {(office, year) for of_kind, office, year in found.findings if of_kind == as_kind}
        if as_kind not in IN_PLACE:
            told -= echoes - own
        missed += [(kind, *place) for place in sorted(own - told)]
        told -= {(office, year) for of_kind, office, year in told_again if of_kind == as_kind}
        right = told & planted[as_kind]
        for other, also in ALSO_TOLD_AS.items():
            if also == as_kind:
                right |= told & planted[other]
        if kind == as_kind:
            false += [(kind, *place) for place in sorted(told - right)]
        told_here = len(told) if kind == as_kind else 0
        opened = {(office, year) for of_kind, office, year in found.left_open if of_kind == as_kind}
        scores.append(
            Score(
                kind,
                planted=len(own),
                found=len(own & told),
                told=told_here,
                right=len(right) if told_here else 0,
                found_open=len(own & told & opened),
                told_open=len(told & opened) if told_here else 0,
            )
        )
    looked_at = {
        (kind, office, year)
        for kind, office, year in missed
        if {(office, year), (office, year - 1)} & found.to_review
    }
    return Judged(scores, missed, false, looked_at, *_joined(found, pages), len(pages))


def copies(made: World, found: Told) -> None:
    """Note each shared passage as a finding: of the report it was planted in, else of its last report.

    What stands word for word in all of them is no false finding, though nobody planted it: it is left out. So
    are reports that are one.
    """
    one_report = {
        (office, year) for kind, office, year in made.faults if kind in ("same_report", "same_file")
    }
    for chain in found.chains:
        kind = "copied_from_other" if chain.is_between else "copied_from_last"
        if any(place in one_report for place in chain.places):
            continue
        planted = [place for place in chain.places if (kind, *place) in made.faults]
        for place in planted or ([] if chain.same else [chain.places[-1]]):
            found.findings.setdefault((kind, *place), []).append(chain.text)
            found.sure.add((kind, *place))


def _joined(found: Told, pages: Mapping[str, PageFile]) -> tuple[int, int, int]:
    """Return how many pages stand under their agency's name, under none, and under another agency's."""
    names: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for path, page in pages.items():
        name = found.names.get(path)
        if name is not None:
            names[page.office][name] += 1
    of_office = {office: counts.most_common(1)[0][0] for office, counts in names.items()}
    owners = Counter(of_office.values())
    right = without = mixed = 0
    for path, page in pages.items():
        name = found.names.get(path)
        if name is None:
            without += 1
        elif name == of_office[page.office] and owners[name] == 1:
            right += 1
        elif any(name == other for office, other in of_office.items() if office != page.office):
            mixed += 1
    return right, without, mixed
