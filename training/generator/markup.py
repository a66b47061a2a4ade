"""A generated report as a web page, for the readers of pages, Word documents and PDFs to be tried on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from random import Random

from nlp.resources import knowledge
from training.generator.drafting import Draft
from training.generator.grids import Grid, TableBox
from training.generator.page import Block, TableBlock
from training.generator.typesetting import wrapped


@dataclass(frozen=True)
class SiteHabits:
    """How a site writes its pages.

    `chrome` puts the navigation of the site around the report, `nested` puts the report into a table of its
    own, `breaks` tears labels of four characters in two; `heading` is the element of headings, `indent`
    stands before paragraphs, `style` is the style sheet, and `header_again` repeats the header of the table
    of requests on every printed page.
    """

    chrome: bool
    nested: bool
    paragraphs_in_cells: bool
    breaks: bool
    heading: str
    indent: str
    style: str
    header_again: bool = False
    columns: Callable[[Grid], list[float]] | None = None
    """Returns the widths of the columns of a table in millimetres; None where the page does not say them."""


Surroundings = Callable[[str, Random], str]
"""Returns a report, given as HTML, with what a site has on every page around it."""


def habits(rng: Random) -> SiteHabits:
    """Draw the habits of a site."""
    return SiteHabits(
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
    how: SiteHabits,
    rng: Random,
    charset: str = "utf-8",
    around: Surroundings = _with_chrome,
) -> str:
    """Return a report as a page of a site; the furniture of the draft itself is left out."""
    parts = []
    for block in draft.blocks:
        if isinstance(block, TableBlock):
            parts.append(_table(block.grid, how))
        elif block.label != "furniture":
            parts.append(_paragraph(block, how))
    body = "\n".join(parts)
    if how.nested:
        body = f"{NESTING}{body}</td></tr></table>"
    if how.chrome:
        body = around(body, rng)
    head = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><style>{how.style}</style>'
    )
    return f"<!DOCTYPE html>\n<html><head>{head}<title></title></head><body>\n{body}\n</body></html>\n"


def _paragraph(block: Block, how: SiteHabits) -> str:
    text = escape(block.text)
    if block.label != "heading":
        return f"<p>{how.indent}{text}</p>"
    element = how.heading
    if how.heading == "strong":
        element = "p"
        text = f"<strong>{text}</strong>"
    align = "center" if block.align == "centre" else "left"
    return f'<{element} style="text-align:{align}">{text}</{element}>'


def _table(grid: Grid, how: SiteHabits) -> str:
    rows = []
    for row in grid.in_rows():
        from_left = sorted(row, key=lambda box: box.column)
        rows.append("<tr>" + "".join(_cell(box, how) for box in from_left) + "</tr>")
    header = grid.header if how.header_again and grid.table == "requests" else 0
    columns = _columns(how.columns(grid)) if how.columns else ""
    head = _part("thead", rows[:header]) if header else ""
    body = _part("tbody", rows[header:])
    return f'<table border="1" cellspacing="0">{columns}{head}{body}</table>'


def _columns(widths: list[float]) -> str:
    """Return the element that gives the columns of a table their widths, in millimetres."""
    columns = "".join(f'<col style="width:{width:.1f}mm">' for width in widths)
    return f"<colgroup>{columns}</colgroup>"


def _cell(box: TableBox, how: SiteHabits) -> str:
    spans = ""
    if box.down > 1:
        spans += f' rowspan="{box.down}"'
    if box.across > 1:
        spans += f' colspan="{box.across}"'
    text = escape(box.text)
    if how.breaks and not box.figure and len(text) == 4:
        text = "<br/>".join(wrapped(text, 2))
    if how.paragraphs_in_cells:
        text = f"<p>{text}</p>"
    return f"<td{spans}>{text}</td>"


def _part(name: str, rows: list[str]) -> str:
    written = "\n".join(rows)
    return f"<{name}>{written}</{name}>"
