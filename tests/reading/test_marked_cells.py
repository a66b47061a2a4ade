"""What the markup of a page says of the digits in a cell: hidden, struck out, raised, small, on a button."""

from __future__ import annotations

import pytest

from nlp.reading.html.reading import read
from nlp.text.cells import NUMBER_BELOW, UNREAD


def cell(markup: str, head: str = "", around: str = "<table>") -> str:
    """Return the text of the cell beside a label on a page that holds some markup there."""
    page = f"<html><head>{head}</head><body>{around}<tr><td>行政许可<td>{markup}<td>9</table></body></html>"
    return read(page.encode()).text.split("\t")[1]


NOTES = {
    "a reading above": "<ruby>12<rt>7</rt></ruby>",
    "a reading in brackets": "<ruby>12<rp>（</rp><rt>注3</rt><rp>）</rp></ruby>",
    "a link to a note": '12<a href="#fn8">8</a>',
    "a link to a note in brackets": '<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>12',
    "a class of Word": '12<span class="MsoFootnoteReference">1</span>',
    "a class of superscripts": '12<span class="superscript">1</span>',
    "white": '<font color="white">6</font>12',
    "white by style": '12<span style="color:#FFFFFF"><b>77</b></span>',
    "white on white": '<span style="background:#fff;color:rgb(255, 255, 255)">3</span>12',
    "struck out by class": '<span class="strikethrough">8</span>12',
    "struck out by another class": '12<i class="line-through">8</i>',
}


@pytest.mark.parametrize("markup", NOTES.values(), ids=NOTES)
def test_notes_and_what_is_struck_out_are_none_of_a_number(markup: str) -> None:
    assert cell(markup) == "12"


KEPT = {
    "a link elsewhere": ('1<a href="list.html#all">2</a>', "12"),
    "a link as all of a cell": ('<a href="#table2">12</a>', "12"),
    "a link to the top": ('1<a href="#">2</a>', "12"),
    "a number of parts": ("<span>1</span><b>2</b>", "12"),
    "a number that leans": ("1<i>2</i>", "12"),
    "white as all of a cell": ('<font color="#fff">12</font>', "12"),
    "white on blue": ('<span style="background-color:#0070c0;color:#fff">1</span>2', "12"),
    "words beside": ('<ruby>规章<rt class="x">1</rt></ruby>', "规章1"),
    "a small unit": ("12<small>件</small>", "12件"),
    "small alone": ("<small>12</small>", "12"),
    "as large, at the top": ('1<span style="vertical-align:top">2</span>', "12"),
    "on the line": ('1<span style="vertical-align:baseline">2</span>', "12"),
    "raised as a whole": ('<span style="position:relative;top:3pt">12</span>', "12"),
    "much the same size": (
        '<span style="font-size:10.5pt">1</span><span style="font-size:12pt">2</span>',
        "12",
    ),
    "small as a whole": ("<small>1</small><small>2</small>", "12"),
}


@pytest.mark.parametrize(("markup", "text"), KEPT.values(), ids=KEPT)
def test_what_says_nothing_of_a_number_stays(markup: str, text: str) -> None:
    assert cell(markup) == text


def test_white_on_the_colour_of_the_table_stays() -> None:
    assert cell('<font color="white">1</font>2', around='<table bgcolor="#003366">') == "12"


UNSEEN = {
    "for screen readers": '<span class="sr-only">2</span>12',
    "for screen readers, of another kit": '12<span class="visually-hidden">共</span>',
    "for screen readers, of a third": '<span class="screen-reader-text">2</span>12',
    "seen through": '<span style="opacity: 0">4</span>12',
    "seen through, with decimals": '12<em style="opacity:0.0;">4</em>',
    "transparent": '12<span style="color:transparent">4</span>',
    "transparent by a share": '<b style="color: rgba(0, 0, 0, 0)">4</b>12',
    "off the screen": '<span style="position:absolute;left:-9999px">9</span>12',
    "above the screen": '<span style="position:absolute; top:-9999px">9</span>12',
    "indented off the screen": '12<span style="display:inline-block;text-indent:-999em">9</span>',
    "of no size": '12<span style="font-size:0px"><b>9</b></span>',
    "in a dialog that is closed": "<dialog>4</dialog>12",
    "a field that is hidden": '12<span class="sr-only"><input value="3"></span>',
}


