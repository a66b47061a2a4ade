"""Writes audits for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from nlp.auditing.audit import Audit, Reason, Verdict
from nlp.auditing.sums import BrokenSum, Printed, shown
from nlp.auditing.words import said, words
from nlp.form.names import SEPARATOR

_MARKS: dict[Verdict, str] = {"failed": "✗", "unchecked": "✗", "broken": "✗", "doubtful": "?", "right": "✓"}
_SPELT_OUT = 12
"""So many lines tell of cells that could be one thing or another."""


def told(audit: Audit) -> str:
    """Return what there is to say about a document, some lines of text."""
    return "".join(f"{line}\n" for line in _lines(audit))


def summary(verdicts: Counter[Verdict]) -> str:
    """Return in a line how many documents there were of each verdict.

    >>> summary(Counter(right=2))
    '共 2 份：0 份有数字不平衡，0 份需要人工核对，2 份未发现问题，0 份没有可核对的表格，0 份未能读取。'
    """
    return said("summary", "documents", all=verdicts.total(), **{kind: verdicts[kind] for kind in _MARKS})


def headline(audit: Audit) -> str:
    """Return the verdict on a document in words."""
    return said("verdicts", audit.verdict, broken=len(audit.broken), reasons=len(audit.reasons))


def whose(audit: Audit) -> str:
    """Return whose report of which year it is."""
    if audit.organization is None or audit.year is None:
        return words("summary")["unnamed"]
    return said("summary", "report", organization=audit.organization, year=audit.year)


def counted(audit: Audit) -> str:
    """Return how many sums were checked, and with which outcome."""
    broken = len(audit.broken)
    total = audit.holds + audit.not_assessable + broken
    facts = {"holds": audit.holds, "broken": broken, "not_assessable": audit.not_assessable}
    return said("summary", "sums", all=total, **facts)


def candidates(cells: Iterable[Printed]) -> list[str]:
    """Return what cells may be that could not be told; those of a row that may be the same, together."""
    rows = groupby((cell for cell in cells if cell.candidates), key=lambda c: (_row(c.id), _either(c)))
    return [_candidates(list(row)) for _, row in rows]


def _row(id: str) -> str:
    return id.rpartition(".")[0]


def _either(cell: Printed) -> str:
    """Return the values that a cell may have, the empty one last."""
    values = sorted(cell.candidates, key=lambda value: (value is None, value or 0))
    return words("cells")["or"].join(map(shown, values))


def _candidates(cells: Sequence[Printed]) -> str:
    if len(cells) == 1:
        return said("cells", "candidates", name=cells[0].name, values=_either(cells[0]))
    row = cells[0].name.rpartition(SEPARATOR)[0]
    return said("cells", "row_candidates", name=row, values=_either(cells[0]))


def _lines(audit: Audit) -> Iterator[str]:
    yield f"{_MARKS[audit.verdict]} {_one_line(audit.path)}：{headline(audit)}"
    if audit.error:
        yield f"  {audit.error.message}"
        return
    yield f"  {_one_line(whose(audit))}　{counted(audit)}"
    if audit.broken:
        yield f"  {words('summary')['broken']}："
    for n, sum in enumerate(audit.broken, 1):
        yield from _sum(n, sum)
    if audit.reasons:
        yield f"  {words('summary')['reasons']}："
    for reason in audit.reasons:
        yield from _reason(reason)


def _sum(n: int, sum: BrokenSum) -> Iterator[str]:
    yield f"    {n}. {sum.table}　{sum.kind}"
    yield f"       {sum.message}"
    yield f"       {sum.advice}"


def _reason(reason: Reason) -> Iterator[str]:
    yield f"    - {_one_line(reason.message)}"
    either = candidates(reason.cells)
    yield from (f"        {line}" for line in either[:_SPELT_OUT])
    if len(either) > _SPELT_OUT:
        yield f"        {words('cells')['more']}"


def _one_line(text: str) -> str:
    """Return a text without what a scraped page or a file's name could do to a terminal."""
    return "".join(one if one.isprintable() or one == "\u3000" else "?" for one in text)
