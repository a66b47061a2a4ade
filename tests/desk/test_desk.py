"""The desk: what it shows of records, and the decisions that a person makes at it."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("flask", reason="the extra `desk` is not installed")
pytest.importorskip("PIL", reason="the extra `desk` is not installed")

from nlp.desk.app import application
from tests.desk.opening import CELL, DOUBTFUL, HOST, PDF, PORT, RIGHT, TOKEN, Opening, opening, records
from tests.project import ROOT


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of a report that asks for nothing, of one that asks for ten cells, of a PDF."""
    return records(tmp_path_factory.mktemp("records") / "records.jsonl", (RIGHT, DOUBTFUL, PDF))


@pytest.fixture
def desk(three: Path, tmp_path: Path) -> Opening:
    return opening(tmp_path, [three])


def text(page: Any, path: str) -> str:
    return "".join(page.xpath(f"string({path})"))


def field(page: Any) -> str:
    return str(page.xpath("//*[@id='card']/@data-field")[0])


def test_the_list_shows_what_each_report_asks_for(desk: Opening) -> None:
    page = desk.page("/")
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]
    assert [row[3] for row in rows] == ["0", "10", "0"]
    assert rows[1][2] == "把握不大"
    assert "共 3 份，符合筛选 3 份；1 份还有 10 处待定。" in page.text_content()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=open", [DOUBTFUL]),
        ("state=done", [RIGHT, PDF]),
        ("reason=cells_doubtful", [DOUBTFUL]),
        ("year=2019&file=samples", [RIGHT]),
        ("agency=气象局", [RIGHT]),
        ("agency=nobody", []),
    ],
)
def test_the_list_is_filtered(desk: Opening, query: str, shown: list[str]) -> None:
    assert [str(path) for path in desk.page(f"/?{query}").xpath("//td[@class='path']/text()")] == shown


def test_one_key_leads_to_the_next_report_with_something_left(desk: Opening) -> None:
    assert desk.get("/next?after=-1").location == "/report/1"
    desk.decide(1, "confirm_table", CELL)
    assert desk.get("/next?after=-1").location == "/"


def test_the_text_is_marked_where_the_cell_stands(desk: Opening) -> None:
    page = desk.page("/report/1")
    assert field(page) == CELL
    marked = page.xpath("//*[@class='text']//mark")
    assert [mark.text for mark in marked] == ["0"]
    report = desk.desk.shelf.report(1)
    line = report.cell(CELL.removeprefix("tables.")).line
    assert marked[0].getparent().get("data-line") == str(line)


def test_the_cell_of_a_pdf_is_framed_on_a_picture_of_its_page(desk: Opening) -> None:
    page = desk.page("/report/2?at=tables.requests.total.total")
    cell = desk.desk.shelf.report(2).cell("requests.total.total")
    (image,) = page.xpath("//svg/image/@href")
    assert image == f"/report/2/page/{cell.page}.png"
    assert page.xpath("//svg/rect[@class='frame']")
    assert desk.get(image).data.startswith(b"\x89PNG")
    assert desk.get("/report/2/page/99.png").status_code == 404


def test_the_text_of_a_pdf_is_shown_instead_and_its_pages_are_leafed_through(desk: Opening) -> None:
    page = desk.page("/report/2?at=tables.requests.total.total&view=text")
    assert [mark.text for mark in page.xpath("//mark")] == ["9"]
    (back,) = page.xpath("//*[@id='document']//a[@data-key='v']/@href")
    page = desk.page(back)
    for key, number in (("]", 4), ("[", 3), ("[", 2)):
        page = desk.page(page.xpath(f"//*[@id='document']//a[@data-key='{key}']/@href")[0])
        assert page.xpath("//svg/image/@href") == [f"/report/2/page/{number}.png"]
        assert bool(page.xpath("//svg/rect")) == (number == 3)


def test_agency_and_items_of_a_pdf_are_framed_on_its_pages_as_well(desk: Opening) -> None:
    for at in ("organization", "problems.0"):
        page = desk.page(f"/report/2?at={at}")
        assert page.xpath("//svg/rect/@class") == ["frame"], at
    assert desk.page("/report/2?at=sections.overview").xpath("//mark")


