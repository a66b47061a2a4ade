"""Reads the lines of a page on which nothing parts the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nlp.tables.page.glued_labels import parted
from nlp.tables.page.run_on_rows import rows_of
from nlp.tables.page.tokens import Kind, Token
from nlp.text.lines import Line

_WHOLE_TABLE = 80
"""A table in one line is no shorter."""
_PARTS = re.compile(r"\t|\||\S {3}")
"""What parts cells."""
_STUCK = 3
"""From so many rows on whose cells stick to their labels, and no fewer than others, a page is glued."""


def read_anew(
    read: Sequence[Sequence[Token]], lines: Sequence[Line], chapters: Sequence[str | None]
) -> list[Sequence[Token]] | None:
    """Return the tokens of each line, its cells parted from its label; None where no page is glued."""
    run_on = _run_on(lines, chapters)
    if not (run_on or _is_unsegmented(read)):
        return None
    return [run_on.get(line.n) or _apart(found) for line, found in zip(lines, read, strict=True)]


def _is_unsegmented(read: Iterable[Sequence[Token]]) -> bool:
    """Tell whether the cells of most rows on a page stick to their labels, and to each other."""
    rows = [found for found in read if len(found) > 1 and found[-1].kind is Kind.VALUE]
    stuck = sum([found[-1].start == found[-2].end and len(found[-1].text) > 1 for found in rows])
    return stuck >= _STUCK and 2 * stuck >= len(rows)


def _run_on(lines: Sequence[Line], chapters: Sequence[str | None]) -> dict[int, Sequence[Token]]:
    """Return the tokens of lines that are whole tables, by the numbers of the lines."""
    tokens_of: dict[int, Sequence[Token]] = {}
    for line, chapter in zip(lines, chapters, strict=True):
        if chapter and len(line.plain) >= _WHOLE_TABLE and not _PARTS.search(line.raw):
            rows = rows_of(line)
            if rows:
                tokens_of[line.n] = rows
    return tokens_of


def _apart(found: Sequence[Token]) -> list[Token]:
    apart: list[Token] = []
    for token in found:
        if token.kind is Kind.TEXT:
            apart += parted(token)
        else:
            apart.append(token)
    return apart
