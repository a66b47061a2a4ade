"""Writes a drafted report as a Word document, the same bytes for the same draft."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from training.generator.cells import covering
from training.generator.drafting import Draft
from training.generator.grids import Grid, TableBox
from training.generator.page import Block, TableBlock
from training.generator.typesetting import wrapped
from training.rendering.paper import Paper, header_rows

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIXED = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_KIND}.footer+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/footer" Target="footer1.xml"/></Relationships>',
}
_TWIPS = 56.7
"""Twentieths of a point in a millimetre."""


def document(draft: Draft, paper: Paper) -> bytes:
    """Return the file of a Word document."""
    parts = {
        **_FIXED,
        "word/document.xml": _document(draft, paper),
        "word/styles.xml": _styles(paper),
        "word/footer1.xml": _footer(paper),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _document(draft: Draft, paper: Paper) -> str:
    body = ""
    for block in draft.blocks:
        if isinstance(block, TableBlock):
            body += _table(block.grid, paper)
        elif block.label != "furniture":
            body += _paragraph(block, paper)
    return f"{_HEAD}<w:document {_NAMES}><w:body>{body}{_page(paper)}</w:body></w:document>"


def _page(paper: Paper) -> str:
    """Return what says how large a page is and what stands at its foot."""
    sides = (297, 210) if paper.landscape else (210, 297)
    width, height = (round(side * _TWIPS) for side in sides)
    margin = round(paper.margin * _TWIPS)
    edges = "".join(f' w:{side}="{margin}"' for side in ("top", "right", "bottom", "left"))
    turned = ' w:orient="landscape"' if paper.landscape else ""
    footer = '<w:footerReference w:type="default" r:id="rId2"/>' if paper.footer else ""
    return (
        f'<w:sectPr>{footer}<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar{edges} w:header="700" w:footer="700" w:gutter="0"/></w:sectPr>'
    )


def _styles(paper: Paper) -> str:
    fonts = f'<w:rFonts w:ascii="{paper.font}" w:hAnsi="{paper.font}" w:eastAsia="{paper.font}"/>'
    size = round(2 * paper.letters)
    return (
        f"{_HEAD}<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
    )


def _footer(paper: Paper) -> str:
    before, after = paper.footer or ("", "")
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return (
        f'{_HEAD}<w:ftr {_NAMES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f"{_run(before, 18)}{field}{_run(after, 18)}</w:p></w:ftr>"
    )


def _run(text: str, half_points: int, *, bold: bool = False) -> str:
    """Return a run of text, its letters in half points, with breaks for its line ends; "" for no text."""
    if not text:
        return ""
    weight = "<w:b/>" if bold else ""
    looks = f'{weight}<w:sz w:val="{half_points}"/>'
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(text).split("\n"))
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>'


def _paragraph(block: Block, paper: Paper) -> str:
    is_heading = block.label == "heading"
    half_points = round(2 * paper.letters)
    indent = ""
    if block.align == "centre":
        align = "center"
        half_points += 8
    elif block.align == "right":
        align = "right"
    else:
        align = "left" if is_heading else "both"
        indent = f'<w:ind w:firstLine="{20 * half_points}"/>'
    spacing = f'<w:spacing w:line="{round(240 * paper.leading)}" w:lineRule="auto"/>'
    looks = f'<w:pPr>{spacing}{indent}<w:jc w:val="{align}"/></w:pPr>'
    return f"<w:p>{looks}{_run(block.text, half_points, bold=is_heading)}</w:p>"


def _table(grid: Grid, paper: Paper) -> str:
    widths = [round(width * _TWIPS) for width in paper.widths(grid)]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding = "".join(
        f'<w:{side} w:w="{round(paper.padding * _TWIPS)}" w:type="dxa"/>' for side in ("left", "right")
    )
    layout = "fixed" if paper.fixed else "autofit"
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(grid, row, widths, paper) for row in range(grid.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="{layout}"/><w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl><w:p/>"
    )


def _row(grid: Grid, row: int, widths: list[int], paper: Paper) -> str:
    repeated = "<w:tblHeader/>" if paper.header_again and row < header_rows(grid) else ""
    whole = "<w:cantSplit/>" if paper.rows_whole else ""
    cells = "".join(_cell(box, row, widths, paper) for box in _across(grid, row))
    return f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{cells}</w:tr>"


def _across(grid: Grid, row: int) -> Iterator[TableBox]:
    """Yield the cells that cover a row, from left to right, gaps filled with empty ones."""
    column = 0
    for box in covering(grid, row):
        if box.column > column:
            yield TableBox("", row, column, across=box.column - column)
        yield box
        column = box.column + box.across
    if column < len(grid.widths):
        yield TableBox("", row, column, across=len(grid.widths) - column)


def _cell(box: TableBox, row: int, widths: list[int], paper: Paper) -> str:
    width = sum(widths[box.column : box.column + box.across])
    begins_here = row == box.row
    spans = ""
    if box.across > 1:
        spans += f'<w:gridSpan w:val="{box.across}"/>'
    if box.down > 1:
        spans += '<w:vMerge w:val="restart"/>' if begins_here else "<w:vMerge/>"
    is_group_label = box.down > 2 and box.column < 2 and not box.figure
    direction = '<w:textDirection w:val="tbRlV"/>' if paper.vertical and is_group_label else ""
    align = "center" if paper.centred or box.figure else "left"
    text = _run(_broken(box, paper), round(2 * paper.table_letters)) if begins_here else ""
    looks = f'<w:tcW w:w="{width}" w:type="dxa"/>{spans}{direction}<w:vAlign w:val="center"/>'
    return f'<w:tc><w:tcPr>{looks}</w:tcPr><w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{text}</w:p></w:tc>'


def _broken(box: TableBox, paper: Paper) -> str:
    """Return the text of a cell, a label of four characters broken in two where the paper has it so."""
    if box.figure or len(box.text) != 2 * paper.break_in:
        return box.text
    return "\n".join(wrapped(box.text, paper.break_in))