def test_a_cell_that_the_page_lacks_is_looked_for_beside_its_neighbours(three: Path, tmp_path: Path) -> None:
    from msgspec import json

    record = json.decode(three.read_bytes().splitlines()[2])
    lost = {"value": None, "text": None, "state": "missing", "line": None, "span": None, "confidence": 0.0}
    record["tables"]["requests"]["total"]["total"] = lost
    (tmp_path / "one.jsonl").write_bytes(json.encode(record) + b"\n")
    page = opening(tmp_path, [tmp_path / "one.jsonl"]).page("/report/0?at=tables.requests.total.total")
    assert page.xpath("//svg/rect/@class") == ["frame near"]


def test_a_cell_of_a_word_document_is_told_by_its_table_row_and_column(tmp_path: Path) -> None:
    desk = opening(tmp_path, [records(tmp_path / "one.jsonl", ["tests/renderings/0173.docx"])])
    said = desk.page("/report/0?at=tables.requests.total.total").xpath("string(//section[@id='card'])")
    place = desk.desk.shelf.report(0).cell("requests.total.total").at
    assert f"位置第{place.table}个表第{place.row}行第{place.column}列" in said.replace(" ", "")


def test_of_a_very_long_text_a_part_is_shown(tmp_path: Path) -> None:
    from nlp.desk.document_view import as_text
    from nlp.desk.spots import Spot
    from nlp.desk.words import Words

    for text in ("0" * 10**7, "0\n" * 10**6, "\n" + "0" * 10**6):
        for span in ((0, 1), (500_000, 500_001), (0, 10**9), (-5, 10), (10**9, 10**9 + 1)):
            assert len(as_text(text, Spot(span), Words("en"))) < 12_000_000


def test_documents_are_found_by_the_end_of_their_path(three: Path, tmp_path: Path) -> None:
    desk = opening(tmp_path, [three], [ROOT / "tests"])
    assert desk.page("/report/2").xpath("//*[@class='text'] | //svg")
    assert desk.page("/report/1").xpath("//*[@class='absent']")


def test_the_frame_is_where_the_number_is_printed(desk: Opening) -> None:
    """The picture has ink in the middle of the frame, and none in a frame's width beside it."""
    from io import BytesIO

    from PIL import Image

    page = desk.page("/report/2?at=tables.requests.total.total")
    x, y, width, height = (
        float(page.xpath(f"//svg/rect/@{name}")[0]) for name in ("x", "y", "width", "height")
    )
    picture = Image.open(BytesIO(desk.get(page.xpath("//svg/image/@href")[0]).data))
    scale = picture.width / float(page.xpath("//svg/image/@width")[0])
    inside = picture.crop([round(side * scale) for side in (x, y, x + width, y + height)])
    assert inside.getextrema()[0] < 100


def test_the_tables_have_a_link_for_every_cell_and_marks_on_doubtful_ones(desk: Opening) -> None:
    page = desk.page("/report/1")
    links = page.xpath("//*[@id='form']//td/a")
    assert len(links) == len(list(desk.desk.shelf.report(1).cells()))
    assert len(page.xpath("//*[@id='form']//td/a[@class='left']")) == 10
    assert all(link.get("aria-label") for link in links)


def test_a_number_that_is_typed_is_a_correction_and_the_next_thing_is_asked(desk: Opening) -> None:
    page = desk.decide(1, "value", CELL, value="1，204")
    (made,) = desk.written
    assert (made.field, made.value, made.state, made.by) == (CELL, 1204, "corrected", "Li")
    assert made.read["value"] == 0
    assert field(page) == "tables.disclosure.regulations.repealed"
    assert "本份还有 9 处待定" in page.text_content()
    assert page.xpath("//td[contains(@class, 'corrected')]/a/text()") == ["1204"]


@pytest.mark.parametrize(
    ("do", "state", "value"), [("blank", "corrected", None), ("missing", "missing", ...)]
)
def test_blank_and_missing_are_decisions(desk: Opening, do: str, state: str, value: object) -> None:
    desk.decide(1, do, CELL)
    (made,) = desk.written
    assert made.state == state
    assert value is ... or made.value == value


