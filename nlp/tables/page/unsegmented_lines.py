"""Reads the lines of a page on which nothing parts the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nlp.form.labels.index import in_one_row, owners
from nlp.tables.page.glued_labels import is_string, parted, string_at
from nlp.tables.page.run_on_rows import rows_of
from nlp.tables.page.table_lines import unglued_line
from nlp.tables.page.tokens import Kind, Pipes, Token, texts, tokens
from nlp.text.lines import Line

_WHOLE_TABLE = 80
"""A table in one line is no shorter."""
_PARTS = re.compile(r"\t|\||\S {3}")
"""What parts cells."""
_FEW = 3
"""So many labels of the table of one row are its headers."""
_STUCK = 3
"""From so many rows on whose cells stick to their labels, and no fewer than others, a page is glued."""


def read_anew(
    read: Sequence[Sequence[Token]], lines: Sequence[Line], chapters: Sequence[str | None], pipes: Pipes
) -> list[Sequence[Token]] | None:
    """Return the tokens of each line, its cells parted from its label; None where no page is glued."""
    run_on = _run_on(lines, chapters)
    if not (run_on or _is_glued(read)):
        return None
    return [
        run_on.get(line.n) or _glued_line(line, here, pipes, found)
        for line, here, found in zip(lines, chapters, read, strict=True)
    ]


def _is_glued(read: Iterable[Sequence[Token]]) -> bool:
    """Tell whether the cells of most rows on a page stick to their labels, and to each other."""
    rows = [found for found in read if len(found) > 1 and found[-1].kind is Kind.VALUE]
    stuck = sum([found[-1].start == found[-2].end and len(found[-1].text) > 1 for found in rows])
    return stuck >= _STUCK and 2 * stuck >= len(rows)


def _run_on(lines: Sequence[Line], chapters: Sequence[str | None]) -> dict[int, Sequence[Token]]:
    """Return the tokens of lines that are whole tables, by the numbers of the lines."""
    long = (
        line
        for line, here in zip(lines, chapters, strict=True)
        if here and len(line.plain) >= _WHOLE_TABLE and not _PARTS.search(line.raw)
    )
    return {line.n: found for line in long if (found := rows_of(line))}


def _glued_line(line: Line, table: str | None, pipes: Pipes, found: Sequence[Token]) -> Sequence[Token]:
    return _apart(found) if found or table is None else _lost(line, table, pipes)


def _apart(found: Sequence[Token]) -> list[Token]:
    return [part for token in found for part in (parted(token) if token.kind is Kind.TEXT else (token,))]


def _lost(line: Line, table: str, pipes: Pipes) -> Sequence[Token]:
    """Return the tokens of a line in a glued table that was labelled otherwise, or taken for a rule.

    It must name a row before its cells; where the table is one row (四), columns, or be nothing but cells.
    """
    text = line.plain
    if is_string(text) and table in in_one_row():
        start = line.folded.index(text)
        return (Token(Kind.VALUE, line.n, start, start + len(text), text),)
    if not string_at(text):
        return ()
    if table in in_one_row() and sum(known in text for known, of in owners().items() if of == table) >= _FEW:
        return _apart(texts(line, 0, len(line.folded)))
    found = unglued_line(tokens(line, pipes))
    return found if found and found[-1].kind is not Kind.TEXT else ()
