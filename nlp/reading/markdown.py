"""Splits Markdown into lines where a converter wrote a whole page into one cell or head of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from nlp.reading.spans import WIDEST
from nlp.text.cells import UNITS, any_of
from nlp.text.enumerators import shape

_RULE = re.compile(r"\|(?: *:?-{3,}:? *\|)+")
"""The rule below the head of a table."""
_RULE_CHARACTERS = "|:- \t\r"
_LONG = 300
"""In characters: no head of a table of the form is longer."""
_PIPES = re.compile(r"\|(?: \|)*")
"""A run of pipes: as many as the cell before it spans columns, and one more at the end of a row."""
_UNITS = re.compile(any_of(unit for unit in UNITS if len(unit) > 1))
"""Units that would pass for words."""
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_PARAGRAPHS = re.compile(
    r"\s{2,}"
    rf"|(?<=[^\x00-\x7f、])(?<!部分)\s(?=[^\x00-\x7f、年月日]|{shape('glued_paragraph')})"
    rf"|(?<=报告|年报|[年度][)）])(?={shape('first_chapter')})"
)
"""Where a paragraph ended: at white space with no number beside it, or between title and first chapter."""


def with_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines of Markdown, a folded line as the lines that it holds.

    Folded is a line with several lines of a table in it, or with a page of text as the head of a table.

    >>> list(with_lines(["首页", "| 无。 |  | | --- | | 1 |  |"]))
    ['首页', '无。', '|  |', '| --- |', '| 1 |']
    >>> list(with_lines(["| 规章 | 0 |", "| --- | --- |", "| 其他 | --- |"]))
    ['| 规章 | 0 |', '| --- | --- |', '| 其他 | --- |']
    """
    pipes_of_table = 0
    for line, next_line in zip_longest(lines, lines[1:], fillvalue=""):
        pipes = line.count("|")
        if pipes == 0 or is_rule(line):
            pipes_of_table = pipes
        is_row_of_table = pipes > 0 and (
            pipes == pipes_of_table or (is_rule(next_line) and pipes == next_line.count("|"))
        )
        if not is_row_of_table and is_folded(line):
            yield from unfolded(line)
        elif is_head(line, next_line):
            prose, _, cells = line.partition("|")
            yield from _paragraphs(prose)
            if cells.strip():
                yield cells.strip()
        else:
            yield line


def is_rule(line: str) -> bool:
    """Return whether a line is the rule below the head of a table and nothing else.

    >>> is_rule("| --- | :---: |"), is_rule("| 规章 | --- |"), is_rule("|  |  |")
    (True, False, False)
    """
    return not line.strip(_RULE_CHARACTERS) and _RULE.search(line) is not None


def is_folded(line: str) -> bool:
    """Return whether a line holds a rule and what should stand on the line above it.

    >>> is_folded("| 规章 | 0 | | --- | --- | | 其他 | 1 |"), is_folded("| --- | --- |")
    (True, False)
    >>> is_folded("| 规章 | 0 | --- | 其他 | 1 |")
    False
    """
    return any(line[: rule.start()].strip(_RULE_CHARACTERS) for rule in _rules(line))


def _rules(line: str) -> Iterator[re.Match[str]]:
    """Yield the rules in a line: each stands at its start or behind the last pipe of a row."""
    for rule in _RULE.finditer(line):
        before = line[: rule.start()].rstrip()
        if not before or before.endswith("|"):
            yield rule


def is_head(line: str, next_line: str) -> bool:
    """Return whether a line is the text of a page that html2text made the head of a table.

    Such a table has one rule without pipes below its head.
    """
    is_rule = next_line.startswith("---") and not next_line.strip(_RULE_CHARACTERS)
    return is_rule and len(line.partition("|")[0]) >= _LONG


def unfolded(line: str) -> list[str]:
    """Return the paragraphs and the lines of tables that a folded line holds.

    >>> unfolded("| 二、主动公开 本年如下。  |  |  | | --- | --- | | 规章 | 3 | | 其他 | | 无。 |")
    ['二、主动公开', '本年如下。', '|  |  |', '| --- | --- |', '| 规章 | 3 |', '| 其他 | |', '无。']
    """
    lines: list[str] = []
    whole_line = line
    line = line.strip().removeprefix("|").removesuffix("|")
    rules = list(_rules(line))
    if not rules:  # its only rule is its last cell: it is a row like any other
        return [whole_line]
    starts = [_start_of_table(line, rule) for rule in rules]
    end = 0
    for rule, start, next_start in zip(rules, starts, [*starts[1:], len(line)], strict=True):
        lines += _paragraphs(line[end:start])
        head = line[start : rule.start()].strip()
        if head:
            lines.append(head)
        lines.append(rule.group())
        end = max(line.rfind("|", rule.end(), next_start) + 1, rule.end())
        columns = rule.group().count("|") - 1
        lines += _rows(line[rule.end() : end].strip(), columns)
    lines += _paragraphs(line[end:])
    return lines


def _start_of_table(line: str, rule: re.Match[str]) -> int:
    """Return where the table of a rule begins: its head has as many pipes as the rule."""
    start = rule.start()
    for _ in range(rule.group().count("|")):
        pipe = line.rfind("|", 0, start)
        if pipe < 0:
            break
        start = pipe
    return start


def _paragraphs(text: str) -> list[str]:
    parts = [part.strip() for part in _PARAGRAPHS.split(text)]
    return [part for part in parts if part]


def _rows(text: str, columns: int) -> Iterator[str]:
    """Yield the rows of a table of so many columns, which stand one behind the other in a text.

    A run of several pipes follows a cell over several columns or ends a row. It ends a row where the row
    would get too wide otherwise, where a whole row of single cells follows, or a label does.
    """
    runs = list(_PIPES.finditer(text))
    widths = [run.group().count("|") for run in runs]
    start = 0
    filled_columns = 0
    for n, (run, next_run) in enumerate(pairwise(runs[1:]), 1):
        may_end_row = widths[n] > 1
        next_cell = text[run.end() : next_run.start()]
        if may_end_row and (
            filled_columns + widths[n] > columns or _is_row(widths, n + 1, columns) or _is_label(next_cell)
        ):
            yield text[start : run.end() - 2]
            start = run.end() - 1
            filled_columns = 0
        else:
            filled_columns += widths[n]
    if text:
        yield text[start:]


def _is_row(widths: list[int], first: int, columns: int) -> bool:
    """Return whether a row of single cells begins at a run of pipes: the end of a row must follow them."""
    last = first + min(columns, WIDEST) - 1
    if set(widths[first:last]) != {1}:
        return False
    is_end_of_text = last == len(widths) - 1
    return is_end_of_text or (last < len(widths) and widths[last] > 1)


def _is_label(cell: str) -> bool:
    """Return whether a cell holds Chinese words that are no unit: a row may begin with it."""
    return _WORDS.search(_UNITS.sub("", cell)) is not None
