"""Shows what was found: broken sums by kind, findings between reports, and which agencies have most."""

from __future__ import annotations

from collections import Counter

from nlp.across.knowledge import kinds
from nlp.claims.vocabulary import kinds as kinds_of_claims
from nlp.form.names import parts
from nlp.overview.chart_cards import section
from nlp.overview.charts import bar
from nlp.overview.gathering import Gathered
from nlp.overview.notes import SOURCE
from nlp.overview.words import Words, count
from nlp.record.model import CLAIM_CHECKS
from nlp.showing.markup import Child, Markup, element, joined, table

_AGENCIES = 30
"""How many agencies are listed."""


def shown(gathered: Gathered, words: Words) -> Markup:
    """Return the section."""
    return section(
        "findings",
        words("section_findings"),
        element(
            "div",
            _sums(gathered, words),
            _across(gathered, words),
            _claims(gathered, words),
            class_="cards wide",
        ),
        _agencies(gathered, words),
    )


def _sums(gathered: Gathered, words: Words) -> Markup:
    by_report: Counter[tuple[str, str]] = Counter()
    undecided: Counter[tuple[str, str]] = Counter()
    reports: dict[tuple[str, str], set[int]] = {}
    for report in gathered.reports.tolist():
        for id, blame in gathered.notes.broken[report]:
            if id.startswith(CLAIM_CHECKS):
                continue
            table_id, relation, _ = parts(id)
            kind = (table_id, relation)
            (by_report if blame == SOURCE else undecided)[kind] += 1
            reports.setdefault(kind, set()).add(report)
    note = words("findings_sums_note", reports=count(len(gathered.reports)))
    heads = ("what", "source_column", "undecided_column", "in_reports")
    head: list[Child] = [words(name) for name in heads]
    rows: list[list[Child]] = []
    for kind in sorted(reports, key=lambda kind: -len(reports[kind])):
        name = f"{words.listed('tables', kind[0])}：{words.listed('sums', kind[1])}"
        numbers = _barred(by_report[kind], by_report, "s1"), _barred(undecided[kind], undecided, "s-untold")
        rows.append([name, *numbers, count(len(reports[kind]))])
    checked = int(gathered.collection.count("holds")[gathered.reports].sum())
    empty = words("findings_none" if checked else "findings_nothing_checked")
    return _card(words("findings_sums"), note, [head, *rows] if rows else [], empty)


def _barred(number: int, among: Counter[tuple[str, str]], tone: str) -> Markup:
    highest = max(among.values(), default=0) or 1
    return joined([count(number), " ", bar(number / highest, tone)])


def _across(gathered: Gathered, words: Words) -> Markup:
    head = [words(name) for name in ("what", "compared", "holds", "broken", "not_assessable")]
    rows: list[list[Child]] = [[*head]]
    for counts in gathered.across.counts:
        name = words.listed("across", counts.kind) if words.language != "zh" else kinds()[counts.kind].checked
        share = counts.broken / max(1, counts.broken + counts.holds)
        numbers = (count(counts.all), count(counts.holds))
        broken = joined([count(counts.broken), " ", bar(share, "s1")])
        rows.append([name, *numbers, broken, count(counts.not_assessable)])
    return _card(words("findings_across"), "", rows, "")


def _claims(gathered: Gathered, words: Words) -> Markup | None:
    """Return how many numbers of the prose differ, by what they speak of; None where none is told."""
    found = Counter(
        parts(id)[1]
        for report in gathered.reports.tolist()
        for id, _ in gathered.notes.broken[report]
        if id.startswith(CLAIM_CHECKS)
    )
    if not found:
        return None
    rows: list[list[Child]] = [[words("what"), words("broken")]]
    for kind, number in found.most_common():
        name = kinds_of_claims()[kind].zh if kind in kinds_of_claims() and words.language == "zh" else kind
        rows.append([name, joined([count(number), " ", bar(number / max(found.values()), "s1")])])
    return _card(words("findings_claims"), "", rows, "")


def _agencies(gathered: Gathered, words: Words) -> Markup:
    kinds_of_finding = [
        ("sums", gathered.notes.sums),
        ("across", gathered.across_count),
        ("claims", gathered.notes.claims),
    ]
    if gathered.reused:
        kinds_of_finding.append(("copied", gathered.copied_count))
    found: dict[int, list[int]] = {}
    for report, agency in zip(gathered.reports.tolist(), gathered.agencies.tolist(), strict=True):
        numbers = [number(report) for _, number in kinds_of_finding]
        if any(numbers):
            found[agency] = [
                sum(pair) for pair in zip(found.get(agency, [0] * len(numbers)), numbers, strict=True)
            ]
    order = sorted(found, key=lambda agency: (-sum(found[agency]), gathered.choice.agencies[agency].name))
    names = ["agency", "place", "findings", *(name for name, _ in kinds_of_finding)]
    rows: list[list[Child]] = [[words.listed("columns", name) for name in names]]
    for place in order[:_AGENCIES]:
        agency = gathered.choice.agencies[place]
        total = sum(found[place])
        barred = joined([count(total), " ", bar(total / sum(found[order[0]]), "s1")])
        where = "".join(part for part in agency.place if part)
        rows.append([agency.name, where, barred, *map(count, found[place])])
    note = words(
        "findings_agencies_note",
        with_findings=count(len(found)),
        agencies=count(len(set(gathered.agencies.tolist()))),
        shown=count(min(len(found), _AGENCIES)),
    )
    empty = words("findings_none")
    return _card(words("findings_agencies"), note, rows if found else [], empty, "findings agencies")


def _card(title: str, note: str, rows: list[list[Child]], empty: str, class_: str = "findings") -> Markup:
    return element(
        "div",
        element("h3", title),
        element("p", note, class_="note") if note else None,
        table(rows, class_) if rows else element("p", empty),
        class_="card",
    )
