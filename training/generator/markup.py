"""A generated report as a web page, for the readers of pages, Word documents and PDFs to be tried on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from random import Random

from nlp.resources import knowledge
from training.generator.drafting import Draft
from training.generator.grids import Box, Grid
from training.generator.page import Block, TableBlock
from training.generator.typesetting import wrapped


@dataclass(frozen=True)
class Habits:
    """How a site writes its pages: what is around the report, how its cells and paragraphs are marked up."""

    chrome: bool
    nested: bool
    paragraphs_in_cells: bool
    breaks: bool
    heading: str
    indent: str
    style: str
    header_again: bool = False
    columns: Callable[[Grid], list[float]] | None = None
    """How wide the columns of a table are, in millimetres, where the page says so."""


Surroundings = Callable[[str, Random], str]
"""Puts what a site has on every page around a report."""


def habits(rng: Random) -> Habits:
    """Draw the habits of a site."""
    return Habits(
        chrome=rng.random() < 0.6,
        nested=rng.random() < 0.3,
        paragraphs_in_cells=rng.random() < 0.5,
        breaks=rng.random() < 0.4,
        heading=rng.choice(["p", "p", "h2", "div", "strong"]),
        indent=rng.choice(["&#12288;&#12288;", "&nbsp;&nbsp;&nbsp;&nbsp;", "", ""]),
        style=rng.choice(_STYLES),
    )


NESTING = '<table border="0" width="100%"><tr><td valign="top">'
"""Opens the table in which some sites put the whole report."""
_STYLES = (
    "body{font-family:'Noto Sans CJK SC';font-size:12pt;line-height:1.5}"
    "table{border-collapse:collapse;font-size:9pt}td{border:1px solid #000;padding:2pt}p{text-indent:2em}",
    "body{font-family:'Noto Serif CJK SC','Noto Sans CJK SC';font-size:16px;line-height:1.8}"
    "table{border-collapse:collapse;font-size:13px;width:100%}td{border:0.5px solid #333;text-align:center}",
    "body{font-family:'Noto Sans CJK SC';font-size:11pt}p{text-indent:2em;text-align:justify}"
    "table{border-collapse:collapse;font-size:8pt;width:100%}td{border:1px solid #666;padding:4pt 1pt}",
)


def _with_chrome(body: str, rng: Random) -> str:
    """Put the navigation of a site around a report."""
    site = knowledge("phrases/site")
    links = "".join(f'<li><a href="/{n}.html">栏目{n}</a></li>' for n in range(rng.choice([3, 12])))
    return (
        f'<div class="nav"><ul>{links}</ul></div>{site["above"]}'
        f'<div class="main"><div id="zoom">{body}</div></div>{site["below"]}'
    )


def page(
    draft: Draft,
    how: Habits,
    rng: Random,
    charset: str = "utf-8",
    around: Surroundings = _with_chrome,
) -> str:
    """Return a report as a page of a site; the furniture of the draft itself is left out."""
    body = "\n".join(
        _table(block.grid, how) if isinstance(block, TableBlock) else _paragraph(block, how)
        for block in draft.blocks
        if isinstance(block, TableBlock) or block.label != "furniture"
    )
    if how.nested:
        body = f"{NESTING}{body}</td></tr></table>"
    if how.chrome:
        body = around(body, rng)
    head = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><style>{how.style}</style>'
    )
    return f"<!DOCTYPE html>\n<html><head>{head}<title></title></head><body>\n{body}\n</body></html>\n"


def _paragraph(block: Block, how: Habits) -> str:
    text = escape(block.text)
    if block.label == "heading":
        name = how.heading if how.heading != "strong" else "p"
        inner = f"<strong>{text}</strong>" if how.heading == "strong" else text
        align = "center" if block.align == "centre" else "left"
        return f'<{name} style="text-align:{align}">{inner}</{name}>'
    return f"<p>{how.indent}{text}</p>"


def _table(grid: Grid, how: Habits) -> str:
    cells = ("".join(_cell(box, how) for box in _from_left(row)) for row in grid.in_rows())
    rows = [f"<tr>{row}</tr>" for row in cells]
    head = grid.header if how.header_again and grid.table == "requests" else 0
    written = _part("tbody", rows[head:])
    if head:
        written = _part("thead", rows[:head]) + written
    if how.columns:
        wide = "".join(f'<col style="width:{width:.1f}mm">' for width in how.columns(grid))
        written = f"<colgroup>{wide}</colgroup>{written}"
    return f'<table border="1" cellspacing="0">{written}</table>'


def _from_left(row: list[Box]) -> list[Box]:
    return sorted(row, key=lambda box: box.column)


def _cell(box: Box, how: Habits) -> str:
    down = f' rowspan="{box.down}"' if box.down > 1 else ""
    spans = down + (f' colspan="{box.across}"' if box.across > 1 else "")
    text = escape(box.text)
    if how.breaks and not box.figure and len(text) == 4:
        text = "<br/>".join(wrapped(text, 2))
    return f"<td{spans}><p>{text}</p></td>" if how.paragraphs_in_cells else f"<td{spans}>{text}</td>"


def _part(name: str, rows: list[str]) -> str:
    written = "\n".join(rows)
    return f"<{name}>{written}</{name}>"
