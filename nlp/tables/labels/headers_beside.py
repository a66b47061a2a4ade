"""Tells which of several headers side by side is the report's own: one for each year, or for each body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key, label_key
from nlp.tables.labels.header_orders import Order, orders_meant
from nlp.tables.labels.headers import Header, over_columns
from nlp.tables.on_lines import lines_of
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import THIS_YEAR, WHOLE_AGENCY


def orders_of_one(
    beside: Sequence[list[list[Header]]], tokens: Sequence[Token], lexicon: Lexicon, year: int | None
) -> Iterator[Order]:
    """Yield the orders in which the columns of one of the headers side by side stand, None for the others'.

    It is the one below the name of the report's year, or of the whole agency, among names that are no such
    ones; where the page does not say so, it may be any.
    """
    meant = _meant(_names_over(beside, tokens), lexicon, year)
    of_form = tuple(lexicon.table.column)
    for place, lines in enumerate(beside):
        if meant in (None, place):
            orders = orders_meant(list(chain.from_iterable(lines)), lines, lexicon.table, False)
            for order in dict.fromkeys(orders) or (of_form,):
                others = len(beside) - place - 1
                yield (None,) * len(order) * place + order + (None,) * len(order) * others


def _names_over(beside: Sequence[list[list[Header]]], tokens: Sequence[Token]) -> list[str]:
    """Return the names on the line above headers side by side, one over each; none where they are fewer.

    One more stands before them above the labels of rows, or a blank cell. A tool may repeat each in all the
    cells that it spans, as often as the others.
    """
    first = beside[0][0][0]
    above = [token for token in tokens[: first.place] if token.line < first.line]
    on_line = [token for token in list(lines_of(above))[-1] if token.kind is Kind.TEXT] if above else []
    words = [key(word) for token in on_line for word in token.text.split()]
    names = [name for name, _ in groupby(words)]
    over = names[-len(beside) :]
    is_label_apart = len(names) == len(beside) + 1 or (len(names) == len(beside) and on_line[0].cell > 0)
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