def test_a_row_and_a_table_are_confirmed_at_once_and_undone_at_once(desk: Opening) -> None:
    desk.decide(1, "confirm_row", CELL)
    assert {made.field.rpartition(".")[0] for made in desk.written} == {"tables.disclosure.regulations"}
    assert {made.state for made in desk.written} == {"confirmed"}
    desk.decide(1, "confirm_table", CELL)
    assert desk.desk.shelf.entries[1].left == 0
    assert desk.post("/undo").status_code == 200
    assert desk.desk.shelf.entries[1].left == 7
    desk.post("/undo")
    assert desk.desk.shelf.entries[1].left == 10
    assert desk.post("/undo").status_code == 409
    desk.post("/redo")
    desk.post("/redo")
    assert desk.desk.shelf.entries[1].left == 0
    assert desk.post("/redo").status_code == 409


def test_an_undo_is_a_line_more(desk: Opening) -> None:
    desk.decide(1, "value", CELL, value=3)
    desk.decide(1, "value", CELL, value=4)
    before = desk.corrections.read_bytes()
    desk.post("/undo")
    assert desk.corrections.read_bytes().startswith(before)
    assert desk.desk.shelf.decided(1).cell(CELL.removeprefix("tables.")).value == 3


def test_what_was_decided_is_there_after_a_restart(desk: Opening, three: Path, tmp_path: Path) -> None:
    desk.decide(1, "value", CELL, value=5)
    again = opening(tmp_path, [three])
    assert [entry.left for entry in again.desk.shelf.entries] == [0, 9, 0]
    assert "Li" in text(again.page(f"/report/1?at={CELL}"), "//*[@class='decided']")
    again.decide(1, "withdraw", CELL)
    assert again.desk.shelf.entries[1].left == 10


def test_the_same_decision_twice_is_written_once(desk: Opening) -> None:
    desk.decide(1, "value", CELL, value=5)
    desk.decide(1, "value", CELL, value=5)
    assert len(desk.written) == 1


def test_what_another_person_adds_to_the_file_is_seen(desk: Opening, three: Path, tmp_path: Path) -> None:
    other = opening(tmp_path, [three])
    other.decide(1, "value", CELL, value=6)
    desk.decide(1, "value", "tables.disclosure.regulations.repealed", value=7)
    assert len(desk.written) == 2
    assert desk.desk.shelf.entries[1].left == 8


def test_a_candidate_is_a_button_and_an_ambiguous_cell_is_not_confirmed(tmp_path: Path, three: Path) -> None:
    from msgspec import json

    lines = three.read_bytes().splitlines()
    record = json.decode(lines[0])
    record["tables"]["requests"]["total"]["total"].update(
        {
            "state": "ambiguous",
            "value": None,
            "text": None,
            "span": None,
            "line": None,
            "candidates": [2, 5, None],
        }
    )
    record["review"] = [{"code": "cells_ambiguous", "message": "…", "cells": ["requests.total.total"]}]
    (tmp_path / "one.jsonl").write_bytes(json.encode(record) + b"\n")
    desk = opening(tmp_path, [tmp_path / "one.jsonl"])
    page = desk.page("/report/0")
    buttons = page.xpath("//*[contains(@class, 'candidates')]/button")
    assert [
        (button.get("data-key"), button.get("data-do"), button.get("data-value")) for button in buttons
    ] == [
        ("1", "value", "2"),
        ("2", "value", "5"),
        ("3", "blank", None),
    ]
    assert not page.xpath("//button[@data-do='confirm']")
    refused = desk.post("/report/0/decide", {"do": "confirm", "field": "tables.requests.total.total"})
    assert refused.status_code == 422
    desk.decide(0, "confirm_table", "tables.requests.total.total")
    assert desk.desk.shelf.entries[0].left == 1, "the rest of the table was confirmed"
    desk.decide(0, "untellable", "tables.requests.total.total")
    assert desk.desk.shelf.entries[0].left == 0


