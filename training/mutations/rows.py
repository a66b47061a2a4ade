"""Oddities of rows: blank, moved, left out, of the agency's own, with headers anew, sums that break."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.mutations.oddity import blank_row, cells_changed, is_count
from training.mutations.sheet import LEFT, ZERO_OR_BLANK, Block, Cell, PrintedRow, Sheet

_OWN_ROWS = {
    "disclosure": ("行政确认", "行政奖励", "其他主动公开文件", "行政检查"),
    "requests": ("4.转其他机关", "其中：国防类", "9.属于商业秘密", "6.申请人撤回"),
}
"""Labels of rows that the form does not have, by table."""
_NOTES = ("注：行政复议、行政诉讼数量含上年度结转数量。", "备注：数据截至2023年12月31日。", "说明：空白为无")
"""What stands below tables."""


def own_row(sheet: Sheet, rng: Random) -> Sheet:
    """A row that the form does not have; the row before it is blank half of the time."""
    table = rng.choice(["disclosure", "requests"])
    blocks = list(sheet.tables[table])
    at = rng.randrange(len(blocks))
    block = blocks[at]
    place = rng.randrange(1, len(block.rows) + 1)
    rows = list(block.rows)
    if rng.random() < 0.5:
        rows[place - 1] = blank_row(rows[place - 1])
    cells = tuple(Cell(str(rng.choice([0, 1, 2, 5]))) for _ in rows[0].cells)
    is_numbered = block.headers[-1][0][0] == "序号"
    labels = (*[""] * is_numbered, rng.choice(_OWN_ROWS[table]))
    rows.insert(place, PrintedRow(labels, cells))
    blocks[at] = replace(block, rows=tuple(rows))
    return sheet.with_blocks(table, blocks, "own_row")


def blank_rows(sheet: Sheet, rng: Random) -> Sheet:
    """Some rows of 二 or 三 whose cells are all blank, or print a placeholder."""
    table = rng.choice(["disclosure", "requests"])
    mark = rng.choice(["", "", "/", "-", "无"])
    blocks = []
    for block in sheet.tables[table]:
        rows = [blank_row(row, mark) if rng.random() < 0.2 else row for row in block.rows]
        blocks.append(replace(block, rows=tuple(rows)))
    return sheet.with_blocks(table, blocks, "blank_rows")


def blank_cells(sheet: Sheet, rng: Random) -> Sheet:
    """Some cells blank, or with a placeholder, instead of 0."""
    mark = rng.choice(["", "", "/", "—"])

    def blank(cell: Cell) -> Cell:
        return cell if cell.value else replace(cell, text=mark, value=None)

    return cells_changed(sheet, rng, "blank_cells", 0.1, blank)


def merged_rows(sheet: Sheet, rng: Random) -> Sheet:
    """Rows of 三, or that of 四, all of whose cells are one, with one 0 or one mark of a blank cell."""
    table = rng.choice(["requests", "requests", "review_litigation"])
    mark = rng.choice(["0", "0", "/", "无", "无申请"])
    block = sheet.tables[table][0]
    is_alone = len(block.rows) == 1
    rows = [_merged(row, mark) if is_alone or rng.random() < 0.3 else row for row in block.rows]
    return sheet.with_blocks(table, [replace(block, rows=tuple(rows))], "merged_rows")


def _merged(row: PrintedRow, mark: str) -> PrintedRow:
    """Return a row with one mark for all its cells; one with a number is left as it is."""
    if any(cell.value for cell in row.cells):
        return row
    first, *others = row.cells
    first = replace(first, text=mark, value=0 if mark == "0" else None)
    behind = ZERO_OR_BLANK if mark == "0" else None
    return replace(row, cells=(first, *(replace(cell, text=LEFT, value=behind) for cell in others)))


def headers_repeated(sheet: Sheet, rng: Random) -> Sheet:
    """A table goes on on the next page, below a page's number and its headers once more."""
    table = rng.choice(["disclosure", "requests", "requests"])
    blocks = list(sheet.tables[table])
    at = rng.randrange(len(blocks))
    block = blocks[at]
    if len(block.rows) < 2:
        return sheet
    cut = rng.randrange(1, len(block.rows))
    before = rng.choice([("- 3 -",), ("3",), ("续表",), ("第3页 共6页",), ()])
    upper = replace(block, rows=block.rows[:cut], after=())
    lower = replace(block, title="", before=before, rows=block.rows[cut:])
    blocks[at : at + 1] = [upper, lower]
    return sheet.with_blocks(table, blocks, "headers_repeated")


def rows_moved(sheet: Sheet, rng: Random) -> Sheet:
    """The rows of each block of 二 in another order, or two neighbours of 三 in each other's place."""
    if rng.random() < 0.5:
        blocks = []
        for block in rng.sample(sheet.tables["disclosure"], len(sheet.tables["disclosure"])):
            blocks.append(replace(block, rows=tuple(rng.sample(block.rows, len(block.rows)))))
        return sheet.with_blocks("disclosure", blocks, "rows_moved")
    block = sheet.tables["requests"][0]
    rows = list(block.rows)
    at = rng.randrange(len(rows) - 1)
    if len({len(row.labels) for row in rows[at : at + 2]}) > 1:
        return sheet
    rows[at : at + 2] = reversed(rows[at : at + 2])
    return sheet.with_blocks("requests", [replace(block, rows=tuple(rows))], "rows_moved")


def rows_left_out(sheet: Sheet, rng: Random) -> Sheet:
    """Some rows of 三 without any number but 0 are not printed."""
    block = sheet.tables["requests"][0]
    share = rng.choice([0.05, 0.5, 1.0])
    rows = [row for row in block.rows if any(cell.value for cell in row.cells) or rng.random() > share]
    return sheet.with_blocks("requests", [replace(block, rows=tuple(rows or block.rows))], "rows_left_out")


def sums_broken(sheet: Sheet, rng: Random) -> Sheet:
    """Some counts that the agency got wrong: a record says what the page says."""

    def wrong(cell: Cell) -> Cell:
        if not is_count(cell):
            return cell
        value = max(0, int(cell.value or 0) + rng.choice([-1, 1, 2, 9]))
        return replace(cell, text=str(value), value=value)

    share, table = rng.choice([0.005, 0.02, 0.1]), rng.choice(["requests", "review_litigation"])
    return cells_changed(sheet, rng, "sums_broken", share, wrong, table)


def reviews_in_rows(sheet: Sheet, rng: Random) -> Sheet:
    """The groups of 四 as rows below each other, under one line of headers."""
    block = sheet.tables["review_litigation"][0]
    if any(cell.text == LEFT for cell in block.rows[0].cells):
        return sheet
    groups, names = block.headers
    width = groups[0][1]
    rows = []
    for place, (name, _) in enumerate(groups):
        rows.append(PrintedRow((name,), block.rows[0].cells[place * width : (place + 1) * width]))
    headers = ((("类别", 1), *names[:width]),)
    return sheet.with_blocks("review_litigation", [Block("", headers, tuple(rows))], "reviews_in_rows")


def notes_below(sheet: Sheet, rng: Random) -> Sheet:
    """A note below a table, with digits of its own."""
    table = rng.choice(sorted(sheet.tables))
    *blocks, last = sheet.tables[table]
    last = replace(last, after=(rng.choice(_NOTES),))
    return sheet.with_blocks(table, [*blocks, last], "notes_below")
