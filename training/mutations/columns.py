"""Oddities of columns: moved, left out, joined, printed for two years, and columns of the agency's own."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.mutations.oddity import is_regular, permuted, with_column
from training.mutations.sheet import (
    GONE,
    LEFT,
    UNREADABLE,
    ZERO_OR_BLANK,
    Block,
    Cell,
    Key,
    PrintedRow,
    Sheet,
)

_OWN_COLUMNS = ("上年同期", "上年数", "同比增减", "占比", "备注", "中介机构")
"""Headers of columns that the form does not have."""
_OF_OWN_COLUMNS = (("0", "1", "4", "19"), ("0", "12.5%", "33%"), ("", "/", "含上年"))
"""What such a column has in its cells."""
_WIDEST = 4
"""So many cells have rows of 二 that are padded."""


def columns_of_requests_moved(sheet: Sheet, rng: Random) -> Sheet:
    """The columns of 三 in another order, at times the totals first and the rest as ever."""
    block = sheet.tables["requests"][0]
    order = list(range(len(block.rows[0].cells)))
    if rng.random() < 0.4:
        order = [order[-1], *order[:-1]]
    else:
        rng.shuffle(order)
    return sheet.with_blocks("requests", [permuted(block, order)], "columns_of_requests_moved")


def columns_of_disclosure_moved(sheet: Sheet, rng: Random) -> Sheet:
    """The columns of 二 in another order in each block."""
    blocks = []
    for block in sheet.tables["disclosure"]:
        order = list(range(len(block.rows[0].cells)))
        rng.shuffle(order)
        blocks.append(permuted(block, order))
    return sheet.with_blocks("disclosure", blocks, "columns_of_disclosure_moved")


def headers_with_uppers(sheet: Sheet, rng: Random) -> Sheet:
    """The headers of the lower level of 三 with the name over them, as a tool flattens two levels."""
    block = sheet.tables["requests"][0]
    joint = rng.choice(["-", "_", "：", "."])
    upper = rng.choice(["法人或其他组织", "申请人情况{0}法人或其他组织", "组织"]).format(joint)
    *above, (first, *names) = block.headers
    whole = ("自然人", "总计")
    flat = [(name if name in whole else f"{upper}{joint}{name}", span) for name, span in names]
    if above:
        return sheet
    block = replace(block, headers=((first, *flat),))
    return sheet.with_blocks("requests", [block], "headers_with_uppers")


def groups_of_reviews_moved(sheet: Sheet, rng: Random) -> Sheet:
    """The groups of 四 in another order, at times their totals first."""
    block = sheet.tables["review_litigation"][0]
    if len(block.headers) == 1 or any(cell.text == LEFT for cell in block.rows[0].cells):
        return sheet
    groups, names = block.headers
    width = groups[0][1]
    chunks = [slice(at, at + width) for at in range(0, len(names), width)]
    order = list(range(len(chunks)))
    rng.shuffle(order)
    inner = list(range(width))
    if rng.random() < 0.5:
        inner = [inner[-1], *inner[:-1]]
    cells = block.rows[0].cells
    moved_names, moved_cells = [], []
    for place in order:
        moved_names += [names[chunks[place]][at] for at in inner]
        moved_cells += [cells[chunks[place]][at] for at in inner]
    headers = (tuple(groups[place] for place in order), tuple(moved_names))
    block = replace(block, headers=headers, rows=(PrintedRow((), tuple(moved_cells)),))
    return sheet.with_blocks("review_litigation", [block], "groups_of_reviews_moved")


def column_left_out(sheet: Sheet, rng: Random) -> Sheet:
    """A column of 三 is not printed: one without any number but 0, where there is one, and rarely another."""
    block = sheet.tables["requests"][0]
    width = len(block.rows[0].cells)
    empty = [column for column in range(width - 1) if all(row.cells[column].value == 0 for row in block.rows)]
    columns = list(range(width)) if rng.random() < 0.2 else empty
    if not columns:
        return sheet
    left_out = rng.choice(columns)
    order = [column for column in range(width) if column != left_out]
    return sheet.with_blocks("requests", [permuted(block, order)], "column_left_out")


def column_more(sheet: Sheet, rng: Random) -> Sheet:
    """A column of 三 that the form does not have, at any place."""
    block = sheet.tables["requests"][0]
    place = rng.choice([0, len(block.rows[0].cells), rng.randrange(len(block.rows[0].cells))])
    return sheet.with_blocks("requests", [_with_own_column(block, place, rng)], "column_more")


def column_more_of_disclosure(sheet: Sheet, rng: Random) -> Sheet:
    """A column of 二 that the form does not have, at any place, in one of its blocks or in all."""
    blocks = list(sheet.tables["disclosure"])
    for at in rng.choice([range(len(blocks)), [rng.randrange(len(blocks))]]):
        width = len(blocks[at].rows[0].cells)
        blocks[at] = _with_own_column(blocks[at], rng.randrange(width + 1), rng)
    return sheet.with_blocks("disclosure", blocks, "column_more_of_disclosure")


def _with_own_column(block: Block, place: int, rng: Random) -> Block:
    texts = rng.choice(_OF_OWN_COLUMNS)
    return with_column(block, place, rng.choice(_OWN_COLUMNS), [rng.choice(texts) for _ in block.rows])


def legal_persons_joined(sheet: Sheet, rng: Random) -> Sheet:
    """One column 法人或其他组织 in place of its five kinds: of these nobody can tell."""
    block = sheet.tables["requests"][0]
    if [cell.key and cell.key[2] for cell in block.rows[0].cells] != [*sheet.form.table("requests").column]:
        return sheet
    first, natural, *_, total = block.headers[-1]
    rows: list[PrintedRow] = []
    untold: list[Key] = []
    for row in block.rows:
        before, *parts, behind = row.cells
        rows.append(replace(row, cells=(before, _sum_of(parts), behind)))
        untold += [cell.key for cell in parts if cell.key]
    headers = ((first, natural, ("法人或其他组织", 1), total),)
    sheet = replace(sheet, untold=sheet.untold | set(untold))
    block = replace(block, headers=headers, rows=tuple(rows))
    return sheet.with_blocks("requests", [block], "legal_persons_joined")


def _sum_of(parts: list[Cell]) -> Cell:
    """Return the cell that prints the sum of others, and is none of the form's."""
    return Cell(str(sum(cell.value or 0 for cell in parts)))