def test_sums_are_told_as_one_types(desk: Opening) -> None:
    body = {"do": "value", "field": "tables.requests.total.total", "value": "9"}
    said = desk.post("/report/0/try", body)
    assert "这样会不平衡：3 处" in said.text
    assert "相差 7" in said.text
    assert desk.written == []
    desk.decide(0, "value", body["field"], value=9)
    assert "这样就平衡了：3 处" in desk.post("/report/0/try", {**body, "value": "2"}).text


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"do": "value", "field": CELL, "value": "many"}, 422, "请输入一个数"),
        ({"do": "value", "field": CELL, "value": "1.5"}, 422, "no whole number"),
        ({"do": "value", "field": "tables.requests.nothing.total", "value": 1}, 422, "没有这一项"),
        ({"do": "fly", "field": CELL}, 422, "没有这个操作"),
        ({"do": "split", "field": "problems.0", "at": 3, "read": ["another"]}, 422, "重新载入"),
        ({"do": "value", "field": "year", "value": "last"}, 422, "请输入一个数"),
        (b"not json", 422, "看不懂"),
    ],
)
def test_what_cannot_be_decided_is_told_and_not_written(
    desk: Opening, body: object, status: int, words: str
) -> None:
    answer = desk.post("/report/1/decide", body)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert desk.written == []


def test_agency_year_and_form_are_decided(desk: Opening) -> None:
    desk.decide(0, "value", "organization", value="古塔区气象局办公室")
    desk.decide(0, "value", "year", value="2020")
    report = desk.desk.shelf.decided(0)
    assert (report.organization, report.year) == ("古塔区气象局办公室", 2020)
    assert "古塔区气象局办公室" in desk.page("/").text_content()


def test_what_was_read_and_what_was_decided_are_both_shown(desk: Opening) -> None:
    page = desk.decide(0, "value", "year", value="2020")
    assert [said.text_content() for said in page.xpath("//*[@class='read']")] == ["读作2019", "已定为2020"]
    desk.decide(0, "confirm", "year")
    assert desk.desk.shelf.decided(0).year == 2019
    desk.decide(0, "blank", "organization")
    assert desk.desk.shelf.decided(0).organization is None
    desk.decide(0, "missing", "sections.overview")
    assert "overview" not in [section.kind for section in desk.desk.shelf.decided(0).sections]


def test_an_item_is_split_joined_rewritten_paired_and_removed(desk: Opening) -> None:
    read = [item.text for item in desk.desk.shelf.report(0).problems]
    cut = read[0].index("，")
    desk.decide(0, "split", "problems.0", at=cut + 1, read=read)
    problems = desk.desk.shelf.decided(0).problems
    assert [item.text for item in problems] == [read[0][:cut], read[0][cut + 1 :], *read[1:]]
    decoded = (ROOT / RIGHT).read_text(encoding="utf-8")
    assert all(item.span and decoded[slice(*item.span)] == item.text for item in problems[:2])
    now = [item.text for item in problems]
    desk.decide(0, "join", "problems.0", read=now)
    joined = desk.desk.shelf.decided(0).problems
    assert (len(joined), joined[0].span) == (len(read), desk.desk.shelf.report(0).problems[0].span)
    desk.decide(0, "rewrite", "problems.0", value="答复不规范", read=[item.text for item in joined])
    measures = [item.text for item in desk.desk.shelf.decided(0).improvements]
    desk.decide(0, "pair", "improvements.0", answers=["答复不规范"], read=measures)
    assert desk.desk.shelf.decided(0).improvements[0].answers == [0]
    desk.decide(0, "remove", "improvements.0", read=measures)
    assert [item.text for item in desk.desk.shelf.decided(0).improvements] == measures[1:]
    for _ in range(5):
        desk.post("/undo")
    assert [item.text for item in desk.desk.shelf.decided(0).problems] == read


def test_the_border_of_a_chapter_is_moved(desk: Opening) -> None:
    desk.decide(0, "border", "sections.overview", lines=[4, 9])
    section = next(section for section in desk.desk.shelf.decided(0).sections if section.kind == "overview")
    assert section.lines == (4, 9)
    outside = desk.post(
        "/report/0/decide", {"do": "border", "field": "sections.overview", "lines": [4, 9999]}
    )
    assert outside.status_code == 422


