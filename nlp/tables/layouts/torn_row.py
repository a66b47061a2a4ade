"""Fills the table of one row where labels stand among its values (四, in boxes)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from nlp.form.form import Table
from nlp.form.labels.lexicon import Lexicon
from nlp.form.sums import adds_up
from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate, in_turn
from nlp.tables.labels.column_names import columns_in
from nlp.tables.on_lines import lines_of
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import Run, by_turns
from nlp.tables.page.tokens import Kind, Token

CellToken = Token | None
Columns = tuple[int, ...]


def columns_of_values(tokens: Sequence[Token], lexicon: Lexicon) -> list[Columns]:
    """Return for each value the places of the columns that it may have: none where that is not told.

    As many values as headers before them stand in these headers' order. Where that is not the form's, and
    the headers do not stand side by side, each may be any of them: pdfminer turns them around.
    """
    columns_of: list[Columns] = []
    headers: Run = ()
    for run in runs(tokens):
        if run[0].kind is Kind.TEXT:
            headers = run
        else:
            columns_of += _columns_under(headers, len(run), lexicon)
    return columns_of


def runs(tokens: Sequence[Token]) -> Iterator[Run]:
    """Yield labels and values by turns, as many of each as stand together."""
    return by_turns(token for token in tokens if token.kind is not Kind.EMPTY)


def _columns_under(headers: Sequence[Token], values: int, lexicon: Lexicon) -> Sequence[Columns]:
    """Return the columns that each of so many values may have, given the headers before them."""
    untold: list[Columns] = [()] * values
    texts = [" ".join([token.text for token in line]) for line in lines_of(headers)]
    order = list(lexicon.table.column)
    lines = [list(map(order.index, columns_in(text, lexicon))) for text in texts]
    named = list(chain.from_iterable(lines))
    if len(named) != values:
        return untold
    width = len(order)
    columns = sorted(set(named))
    once = len(columns) == len(named)
    if " " in "".join(texts):
        of_groups = columns if once else columns * (values // width)
        are_in_turn = sorted(named) == sorted(of_groups) and all(_go_on(line, width) for line in lines)
        return [(column,) for column in of_groups] if are_in_turn else untold
    if _go_on(named, width):
        return [(column,) for column in named]
    return [tuple(named)] * values if once else untold


def _go_on(columns: Sequence[int], width: int) -> bool:
    """Tell whether columns stand in the order of the form, a new group beginning behind the last one."""
    return all(one < two or one == width - 1 for one, two in pairwise(columns))


def torn(
    read: Sequence[CellToken],
    columns_of: Sequence[Columns],
    runs: Sequence[int],
    table: Table,
    groups_in_order: bool,
) -> list[Candidate]:
    """Return the candidates of values in page order, ambiguous where neither headers nor sums tell.

    `columns_of` are the columns that each value may have, `runs` tell which stand together. A group's values
    are those that come first in their columns, and its total must hold. Groups are told apart only where
    their labels stand in the order of the form.
    """
    groups = _under_headers(read, columns_of, table) or _in_turn(read, runs, table)
    if groups is None:
        return [_one_of(read)] * len(read)
    if not groups_in_order:
        return [_of_some_group(column) for column in zip(*groups, strict=True)] * len(groups)
    return list(chain.from_iterable(groups))


def _under_headers(
    read: Sequence[CellToken], columns_of: Sequence[Columns], table: Table
) -> list[list[Candidate]] | None:
    """Return each group's candidates by its values' headers; None where one has none, or a sum breaks."""
    columns: list[list[Candidate]] = [[] for _ in table.columns]
    at = 0
    while at < len(read):
        if not columns_of[at]:
            return None
        together = read[at : at + len(columns_of[at])]
        for column in columns_of[at]:
            columns[column].append(_one_of(together))
        at += len(together)
    if set(map(len, columns)) != {len(read) // len(table.columns)}:
        return None
    groups = [list(group) for group in zip(*columns, strict=True)]
    return groups if all(_may_add_up(group, table) for group in groups) else None


def _in_turn(read: Sequence[CellToken], runs: Sequence[int], table: Table) -> list[list[Candidate]] | None:
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
        if not is_left_at_zero and not _adds_up(group, table):
            return None
        candidates = in_turn(group, Way.UNDER_HEADER if together else Way.BEHIND_PARTS)
        if not together:
            part = _one_of([group[place] for place in parts])
            for place in parts:
                candidates[place] = part
        groups.append(candidates)
    return groups


def _may_add_up(group: Sequence[Candidate], table: Table) -> bool:
    """Tell whether the total of a group may hold: it does, or some of its values are open."""
    is_open = any(candidate.alternatives for candidate in group)
    return is_open or _adds_up([candidate.token for candidate in group], table)


def _adds_up(group: Sequence[CellToken], table: Table) -> bool:
    return adds_up(table.sums_across, [count(cell) or 0 for cell in group])


def _one_of(cells: Iterable[CellToken]) -> Candidate:
    """Return the candidate of one of some values: sure where they are the same."""
    return Candidate.among(cells, Way.UNDER_HEADER)


def _of_some_group(candidates: Iterable[Candidate]) -> Candidate:
    """Return the candidate of a column in any of the groups."""
    return _one_of(
        [cell for candidate in candidates for cell in (candidate.alternatives or (candidate.token,))]
    )
