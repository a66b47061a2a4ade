"""Finds headers side by side in one, of several years or parts of an agency, and which of them is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key, label_key
from nlp.tables.labels.column_names import over_columns
from nlp.tables.labels.header_orders import Order, column_header, columns_named, orders_meant
from nlp.tables.labels.headers import Header
from nlp.tables.on_lines import lines_of
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import THIS_YEAR, WHOLE_AGENCY


def side_by_side(
    lines: Sequence[Sequence[Header]], tokens: Sequence[Token], lexicon: Lexicon, year: int | None
) -> list[list[list[Header]]]:
    """Return the headers, line by line, that stand side by side in one, each naming the same columns.

    So a page sets the numbers of several years, or of an agency's parts, beside each other. Lines above them
    are left out. None where a header names each column once. `year` is the report's.
    """
    split = [_repeating(line) for line in lines]
    first = next((n for n, runs in enumerate(split) if len(runs) > 1), len(split))
    if len(set(map(len, split[first:]))) != 1:
        return _columns_side_by_side(lines, tokens, lexicon, year)
    return [list(header) for header in zip(*split[first:], strict=True)]


def _repeating(line: Sequence[Header]) -> list[list[Header]]:
    """Return a line's headers in the runs that name the same columns, or all as one run."""
    naming = [text for text in line if text.columns]
    each_once = [next(same) for _, same in groupby(naming, key=lambda text: text.columns)]
    width = len({text.columns for text in each_once})
    runs = [each_once[start : start + width] for start in range(0, len(each_once), width)]
    named = [[text.columns for text in run] for run in runs]
    return runs if all(of_run == named[0] for of_run in named) else [each_once]


def _columns_side_by_side(
    lines: Sequence[Sequence[Header]], tokens: Sequence[Token], lexicon: Lexicon, year: int | None
) -> list[list[list[Header]]]:
    """Return headers side by side that are one column's each, where names above tell whose each is.

    Else they are one merged cell, which a tool repeats.
    """
    texts = [text for text in lines[-1] if text.columns]
    if len(texts) < 2 or len({text.columns for text in texts}) > 1:
        return []
    beside = [[[text]] for text in texts]
    names = _names_over(beside, tokens)
    is_told = len(set(names)) == len(beside) and _meant(names, lexicon, year) is not None
    return beside if is_told else []


def orders_of_one(
    beside: Sequence[list[list[Header]]], tokens: Sequence[Token], lexicon: Lexicon, year: int | None
) -> Iterator[Order]:
    """Yield the orders in which the columns of one of the headers side by side stand, None for the others'.

    It is the one below the name of the report's year, or of the whole agency, among names that are no such
    ones; where the page does not say so, it may be any.
    """
    meant = _meant(_names_over(beside, tokens), lexicon, year)
    named = columns_named(chain.from_iterable(beside[0]))
    of_form = tuple(named if len(named) == 1 else lexicon.table.column)
    for place, lines in enumerate(beside):
        if meant in (None, place):
            header = column_header(list(chain.from_iterable(lines)))
            orders = orders_meant(header, lexicon.table, cell_by_cell=False)
            for order in dict.fromkeys(orders) or (of_form,):
                others = len(beside) - place - 1
                yield (None,) * len(order) * place + order + (None,) * len(order) * others


def _names_over(beside: Sequence[list[list[Header]]], tokens: Sequence[Token]) -> list[str]:
    """Return the names on the line above headers side by side, one over each; none where they are fewer.

    One more stands before them above the labels of rows, or a blank cell, or the labels' header is on the
    line below. A tool may repeat each in all the cells that it spans, as often as the others.
    """
    first = beside[0][0][0]
    above = [token for token in tokens[: first.place] if token.line < first.line]
    on_line = [token for token in list(lines_of(above))[-1] if token.kind is Kind.TEXT] if above else []
    words = [key(word) for token in on_line for word in token.text.split()]
    names = [name for name, _ in groupby(words)]
    over = names[-len(beside) :]
    before = tokens[first.place - 1] if first.place else None
    is_below = before is not None and before.kind is Kind.TEXT and before.line == first.line
    is_label_below = len(names) == len(beside) and (on_line[0].cell > 0 or is_below)
    is_label_apart = len(names) == len(beside) + 1 or is_label_below
    are_repeated_alike = len(set(map(words.count, over))) == 1
    return over if is_label_apart and are_repeated_alike else []


def _meant(names: Sequence[str], lexicon: Lexicon, year: int | None) -> int | None:
    """Return the place of the one name that is the report's year, or else the whole; None where none is."""
    for meant in (THIS_YEAR, WHOLE_AGENCY):
        labels = {label_key(word.replace("YEAR", str(year))) for word in meant}
        places = [place for place, name in enumerate(names) if _alone(name, lexicon) in labels]
        if len(places) == 1:
            return places[0]
        if any(character.isdecimal() for name in names for character in name):
            return None
    return None


def _alone(name: str, lexicon: Lexicon) -> str:
    """Return a name without the form's own behind it: 本年度申请人情况."""
    return next((name[: -len(label)] for label in over_columns(lexicon) if name.endswith(label)), name)
