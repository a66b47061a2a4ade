"""Fills the table of one row where labels stand among its values (四, in boxes)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from nlp.form.form import Table
from nlp.form.sums import adds_up
from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate, in_turn
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import Run, by_turns
from nlp.tables.page.tokens import Kind, Token

CellToken = Token | None


def runs(tokens: Sequence[Token]) -> Iterator[Run]:
    """Yield labels and values by turns, as many of each as stand together."""
    return by_turns(token for token in tokens if token.kind is not Kind.EMPTY)


def torn(
    read: Sequence[CellToken], runs: Sequence[int], table: Table, groups_in_order: bool
) -> list[Candidate]:
    """Return the candidates of values in page order, ambiguous where no sum tells.

    `runs` tell which values stand together. Those of a group follow each other, and its total must hold.
    Groups are told apart only where their labels stand in the order of the form.
    """
    groups = _groups(read, runs, table)
    if groups is None:
        return [_one_of(read)] * len(read)
    if groups_in_order:
        return list(chain.from_iterable(groups))
    of_some_group = []
    for column in zip(*groups, strict=True):
        cells = [candidate.alternatives or (candidate.token,) for candidate in column]
        of_some_group.append(_one_of(list(chain.from_iterable(cells))))
    return of_some_group * len(groups)


def _groups(read: Sequence[CellToken], runs: Sequence[int], table: Table) -> list[list[Candidate]] | None:
    """Return the candidates of groups one after the other; None where a total does not hold.

    Parts that stand together are in the order of the form, others may be in any. Agencies leave totals at 0.
    """
    width, total = len(table.columns), table.total_place
    parts = [*map(list(table.column).index, table.parts)]
    groups: list[list[Candidate]] = []
    for start in range(0, len(read), width):
        group = read[start : start + width]
        together = runs[start + parts[0]] == runs[start + parts[-1]]
        is_left_at_zero = together and (total is None or not count(group[total]))
        if not is_left_at_zero and not adds_up(table.sums_across, [count(cell) or 0 for cell in group]):
            return None
        part = _one_of([group[place] for place in parts])
        is_told = together or not part.alternatives
        candidates = in_turn(group, Way.UNDER_HEADER if is_told else Way.BEHIND_PARTS)
        if not is_told:
            for place in parts:
                candidates[place] = part
        groups.append(candidates)
    return groups


def _one_of(cells: Sequence[CellToken]) -> Candidate:
    """Return the candidate of one of some values: sure where they are the same."""
    return Candidate.among(cells, Way.UNDER_HEADER)
