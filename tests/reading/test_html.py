"""Pages of sites: tables, chrome, charsets, announcements."""

from __future__ import annotations

from base64 import encodebytes
from contextlib import suppress
from json import dumps

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.reading.document import Unreadable
from nlp.reading.html.reading import read, read_markdown, read_saved
from nlp.reading.kinds import MARKDOWN, media_type

REPORT = "<p>一、总体情况</p><p>无。</p><p>六、其他需要报告的事项</p><p>无。</p>"
GRID = (
    "<table><tr><td rowspan=2>三、本年度办理结果</td><td>（一）予以公开</td><td>1</td></tr>"
    "<tr><td>（二）部分公开</td><td></td></tr><tr><td colspan=2>四、结转</td><td>0</td></tr></table>"
)


def lines(markup: str) -> list[str]:
    return read(markup.encode()).text.split("\n")


CASES = {
    "paragraphs are lines": ("<p>一、总体情况</p><p>无。</p>", ["一、总体情况", "无。"]),
    "br ends a line": ("<div>一、总体情况<br>无。<br/>有。</div>", ["一、总体情况", "无。", "有。"]),
    "a line break of the source is none": ("<p>政府\n  信息</p>", ["政府信息"]),
    "words keep their space": ("<p>a\nb &nbsp; c</p>", ["a b \xa0 c"]),
    "spans do not part": ("<p><span>一、总</span><b>体</b>情况</p>", ["一、总体情况"]),
    "scripts and styles are not shown": ("<style>p{}</style><script>1</script><p>a</p><!-- b -->", ["a"]),
    "what is hidden is not shown": ('<p>a</p><p style="display: none">b</p><p hidden>c</p>', ["a"]),
    "text of no size is not shown": (
        '<p>12<font style="font-size:0">9</font></p><p style="font-size:0"><b style="font-size:1em">3</b>',
        ["12", "3"],
    ),
    "rows are lines of cells": (
        GRID,
        ["三、本年度办理结果\t（一）予以公开\t1", "\t（二）部分公开\t", "四、结转\t0"],
    ),
    "breaks within cells are none": (
        "<table><tr><td>商业<br>企业<td><p>1</p><p></p></table>",
        ["商业企业\t1"],
    ),
    "a table in a table lays out the page": (
        f"<table><tr><td>首页</td><td>{GRID}</td></tr></table>",
        ["首页", "三、本年度办理结果\t（一）予以公开\t1", "\t（二）部分公开\t", "四、结转\t0"],
    ),
    "a long cell lays out the page": (
        f"<table><tr><td>菜单</td><td><p>{'公' * 300}</p><p>{'开' * 300}</p></td></tr></table>",
        ["菜单", "公" * 300, "开" * 300],
    ),
    "the lines and gaps of text that is set as typed": (
        "<p>公开\n情况</p><pre>规章    0  2\n<b>行政许可</b>  7\n\n</pre>一、 \n 二",
        ["公开情况", "规章    0  2", "行政许可  7", "一、二"],
    ),
    "the foot of a table comes last": (
        "<table><tfoot><tr><td>总计<td>3</tfoot><tr><td>规章<td>1</table>",
        ["规章\t1", "总计\t3"],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), CASES.values(), ids=CASES)
