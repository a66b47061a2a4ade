"""Fills the table that is one row of values under its groups' headers (四)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from msgspec import structs

from nlp.report import Number
from nlp.tables.filling import Slot, agreed, total_holds
from nlp.tables.glued import cuts, cuts_by_groups
from nlp.tables.keys import key
from nlp.tables.lexicon import Lexicon
from nlp.tables.placing import FILLINGS
from nlp.tables.row_headers import columns_told
from nlp.tables.tokens import Kind, Token, joined

_ONE_LINE, _LINES, _BY_SUMS, _DOUBTFUL, _UNFILLED, _GUESS = 0.999, 0.98, 0.95, 0.85, 0.5, 0.4

Valuing = Callable[[Token | None], Number | None]
Order = list[int]


def fill(
    tokens: Sequence[Token], lexicon: Lexicon, value: Valuing, rows: Sequence[str], page_in_order: bool = True
) -> list[Slot] | None:
    """Return a slot for each cell, row after row; None where nothing of the table is found.

    Where all its headers stand, but no number, its cells are blank, as far as one can see.

    The values stand in the order of the form, or with the totals behind the parts (pdftotext): the
    sums tell, then the order of the headers; where neither does the cells in question are ambiguous.
    Where the page's other tables are not set in order, values are doubtful unless their own headers
    stand above them: pdfminer turns this row around under the same headers. On such a page groups are
    told apart only where their labels, `rows`, stand in the order of the form.
    """
    width, groups = len(lexicon.table.columns), len(lexicon.table.rows)
    cells = _cells(tokens, width * groups)
    if not any(cell.kind in FILLINGS for cell in cells):
        blank = page_in_order and _headers_in_order(tokens, lexicon)
        return [Slot(None, _UNFILLED)] * (width * groups) if blank else None
    if len(cells) == 1 and (slots := _cut(cells[0], groups, width, value)):
        return slots
    if len(cells) != width * groups:
        return _uncertain(cells, width * groups)
    if cells[0].line == cells[-1].line:
        return [Slot.of(cell, _ONE_LINE) for cell in cells]
    read = [cell if cell.kind is Kind.VALUE else None for cell in cells]
    in_order = _headers_in_order(tokens, lexicon)
    slots = list(_chosen(read, _totals_last(width, groups), value, width, in_order))
    if page_in_order:
        return slots
    slots = list(_under_headers(slots, columns_told(tokens, lexicon), value, width))
    if list(rows) != [row.id for row in lexicon.table.rows]:
        return list(_of_some_group(slots, value, width))
    return slots


def _under_headers(
    slots: Sequence[Slot], told: Sequence[int | None], value: Valuing, width: int
) -> Iterator[Slot]:
    """Yield slots, doubtful where a group's parts differ and not each stands under its header."""
    for start in range(0, len(slots), width):
        group = slots[start : start + width]
        columns = told[start : start + width]
        if len({value(slot.token) for slot in group[:-1]}) == 1:
            yield from group
        elif set(columns) == set(range(width)):
            yield from (group[columns.index(column)] for column in range(width))
        else:
            yield from (structs.replace(slot, sureness=min(slot.sureness, _DOUBTFUL)) for slot in group)


def _of_some_group(slots: Sequence[Slot], value: Valuing, width: int) -> Iterator[Slot]:
    """Yield slots, ambiguous where another group has another value in the column."""
    for n, slot in enumerate(slots):
        column = [other.token for other in slots[n % width :: width]]
        alike = len({value(token) for token in column}) == 1
        yield slot if alike else Slot(None, _GUESS, tuple(column))


