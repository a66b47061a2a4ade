"""Tells how a page on which nothing parts the cells of a row prints the blank ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nlp.form.form import Column, Form, Table
from nlp.form.labels.lexicon import lexicon
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.layouts.rows import following
from nlp.tables.layouts.unsegmented import strings
from nlp.tables.page.regions import Region
from nlp.tables.page.runs import numbers_of
from nlp.tables.page.tokens import Token
from nlp.tables.solver.digit_cuts import WORDS, Blanks, DigitString

Printed = tuple[str, tuple[Column, ...]]
"""The string of a row, the columns that it holds a cell for."""


def blanks_of(form: Form, regions: Mapping[str, Region]) -> Blanks:
    """Return how a page prints blank cells: as a row shows that cannot be read otherwise.

    One such row is enough, for what it shows may be so in every row.
    """
    glued = [region for region in regions.values() if region.unsegmented]
    printed = [row for region in glued for row in _rows(form, form.table(region.table), region.tokens)]
    dashes = _needed(printed, WORDS, Blanks(dashes=True))
    traceless = _needed(printed, Blanks(dashes=dashes), Blanks(traceless=True, dashes=dashes))
    return Blanks(traceless, dashes)


def _needed(printed: Iterable[Printed], one: Blanks, other: Blanks) -> bool:
    """Tell whether a row can be cut only if blank cells are as the second says."""
    return any(not DigitString(*row, one).count() and DigitString(*row, other).count() for row in printed)


def _rows(form: Form, table: Table, tokens: Sequence[Token]) -> Iterator[Printed]:
    if table.one_row:
        cells = numbers_of(tokens)
        if tokens and len(cells) <= 1:
            yield "".join(cell.text for cell in cells), table.columns * len(table.rows)
        return
    read = following(tokens, match_labels(tokens, lexicon(form.edition, table.id)), table)
    for row, token in strings(tokens, read, table, unsegmented=True).items():
        yield token.text, tuple(table.column[column] for column in table.row[row].columns)
