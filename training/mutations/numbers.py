"""Oddities of numbers: dressed, in words, in other units, with commas and footnote marks, unreadable ones."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.mutations.oddity import cells_changed, is_amount, is_count
from training.mutations.sheet import UNREADABLE, Block, Cell, Sheet

_COUNTERS = ("件", "项", "个", "份")
_REDRESSING = frozenset({"numbers_dressed", "thousands_parted", "decimals_of_counts"})
"""Oddities after which the texts of counts are no plain numbers any more."""
_REMARKS = (
    ("{}（其中修订1件）", True),
    ("{}（含上年结转1件）", True),
    ("{}（上年数）", False),
    ("{}（应为9）", False),
)
"""What stands behind a number, and whether this is then still told."""
_CHANGES = (
    ("+{}", 1),
    ("-{}", -1),
    ("--{}", -1),
    ("增{}", 1),
    ("减{}", -1),
    ("增加{}项", 1),
    ("减少{}项", -1),
    ("↓{}", -1),
    ("{}↑", 1),
)
"""How changes are printed, and which way they go."""
_MULTIPLES = {"千件": 1_000, "万件": 10_000, "百件": 100}


def numbers_dressed(sheet: Sheet, rng: Random) -> Sheet:
    """Counts with units, in brackets, with footnote marks, in words: each says its number."""
    if "units_of_counts" in sheet.oddities:
        return sheet
    forms = ("{}件", "（{}）", "{}*", "共{}件", "{}批次", "{}人", "约{}件", "{}①", "{}。")
    form = rng.choice(forms)

    def dressed(cell: Cell) -> Cell:
        return replace(cell, text=form.format(cell.text)) if is_count(cell) else cell

    return cells_changed(sheet, rng, "numbers_dressed", rng.choice([0.05, 1.0]), dressed, "disclosure")


def footnote_marks(sheet: Sheet, rng: Random) -> Sheet:
    """A mark of a footnote behind a few numbers of any table: raised, in brackets, behind 注."""
    form = rng.choice(["{}¹", "{}²", "{}[1]", "{}（注1）", "{}注", "{}（1）", "{}※", "{}¹²"])

    def marked(cell: Cell) -> Cell:
        return replace(cell, text=form.format(cell.text)) if is_count(cell) else cell

    return cells_changed(sheet, rng, "footnote_marks", rng.choice([0.005, 0.05]), marked)


def remarks_in_cells(sheet: Sheet, rng: Random) -> Sheet:
    """Remarks behind a few numbers: what is counted among them, or that they are not the report's at all."""
    form, is_told = rng.choice(_REMARKS)

    def remarked(cell: Cell) -> Cell:
        if not is_count(cell) or not cell.value:
            return cell
        return replace(cell, text=form.format(cell.text), value=cell.value if is_told else UNREADABLE)

    return cells_changed(sheet, rng, "remarks_in_cells", rng.choice([0.01, 0.1]), remarked)


def changes_in_words(sheet: Sheet, rng: Random) -> Sheet:
    """Changes of the form of 2019 with signs, arrows or words."""
    form, sign = rng.choice(_CHANGES)

    def worded(cell: Cell) -> Cell:
        if cell.key is None or cell.key[2] != "change" or not is_count(cell) or not cell.value:
            return cell
        return replace(cell, text=form.format(cell.text), value=sign * cell.value)

    return cells_changed(sheet, rng, "changes_in_words", rng.choice([0.4, 1.0]), worded, "disclosure")


def thousands_parted(sheet: Sheet, rng: Random) -> Sheet:
    """Large numbers with commas, of full width as well."""
    comma = rng.choice([",", "，"])

    def parted(cell: Cell) -> Cell:
        if not is_count(cell) or not cell.value:
            return cell
        return replace(cell, value=cell.value * 1_000, text=f"{int(cell.text) * 1_000:,}".replace(",", comma))

    return cells_changed(sheet, rng, "thousands_parted", rng.choice([0.3, 1.0]), parted, "disclosure")


