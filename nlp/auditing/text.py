"""Writes audits for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from nlp.auditing.audit import Audit, Reason, Verdict
from nlp.auditing.sums import BrokenSum, Printed, shown
from nlp.auditing.words import phrase, words
from nlp.form.names import SEPARATOR

_MARKS: dict[Verdict, str] = {
    "failed": "✗",
    "unchecked": "✗",
    "broken": "✗",
    "differs": "✗",
    "doubtful": "?",
    "unassessed": "?",
    "partly": "○",
    "right": "✓",
}
"""The signs before verdicts; ✓ stands before a report of which every sum was checked only."""
_IDEOGRAPHIC_SPACE = "\u3000"
_SPELT_OUT = 12
"""How many lines of a reason list the candidates of ambiguous cells; that there are more is mentioned."""


def findings_text(audit: Audit) -> str:
    """Return the findings on a document, lines of text for people.

    Characters that could control a terminal are shown as `?`.
    """
    return "".join(f"{line}\n" for line in _lines(audit))


class Tally:
    """Counts reports by their verdicts, each once.

    >>> tally = Tally()
    >>> tally.total
    0
    """

    def __init__(self) -> None:
        self.verdicts: Counter[Verdict] = Counter()
        self.also_to_look_at = 0

    def add(self, audit: Audit) -> None:
        """Count a report."""
        self.verdicts[audit.verdict] += 1
        if audit.verdict in ("broken", "differs") and audit.reasons:
            self.also_to_look_at += 1

    @property
    def total(self) -> int:
        """How many reports were counted."""
        return self.verdicts.total()


def summary(tally: Tally) -> str:
    """Return in a sentence how many documents there are of each verdict: together they are all documents.

    >>> tally = Tally()
    >>> tally.verdicts.update(right=2)
    >>> summary(tally).endswith("2 份全部核对、未发现问题。")
    True
    """
    counts = {verdict: tally.verdicts[verdict] for verdict in _MARKS}
    text = phrase("summary", "documents", all=tally.total, **counts)
    if tally.also_to_look_at:
        text += phrase("summary", "also", count=tally.also_to_look_at)
    return text


def headline(audit: Audit) -> str:
    """Return the verdict on a document in words."""
    facts = {
        "broken": len(audit.broken),
        "differences": len(audit.differences),
        "reasons": len(audit.reasons),
        "tables": audit.tables,
        "assessable": audit.sums.assessable,
        "not_assessable": audit.sums.not_assessable,
    }
    text = phrase("verdicts", audit.verdict, **facts)
    if audit.verdict == "broken" and audit.differences:
        text += phrase("verdicts", "and_differs", **facts)
    if audit.verdict in ("broken", "differs") and audit.reasons:
        text += phrase("verdicts", "and_reasons", **facts)
    return text


def whose(audit: Audit) -> str:
    """Return the agency and the year of the report; in words that they are unknown, if one is."""
    if audit.organization is None or audit.year is None:
        return words("summary")["unnamed"]
    return phrase("summary", "report", organization=audit.organization, year=audit.year)


def counted(audit: Audit) -> list[str]:
    """Return in sentences what was checked and what not: sums, blank totals, numbers of the prose."""
    told = [audit.checked]
    if audit.derived:
        told.append(phrase("checked", "derived", count=len(audit.derived)))
    claims = audit.claims
    if claims.all:
        told.append(
            phrase(
                "checked",
                "claims",
                all=claims.all,
                agree=claims.agree,
                differ=claims.differ,
                open=claims.not_assessable,
            )
        )
    return told


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
    marks = words("marks")
    yield f"{_MARKS[audit.verdict]} {_one_line(audit.path)}{marks['colon']}{headline(audit)}"
    if audit.error:
        yield f"  {audit.error.message}"
        return
    first, *others = counted(audit)
    yield f"  {_one_line(whose(audit))}{marks['gap']}{first}"
    for sentence in others:
        yield f"  {sentence}"
    if audit.broken:
        yield f"  {words('summary')['broken']}{marks['colon'].rstrip()}"
    for number, broken_sum in enumerate(audit.broken, 1):
        yield from _sum_lines(number, broken_sum)
    if audit.differences:
        yield f"  {words('summary')['differs']}{marks['colon'].rstrip()}"
    for number, difference in enumerate(audit.differences, 1):
        yield f"    {number}. {_one_line(difference.message)}"
        yield f"       {difference.advice}"
    if audit.reasons:
        yield f"  {words('summary')['reasons']}{marks['colon'].rstrip()}"
    for reason in audit.reasons:
        yield from _reason_lines(reason)


def _sum_lines(number: int, sum: BrokenSum) -> Iterator[str]:
    yield f"    {number}. {sum.table}{words('marks')['gap']}{sum.kind}"
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
