"""OFD: the same records as the PDF, in the habits of different programs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nlp.pipeline import Reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import BytesInput
from nlp.reading.ofd.reading import read
from tests.hostile.making import zipped, zipped_in_gbk
from tests.project import ROOT
from training.rendering.ofd import HABITS, Habit, ofd
from training.rendering.ofd_records import differing

RENDERINGS = ROOT / "tests" / "renderings"
ROOT_XML = (
    "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'><ofd:DocBody>"
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
)
PROSE = "一、总体情况。本年度主动公开政府信息，办理申请，及时答复。"


def line(text: str, x: float, y: float, more: str = "", delta: str | None = None) -> str:
    """Return a TextObject of 4 mm letters at a place of the page."""
    steps = f" DeltaX='{delta or f'g {len(text) - 1} 4'}'" if len(text) > 1 and delta != "" else ""
    return (
        f"<TextObject Boundary='{x} {y} {4 * len(text)} 5' Font='1' Size='4'{more}>"
        f"<TextCode X='0' Y='4'{steps}>{text}</TextCode></TextObject>"
    )


def rule(x: float, y: float, across: float, down: float) -> str:
    return (
        f"<PathObject Boundary='{x} {y} {across} {down}'>"
        f"<AbbreviatedData>M 0 0 L {across} {down}</AbbreviatedData></PathObject>"
    )


def package(content: str, document: str = "", page: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """Return an OFD of one page; `document` and `page` stand before their content."""
    pages = "<Pages><Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/></Pages>"
    area = "<PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>"
    members = {
        "OFD.xml": ROOT_XML,
        "Doc_0/Document.xml": f"<Document><CommonData>{area}{document}</CommonData>{pages}</Document>",
        "Doc_0/Pages/Page_0/Content.xml": (
            f"<Page>{page}<Content><Layer>{line(PROSE, 20, 20)}{content}</Layer></Content></Page>"
        ),
        **(more or {}),
    }
    return zipped({name: text.encode() for name, text in members.items()})


def lines(content: bytes) -> list[str]:
    return read(content).text.split("\n")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("name", "habit"), [*(("0179", habit) for habit in HABITS), ("0173", "character"), ("0173", "runs")]
)
def test_an_ofd_gives_the_record_of_the_pdf(reader: Reader, name: str, habit: Habit) -> None:
    pdf = (RENDERINGS / f"{name}.pdf").read_bytes()
    of_pdf = reader.read(BytesInput("report", content=pdf))
    of_ofd = reader.read(BytesInput("report", content=ofd(pdf, habit)))
    assert of_ofd.source.media_type == "application/ofd"
    assert differing(of_pdf, of_ofd) == []
    assert any(cell.page == 2 for _, cell in of_ofd.cells())


def test_ruled_lines_make_cells() -> None:
    ruled = "".join(rule(20, y, 60, 0) for y in (40, 50, 60))
    ruled += "".join(rule(x, 40, 0, 20) for x in (20, 50, 80))
    words = (
        line("规章", 22, 43) + line("3", 52, 43) + line("行政许可", 22, 53) + line("12", 52, 53, delta="2")
    )
    decoded = read(package(ruled + words))
    assert decoded.text.split("\n")[1:] == ["规章\t3", "行政许可\t12"]
    (table,) = decoded.tables
    assert [[decoded.text[cell.start : cell.end] for cell in row] for row in table.rows] == [
        ["规章", "3"],
        ["行政许可", "12"],
    ]


def test_a_box_and_a_line_in_one_path_rule_as_well() -> None:
    data = "M 0 0 L 60 0 L 60 20 L 0 20 C M 0 10 L 60 10 M 30 0 L 30 20"
    path = f"<PathObject Boundary='20 40 60 20'><AbbreviatedData>{data}</AbbreviatedData></PathObject>"
    words = (
        line("规章", 22, 43) + line("3", 52, 43) + line("行政许可", 22, 53) + line("12", 52, 53, delta="2")
    )
    assert lines(package(path + words))[1:] == ["规章\t3", "行政许可\t12"]


def test_letters_without_steps_follow_each_other() -> None:
    assert lines(package(line("规章2023年", 20, 40, delta="")))[1] == "规章2023年"


def test_a_page_that_lies_on_its_side_is_set_upright() -> None:
    words = "".join(line(PROSE[n:], 150 + 8 * n, 250, " CTM='0 -1 1 0 0 0'") for n in range(4))
    text = lines(package(words))
    assert PROSE in text
    assert PROSE[1:] in text


def test_a_scaled_object_is_as_large_as_it_shows() -> None:
    scaled = (
        "<TextObject Boundary='20 40 60 5' Size='1' CTM='4 0 0 4 0 0'>"
        "<TextCode X='0' Y='1' DeltaX='g 3 1'>行政许可</TextCode></TextObject>"
    )
    decoded = read(package(scaled))
    start = decoded.text.index("行政许可")
    assert decoded.positions is not None
    place = decoded.positions.of((start, start + 4))
    assert place is not None
    page, (left, bottom, right, top) = place
    assert (page, left, round(right - left)) == (1, 56.7, 45)
    assert round(top - bottom, 1) == 11.3


def test_what_templates_and_groups_hold_is_read_and_what_is_laid_over_is_not() -> None:
    template = "<TemplatePage ID='9' BaseLoc='Tpls/T.xml'/><PublicRes>Res.xml</PublicRes>"
    more = {
        "Doc_0/Tpls/T.xml": f"<Page><Content><Layer>{line('某某县人民政府', 20, 5)}</Layer></Content></Page>",
        "Doc_0/Res.xml": (
            "<Res><CompositeGraphicUnits><CompositeGraphicUnit ID='5' Width='50' Height='50'><Content>"
            f"{line('行政许可', 2, 3)}</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>"
        ),
        "Doc_0/Annots/Annotations.xml": (
            f"<Annotations><Page><Appearance>{line('印章', 9, 9)}</Appearance></Page></Annotations>"
        ),
    }
    group = "<CompositeObject Boundary='20 60 50 50' ResourceID='5'/>"
    hidden = line("看不见", 20, 80, " Visible='false'")
    page = "<Template TemplateID='9' ZOrder='Background'/>"
    assert lines(package(group + hidden, template, page, more)) == ["某某县人民政府", PROSE, "行政许可"]


def test_two_documents_follow_each_other() -> None:
    second = "<DocBody><DocRoot>/Doc_1/Document.xml</DocRoot></DocBody></ofd:OFD>"
    page = f"<Page><Content><Layer>{line('二、主动公开政府信息情况', 20, 20)}</Layer></Content></Page>"
    more = {
        "OFD.xml": ROOT_XML.replace("</ofd:OFD>", second),
        "Doc_1/Document.xml": "<Document><Pages><Page BaseLoc='Doc_1\\P\\Content.xml'/></Pages></Document>",
        "doc_1/p/content.xml": page,
    }
    decoded = read(package("", more=more))
    assert decoded.text == f"{PROSE}\n二、主动公开政府信息情况"
    assert decoded.positions is not None
    place = decoded.positions.of((len(PROSE) + 1, len(PROSE) + 3))
    assert place is not None
    assert place[0] == 2


def test_names_of_members_in_gbk_are_found() -> None:
    named = ROOT_XML.replace("Doc_0/Document.xml", "正文/文档.xml")
    members = {
        "OFD.xml": named,
        "正文/文档.xml": "<Document><Pages><Page BaseLoc='页.xml'/></Pages></Document>",
        "正文/页.xml": f"<Page><Content><Layer>{line(PROSE, 20, 20)}</Layer></Content></Page>",
    }
    assert read(zipped_in_gbk({name: text.encode() for name, text in members.items()})).text == PROSE


@pytest.mark.parametrize(
    ("members", "code", "words"),
    [
        ({"OFD.xml": ROOT_XML}, "damaged", "does not hold"),
        ({"OFD.xml": ROOT_XML.replace("DocRoot", "Root")}, "damaged", "does not hold"),
        ({"OFD.xml": "<OFD/>"}, "damaged", "no page"),
        ({"OFD.xml": ROOT_XML, "Encryptions.xml": "<a/>"}, "encrypted", "password"),
        ({"OFD.xml": "<OFD"}, "damaged", "OFD.xml"),
    ],
)
def test_what_cannot_be_read_says_why(members: dict[str, str], code: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as refusal:
        read(zipped({name: text.encode() for name, text in members.items()}))
    assert refusal.value.code == code


def test_pictures_of_pages_are_told() -> None:
    image = "<ImageObject Boundary='0 0 210 297' ResourceID='3'/>"
    members = {
        "OFD.xml": ROOT_XML,
        "Doc_0/Document.xml": "<Document><Pages><Page BaseLoc='P.xml'/></Pages></Document>",
        "Doc_0/P.xml": f"<Page><Content><Layer>{image}</Layer></Content></Page>",
    }
    with pytest.raises(Unreadable) as refusal:
        read(zipped({name: text.encode() for name, text in members.items()}))
    assert refusal.value.code == "no_text_layer"
