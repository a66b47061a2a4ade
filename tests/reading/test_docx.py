"""Word documents: merged cells, tracked changes, text boxes, notes, numbering."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.reading.document import Unreadable
from nlp.reading.docx.reading import read
from tests.hostile.making import cell, docx, paragraph, table

RUN = "<w:r><w:t>{}</w:t></w:r>".format


def lines(body: str, **parts: str) -> list[str]:
    return read(docx(body, **parts)).text.split("\n")


MERGED = table(
    [
        [cell("三、办理结果", '<w:vMerge w:val="restart"/>'), cell("（一）予以公开"), cell("1")],
        [cell("", "<w:vMerge/>"), cell("（二）部分公开"), cell("")],
        [cell("四、结转", '<w:gridSpan w:val="2"/>'), cell("0")],
    ]
)
BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f"<mc:Choice><w:txbxContent>{paragraph('在框里')}</w:txbxContent></mc:Choice>"
    f"<mc:Fallback><w:txbxContent>{paragraph('在框里')}</w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r>" + RUN("在外面") + "</w:p>"
)
CASES = {
    "paragraphs are lines": (paragraph("一、总体情况") + paragraph("无。"), ["一、总体情况", "无。"]),
    "runs do not part": (f"<w:p>{RUN('一、总')}{RUN('体情况')}</w:p>", ["一、总体情况"]),
    "merged cells stand once": (
        MERGED,
        ["三、办理结果\t（一）予以公开\t1", "\t（二）部分公开\t", "四、结转\t0"],
    ),
    "paragraphs of a cell are one": (
        table([[f"<w:tc>{paragraph('商业')}{paragraph('企业')}</w:tc>", "1"]]),
        ["商业企业\t1"],
    ),
    "what was deleted is left out": (
        f"<w:p>{RUN('收到')}<w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins>{RUN('5')}</w:ins></w:p>",
        ["收到5"],
    ),
    "what was moved stands where it went": (
        f"<w:p><w:moveFrom>{RUN('a')}</w:moveFrom>{RUN('b')}<w:moveTo>{RUN('c')}</w:moveTo></w:p>",
        ["bc"],
    ),
    "a deleted row is left out": (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>"
        + cell("x")
        + "</w:tr><w:tr>"
        + cell("a")
        + cell("1")
        + "</w:tr></w:tbl>",
        ["a\t1"],
    ),
    "a text box is read once, behind its paragraph": (BOX, ["在外面", "在框里"]),
    "content controls are seen through": (
        f"<w:sdt><w:sdtContent>{paragraph('a')}</w:sdtContent></w:sdt>",
        ["a"],
    ),
    "codes of fields are not shown": (
        f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{RUN('a')}</w:p>",
        ["a"],
    ),
    "hidden text is not shown": (
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>{RUN('a')}</w:p>",
        ["a"],
    ),
    "a table in a table lays out the page": (
        table([[f"<w:tc>{MERGED}{paragraph('注')}</w:tc>", "旁"]]),
        ["三、办理结果\t（一）予以公开\t1", "\t（二）部分公开\t", "四、结转\t0", "注", "旁"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES)
def test_a_document_is_read_as_it_is_seen(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_notes_come_behind_their_paragraph_and_no_mark_is_left() -> None:
    note = f'<w:footnote w:id="2">{paragraph("含上年结转。")}</w:footnote>'
    body = f'<w:p>{RUN("13")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>{paragraph("后")}'
    assert lines(body, footnotes=note) == ["13", "含上年结转。", "后"]


def test_headers_and_footers_are_left_out() -> None:
    assert lines(paragraph("a"), header1=paragraph("页眉"), footer1=paragraph("- 1 -")) == ["a"]


def test_numbers_that_word_prints_are_read() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    )

    def numbered(text: str, level: int) -> str:
        settings = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'
        return f"<w:p><w:pPr>{settings}</w:pPr>{RUN(text)}</w:p>"

    body = numbered("总体情况", 0) + numbered("甲", 1) + numbered("主动公开", 0) + numbered("乙", 1)
    assert lines(body, numbering=numbering) == ["一、总体情况", "一.1甲", "二、主动公开", "二.1乙"]


def test_the_strict_variant_is_read() -> None:
    from tests.hostile.making import W, zipped

    body = f"<w:document {W}><w:body>{MERGED}</w:body></w:document>"
    usual, other = (
        "schemas.openxmlformats.org/wordprocessingml/2006/main",
        "purl.oclc.org/ooxml/wordprocessingml/main",
    )
    strict = zipped({"word/document.xml": body.replace(usual, other).encode()})
    assert read(strict).text == "\n".join(lines(MERGED))


def test_a_document_without_text_is_empty() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(docx("<w:p/>"))
    assert refusal.value.code == "empty"


tags = st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "del", "ins", "sdt", "txbxContent", "vMerge"])
trees = st.recursive(
    st.just("一"),
    lambda inner: st.builds("<w:{0}>{1}</w:{0}>".format, tags, inner) | st.builds(str.__add__, inner, inner),
)


@given(trees)
def test_any_tree_is_a_text_or_unreadable(tree: str) -> None:
    with suppress(Unreadable):
        read(docx(tree))


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_a_damaged_document_is_unreadable_or_read(noise: bytes, at: int) -> None:
    whole = docx(MERGED)
    with suppress(Unreadable):
        read(whole[:at] + noise + whole[at + len(noise) :])
