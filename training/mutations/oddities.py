"""What agencies and tools do to a form: columns moved, rows of their own, marks, units, numbers cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from training.mutations.sheet import Block, Cell, PrintedRow, Sheet

Oddity = Callable[[Sheet, Random], Sheet]

ODDITIES: dict[str, Oddity] = {}
"""Every oddity by its name: from a sheet to one that has it."""

UNREADABLE = -1
"""The value of a cell whose number cannot be told: any number that is given for it is wrong."""

_OWN_ROWS = {
    "disclosure": ("行政确认", "行政奖励", "其他主动公开文件", "行政检查"),
    "requests": ("4.转其他机关", "其中：国防类", "9.属于商业秘密", "6.申请人撤回"),
}
"""Labels of rows that the form does not have, by table."""
_OWN_COLUMNS = ("上年同期", "同比增减", "占比", "备注", "中介机构")
"""Headers of columns that the form does not have."""


def _oddity(oddity: Oddity) -> Oddity:
    ODDITIES[oddity.__name__.strip("_")] = oddity
    return oddity


def _permuted(block: Block, order: Sequence[int]) -> Block:
    """Return a block with its columns, headers and all, in another order."""
    first, *names = block.headers[-1]
    header = (first, *(names[place] for place in order))
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in order)) for row in block.rows)
    return replace(block, headers=(*block.headers[:-1], header), rows=rows)


@_oddity
def columns_of_requests_moved(sheet: Sheet, rng: Random) -> Sheet:
    """The columns of 三 in another order, at times the totals first and the rest as ever."""
    block = sheet.tables["requests"][0]
    order = list(range(len(block.rows[0].cells)))
    if rng.random() < 0.4:
        order = [order[-1], *order[:-1]]
    else:
        rng.shuffle(order)
    return sheet.with_blocks("requests", [_permuted(block, order)], "columns_of_requests_moved")


@_oddity
def columns_of_disclosure_moved(sheet: Sheet, rng: Random) -> Sheet:
    """The columns of 二 in another order in each block."""
    blocks = []
    for block in sheet.tables["disclosure"]:
        order = list(range(len(block.rows[0].cells)))
        rng.shuffle(order)
        blocks.append(_permuted(block, order))
    return sheet.with_blocks("disclosure", blocks, "columns_of_disclosure_moved")


@_oddity
def groups_of_reviews_moved(sheet: Sheet, rng: Random) -> Sheet:
    """The groups of 四 in another order, at times their totals first."""
    block = sheet.tables["review_litigation"][0]
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


@_oddity
def column_left_out(sheet: Sheet, rng: Random) -> Sheet:
    """A column of 三 without any number but 0 is not printed; none where every column has one."""
    block = sheet.tables["requests"][0]
    width = len(block.rows[0].cells)
    empty = [column for column in range(width - 1) if all(row.cells[column].value == 0 for row in block.rows)]
    if not empty:
        return sheet
    left_out = rng.choice(empty)
    order = [column for column in range(width) if column != left_out]
    return sheet.with_blocks("requests", [_permuted(block, order)], "column_left_out")


@_oddity
def column_more(sheet: Sheet, rng: Random) -> Sheet:
    """A column of 三 that the form does not have, before or behind the others."""
    block = sheet.tables["requests"][0]
    place = rng.choice([0, len(block.rows[0].cells)])
    first, *names = block.headers[-1]
    names.insert(place, (rng.choice(_OWN_COLUMNS), 1))
    rows = []
    for row in block.rows:
        own = Cell(str(rng.choice([0, 1, 4, 19])))
        rows.append(replace(row, cells=(*row.cells[:place], own, *row.cells[place:])))
    block = replace(block, headers=((first, *names),), rows=tuple(rows))
    return sheet.with_blocks("requests", [block], "column_more")


@_oddity
def own_row(sheet: Sheet, rng: Random) -> Sheet:
    """A row that the form does not have; the row before it is blank half of the time."""
    table = rng.choice(["disclosure", "requests"])
    blocks = list(sheet.tables[table])
    at = rng.randrange(len(blocks))
    block = blocks[at]
    place = rng.randrange(1, len(block.rows) + 1)
    rows = list(block.rows)
    if rng.random() < 0.5:
        rows[place - 1] = _blank(rows[place - 1])
    cells = tuple(Cell(str(rng.choice([0, 1, 2, 5]))) for _ in rows[0].cells)
    rows.insert(place, PrintedRow((rng.choice(_OWN_ROWS[table]),), cells))
    blocks[at] = replace(block, rows=tuple(rows))
    return sheet.with_blocks(table, blocks, "own_row")


def _blank(row: PrintedRow, mark: str = "") -> PrintedRow:
    """Return a row of blank cells that print a mark."""
    return replace(row, cells=tuple(replace(cell, text=mark, value=None) for cell in row.cells))


@_oddity
def blank_rows(sheet: Sheet, rng: Random) -> Sheet:
    """Some rows of 二 or 三 whose cells are all blank, or print a placeholder."""
    table = rng.choice(["disclosure", "requests"])
    mark = rng.choice(["", "", "/", "-", "无"])
    blocks = []
    for block in sheet.tables[table]:
        rows = [_blank(row, mark) if rng.random() < 0.2 else row for row in block.rows]
        blocks.append(replace(block, rows=tuple(rows)))
    return sheet.with_blocks(table, blocks, "blank_rows")


@_oddity
def blank_cells(sheet: Sheet, rng: Random) -> Sheet:
    """Some cells blank, or with a placeholder, instead of 0."""
    mark = rng.choice(["", "", "/", "—"])

    def blank(cell: Cell) -> Cell:
        return cell if cell.value else replace(cell, text=mark, value=None)

    return _cells_changed(sheet, rng, "blank_cells", 0.1, blank)


def _cells_changed(
    sheet: Sheet, rng: Random, oddity: str, share: float, change: Callable[[Cell], Cell], table: str = ""
) -> Sheet:
    """Return a sheet with a share of its cells changed: those of one table, or of all of them ("")."""

    def changed(row: PrintedRow) -> PrintedRow:
        cells = [change(cell) if cell.key and rng.random() < share else cell for cell in row.cells]
        return replace(row, cells=tuple(cells))

    tables = dict(sheet.tables)
    for id, blocks in sheet.tables.items():
        if table in ("", id):
            tables[id] = tuple(replace(block, rows=tuple(map(changed, block.rows))) for block in blocks)
    return replace(sheet, tables=tables, oddities=(*sheet.oddities, oddity))


@_oddity
def numbers_dressed(sheet: Sheet, rng: Random) -> Sheet:
    """Counts with units, in brackets, with footnote marks, in words: each says its number."""
    forms = ("{}件", "（{}）", "{}*", "共{}件", "{}批次", "{}人", "约{}件", "{}①", "{}。")
    form = rng.choice(forms)

    def dressed(cell: Cell) -> Cell:
        if cell.value is None or isinstance(cell.value, float) or _is_amount(cell):
            return cell
        return replace(cell, text=form.format(cell.value))

    return _cells_changed(sheet, rng, "numbers_dressed", rng.choice([0.05, 1.0]), dressed, "disclosure")


@_oddity
def zeros_in_words(sheet: Sheet, rng: Random) -> Sheet:
    """Some zeros written otherwise than as 0."""
    zero = rng.choice(["零", "〇", "O", "0件", "0人", "共0件"])

    def in_words(cell: Cell) -> Cell:
        return replace(cell, text=zero) if cell.value == 0 else cell

    return _cells_changed(sheet, rng, "zeros_in_words", 0.1, in_words)


@_oddity
def amount_in_yuan(sheet: Sheet, rng: Random) -> Sheet:
    """The amount in 元: the unit stands in the header, on a line above, or behind the number."""
    where = rng.choice(["header", "above", "cell", "label"])
    blocks = []
    for block in sheet.tables["disclosure"]:
        has_amounts = any(map(_is_amount, block.rows[0].cells))
        blocks.append(_in_yuan(block, where) if has_amounts else block)
    return sheet.with_blocks("disclosure", blocks, "amount_in_yuan")


def _in_yuan(block: Block, where: str) -> Block:
    """Return a block of amounts with these in 元; `where` is the place that tells the unit."""
    rows = []
    for row in block.rows:
        cells = tuple(_cell_in_yuan(cell, with_unit=where == "cell") for cell in row.cells)
        *outer, label = row.labels
        if where == "label":
            label = f"{label}（元）"
        rows.append(replace(row, labels=(*outer, label), cells=cells))
    *headers, (name, span) = block.headers[-1]
    name = name.partition("（")[0]
    if where == "header":
        name = f"{name}（单位：元）"
    before = ("单位：元",) if where == "above" else ()
    return replace(block, headers=((*headers, (name, span)),), rows=tuple(rows), before=before)


def _cell_in_yuan(cell: Cell, with_unit: bool) -> Cell:
    if not _is_amount(cell) or not cell.value:
        return cell
    yuan = round(cell.value * 10_000)
    return replace(cell, text=f"{yuan}元" if with_unit else str(yuan))


def _is_amount(cell: Cell) -> bool:
    """Return whether a cell is an amount of money."""
    return cell.key is not None and cell.key[2] == "amount"


@_oddity
def unreadable_numbers(sheet: Sheet, rng: Random) -> Sheet:
    """Cells with digits that are no number as they stand: they must not be given, nor be called blank."""
    form = rng.choice(["{}余件", ".{}", "{},2000", "{}.5.1"])

    def spoilt(cell: Cell) -> Cell:
        return replace(cell, text=form.format(cell.value), value=UNREADABLE) if cell.value else cell

    return _cells_changed(sheet, rng, "unreadable_numbers", 0.15, spoilt, "disclosure")