def _cells(tokens: Sequence[Token], count: int) -> list[Token]:
    """Return the values' tokens: with the empty ones where a delimited line holds just enough cells."""
    filled = [token for token in tokens if token.kind in FILLINGS]
    lines = {token.line for token in filled}
    whole = _without_page_number(joined(filled), count)
    if len(whole) < count and len(lines) == 1:
        blank = [token for token in tokens if token.line in lines and token.kind is Kind.EMPTY]
        on_line = _within_borders(sorted([*whole, *blank], key=lambda token: token.cell), count)
        one_each = len({token.cell for token in on_line}) == len(on_line)
        bordered = on_line[0].kind is Kind.EMPTY and (
            len(on_line) > count or blank == [on_line[0], on_line[-1]]
        )
        if (
            one_each
            and not bordered
            and len(on_line) >= count
            and all(t.kind is Kind.EMPTY for t in on_line[count:])
        ):
            return on_line[:count]
    return whole if len(whole) == count else filled


def _within_borders(cells: list[Token], count: int) -> list[Token]:
    """Return the cells of a line without the empty ones outside its borders, where they are too many."""
    ends = {cells[0].kind, cells[-1].kind}
    return cells[1:-1] if len(cells) == count + 2 and ends == {Kind.EMPTY} else cells


def _without_page_number(values: list[Token], count: int) -> list[Token]:
    """Return values without a number that stands alone below a line with one for every cell."""
    lines = [token.line for token in values]
    alone = len(values) == count + 1 and len(set(lines[:count])) == 1 and lines[-1] != lines[0]
    return values[:count] if alone else values


def _cut(digits: Token, groups: int, width: int, value: Valuing) -> list[Slot] | None:
    """Return the slots of values that lost the white space between them; None where they cannot be cut."""
    if len(digits.text) == groups * width:
        return [Slot(token, _BY_SUMS) for token in cuts(digits, groups * width)[0]]
    readings = cuts_by_groups(digits, groups, width, lambda cut: _adds_up([value(part) for part in cut]))
    if not readings:
        return None
    return agreed(readings, _BY_SUMS)


def _adds_up(group: Sequence[Number | None]) -> bool:
    return sum(part or 0 for part in group[:-1]) == group[-1]


def _headers_in_order(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell whether the headers above the values name every column of every group in turn.

    Read as one string: tools break and glue them (`审结总计`, `总计结果` / `维持`).
    """
    headers = "".join(key(token.text) for token in takewhile(_is_text, tokens))
    table = lexicon.table
    found = re.findall("|".join(sorted(lexicon.columns, key=len, reverse=True)), headers)
    return [lexicon.columns[text] for text in found] == [column.id for column in table.columns] * len(
        table.rows
    )


def _is_text(token: Token) -> bool:
    return token.kind not in FILLINGS


def _totals_last(width: int, groups: int) -> Order:
    """Return for each cell of the form where it stands when every group's total comes after all parts."""
    parts = (width - 1) * groups
    return [
        parts + group if column == width - 1 else group * (width - 1) + column
        for group in range(groups)
        for column in range(width)
    ]


def _chosen(
    read: list[Token | None], other: Order, value: Valuing, width: int, headers_in_order: bool
) -> Iterator[Slot]:
    reordered = [read[at] for at in other]
    in_order, totals_last = (_sums(tokens, value, width) for tokens in (read, reordered))
    for one, two in zip(read, reordered, strict=True):
        if value(one) == value(two):
            yield Slot(one, _LINES)
        elif in_order > totals_last or (in_order == totals_last and headers_in_order):
            yield Slot(one, _BY_SUMS)
        elif totals_last > in_order:
            yield Slot(two, _BY_SUMS)
        else:
            yield Slot(None, _GUESS, (one, two))


def _sums(tokens: Sequence[Token | None], value: Valuing, width: int) -> int:
    """Count the groups whose total holds, less those where it does not."""
    groups = [[value(token) for token in tokens[at : at + width]] for at in range(0, len(tokens), width)]
    verdicts = [total_holds(group) for group in groups]
    broken = sum(not _adds_up([*group[:-1], group[-1] or 0]) for group in groups)
    return sum(1 for holds in verdicts if holds) - broken


def _uncertain(cells: list[Token], count: int) -> list[Slot]:
    """Return slots that cannot be told; all numbers alike are no help, a blank may be among them."""
    distinct = tuple({token.text: token for token in cells}.values())
    return [Slot(None, _GUESS, distinct)] * count
