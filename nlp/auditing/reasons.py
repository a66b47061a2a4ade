"""Says in Chinese why a person should look at a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby

from nlp.auditing.words import said, words
from nlp.form.form import Form
from nlp.form.names import column_name, parts, row_name, table_of, table_title
from nlp.record.model import Failure, Review
from nlp.resources import knowledge

_NAMED = 8
"""So many rows are named; what the page or the record holds beside is only counted."""
_TOKEN = re.compile(r"'([^']*)' in line (\d+)")
_LISTED_ID = re.compile(r"[a-z][a-z_]+(?:\.[a-z_]+)*")
_AND_MORE = re.compile(r" and (\d+) more")


def reason(form: Form | None, review: Review) -> str:
    """Return a reason of a record in Chinese; in its own words where there are no Chinese ones.

    >>> reason(None, Review("chapters_missing", "These chapters were not found: overview, other_matters."))
    '没有找到这些章节：总体情况、其他需要报告的事项。'
    """
    template = words("reasons").get(review.code)
    facts = _facts(review)
    if template is None or facts is None:
        return review.message
    told = {name: _TOLD[name](form, review, fact) if name in _TOLD else fact for name, fact in facts.items()}
    return template.format(**told)


def failed(failure: Failure) -> str:
    """Return why a document could not be read, in Chinese."""
    return words("failures").get(failure.code, failure.message)


def named_cells(form: Form | None, ids: Sequence[str]) -> str:
    """Return cells by the names of their rows and columns, the first rows of them.

    >>> from nlp.form import form as forms
    >>> ids = ["review_litigation.review.upheld", "review_litigation.review.total"]
    >>> named_cells(forms.named("2021"), ids)
    '“行政复议”（结果维持、总计）'
    """
    rows = [list(cells) for _, cells in groupby(map(parts, ids), key=lambda cell: cell[:2])]
    told = words("cells")["between"].join(_row(form, cells) for cells in rows[:_NAMED])
    return told + (words("cells")["more"] if len(rows) > _NAMED else "")


def _row(form: Form | None, cells: Sequence[Sequence[str]]) -> str:
    id, row, _ = cells[0]
    table = table_of(form, id)
    if table is None:
        return f"“{id}.{row}”"
    if row in table.row and len(cells) == len(table.row[row].columns) > 1:
        return said("cells", "whole_row", row=row_name(table, row))
    columns = "、".join(column_name(table, column) for _, _, column in cells)
    return said("cells", "row", row=row_name(table, row), columns=columns)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return for each code what finds the facts in its message: the message with its facts left open."""
    messages = knowledge("reviews")
    return {code: re.compile("".join(_open(message)), re.DOTALL) for code, message in messages.items()}


def _open(message: str) -> Iterator[str]:
    for n, piece in enumerate(re.split(r"\{(\w+)\}", message)):
        yield f"(?P<{piece}>.+?)" if n % 2 else re.escape(piece)


def _facts(review: Review) -> dict[str, str] | None:
    """Return the facts that a message tells; None where it is not the message of its code."""
    pattern = _patterns().get(review.code)
    found = pattern.fullmatch(review.message) if pattern else None
    return found.groupdict() if found else None


def _chapters(_form: Form | None, _review: Review, kinds: str) -> str:
    return "、".join(_titles().get(kind, kind) for kind in _LISTED_ID.findall(kinds))


@cache
def _titles() -> dict[str, str]:
    chapters = knowledge("sections")["chapter"]
    return {chapter["kind"]: chapter["titles"][0] for chapter in chapters}


def _rows(form: Form | None, review: Review, rows: str) -> str:
    table = table_of(form, (_facts(review) or {}).get("table", ""))
    ids = _LISTED_ID.findall(_AND_MORE.sub("", rows))
    more = words("cells")["more"] if _AND_MORE.search(rows) else ""
    return "、".join(f"“{row_name(table, id) if table else id}”" for id in ids) + more


def _tokens(_form: Form | None, _review: Review, tokens: str) -> str:
    more = words("cells")["more"] if _AND_MORE.search(tokens) else ""
    told = [said("cells", "token", text=text, line=line) for text, line in _TOKEN.findall(tokens)]
    return ("、".join(told) or tokens) + more


_TOLD: dict[str, Callable[[Form | None, Review, str], str]] = {
    "ids": lambda form, review, ids: named_cells(form, review.cells) or ids,
    "kinds": _chapters,
    "rows": _rows,
    "table": lambda form, _review, table: table_title(form, table),
    "tokens": _tokens,
}
"""How a fact of an English message is said in Chinese; others are numbers."""