@pytest.mark.parametrize("markup", UNSEEN.values(), ids=UNSEEN)
def test_what_cannot_be_seen_is_none_of_a_number(markup: str) -> None:
    assert cell(markup) == "12"


def test_what_is_seen_within_what_cannot_be_stays() -> None:
    assert cell('<span style="color:transparent">4<b style="color:red">12</b></span>') == "412"
    assert cell('<span style="font-size:0">4<b class="big">12</b></span>') == "412"
    assert cell('<span style="opacity:.5">12</span>') == "12"
    assert cell('<span style="left:-20px">12</span>') == "12"


SHEETS = {
    "a class": ".x1{display:none}",
    "a class of an element": "@charset 'utf-8'; td{top:0} span.x1 , b.x1 { visibility : hidden !important }",
    "in a comment of markup": "<!-- .a{color:red} .x1{opacity:0} -->",
    "behind rules for telephones": "@media (max-width:9px){.x1{color:red} .y{top:0}} .x1{font-size:0}",
    "torn": ".x1{display:none",
    "later rules go first": ".x1{display:inline} /* } */ .x1{display:none}",
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_sheets_of_the_page_hide_and_strike_out(sheet: str) -> None:
    assert cell('<span class="cell x1">2</span>12', f"<style>{sheet}</style>") == "12"


def test_sheets_strike_out_and_raise() -> None:
    sheet = "<style>.old{text-decoration:line-through} .n{vertical-align:super}</style>"
    assert cell('<span class="old">5</span>12<span class="n">1</span>', sheet) == "12"


SHOWING = {
    "on paper": '<style media="print">.x1{display:none}</style>',
    "for telephones": "<style>@media (max-width:9px){.x1{display:none}}</style>",
    "elsewhere": "<style>.menu .x1{display:none} .x1:hover{opacity:0}</style>",
    "shown again": "<style>.x1{display:none} .x1{display:inline}</style>",
}


@pytest.mark.parametrize("head", SHOWING.values(), ids=SHOWING)
def test_what_sheets_hide_in_other_places_is_shown(head: str) -> None:
    assert cell('1<span class="x1">2</span>', head) == "12"


def test_rows_and_cells_that_sheets_do_not_display_are_none() -> None:
    page = (
        "<style>.no{display:none}</style><table><tr><td>规章<td class=no>7<td>1</tr>"
        '<tr class="no"><td>行政许可<td>2</tr><tr><td>行政处罚<td>3</table>'
    )
    assert read(page.encode()).text == "规章\t1\n行政处罚\t3"


def test_a_report_that_a_script_will_show_is_read() -> None:
    """Pages open folded, and show their text when it is scrolled to: such a style hides cells alone."""
    report = '<div class="tab" style="opacity:0"><p>一、总体情况</p><p>无。</p></div>'
    page = f"<style>.tab{{display:none}}</style>{report}"
    assert read(page.encode()).text == "一、总体情况\n无。"


UNREADABLE = {
    "a picture of a number": '<img src="35.png" alt="35">',
    "a picture": '<img src="n.png">',
    "a drawing": "<svg><text>35</text></svg>",
    "two buttons": "<button>0</button> <button>1</button>",
    "nothing but what a class calls hidden": '<span class="sr-only">2</span>',
}


@pytest.mark.parametrize("markup", UNREADABLE.values(), ids=UNREADABLE)
def test_a_number_that_is_no_text_is_told_as_unread(markup: str) -> None:
    assert cell(markup) == UNREAD


def test_pictures_beside_text_in_a_corner_or_hidden_are_none() -> None:
    assert cell('12<img src="up.png" alt="3">') == "12"
    assert cell('<img src="35.png" alt="35" style="display:none">') == ""
    corner = '<table><tr><td><img src="line.png"><td>自然人<td>总计</table>'
    assert read(corner.encode()).text == "\t自然人\t总计"


BUTTONS = {
    "a number": ("<button>0</button>", "0"),
    "a number in a form": ('<form><input type="button" value="12"></form>', "12"),
    "a number with what changes it": ("<button>-</button><button>12</button><button>+</button>", "12"),
    "words": ("<button>查看</button>", ""),
    "a number beside one": ("12<button>3</button>", "12"),
}


@pytest.mark.parametrize(("markup", "text"), BUTTONS.values(), ids=BUTTONS)
def test_the_number_on_a_button_is_that_of_its_cell(markup: str, text: str) -> None:
    assert cell(markup) == text


SMALL = {
    "small": "3<small>1</small>",
    "a sign": '3<i class="icon">1</i>',
    "a sign of a font": '3<i class="fa fa-1">1</i>',
    "smaller by a share": '3<span style="font-size:60%">1</span>',
    "smaller": '3<span style="font-size: smaller;">1</span>',
    "smaller by a length": '<b style="font-size:12pt">3</b><b style="font-size:6pt">1</b>',
    "the size of an old page": '3<font size="1">1</font>',
    "a font told at once": '3<span style="font:6pt/1 SimSun">1</span>',
    "larger before": '<span style="font-size:20pt">3</span>1',
    "raised by hardly anything": '3<span style="position:relative;top:-1px">1</span>',
    "hidden from Word alone": '3<span style="mso-hide:all">1</span>',
    "without a width that counts": '3<span style="width:0;overflow:hidden">1</span>',
}


@pytest.mark.parametrize("markup", SMALL.values(), ids=SMALL)
def test_small_digits_stand_apart_from_the_number(markup: str) -> None:
    assert cell(markup) == f"3{NUMBER_BELOW}1"


def test_so_do_small_decimals_and_small_digits_before_a_unit() -> None:
    assert cell("1,234<small>.56</small>") == f"1,234{NUMBER_BELOW}.56"
    assert cell("<small>1</small>3") == f"1{NUMBER_BELOW}3"
    assert cell("3<small>1</small>件") == f"3{NUMBER_BELOW}1件"


def line(markup: str, sheet: str = "") -> str:
    """Return the text of a page without tables that holds some markup."""
    return read(f"<style>{sheet}</style><div>{markup}</div>".encode()).text


LINES = {
    "struck out": ("<div>12<s>3</s></div>", "12"),
    "raised": ("<div>12<sup>3</sup></div>", "12"),
    "unseen": ('<p>12<span style="opacity:0">3</span></p>', "12"),
    "small": ("<li>3<small>1</small></li>", f"3{NUMBER_BELOW}1"),
    "a row": ("<p>规章 3 <s>4</s>5 6<sup>1</sup> 7<small>2</small> 4</p>", f"规章 3 5 6 7{NUMBER_BELOW}2 4"),
    "an area": ("<p>10m<sup>2</sup></p>", "10m2"),
}


@pytest.mark.parametrize(("markup", "text"), LINES.values(), ids=LINES)
def test_short_lines_are_looked_at_like_cells(markup: str, text: str) -> None:
    assert line(markup) == text


ROWS = {
    "side by side": (
        "<div class=r><span>规章</span><span>3</span><span><s>4</s>5</span></div>",
        ".r{display:flex}",
    ),
    "in a grid": ('<div style="display:grid"><b>规章</b><b>3</b><b>5</b></div>', ""),
    "cells": (
        "<div><span>规章</span><span>3</span><span>5<sup>1</sup></span></div>",
        "div span{display:table-cell}",
    ),
}


@pytest.mark.parametrize(("markup", "sheet"), ROWS.values(), ids=ROWS)
def test_what_styles_set_apart_is_no_one_text(markup: str, sheet: str) -> None:
    assert line(markup, sheet) == "规章\n3\n5"


def test_the_parts_of_a_paragraph_stay_together() -> None:
    assert line('<p style="display:flex"><span>共</span><span>3件</span></p>') == "共3件"
