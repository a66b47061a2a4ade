"""What runs of a Word document look like: raised, struck out, hidden; formulas, fields, marks of notes."""

from __future__ import annotations

import pytest

from nlp.reading.docx.reading import read
from nlp.text.cells import NUMBER_BELOW, UNREAD
from tests.hostile.making import docx, paragraph, table

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
RAISING = '<w:vertAlign w:val="superscript"/>'
STYLES = "".join(
    (
        f'<w:style w:type="character" w:styleId="Up"><w:rPr>{RAISING}</w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Mark"><w:basedOn w:val="Up"/></w:style>',
        '<w:style w:type="character" w:styleId="Line"><w:basedOn w:val="Mark"/>',
        '<w:rPr><w:vertAlign w:val="baseline"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Old0"><w:rPr><w:strike/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Old"><w:basedOn w:val="Old0"/></w:style>',
        '<w:style w:type="character" w:styleId="Hid"><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="OldLine"><w:rPr><w:strike/></w:rPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="HidLine"><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:type="table" w:styleId="OldTable"><w:rPr><w:strike/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>',
    )
)


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def styled(text: str, style: str) -> str:
    return run(text, f'<w:rStyle w:val="{style}"/>')


def line(runs: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def cell(content: str, styles: str = STYLES, settings: str = "", of_table: str = "", **parts: str) -> str:
    """Return the text of the cell beside a label in a document that holds some runs or paragraphs there."""
    paragraphs = content if content.startswith("<w:p>") else f"<w:p>{content}</w:p>"
    inner = f"<w:tc><w:tcPr>{settings}</w:tcPr>{paragraphs}</w:tc>"
    body = table([["行政许可", inner]]).replace("<w:tbl>", f"<w:tbl><w:tblPr>{of_table}</w:tblPr>")
    return read(docx(body, styles=styles, **parts)).text.split("\t")[1]


TWELVE = {
    "raised": run("12") + run("1", RAISING),
    "raised by a style": run("12") + styled("1", "Up"),
    "raised by the style that a style is based on": run("12") + styled("1", "Mark"),
    "moved up": run("12") + run("1", '<w:position w:val="12"/>'),
    "moved down": run("12") + run("1", '<w:position w:val="-6"/>'),
    "struck out by a style based on another": styled("9", "Old") + run("12"),
    "hidden by a style": styled("9", "Hid") + run("12"),
    "a paragraph struck out by its style": line(run("9"), "OldLine") + line(run("12")),
    "a paragraph hidden by its style": line(run("9"), "HidLine") + line(run("12")),
    "the opposite of its paragraph": line(run("9") + run("12", '<w:strike w:val="0"/>'), "OldLine"),
    "struck out twice is not": line(run("9") + styled("12", "Old"), "OldLine"),
    "on the line in spite of what its style is based on": run("1") + styled("2", "Line"),
    "white": run("9", '<w:color w:val="FFFFFF"/>') + run("12"),
    "a speck": run("12") + run("9", '<w:sz w:val="2"/>'),
    "a style based on itself": styled("12", "Round"),
    "a reading above": f"<w:r><w:ruby><w:rt>{run('9')}</w:rt>"
    f"<w:rubyBase>{run('12')}</w:rubyBase></w:ruby></w:r>",
    "a formula": f"<m:oMath {MATH}><m:r><m:t>12</m:t></m:r></m:oMath>",
    "a formula with a struck-out number": f"<m:oMath {MATH}><m:r><w:rPr><w:strike/></w:rPr><m:t>9</m:t></m:r>"
    "<m:r><m:t>12</m:t></m:r></m:oMath>",
    "a number that was deleted": f"<w:del>{run('9')}</w:del>{run('12')}{run('1', RAISING)}",
}


@pytest.mark.parametrize("content", TWELVE.values(), ids=TWELVE)
def test_what_is_none_of_a_number_is_left_out(content: str) -> None:
    assert cell(content) == "12"


OTHER = {
    "struck out as a whole": (styled("12", "Old"), ""),
    "raised as a whole": (run("12", RAISING), "12"),
    "words beside": (run("规章") + styled("1", "Mark"), "规章1"),
    "moved a little": (run("12") + run("1", '<w:position w:val="2"/>'), f"12{NUMBER_BELOW}1"),
    "moved as a whole": (run("1", '<w:position w:val="-2"/>') + run("2", '<w:position w:val="-2"/>'), "12"),
    "white as a whole": (run("12", '<w:color w:val="FFFFFF"/>'), UNREAD),
    "corrected above": (run("9", "<w:strike/>") + run("12", RAISING), UNREAD),
    "a power": (
        f"<m:oMath {MATH}><m:sSup><m:e><m:r><m:t>1</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
        "</m:sSup></m:oMath>",
        UNREAD,
    ),
    "a picture": (
        '<w:r><w:object><v:shape xmlns:v="urn:schemas-microsoft-com:vml"/></w:object></w:r>',
        UNREAD,
    ),
    "a seal over the page": (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="position:absolute">'
        "<v:imagedata/></v:shape></w:pict></w:r>",
        "",
    ),
}


@pytest.mark.parametrize(("content", "text"), OTHER.values(), ids=OTHER)
def test_what_may_be_of_a_number_stays_or_is_told_as_unread(content: str, text: str) -> None:
    assert cell(content) == text


def test_white_on_a_colour_is_read() -> None:
    shade = '<w:shd w:val="clear" w:fill="4472C4"/>'
    white = run("1", '<w:color w:val="FFFFFF"/>') + run("2")
    assert cell(white, settings=shade) == "12"
    assert cell(white, of_table=shade) == "12"
    assert cell(run("1", f'<w:color w:val="FFFFFF"/>{shade}') + run("2")) == "12"


def test_styles_of_tables_and_of_all_text_tell_looks() -> None:
    off = '<w:strike w:val="false"/>'
    assert cell(run("9") + run("12", off), of_table='<w:tblStyle w:val="OldTable"/>') == "12"
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:strike/></w:rPr></w:rPrDefault></w:docDefaults>"
    assert cell(run("9") + run("12", off), styles=defaults) == "12"


def field(code: str, *shown: str) -> str:
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if shown else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{separate}'
        f'{"".join(map(run, shown))}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


FIELDS = {
    "a plain equation": (field(" EQ 12 "), "12"),
    "an equation": (field(r"EQ \f(1,2)"), UNREAD),
    "a number in a ring": (run("12") + field(r"eq \o\ac(○,3)"), "12③"),
    "an equation in one element": (r'<w:fldSimple w:instr="EQ \x(12)"/>', UNREAD),
    "a sum": (field("=SUM(ABOVE)", "12"), "12"),
    "text within a code": (field("IF 9") + run("12"), "12"),
    "text where the code has not ended": (
        field("QUOTE ").replace("</w:instrText>", f"</w:instrText>{run('9')}"),
        "",
    ),
    "a field in a code": (
        field(f"IF {'</w:instrText></w:r>'}{field('PAGE', '9')}<w:r><w:instrText>", "12"),
        "12",
    ),
}


@pytest.mark.parametrize(("content", "text"), FIELDS.values(), ids=FIELDS)
def test_fields_show_what_word_shows(content: str, text: str) -> None:
    assert cell(content) == text


def marked(kind: str, id: int) -> str:
    return f'{run("12")}<w:r><w:{kind}Reference w:id="{id}"/></w:r>'


def test_notes_of_cells_come_below_their_table() -> None:
    rows = [["规章", f"<w:tc><w:p>{marked('footnote', 2)}</w:p></w:tc>"]]
    rows += [["行政许可", f"<w:tc><w:p>{marked('endnote', 2)}</w:p></w:tc>"]]
    rows += [["行政处罚", f"<w:tc><w:p>{marked('footnote', 2)}</w:p></w:tc>"]]
    footnotes = f'<w:footnote w:id="2">{paragraph("含修订。")}</w:footnote>'
    endnotes = f'<w:endnote w:id="2">{paragraph("注：应为36。")}</w:endnote>'
    text = read(docx(table(rows) + paragraph("三、申请"), footnotes=footnotes, endnotes=endnotes)).text
    below = ["注：含修订。", "注：应为36。", "三、申请"]
    assert text.split("\n") == ["规章\t12", "行政许可\t12", "行政处罚\t12", *below]
