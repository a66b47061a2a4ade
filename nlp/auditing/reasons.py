"""Says in Chinese why a person should look at a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby

from nlp.auditing.words import phrase, words
from nlp.form.form import Form
from nlp.form.names import column_name, parts, row_name, table_of, table_title
from nlp.record.model import Failure, Review
from nlp.resources import knowledge

_NAMED = 8
"""How many rows are named; that there are more is only mentioned."""
_FACT = re.compile(r"\{(\w+)\}")
_TOKEN = re.compile(r"'([^']*)' in line (\d+)")
_LISTED_ID = re.compile(r"[a-z][a-z_]+(?:\.[a-z_]+)*")
_AND_MORE = re.compile(r" and (\d+) more")

Facts = dict[str, str]
"""What an English message says beside its fixed words, by the names in data/reviews.toml."""


def reason(form: Form | None, review: Review) -> str:
    """Return the reason of a record's review in Chinese, or in English if there are no Chinese words for it.

    >>> reason(None, Review("chapters_missing", "These chapters were not found: overview, other_matters."))
    '没有找到这些章节：总体情况、其他需要报告的事项。'
    """
    template = words("reasons").get(review.code)
    facts = _facts(review)
    if template is None or facts is None:
        return review.message
    chinese: Facts = {}
    for name, fact in facts.items():
        in_chinese = _IN_CHINESE.get(name)
        chinese[name] = fact if in_chinese is None else in_chinese(form, review, facts)
    return template.format(**chinese)


def failure_message(failure: Failure) -> str:
    """Return in Chinese why a document could not be read."""
    return words("failures").get(failure.code, failure.message)


def named_cells(form: Form | None, ids: Sequence[str]) -> str:
    """Return cells by the official names of their rows and columns, those of the first rows.

    >>> from nlp.form import form as forms
    >>> ids = ["review_litigation.review.upheld", "review_litigation.review.total"]
    >>> named_cells(forms.named("2021"), ids)
    '“行政复议”（结果维持、总计）'
    """
    rows: list[str] = []
    for (table, row), cells in groupby(map(parts, ids), key=lambda cell: (cell[0], cell[1])):
        rows.append(_named_row(form, table, row, [column for _, _, column in cells]))
    text = words("cells")["between"].join(rows[:_NAMED])
    return text + words("cells")["more"] if len(rows) > _NAMED else text


def _named_row(form: Form | None, table_id: str, row: str, columns: Sequence[str]) -> str:
    """Return the name of a row, with the names of the columns unless they are all that it has."""
    table = table_of(form, table_id)
    if table is None:
        return f"“{table_id}.{row}”"
    width = len(table.row[row].columns) if row in table.row else 0
    if width > 1 and len(columns) == width:
        return phrase("cells", "whole_row", row=row_name(table, row))
    names = "、".join(column_name(table, column) for column in columns)
    return phrase("cells", "row", row=row_name(table, row), columns=names)


def _facts(review: Review) -> Facts | None:
    """Return the facts in the message of a review; None if it is not the message of the code."""
    pattern = _message_patterns().get(review.code)
    match = pattern.fullmatch(review.message) if pattern else None
    return match.groupdict() if match else None


@cache
def _message_patterns() -> dict[str, re.Pattern[str]]:
    """Return for each review code the pattern of its message, a named group for each fact."""
    messages = knowledge("reviews")
    return {code: _message_pattern(message) for code, message in messages.items()}


def _message_pattern(message: str) -> re.Pattern[str]:
    pieces = _FACT.split(message)  # text, name of a fact, text, … text
    pattern = re.escape(pieces[0])
    for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
        pattern += f"(?P<{name}>.+?){re.escape(text)}"
    return re.compile(pattern, re.DOTALL)


def _ids_in_chinese(form: Form | None, review: Review, facts: Facts) -> str:
    if review.cells:
        return named_cells(form, review.cells)
    columns = (_column_in_chinese(form, id) for id in _LISTED_ID.findall(_AND_MORE.sub("", facts["ids"])))
    return "、".join(columns) + _more(facts["ids"])


def _column_in_chinese(form: Form | None, id: str) -> str:
    """Return the name of the column `table.column`."""
    table_id, _, column = id.partition(".")
    table = table_of(form, table_id)
    return id if table is None else f"“{column_name(table, column)}”"


def _kinds_in_chinese(form: Form | None, review: Review, facts: Facts) -> str:
    titles = _chapter_titles()
    return "、".join(titles.get(kind, kind) for kind in _LISTED_ID.findall(facts["kinds"]))


@cache
def _chapter_titles() -> dict[str, str]:
    """Return the official title of each kind of chapter."""
    chapters = knowledge("sections")["chapter"]
    return {chapter["kind"]: chapter["titles"][0] for chapter in chapters}


def _rows_in_chinese(form: Form | None, review: Review, facts: Facts) -> str:
    table = table_of(form, facts.get("table", ""))
    ids = _LISTED_ID.findall(_AND_MORE.sub("", facts["rows"]))
    names = ids if table is None else [row_name(table, id) for id in ids]
    return "、".join(f"“{name}”" for name in names) + _more(facts["rows"])


def _table_in_chinese(form: Form | None, review: Review, facts: Facts) -> str:
    return table_title(form, facts["table"])


def _tokens_in_chinese(form: Form | None, review: Review, facts: Facts) -> str:
    tokens = [
        phrase("cells", "token", text=text, line=line) for text, line in _TOKEN.findall(facts["tokens"])
    ]
    return ("、".join(tokens) or facts["tokens"]) + _more(facts["tokens"])


def _fields_in_chinese(form: Form | None, review: Review, facts: Facts) -> str:
    """Return what corrections are about: cells by their names, other fields by theirs."""
    others: list[str] = []
    for field in _AND_MORE.sub("", facts["fields"]).split(", "):
        name = words("fields").get(field.partition(".")[0])
        if name is not None and name not in others:
            others.append(name)
    cells = [named_cells(form, review.cells)] if review.cells else []
    return words("cells")["between"].join([*cells, *others]) + _more(facts["fields"])


def _more(english: str) -> str:
    """Return the Chinese words for `and 3 more`, where an English list has them."""
    return words("cells")["more"] if _AND_MORE.search(english) else ""


_IN_CHINESE: dict[str, Callable[[Form | None, Review, Facts], str]] = {
    "fields": _fields_in_chinese,
    "ids": _ids_in_chinese,
    "kinds": _kinds_in_chinese,
    "rows": _rows_in_chinese,
    "table": _table_in_chinese,
    "tokens": _tokens_in_chinese,
}
"""What says a fact of an English message in Chinese; the other facts are numbers."""
