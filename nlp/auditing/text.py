"""Writes audits for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from nlp.auditing.audit import Audit, Reason, Verdict
from nlp.auditing.sums import BrokenSum, Printed, shown
from nlp.auditing.words import phrase, words
from nlp.form.names import SEPARATOR

_MARKS: dict[Verdict, str] = {"failed": "✗", "unchecked": "✗", "broken": "✗", "doubtful": "?", "right": "✓"}
_IDEOGRAPHIC_SPACE = "\u3000"
_SPELT_OUT = 12
"""How many lines of a reason list the candidates of ambiguous cells; that there are more is mentioned."""


def findings_text(audit: Audit) -> str:
    """Return the findings on a document, lines of text for people.

    Characters that could control a terminal are shown as `?`.
    """
    return "".join(f"{line}\n" for line in _lines(audit))


def summary(verdicts: Counter[Verdict]) -> str:
    """Return in a sentence how many documents there are of each verdict.

    >>> summary(Counter(right=2))
    '共 2 份：0 份有数字不平衡，0 份需要人工核对，2 份未发现问题，0 份没有可核对的表格，0 份未能读取。'
    """
    counts = {verdict: verdicts[verdict] for verdict in _MARKS}
    return phrase("summary", "documents", all=verdicts.total(), **counts)


def headline(audit: Audit) -> str:
    """Return the verdict on a document in words."""
    return phrase("verdicts", audit.verdict, broken=len(audit.broken), reasons=len(audit.reasons))


def whose(audit: Audit) -> str:
    """Return the agency and the year of the report; in words that they are unknown, if one is."""
    if audit.organization is None or audit.year is None:
        return words("summary")["unnamed"]
    return phrase("summary", "report", organization=audit.organization, year=audit.year)


def counted(audit: Audit) -> str:
    """Return in a sentence how many sums were checked, and with which outcome."""
    broken = len(audit.broken)
    return phrase(
        "summary",
        "sums",
        all=audit.holds + broken + audit.not_assessable,
        holds=audit.holds,
        broken=broken,
        not_assessable=audit.not_assessable,
    )


def candidates(cells: Iterable[Printed]) -> list[str]:
    """Return what each ambiguous cell may be; cells of one row with the same candidates share a line."""
    ambiguous = [cell for cell in cells if cell.candidates]
    lines: list[str] = []
    for (_, values), group in groupby(ambiguous, key=lambda cell: (_row_id(cell), _candidates(cell))):
        row_cells = list(group)
        name = row_cells[0].name
        if len(row_cells) == 1:
            lines.append(phrase("cells", "candidates", name=name, values=values))
        else:
            row_name = name.rpartition(SEPARATOR)[0]
            lines.append(phrase("cells", "row_candidates", name=row_name, values=values))
    return lines


def _row_id(cell: Printed) -> str:
    return cell.id.rpartition(".")[0]


def _candidates(cell: Printed) -> str:
    """Return the values that a cell may have, in rising order, the empty one last."""
    numbers = sorted(value for value in cell.candidates if value is not None)
    empty = [value for value in cell.candidates if value is None]
    return words("cells")["or"].join(shown(value) for value in (*numbers, *empty))


def _lines(audit: Audit) -> Iterator[str]:
    yield f"{_MARKS[audit.verdict]} {_one_line(audit.path)}：{headline(audit)}"
    if audit.error:
        yield f"  {audit.error.message}"
        return
    yield f"  {_one_line(whose(audit))}　{counted(audit)}"
    if audit.broken:
        yield f"  {words('summary')['broken']}："
    for number, broken_sum in enumerate(audit.broken, 1):
        yield from _sum_lines(number, broken_sum)
    if audit.reasons:
        yield f"  {words('summary')['reasons']}："
    for reason in audit.reasons:
        yield from _reason_lines(reason)


def _sum_lines(number: int, sum: BrokenSum) -> Iterator[str]:
    yield f"    {number}. {sum.table}　{sum.kind}"
    yield f"       {sum.message}"
    yield f"       {sum.advice}"


def _reason_lines(reason: Reason) -> Iterator[str]:
    yield f"    - {_one_line(reason.message)}"
    cells = candidates(reason.cells)
    for line in cells[:_SPELT_OUT]:
        yield f"        {line}"
    if len(cells) > _SPELT_OUT:
        yield f"        {words('cells')['more']}"


def _one_line(text: str) -> str:
    """Return a text with `?` for every character by which a page or a file name could control a terminal."""
    return "".join(
        character if character.isprintable() or character == _IDEOGRAPHIC_SPACE else "?" for character in text
    )