def test_files_that_are_dropped_are_read_and_checked(tmp_path: Path) -> None:
    desk = opening(tmp_path, [])
    assert "还没有打开任何报告" in desk.page("/").text_content()
    assert desk.post("/drop?name=../../draft.txt", (ROOT / DOUBTFUL).read_bytes()).status_code == 204
    assert desk.post("/drop?name=torn.pdf", b"%PDF-1.7 and no more").status_code == 204
    (row, torn) = desk.page("/").xpath("//tbody/tr")
    assert "draft.txt" in row.text_content()
    assert desk.page("/report/0").xpath("//*[@class='text']//mark")
    desk.decide(0, "value", CELL, value=8)
    assert desk.written[0].value == 8
    assert "未能读取" in torn.text_content()
    page = desk.page("/report/1")
    assert page.xpath("//*[@id='whose']/*[@class='alarm']")
    assert not page.xpath("//*[@id='card']")
    assert desk.post("/report/1/decide", {"do": "value", "field": "year", "value": 2020}).status_code == 422


def test_compressed_records_lists_and_lines_that_are_no_records(three: Path, tmp_path: Path) -> None:
    content = three.read_bytes()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(content))
    (tmp_path / "b.json").write_bytes(b"[" + b",".join(content.splitlines()) + b"]")
    (tmp_path / "c.jsonl").write_bytes(b"\xef\xbb\xbf" + content + b'{"torn": \n')
    desk = opening(tmp_path, [tmp_path / name for name in ("a.jsonl.gz", "b.json", "c.jsonl")])
    assert [entry.left for entry in desk.desk.shelf.entries] == [0, 10, 0] * 3 + [0]
    assert field(desk.page("/report/7")) == CELL
    assert desk.page("/report/9") is not None
    assert desk.desk.shelf.entries[9].failure == "bad_record"


def test_both_languages_have_every_page(desk: Opening) -> None:
    assert "报告列表" in desk.get("/", headers={"Accept-Language": "en-GB"}).text
    in_english = application(desk.desk, TOKEN, PORT, "en").test_client()
    entered = in_english.get(f"/?token={TOKEN}", base_url=f"http://{HOST}", follow_redirects=True)
    assert "Reports" in entered.text
    assert (
        desk.get("/language/en", headers={"Referer": "http://x.example/report/1?at=year"}).location
        == "/report/1?at=year"
    )
    page = desk.page("/report/1")
    assert page.get("lang") == "en"
    assert "10 cells were read with little confidence" in page.text_content()
    assert desk.get("/language/fr").status_code == 404


def test_lines_are_labelled_into_a_file_that_training_reads(three: Path, tmp_path: Path) -> None:
    from nlp.desk.labels import Labels
    from training.labels.at_desk import Files
    from training.labels.label_files import read

    desk = opening(tmp_path, [three], labels=Labels(tmp_path / "labels", Files()))
    rows = desk.page("/report/0/lines").xpath("//select")
    assert len(rows) > 50
    n = int(rows[5].get("data-label"))
    body = {"do": "label", "field": "", "at": n, "value": "furniture"}
    assert desk.post("/report/0/label", body).status_code == 200
    (labelled,) = read([tmp_path / "labels"])
    assert labelled.labels[n - 1] == "furniture"
    assert labelled.text == (ROOT / RIGHT).read_text(encoding="utf-8")
    chosen = desk.page("/report/0/lines").xpath(f"//select[@data-label='{n}']/option[@selected]/@value")
    assert chosen == ["furniture"]
    for value, at in (("title", n), ("heading", 9999)):
        assert desk.post("/report/0/label", {**body, "at": at, "value": value}).status_code == 500
    (tmp_path / "labels" / "02-pipes-2019.tsv").write_text("heading\tanother text\n", encoding="utf-8")
    assert "another text" in desk.get("/report/0/lines").text


def test_without_a_folder_for_labels_none_are_given(desk: Opening) -> None:
    assert "--labels" in desk.get("/report/0/lines").text