def two_years(sheet: Sheet, rng: Random) -> Sheet:
    """The columns of 二 or 三 twice, for the report's year and the one before, under the years' names."""
    table = rng.choice(["disclosure", "requests"])
    names = rng.choice([("本年", "上年"), ("本年度", "上年度"), (f"{sheet.year}年", f"{sheet.year - 1}年")])
    is_last = rng.random() < 0.3
    blocks = [_of_two_years(block, names, is_last, rng) for block in sheet.tables[table]]
    return sheet.with_blocks(table, blocks, "two_years")


def _of_two_years(block: Block, years: tuple[str, str], is_last: bool, rng: Random) -> Block:
    """Return a block with another year's columns beside its own, behind them unless its own are last."""
    first, *names = block.headers[-1]
    own, other = ((year, len(names)) for year in years)
    above = (("", first[1]), *((other, own) if is_last else (own, other)))
    rows = []
    for row in block.rows:
        of_other_year = tuple(Cell(str(rng.choice([0, 0, 1, 2, 5, 33]))) for _ in row.cells)
        cells = (*of_other_year, *row.cells) if is_last else (*row.cells, *of_other_year)
        rows.append(replace(row, cells=cells))
    return replace(block, headers=(above, (first, *names, *names)), rows=tuple(rows))


def rows_padded(sheet: Sheet, rng: Random) -> Sheet:
    """The rows of 二, of which some have fewer columns, filled up with marks of blank cells."""
    mark = rng.choice(["/", "-", "—", ""])
    blocks = []
    for block in sheet.tables["disclosure"]:
        rows = []
        for row in block.rows:
            rows.append(replace(row, cells=(*row.cells, *[Cell(mark)] * (_WIDEST - len(row.cells)))))
        blocks.append(replace(block, rows=tuple(rows)))
    return sheet.with_blocks("disclosure", blocks, "rows_padded")


def cell_lost(sheet: Sheet, rng: Random) -> Sheet:
    """A cell of a row of 三 that a tool lost: of those behind it nobody can tell, but for zeros."""
    block = sheet.tables["requests"][0]
    rows = list(block.rows)
    busy = [at for at, row in enumerate(rows) if any(cell.value for cell in row.cells)]
    at = rng.choice(busy or range(len(rows)))
    place = rng.randrange(len(rows[at].cells) - 1)
    if not is_regular(block):
        return sheet
    before, behind = rows[at].cells[:place], rows[at].cells[place + 1 :]
    value = UNREADABLE if busy else ZERO_OR_BLANK
    lost = replace(rows[at].cells[place], text=GONE, value=value)
    rows[at] = replace(rows[at], cells=(*before, lost, *(replace(cell, value=value) for cell in behind)))
    return sheet.with_blocks("requests", [replace(block, rows=tuple(rows))], "cell_lost")


def cell_more(sheet: Sheet, rng: Random) -> Sheet:
    """A blank cell, or a 0, of no column in a row of 三, those behind it moved."""
    block = sheet.tables["requests"][0]
    rows = list(block.rows)
    whole = [at for at, row in enumerate(rows) if all(cell.text != GONE for cell in row.cells)]
    at = rng.choice(whole)
    place = rng.randrange(len(rows[at].cells))
    more = Cell(rng.choice(["", "", "0", "/"]))
    rows[at] = replace(rows[at], cells=(*rows[at].cells[:place], more, *rows[at].cells[place:]))
    return sheet.with_blocks("requests", [replace(block, rows=tuple(rows))], "cell_more")


def rows_numbered(sheet: Sheet, rng: Random) -> Sheet:
    """A column 序号 before the labels of 二 or 三, which counts its rows."""
    table = rng.choice(["disclosure", "requests"])
    blocks = []
    number = 0
    for block in sheet.tables[table]:
        labels = max(len(row.labels) for row in block.rows)
        rows = []
        for row in block.rows:
            number += 1
            rows.append(replace(row, labels=(str(number), *row.labels, *[""] * (labels - len(row.labels)))))
        blocks.append(replace(block, headers=tuple(map(_numbered, block.headers)), rows=tuple(rows)))
    return sheet.with_blocks(table, blocks, "rows_numbered")


def _numbered(header: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    return (("序号", 1), *header)
