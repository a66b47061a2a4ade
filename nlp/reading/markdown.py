"""Gives its lines back to Markdown that holds a report in one cell: its site laid the page out as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from nlp.reading.spans import WIDEST
from nlp.text.cells import UNITS, any_of
from nlp.text.enumerators import shape

_RULE = re.compile(r"\|(?: *:?-{3,}:? *\|)+")
_MARKS = "|:- \t\r"
_LONG = 300
"""No table of the form has a head of so many characters."""
_PIPES = re.compile(r"\|(?: \|)*")
"""A run of pipes: as many columns as the cell before it spans, one more where its row ends."""
_UNITS = re.compile(any_of(unit for unit in UNITS if len(unit) > 1))
"""Units that would pass for words."""
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_PARAGRAPHS = re.compile(
    r"\s{2,}"
    rf"|(?<=[^\x00-\x7f、])(?<!部分)\s(?=[^\x00-\x7f、年月日]|{shape('glued_paragraph')})"
    rf"|(?<=报告|年报|[年度][)）])(?={shape('first_chapter')})"
)
"""Where a paragraph ended: at white space beside no number, or between the title and the first chapter."""


def with_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, those that are folded unfolded.

    >>> list(with_lines(["首页", "| 无。 |  | | --- | | 1 |  |"]))
    ['首页', '无。', '|  |', '| --- |', '| 1 |']
    """
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        if is_folded(line):
            yield from unfolded(line)
        elif is_head(line, below):
            prose, _, cells = line.partition("|")
            yield from (*_paragraphs(prose), *filter(None, [cells.strip()]))
        else:
            yield line


def is_folded(line: str) -> bool:
    """Tell whether a line holds more than one line of Markdown.

    >>> is_folded("| 规章 | 0 | | --- | --- | | 其他 | 1 |"), is_folded("| --- | --- |")
    (True, False)
    """
    rule = _RULE.search(line)
    return rule is not None and bool(line[: rule.start()].strip(_MARKS))


def is_head(line: str, below: str) -> bool:
    """Tell whether a line is all that stands above a table, made the table's head (html2text)."""
    return below.startswith("---") and not below.strip(_MARKS) and len(line.partition("|")[0]) >= _LONG


def unfolded(line: str) -> list[str]:
    """Return the lines that one cell holds.

    >>> unfolded("| 二、主动公开 本年如下。  |  |  | | --- | --- | | 规章 | 3 | | 其他 | | 无。 |")
    ['二、主动公开', '本年如下。', '|  |  |', '| --- | --- |', '| 规章 | 3 |', '| 其他 | |', '无。']
    """
    lines: list[str] = []
    line = line.strip().removeprefix("|").removesuffix("|")
    rules = list(_RULE.finditer(line))
    tables = [_head(line, rule) for rule in rules]
    end = 0
    for rule, start, next_start in zip(rules, tables, [*tables[1:], len(line)], strict=True):
        lines += _paragraphs(line[end:start])
        if head := line[start : rule.start()].strip():
            lines.append(head)
        lines.append(rule.group())
        end = max(line.rfind("|", rule.end(), next_start) + 1, rule.end())
        lines += _rows(line[rule.end() : end].strip(), rule.group().count("|") - 1)
    return [*lines, *_paragraphs(line[end:])]


def _head(line: str, rule: re.Match[str]) -> int:
    """Return where the table of a rule begins: its head has as many pipes as the rule."""
    at = rule.start()
    for _ in range(rule.group().count("|")):
        before = line.rfind("|", 0, at)
        if before < 0:
            break
        at = before
    return at


def _paragraphs(text: str) -> list[str]:
    return [paragraph for part in _PARAGRAPHS.split(text) if (paragraph := part.strip())]


def _rows(text: str, width: int) -> Iterator[str]:
    """Yield the rows of a table that were put one behind the other, as they were written."""
    runs = list(_PIPES.finditer(text))
    spans = [run.group().count("|") for run in runs]
    start = count = 0
    for n, (run, after) in enumerate(pairwise(runs[1:]), 1):
        merged_or_last = spans[n] > 1
        full = merged_or_last and (count + spans[n] > width or _is_row(spans, n + 1, width))
        if full or (merged_or_last and _is_label(text[run.end() : after.start()])):
            yield text[start : run.end() - 2]
            start, count = run.end() - 1, 0
        else:
            count += spans[n]
    if text:
        yield text[start:]


def _is_row(spans: list[int], at: int, width: int) -> bool:
    """Tell whether as many cells as a row has follow, none of them merged, and then a row's end."""
    last = at + min(width, WIDEST) - 1
    return set(spans[at:last]) == {1} and (spans[last : last + 1] > [1] or last == len(spans) - 1)


def _is_label(cell: str) -> bool:
    """Tell a label, with which a row may begin, from a number and from an empty cell."""
    return _WORDS.search(_UNITS.sub("", cell)) is not None
