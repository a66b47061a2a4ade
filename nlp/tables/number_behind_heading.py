"""Gives the table of disclosure (二) the number that a tool set behind the heading of the next table (三)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from nlp.form.form import Form
from nlp.form.labels.lexicon import lexicon
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.page.page_numbers import alone
from nlp.tables.page.regions import Region
from nlp.tables.page.runs import before_texts, numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.text.lines import Line


def with_displaced_number(
    form: Form, regions: Mapping[str, Region], lines: Sequence[Line]
) -> dict[str, Region]:
    """Return the regions of a page, with a number between a heading and its table in the table before it.

    So pdftotext may set a table's last number where a heading follows. It is that table's where this ends in
    a label and lacks just one number, and the other lacks none; one that may count pages is nobody's.
    """
    whole = dict(regions)
    for one, two in pairwise(form.tables):
        if not two.down or not whole.keys() >= {one.id, two.id}:
            continue
        tokens = whole[two.id].tokens
        first = numbers_of(before_texts(tokens))
        if len(first) != 1 or alone(lines[first[0].line - 1]):
            continue
        number, last = first[0], whole[one.id].tokens[-1:]
        if not any(token.kind is Kind.TEXT and token.line < number.line for token in last):
            continue
        rest = [token for token in tokens if token is not number]
        own = [*whole[one.id].tokens, number]
        if _is_complete(form, one.id, own) and _is_complete(form, two.id, rest):
            whole[one.id] = replace(whole[one.id], tokens=own)
            whole[two.id] = replace(whole[two.id], tokens=rest)
    return whole


def _is_complete(form: Form, table: str, tokens: Sequence[Token]) -> bool:
    """Tell whether a table has just the numbers of the rows it names, and all rows that it must have."""
    known = lexicon(form.edition, table)
    named = {match.row for match in match_labels(tokens, known).rows}
    cells = sum(len(row.columns) for row in known.table.rows if row.id in named)
    asked = {row.id for row in known.table.rows if not row.optional and not row.may_be_left_out}
    return named >= asked and len(numbers_of(tokens)) == cells
