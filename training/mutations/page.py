"""Writes a sheet as a page: title, preface, chapters, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from random import Random

from training.mutations.layouts import LAYOUTS, OF_LOOSE_LINES, Line, is_html
from training.mutations.sheet import ABOVE, GONE, LEFT, Block, PrintedRow, Sheet

_PAGE_NUMBERS = 0.2
"""The share of the tables of text that a page's number stands within."""

CHAPTERS = {
    "disclosure": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "review_litigation": "四、政府信息公开行政复议、行政诉讼情况",
}


def page(sheet: Sheet, layout: str, rng: Random) -> str:
    """Return a sheet as a page of a layout: title, preface, chapters, tables."""
    year = sheet.year
    lines = [f"{sheet.agency}{year}年政府信息公开工作年度报告", ""]
    lines += [
        f"根据《中华人民共和国政府信息公开条例》，现公布{sheet.agency}{year}年度报告。",
        "",
        "一、总体情况",
    ]
    lines += [f"{year}年，{sheet.agency}主动公开信息259条，办理答复及时规范。", ""]
    for table, blocks in sheet.tables.items():
        lines += [CHAPTERS[table], *_table(blocks, layout, rng), ""]
    lines += [
        "五、存在的主要问题及改进情况",
        "存在的主要问题：一是公开不够及时。改进措施：一是加强业务培训。",
        "",
    ]
    lines += ["六、其他需要报告的事项", "无其他需要报告的事项。"]
    return _html(lines) if is_html(layout) else "\n".join(lines) + "\n"


def _table(blocks: Sequence[Block], layout: str, rng: Random) -> Iterator[str]:
    """Yield the lines of a table, its blocks one below the other, at times with a page number between."""
    pieces = [piece for block in blocks for piece in _pieces(block)]
    width = max(len(row) for piece in pieces for row in piece)
    if layout in OF_LOOSE_LINES:
        written: list[str] = []
        for piece in pieces:
            written += piece[0] if len(piece) == 1 else LAYOUTS[layout](_padded(piece, width))
        if rng.random() < _PAGE_NUMBERS:
            written.insert(rng.randrange(1, len(written)), rng.choice(["- 5 -", "5", "第5页"]))
    else:
        written = list(LAYOUTS[layout](_padded([row for piece in pieces for row in piece], width)))
    yield from written


def _pieces(block: Block) -> Iterator[Sequence[Line]]:
    """Yield the lines of a block's cells, and before and behind these each line that is none of the table."""
    yield from ([(text,)] for text in block.before)
    yield list(_rows(block))
    yield from ([(text,)] for text in block.after)


def _padded(rows: Sequence[Line], width: int) -> list[Line]:
    """Return lines of as many cells: one alone is merged over all of its line."""
    return [(*row, *["" if len(row) > 1 else LEFT] * (width - len(row))) for row in rows]


def _rows(block: Block) -> Iterator[Line]:
    """Yield the lines of a block: title, headers, rows; a group's label stands in its first row alone."""
    labels = max(len(row.labels) for row in block.rows)
    if block.title:
        yield (block.title,)
    for header in block.headers:
        yield tuple(cell for text, span in header for cell in (text, *[LEFT] * (span - 1)))
    above: Sequence[str] = ()
    for row in block.rows:
        yield (*_labels(row, above, labels), *(cell.text for cell in row.cells if cell.text != GONE))
        above = row.labels


def _labels(row: PrintedRow, above: Sequence[str], width: int) -> Iterator[str]:
    """Yield a row's labels, as many as `width`; an outer one that the row above has is one with that."""
    for place, label in enumerate(row.labels):
        is_outer = place < len(row.labels) - 1
        yield ABOVE if is_outer and label and [label] == list(above[place : place + 1]) else label
    yield from [LEFT] * (width - len(row.labels) if row.labels else 0)


def _html(lines: Sequence[str]) -> str:
    body = (line if line.startswith("<") else f"<p>{escape(line)}</p>" for line in lines if line)
    return "<html><head><meta charset='utf-8'></head><body>\n" + "\n".join(body) + "\n</body></html>\n"
