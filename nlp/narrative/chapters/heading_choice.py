"""Chooses the headings of a report among the lines that read like one: by their order and what follows."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nlp.narrative.chapters.headings import Heading, candidates, kinds
from nlp.narrative.chapters.lost_headings import found_again
from nlp.narrative.identity.titles import title
from nlp.text.lines import Line

TABLES = ("disclosure", "requests", "review_litigation")

_TABLE_LABELS = ("table_row", "numeric_cell")
_NEAR = 8
_FAR = 40
_NO_TABLE = 0.25
_LEAST = 0.4
_SURE = 4.0


def headings(lines: Sequence[Line], labels: Sequence[str | None]) -> tuple[list[Heading], int]:
    """Return the headings of a report's chapters in page order, at most one of a kind, and where it ends.

    The end is the number of lines, or the position of the line with which another report begins.
    """
    chosen, after = _best_report(_weighed(list(candidates(lines, labels)), lines, labels))
    end = len(lines) if after is None else _title_line(lines, labels, chosen, after)
    if len(chosen) < len(kinds()):
        chosen = found_again(lines, labels, chosen)
    return chosen, end


def _weighed(found: list[Heading], lines: Sequence[Line], labels: Sequence[str | None]) -> list[Heading]:
    """Weigh what follows a heading: a list of headings has nothing under them, a table has a table."""
    weighed = []
    for at, heading in enumerate(found):
        after = found[at + 1].first if at + 1 < len(found) else len(lines)
        score = heading.score - 2.0 * _is_empty(heading, after, lines)
        if heading.kind in TABLES:
            score += 1.0 if _is_before_table(heading, lines, labels) else -_NO_TABLE * heading.score
        weighed.append(replace(heading, score=score))
    return [heading for heading in weighed if heading.score > _LEAST]


def _is_empty(heading: Heading, after: int, lines: Sequence[Line]) -> bool:
    """Tell whether nothing stands between a heading and the next one."""
    if after >= len(lines) or heading.column < len(lines[heading.last].raw):
        return False
    return not any(lines[at].plain for at in range(heading.last + 1, min(after, heading.last + _FAR)))


def _is_before_table(heading: Heading, lines: Sequence[Line], labels: Sequence[str | None]) -> bool:
    near = range(heading.last + 1, min(heading.last + 1 + _NEAR, len(lines)))
    return any(labels[at] in _TABLE_LABELS for at in near)


def _best_report(found: list[Heading]) -> tuple[list[Heading], Heading | None]:
    """Return the best chain of headings, and what the next report begins with.

    Of a table of contents and a text it is the text, of two reports the first.
    """
    chains = [_chain(report) for report in _reports(found)]
    enough = 0.8 * max(map(_sum, chains), default=0)
    good = [chain for chain in chains if chain and _sum(chain) >= enough]
    if not good:
        return [], None
    return good[0], good[1][0] if len(good) > 1 else None


def _sum(chain: Sequence[Heading]) -> float:
    return sum(heading.score for heading in chain)


def _reports(found: list[Heading]) -> list[list[Heading]]:
    """Cut the headings where they begin anew: an overview after three or more other chapters."""
    reports: list[list[Heading]] = [[]]
    seen: set[str] = set()
    for heading in found:
        if heading.kind == kinds()[0] and heading.score > 2 and len(seen - {heading.kind}) > 2:
            reports.append([])
            seen = set()
        reports[-1].append(heading)
        seen.add(heading.kind)
    return reports


def _chain(found: list[Heading]) -> list[Heading]:
    """Return the headings in official order that score best together, then those that fit nowhere."""
    best: list[tuple[float, list[Heading]]] = [(0.0, [])] * (len(kinds()) + 1)
    for heading in found:
        order = kinds().index(heading.kind) + 1
        score, chain = max(best[:order], key=lambda known: known[0])
        if score + heading.score > best[order][0]:
            best[order] = (score + heading.score, [*chain, heading])
    chain = max(best, key=lambda known: known[0])[1]
    return sorted([*chain, *_out_of_order(found, chain)], key=lambda heading: heading.place)


def _out_of_order(found: Sequence[Heading], chain: Sequence[Heading]) -> list[Heading]:
    """Return the headings of sure name and number whose kind has no place in the chain."""
    left: dict[str, Heading] = {heading.kind: heading for heading in chain}
    for heading in found:
        if heading.score >= _SURE:
            left.setdefault(heading.kind, heading)
    return [heading for heading in left.values() if heading not in chain]


def _title_line(
    lines: Sequence[Line], labels: Sequence[str | None], chosen: Sequence[Heading], after: Heading
) -> int:
    """Return where the next report begins: at its title, else at its first chapter."""
    start = chosen[-1].last + 1
    above = title(lines[start : after.first], labels[start : after.first], after.first - start)
    return start + above.first if above else after.first
