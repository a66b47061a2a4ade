"""Tells which lines hold which table, and which edition of the form they follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from nlp import forms
from nlp.lines import Line
from nlp.report import Span
from nlp.tables.glued import unglued
from nlp.tables.keys import key, parts
from nlp.tables.lexicon import Lexicon, lexicon
from nlp.tables.tokens import Kind, Pipes, Token, pipes_of, tokens

_FLAT = 5
"""From so many numbers and labels on a line is a table set in one line, whatever its label."""
_TELLING = 4
"""A label of fewer characters (其他), without a number, may be a piece of another table's."""
_ENDS = re.compile(r"^\d|\d\D?$")
"""What a text begins or ends with to which a number may be glued."""
_TABLE_LABELS = ("table_row", "numeric_cell")
_WORDS = ("heading", "narrative")
"""What ends a piece of a table that stands behind its chapter."""


@dataclass(frozen=True)
class Region:
    """The tokens of one table, in page order; `elsewhere` are lines far from it that look like its own."""

    table: str
    tokens: list[Token] = field(default_factory=list)
    elsewhere: list[int] = field(default_factory=list)


@cache
def _owners() -> dict[str, str]:
    """Map each key that one table alone has, in any edition, to that table."""
    tables: dict[str, set[str]] = {}
    for form in forms.editions():
        for table in form.tables:
            for known in _labels(lexicon(form.edition, table.id)):
                tables.setdefault(known, set()).add(table.id)
    return {known: ids.pop() for known, ids in tables.items() if len(ids) == 1}


def _labels(known: Lexicon) -> Iterator[str]:
    """Yield the keys of a table's labels; those of its rows with their enumerators, too: (七)总计."""
    yield from known.own
    yield from (known.enumerators[row] + label for label, row in known.rows.items() if known.enumerators[row])


@cache
def _witnesses() -> dict[str, str]:
    """Map each key that one edition alone has to that edition."""
    editions: dict[str, set[str]] = {}
    for form in forms.editions():
        for table in form.tables:
            for known in (*lexicon(form.edition, table.id).rows, *lexicon(form.edition, table.id).columns):
                editions.setdefault(known, set()).add(form.edition)
    return {known: found.pop() for known, found in editions.items() if len(found) == 1}


def find(lines: Sequence[Line], labels: Sequence[str | None], spans: Mapping[str, Span]) -> dict[str, Region]:
    """Return the region of each table that the page has.

    `spans` are the chapters of the tables, where their headings were found. A chapter whose heading
    is lost is known by the labels that its table alone has; so is a piece of a table behind its chapter,
    where a tool gives the words of a page before its tables (pdfplumber).
    """
    regions: dict[str, Region] = {}
    pipes = pipes_of(lines)
    chapters = _chapters(len(lines), spans)
    read = [
        list(_tokens(line, label, pipes, here is not None))
        for line, label, here in zip(lines, labels, chapters, strict=True)
    ]
    known = [_known(found) for found in read]
    at_home = {label for label, here in zip(known, chapters, strict=True) if _owners().get(label) == here}
    current = chapter = None
    for n, (label, here, found) in enumerate(zip(labels, chapters, read, strict=True), 1):
        if here != chapter or (label in _WORDS and current in spans):
            current = chapter = here
        owner = _owners().get(known[n - 1], "")
        behind = owner in spans and n > spans[owner][1] and known[n - 1] not in at_home and _is_row(found)
        if owner and (owner == chapter or owner not in spans or behind):
            current = owner
        elif owner:
            regions.setdefault(owner, Region(owner)).elsewhere.append(n)
        if current and found:
            regions.setdefault(current, Region(current)).tokens.extend(found)
    return regions


def _chapters(lines: int, spans: Mapping[str, Span]) -> list[str | None]:
    """Return the table's chapter that each line is in."""
    chapters: list[str | None] = [None] * lines
    for table, (first, last) in spans.items():
        last = min(last, lines)
        chapters[first - 1 : last] = [table] * (last - first + 1)
    return chapters


def _tokens(line: Line, label: str | None, pipes: Pipes, in_chapter: bool) -> Iterator[Token]:
    """Yield the tokens of a table's line; a blank line that holds a tab is an empty cell.

    In a table's chapter a line that was labelled otherwise is one too if it names one of its labels.
    """
    if not label:
        if "\t" in line.raw:
            yield Token(Kind.EMPTY, line.n, 0, 0, "", 0, 1)
    elif label in _TABLE_LABELS:
        for token in tokens(line, pipes):
            if token.kind is Kind.TEXT and _ENDS.search(token.text):
                yield from unglued(token)
            else:
                yield token
    elif in_chapter and label != "furniture":
        found = tokens(line, pipes)
        if any(token.kind is Kind.TEXT and key(token.text) in _owners() for token in found) or _is_flat(
            found
        ):
            yield from found


def _is_flat(found: Sequence[Token]) -> bool:
    """Tell whether tokens are a whole table in one line: headers that only spaces part, then numbers."""
    numbers = sum(token.kind is Kind.VALUE for token in found)
    words = (word for token in found if token.kind is Kind.TEXT for word in token.text.split())
    return numbers >= _FLAT and sum(key(word) in _owners() for word in words) >= _FLAT


def _is_row(found: Sequence[Token]) -> bool:
    """Tell whether a line says by itself that it is a row: by a long label or by a number beside it."""
    return any(token.kind is Kind.VALUE or len(key(token.text)) >= _TELLING for token in found)


def _known(found: Iterable[Token]) -> str:
    """Return the key of the first label that one table alone has; empty where there is none."""
    labels = (parts(token.text) for token in found if token.kind is Kind.TEXT)
    keys = (known for enumerator, label in labels for known in (label, enumerator + label))
    return next((known for known in keys if known in _owners()), "")


def edition(regions: Iterable[Region], year: int | None) -> forms.Form | None:
    """Return the edition that the page follows: by its labels, else by its year."""
    witnesses = _witnesses()
    votes = Counter(
        witnesses[known]
        for region in regions
        for token in region.tokens
        if token.kind is Kind.TEXT and (known := key(token.text)) in witnesses
    )
    in_force = forms.for_year(year)
    if not votes:
        return in_force
    winner, count = votes.most_common(1)[0]
    if in_force is not None and votes[in_force.edition] == count:
        return in_force
    return forms.named(winner)
