"""The rules of a page's own sheets: what they select, on which screens, and what goes first."""

from __future__ import annotations

import pytest
from lxml import etree

from nlp.reading.html.reading import read
from nlp.reading.html.styles import Styles
from nlp.text.cells import NUMBER_BELOW

PAGE = (
    '<body class="site"><div id="content"><table><tr><td>行政许可</td>'
    '<td><span class="o" data-old="1">2</span>12</td></tr></table></div></body>'
)


def cell(sheet: str, kind: str = "") -> str:
    """Return the text of the cell in which a sheet may hide the 2 before the 12."""
    return read(f"{kind}<html><head><style>{sheet}</style></head>{PAGE}</html>".encode()).text.split("\t")[1]


HIDING = [
    "#content .o{display:none}",
    "body .o{DISPLAY:NONE}",
    "td>.o{display:none}",
    "html body.site #content td > span.o { visibility:hidden }",
    "td+td .o{display:none}",
    "td ~ td > .o{display:none}",
    "span[data-old]{display:none}",
    "[class='o']{opacity:0}",
    "span:first-child{display:none}",
    "td:nth-child(2n) .o{display:none}",
    "span:not(.p){display:none}",
    "span:nth-of-type(1){text-decoration:line-through}",
    "td:is(td, .p) .o{display:none}",
    '[DATA-OLD="1" i]{display:none}',
    "[class^=o][data-old]:not(:hover){display:none}",
    ".p,.o,.q{display:none}",
    "@media all{.o{display:none}}",
    "@media screen and (min-width:1px){.o{font-size:0}}",
    "@media print,screen{.o{display:none}}",
    "@supports (display:grid){@media (min-width:60em){.o{display:none}}}",
    ".o{width:0;height:0;overflow:hidden;display:inline-block}",
    ".o{max-height:0;overflow-y:hidden;position:absolute}",
    ".o{font:0/0 a}",
    '.o::after{content:"}"} .o{display:none}',
    ".o{display:none!important} td span.o{display:inline}",
    "#content .o{display:none} .o{display:inline}",
]


@pytest.mark.parametrize("sheet", HIDING)
def test_what_a_sheet_hides_is_none_of_a_number(sheet: str) -> None:
    assert cell(sheet) == "12"


SHOWING = [
    "#menu .o{display:none}",
    "p .o{display:none}",
    "table>.o{display:none}",
    "td:nth-child(99) .o{display:none}",
    "span[data-new]{display:none}",
    "td:hover .o{display:none}",
    ".o::before{display:none}",
    ".o::part(x){display:none}",
    ".5o,.o..p,>.o{display:none}",
    "o|span{display:none}",
    "/* .o{display:none}",
    "@media print{.o{display:none}}",
    "@media not screen{.o{display:none}}",
    "@media screen and (max-width:768px){.o{display:none}}",
    "@font-face{font-family:x;src:url(x)}",
    ".o{width:auto;overflow:hidden;display:inline-block}",
    ".o{display:none} span.o{display:inline}",
    ".o{display:inline!important} #content .o{display:none}",
]


@pytest.mark.parametrize("sheet", SHOWING)
def test_what_a_sheet_hides_elsewhere_is_shown(sheet: str) -> None:
    assert cell(sheet) == "212"


UNSURE = [
    "td:has(.o) span{display:none}",
    "td > :is(td .o){text-decoration:line-through}",
    "span:not(p .o){display:none}",
    "span:nth-child(1 of :not(.p,.q)){display:none}",
    ".o:is(td .o){display:none} span.o{display:inline}",
    "span:future{font-size:6px}",
    f"{':not(.p)' * 99}{{display:none}}",
    ".o:f(f(f(f(f())))){display:none}",
]


@pytest.mark.parametrize("sheet", UNSURE)
def test_what_a_sheet_may_hide_stands_apart(sheet: str) -> None:
    assert cell(sheet) == f"2{NUMBER_BELOW}12"


TOO_MUCH = {
    "rules": ".p{top:0}" * 50_001,
    "selectors": f":not({'p' * 200}){{top:0}}" * 1000,
}


@pytest.mark.parametrize("sheet", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_sheets_may_hide_that_are_not_read_to_the_end_stands_apart(sheet: str) -> None:
    assert cell(f"{sheet} .o{{display:none}}") == f"2{NUMBER_BELOW}12"


def test_so_does_what_rules_may_hide_that_look_at_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.reading.html.elements.MOST_LOOKED_AT", 30)
    assert cell(".o{display:none}") == "12"
    assert cell("* + * *{top:0} td .o{display:none}") == f"2{NUMBER_BELOW}12"


def test_old_pages_take_names_in_capitals_for_the_same() -> None:
    assert cell(".O{display:none}") == "12"
    assert cell(".O{display:none}", "<!DOCTYPE html>") == "212"


def test_a_style_of_an_element_goes_before_sheets_but_for_important_ones() -> None:
    page = etree.HTML("<style>b{color:red!important;top:0}</style><b style='color:blue;top:1px'>5</b>")
    assert dict(Styles(page).of(page.find(".//b"))) == {"color": "red", "top": "1px"}


REPORT = "<p>一、总体情况</p><p>二、主动公开政府信息情况</p>{old}<table>{rows}</table>"
ROWS = "<tr><td>信息内容<td>本年制发件数<tr><td>规章<td>{}<tr><td>行政规范性文件<td>4"
HIDDEN_BLOCKS = {
    "a class": (".old{display:none}", '<div class="old">'),
    "an id": ("#old{display:none}", '<div id="old">'),
    "on screens": ("@media screen{.print{display:none}}", '<div class="print">'),
    "by what is around it": (".tabs > div + div{display:none}", '<div class="tabs"><div></div><div>'),
}


@pytest.mark.parametrize(("sheet", "opening"), HIDDEN_BLOCKS.values(), ids=HIDDEN_BLOCKS)
def test_a_table_of_another_year_that_a_sheet_hides_is_no_part_of_the_page(sheet: str, opening: str) -> None:
    old = f"{opening}<p>上年数据</p><table>{ROWS.format(77)}</table></div>"
    page = f"<style>{sheet}</style>{REPORT.format(old=old, rows=ROWS.format(3))}"
    text = read(page.encode()).text
    assert "规章\t3" in text
    assert "77" not in text


def test_a_chapter_that_is_folded_is_read() -> None:
    folded = f'<div class="folded"><p>二、主动公开政府信息情况</p><table>{ROWS.format(3)}</table></div>'
    page = f"<style>.folded{{display:none}}</style><div><p>一、总体情况</p><p>无。</p>{folded}</div>"
    assert "规章\t3" in read(page.encode()).text


def test_a_cell_that_is_not_visible_keeps_its_place() -> None:
    row = "<tr><td>规章<td class=x>3<td>12<td style='visibility:hidden'>4<td>6"
    assert (
        read(f"<style>.x{{visibility:hidden}}</style><table>{row}</table>".encode()).text == "规章\t\t12\t\t6"
    )
