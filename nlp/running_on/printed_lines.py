"""Counts the lines of a record as the decoded text has them, where it was read with lines broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from nlp.record.model import Cell, Improvement, LabelledLine, LineLabel, Problem, Report, Section, Span
from nlp.text.lines import Line

_Item = TypeVar("_Item", Problem, Improvement)


class PrintedLines:
    """The numbers of the lines of a text by those of the lines that it was broken into.

    >>> from nlp.text.lines import broken, split
    >>> text = "规章0许可7\\n处罚1"
    >>> PrintedLines(text, broken(split(text), [3])).span((2, 3))
    (1, 2)
    """

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._numbers: list[int] = []
        self._lengths = [len(line.plain) for line in lines]
        number = at = 0
        for line in lines:
            number += text.count("\n", at, line.start)
            at = line.start
            self._numbers.append(number + 1)

    def span(self, lines: Span) -> Span:
        """Return the first and last printed line of some lines."""
        first, last = lines
        return self._numbers[first - 1], self._numbers[last - 1]

    def number(self, line: int) -> int:
        """Return the number of the printed line that a line is a part of."""
        return self._numbers[line - 1]

    def labels(self, labelled: Iterable[LabelledLine]) -> list[LabelledLine]:
        """Return the label of each printed line: the one that most of its characters have."""
        parts: dict[int, dict[LineLabel, list[LabelledLine]]] = {}
        for part in labelled:
            parts.setdefault(self.number(part.n), {}).setdefault(part.label, []).append(part)
        return [replace(self._longest(by_label), n=number) for number, by_label in parts.items()]

    def _longest(self, by_label: Mapping[LineLabel, Sequence[LabelledLine]]) -> LabelledLine:
        """Return the longest part of those with the label that most characters have."""
        sizes = {label: sum(self._lengths[part.n - 1] for part in parts) for label, parts in by_label.items()}
        commonest = max(sizes, key=sizes.__getitem__)
        return max(by_label[commonest], key=lambda part: self._lengths[part.n - 1])

    def report(self, report: Report) -> Report:
        """Return a record whose lines are those of the text."""
        tables = {
            table: {
                row: {column: self._cell(cell) for column, cell in cells.items()}
                for row, cells in rows.items()
            }
            for table, rows in report.tables.items()
        }
        return replace(
            report,
            tables=tables,
            sections=[self._section(section) for section in report.sections],
            problems=[self._item(problem) for problem in report.problems],
            improvements=[self._item(improvement) for improvement in report.improvements],
            claims=[replace(claim, line=self.number(claim.line)) for claim in report.claims],
        )

    def _cell(self, cell: Cell) -> Cell:
        return cell if cell.line is None else replace(cell, line=self.number(cell.line))

    def _section(self, section: Section) -> Section:
        parts = [self._section(part) for part in section.sections]
        return replace(section, lines=self.span(section.lines), sections=parts)

    def _item(self, item: _Item) -> _Item:
        return item if item.lines is None else replace(item, lines=self.span(item.lines))
