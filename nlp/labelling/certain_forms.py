"""Labels what is certain by its form: borders, lines of web sites, numbers in a cell, titles, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from nlp.record.model import LineLabel
from nlp.resources import knowledge
from nlp.text.pages import is_page_number, is_site_line, site_words

_LONGEST_SITE_LINE = 100
_SHORTEST_PARAGRAPH = 40
_CLAUSE_MARKS = re.compile("[,。;]")
_FEWEST_CLAUSES = 3
_SENTENCES_OF_PAGE = 3


def certain_label(plain: str, label: LineLabel, title: str | None = None) -> LineLabel:
    """Return the label of a folded line: the model's `label`, unless the form of the line leaves no doubt.

    Lines of nothing but cell borders, and those built as a web site's, are furniture. A number with a
    border behind it is a value. What the model takes for furniture is a heading where it is the title of a
    report, as `title_of_page` returns it, and running text where it is long and has clauses.

    >>> certain_label("---|---", "numeric_cell"), certain_label("--52 |", "furniture")
    ('furniture', 'numeric_cell')
    """
    if plain.isdecimal():  # many lines of tables, which have none of these forms
        return label
    form = _forms_of_cells().fullmatch(plain)
    if form is not None:
        return "furniture" if form["border"] else "numeric_cell"
    if len(plain) <= _LONGEST_SITE_LINE and is_site_line(plain):
        return "furniture"
    if label != "furniture" or is_page_number(plain):
        return label
    if title is not None and "".join(plain.split()) == title:
        return "heading"
    return "narrative" if _is_paragraph(plain) else label


def _is_paragraph(plain: str) -> bool:
    """Return whether a line is a page on one line, or is long, has clauses and no words of a site."""
    if len(plain) > _LONGEST_SITE_LINE and plain.count("。") >= _SENTENCES_OF_PAGE:
        return True
    if len(plain) < _SHORTEST_PARAGRAPH or site_words().search(plain):
        return False
    is_long = len(plain) > _LONGEST_SITE_LINE and "。" in plain
    return is_long or len(_CLAUSE_MARKS.findall(plain)) >= _FEWEST_CLAUSES


def title_of_page(lines: Iterable[str]) -> str | None:
    """Return the title of a report without white space, if one of the lines is that.

    A page that lists several reports has no title that is certain by its form.

    >>> title_of_page(["打印", "某某局 2023年政府信息公开年度报告", "来源:某某局"])
    '某某局2023年政府信息公开年度报告'
    """
    titles = set()
    for plain in lines:
        text = "".join(plain.split()) if len(plain) <= _LONGEST_SITE_LINE else ""
        if _form("title").fullmatch(text):
            titles.add(text)
    return titles.pop() if len(titles) == 1 else None


def is_border(plain: str) -> bool:
    """Return whether a folded line holds nothing but the borders of cells.

    >>> [is_border(line) for line in ("|", "| | |", "---|:--:", "+---+---+", "| - | - |", "---")]
    [True, True, True, True, False, False]
    """
    return _form("border").fullmatch(plain) is not None


@cache
def _forms_of_cells() -> re.Pattern[str]:
    """Return an expression for what is certain by its cells: group `border` if it has nothing but borders."""
    return re.compile(f"(?P<border>{_form('border').pattern})|{_form('value_in_cell').pattern}")


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(knowledge("pages")["forms"][name])