def decimals_of_counts(sheet: Sheet, rng: Random) -> Sheet:
    """Counts with a point and zeros, as a workbook may print them: `12.0`, `0.00`."""
    form = rng.choice(["{:.1f}", "{:.2f}"])

    def with_point(cell: Cell) -> Cell:
        return replace(cell, text=form.format(int(cell.text))) if is_count(cell) else cell

    return cells_changed(sheet, rng, "decimals_of_counts", rng.choice([0.05, 1.0]), with_point)


def zeros_in_words(sheet: Sheet, rng: Random) -> Sheet:
    """Some zeros written otherwise than as 0."""
    zero = rng.choice(["零", "〇", "O", "0件", "0人", "共0件"])

    def in_words(cell: Cell) -> Cell:
        return replace(cell, text=zero) if cell.value == 0 else cell

    return cells_changed(sheet, rng, "zeros_in_words", 0.1, in_words)


def units_of_counts(sheet: Sheet, rng: Random) -> Sheet:
    """What counts of 二 are of, in brackets in headers or labels, or above; at times hundreds of them."""
    if not _REDRESSING.isdisjoint(sheet.oddities):
        return sheet
    unit = rng.choice([*_COUNTERS, *_COUNTERS, *_MULTIPLES])
    where = rng.choice(["header", "label", "above"])
    form = rng.choice(["（{}）", "（单位：{}）"])
    blocks = []
    for block in sheet.tables["disclosure"]:
        if any(is_amount(cell) for cell in block.rows[0].cells):
            blocks.append(block)
        else:
            blocks.append(_of_unit(block, unit, form.format(unit), where))
    return sheet.with_blocks("disclosure", blocks, "units_of_counts")


def _of_unit(block: Block, unit: str, remark: str, where: str) -> Block:
    """Return a block whose counts are of a unit: `where` is the place that tells it."""
    times = _MULTIPLES.get(unit, 1)
    rows = []
    for row in block.rows:
        cells = [
            replace(cell, value=(cell.value or 0) * times) if is_count(cell) else cell for cell in row.cells
        ]
        *outer, label = row.labels
        labels = (*outer, f"{label}{remark}" if where == "label" else label)
        rows.append(replace(row, labels=labels, cells=tuple(cells)))
    *above, (first, *names) = block.headers
    if where == "header":
        names = [(f"{name}{remark}", span) for name, span in names]
    before = (f"单位：{unit}",) if where == "above" else block.before
    return replace(block, headers=(*above, (first, *names)), rows=tuple(rows), before=before)


def amount_in_yuan(sheet: Sheet, rng: Random) -> Sheet:
    """The amount in 元: the unit stands in the header, on a line above, or behind the number."""
    where = rng.choice(["header", "above", "cell", "label"])
    blocks = []
    for block in sheet.tables["disclosure"]:
        has_amounts = any(map(is_amount, block.rows[0].cells))
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
    place = next(at for at, cell in enumerate(block.rows[0].cells) if is_amount(cell))
    *above, (first, *names) = block.headers
    name, span = names[place]
    name = name.partition("（")[0]
    if where == "header":
        name = f"{name}（单位：元）"
    names[place] = (name, span)
    before = ("单位：元",) if where == "above" else block.before
    return replace(block, headers=(*above, (first, *names)), rows=tuple(rows), before=before)


def _cell_in_yuan(cell: Cell, with_unit: bool) -> Cell:
    if not is_amount(cell) or not cell.value or cell.value < 0:
        return cell
    yuan = round(cell.value * 10_000)
    return replace(cell, text=f"{yuan}元" if with_unit else str(yuan))


def unreadable_numbers(sheet: Sheet, rng: Random) -> Sheet:
    """Cells with digits that are no number as they stand: they must not be given, nor be called blank."""
    form = rng.choice(["{}余件", ".{}", "{},2000", "{}.5.1"])

    def spoilt(cell: Cell) -> Cell:
        if not cell.value or cell.value < 0:
            return cell
        return replace(cell, text=form.format(cell.value), value=UNREADABLE)

    return cells_changed(sheet, rng, "unreadable_numbers", 0.15, spoilt, "disclosure")