def test_a_page_is_read_as_it_is_seen(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


def test_the_report_is_found_among_the_chrome() -> None:
    page = f'<ul><li><a href="/">首页</a></li></ul><div><div id="zoom">{REPORT}</div></div><p>版权所有</p>'
    assert lines(page) == ["一、总体情况", "无。", "六、其他需要报告的事项", "无。"]


TITLE = "青禾县水务局2023年政府信息公开工作年度报告"
TITLED = {
    "heading": f"<h1>{TITLE}</h1><div>{REPORT}</div>",
    "head": f"<head><title>{TITLE} - 青禾县人民政府网</title></head><div>{REPORT}</div>",
    "above": f"<div><span>{TITLE}</span></div><div>{REPORT}</div>",
    "within": f"<div><p>{TITLE}</p>{REPORT}</div>",
}


@pytest.mark.parametrize("markup", TITLED.values(), ids=TITLED)
def test_the_title_comes_along(markup: str) -> None:
    found = lines(f"<html>{markup}</html>")
    assert (found[0], found.count(TITLE)) == (TITLE, 1)


@pytest.mark.parametrize("charset", ["gbk", "utf-8", "big5", "nonsense", ""])
@pytest.mark.parametrize("written", ["gb18030", "utf-8", "utf-16"])
def test_a_page_is_read_whatever_charset_it_declares(written: str, charset: str) -> None:
    page = f'<html><meta charset="{charset}"><body>{REPORT * 3}</body></html>'
    found = read(page.encode(written))
    assert found.text.startswith("一、总体情况\n无。")
    assert (found.encoding, found.replaced) == (written, 0)


def test_a_page_that_a_browser_saved_is_read() -> None:
    saved = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    assert read_saved(saved + encodebytes(REPORT.encode()) + b"\r\n--b--\r\n").text.startswith("一、总体情况")


def test_the_sheets_that_a_browser_saved_with_a_page_are_followed() -> None:
    """Chromium saves the sheets of a page as parts of their own, which the page links to."""
    sheet = (
        b"--b\r\nContent-Type: text/css\r\nContent-Location: cid:1@mhtml.blink\r\n\r\n#o{display:none}\r\n"
    )
    page = '<link rel="stylesheet" href="cid:1@mhtml.blink"><table><tr><td>规章<td><b id="o">3</b>12</table>'
    saved = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    saved += b"--b\r\nContent-Type: text/html\r\n\r\n" + page.encode() + b"\r\n" + sheet + b"--b--\r\n"
    assert read_saved(saved).text == "规章\t12"


@pytest.mark.parametrize("link", ["P020240131.pdf", "/a/年报.docx?download=1", "x.DOC"])
def test_a_page_that_only_links_to_the_report_is_told(link: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(f'<html><p>{TITLE}</p><p>附件：<a href="{link}">下载</a></p></html>'.encode())
    assert refusal.value.code == "no_report"
    assert link in refusal.value.message


def test_a_report_with_attachments_is_read() -> None:
    assert lines(f'{REPORT}<a href="x.pdf">附件</a>')[0] == "一、总体情况"


@given(st.text("<>/tdrbp=\"' 1一a&;!-\n", max_size=200))
def test_any_markup_is_a_text_or_unreadable(markup: str) -> None:
    with suppress(Unreadable):
        read(f"<html>{markup}".encode())


def test_tables_that_markdown_has_as_markup_are_rows_and_the_rest_is_as_it_stands() -> None:
    """MinerU writes each table as a page of its own, pandoc as one of several lines."""
    page = (
        "# 某某县水利局2023年政府信息公开工作年度报告\n\n## 二、主动公开政府信息情况\n\n"
        "<html><body><table><tr><td>规章</td><td>0</td><td></td><td>3</td></tr></table></body></html>\n\n"
        "## 三、收到和处理政府信息公开申请情况\n\n"
        "<table>\n<tr>\n<td><p>（一）予以公开</p></td>\n<td>2</td>\n</tr>\n</table>\n\n无。\n"
    )
    assert media_type(page.encode()) == MARKDOWN
    lines = read_markdown(page.encode()).text.split("\n")
    assert lines[:3] == ["# 某某县水利局2023年政府信息公开工作年度报告", "", "## 二、主动公开政府信息情况"]
    assert [line for line in lines if "\t" in line] == ["规章\t0\t\t3", "（一）予以公开\t2"]
    assert lines[-1] == "无。"


def test_a_saved_page_with_broken_headers_is_read() -> None:
    """Python's newer reader of headers trips over `y*` (found by feeding the reader with anything)."""
    page = b"Content-Type: multipart/related; boundary=x\n\n--x\n"
    assert read_saved(page + b"Content-Type: text/html; y*\n\n<p>a</p>\n--x--\n").text == "a"


TITLE = "青禾县水务局2023年政府信息公开工作年度报告"
CHAPTERS = (
    "一、总体情况",
    "无。",
    "二、主动公开政府信息情况",
    "行政许可 3",
    "六、其他需要报告的事项",
    "无。",
)
MARKUP = "".join(f"<p>{text}</p>" for text in CHAPTERS)


def in_script(data: object, shown: str = "", title: str = "", ascii: bool = False) -> str:
    written = dumps(data, ensure_ascii=ascii).replace("</", "<\\/")
    head = f"<head><title>{title}</title></head>"
    return f"<html>{head}<body>{shown}<div id=app></div><script>var page = {written};</script></body></html>"


SCRIPTS = {
    "markup": in_script({"data": {"id": 7, "content": f"<h1>{TITLE}</h1>{MARKUP}"}}),
    "escaped": in_script({"content": f"<h1>{TITLE}</h1>{MARKUP}"}, ascii=True),
    "title of the page": in_script({"content": MARKUP}, title=f"{TITLE}_青禾县"),
    "title beside": in_script({"title": TITLE, "content": MARKUP}, shown="<p>正在加载，请稍候</p>"),
    "text": in_script({"title": TITLE, "content": "\n".join(CHAPTERS)}),
    "twice": in_script([{"content": f"<p>{TITLE}</p>{MARKUP}"}] * 2),
}


@pytest.mark.parametrize("page", SCRIPTS.values(), ids=SCRIPTS)
def test_a_report_that_only_the_scripts_of_a_page_hold_is_read(page: str) -> None:
    assert lines(page) == [TITLE, *CHAPTERS]


def test_of_titles_that_differ_none_is_taken_from_scripts() -> None:
    others = [{"title": TITLE, "content": MARKUP}, {"title": TITLE.replace("2023", "2022")}]
    assert lines(in_script(others)) == [*CHAPTERS]


NOT_READ = {
    "two reports": in_script([{"content": MARKUP}, {"content": MARKUP.replace("3", "4")}]),
    "a menu": in_script(["一、总体情况", "六、其他需要报告的事项"]),
    "broken": in_script({"content": MARKUP}).replace("<\\/p>", "\\x<\\/p>"),
}


@pytest.mark.parametrize("page", NOT_READ.values(), ids=NOT_READ)
def test_scripts_without_one_report_show_nothing(page: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(page.encode())
    assert told.value.code == "empty"


def test_what_a_page_shows_goes_before_what_its_scripts_hold() -> None:
    shown = "".join(f"<p>{text}</p>" for text in ("一、总体情况", "有。"))
    assert lines(in_script({"content": MARKUP}, shown=shown)) == ["一、总体情况", "有。"]
    assert lines(in_script({"content": MARKUP}, shown="<p>" + "通知公告" * 20 + "</p>")) == ["通知公告" * 20]
