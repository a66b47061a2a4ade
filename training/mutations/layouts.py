"""Writes a sheet as a page: tabs, pipes, Markdown, spaces, a cell a line, boxes of signs, HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from random import Random

from training.mutations.sheet import Block, Sheet

Line = tuple[str, ...]
"""The cells of a line of a table, blank ones where a cell is merged with the one before or above."""
Layout = Callable[[Sequence[Line]], Iterator[str]]

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
    return _html(lines) if layout == "html" else "\n".join(lines) + "\n"


def _table(blocks: Sequence[Block], layout: str, rng: Random) -> Iterator[str]:
    """Yield the lines of a table, its blocks one below the other, at times with a page number between."""
    rows: list[Line] = []
    for block in blocks:
        rows += [(text,) for text in block.before]
        rows += _rows(block)
    width = max(map(len, rows))
    padded = [(*row, *[""] * (width - len(row))) for row in rows]
    written = list(LAYOUTS[layout](padded))
    if layout in _TEXT and rng.random() < _PAGE_NUMBERS:
        written.insert(rng.randrange(1, len(written)), rng.choice(["- 5 -", "5", "第5页"]))
    yield from written


def _rows(block: Block) -> Iterator[Line]:
    """Yield the lines of a block: title, headers, rows; a group's label stands in its first row alone."""
    labels = max(len(row.labels) for row in block.rows)
    if block.title:
        yield (block.title,)
    for header in block.headers:
        yield tuple(_spread(header, labels))
    group = ""
    for row in block.rows:
        before = [*row.labels, *[""] * (labels - len(row.labels))]
        outer = row.labels[0] if len(row.labels) > 1 else ""
        if outer and outer == group:
            before[0] = ""
        group = outer
        yield (*before, *(cell.text for cell in row.cells))


def _spread(header: Sequence[tuple[str, int]], labels: int) -> Iterator[str]:
    """Yield the cells of a line of headers: the first stands over the rows' labels where it is not alone."""
    for at, (text, span) in enumerate(header):
        yield text
        yield from [""] * (span - 1)
        if at == 0 and span == 1 and labels > 1:
            yield from [""] * (labels - 1)


def _tabs(rows: Sequence[Line]) -> Iterator[str]:
    yield from ("\t".join(row) for row in rows)


def _pipes(rows: Sequence[Line]) -> Iterator[str]:
    yield from ("|".join(row) + "|" for row in rows)


def _spaced_pipes(rows: Sequence[Line]) -> Iterator[str]:
    yield from (" | ".join(row) + " |" for row in rows)


def _markdown(rows: Sequence[Line]) -> Iterator[str]:
    first, *rest = rows
    yield f"| {' | '.join(first)} |"
    yield "|" + " --- |" * len(first)
    yield from (f"| {' | '.join(row)} |" for row in rest)


def _spaces(gap: str) -> Layout:
    """Return the layout in which white space parts the cells, and a blank one leaves no trace."""

    def write(rows: Sequence[Line]) -> Iterator[str]:
        yield from (gap.join(cell for cell in row if cell) for row in rows)

    return write


def _cell_a_line(prefix: str, suffix: str, keeps_blanks: bool) -> Layout:
    """Return the layout in which each cell has a line of its own."""

    def write(rows: Sequence[Line]) -> Iterator[str]:
        for row in rows:
            for cell in row:
                if cell or keeps_blanks:
                    yield f"{prefix}{cell}{suffix}"

    return write


def _box(rows: Sequence[Line]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    yield rule
    for row in rows:
        cells = [f" {cell:<{width}} " for cell, width in zip(row, widths, strict=True)]
        yield "|" + "|".join(cells) + "|"
        yield rule


def _html_table(rows: Sequence[Line]) -> Iterator[str]:
    yield "<table>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</table>"


def _html(lines: Sequence[str]) -> str:
    body = (line if line.startswith("<") else f"<p>{escape(line)}</p>" for line in lines if line)
    return "<html><head><meta charset='utf-8'></head><body>\n" + "\n".join(body) + "\n</body></html>\n"


LAYOUTS: dict[str, Layout] = {
    "tabs": _tabs,
    "pipes": _pipes,
    "spaced_pipes": _spaced_pipes,
    "markdown": _markdown,
    "one_space": _spaces(" "),
    "two_spaces": _spaces("  "),
    "wide_spaces": _spaces("      "),
    "cell_a_line": _cell_a_line("", "", keeps_blanks=False),
    "cell_a_line_tabbed": _cell_a_line("\t", "", keeps_blanks=True),
    "cell_a_line_piped": _cell_a_line("", " |", keeps_blanks=False),
    "box": _box,
    "html": _html_table,
}
_TEXT = frozenset(LAYOUTS) - {"html", "box", "markdown"}
"""The layouts into which a tool may set a page's number."""
