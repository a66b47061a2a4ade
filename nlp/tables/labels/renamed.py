"""Finds labels and headers that name rows and columns, but say another thing by the words beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.form.form import Table
from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.labels.column_names import column_of, over_columns
from nlp.tables.labels.other_words import begins_harmless, is_renamed, says_another_thing
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.labels.strange_headers import StrangeHeaders
from nlp.tables.page.tokens import Kind, Token


def renamed(
    tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon, year: int | None
) -> StrangeHeaders:
    """Return the labels and headers that say another thing than what they name, with the cells that it has.

    `year` is the report's.
    """
    labels: list[Token] = []
    texts: list[Token] = []
    cells: set[tuple[str, str]] = set()
    for match in matches.rows:
        if is_renamed(_text_of(match, tokens), match.row, lexicon, year):
            labels.append(tokens[match.first])
            cells |= {(match.row, column) for column in lexicon.table.row[match.row].columns}
    for place in dict.fromkeys(header.place for header in matches.headers):
        for column in _renamed_columns(tokens[place].text, lexicon, year):
            texts.append(tokens[place])
            rows = _rows_below(place, column, matches, lexicon.table)
            cells |= {(row, column) for row in rows if column in lexicon.table.row[row].columns}
    return StrangeHeaders(tuple(dict.fromkeys(texts)), tuple(labels), frozenset(cells))


def _text_of(match: RowMatch, tokens: Sequence[Token]) -> str:
    """Return the text of a row's label without notes in cells of their own and remarks behind its numbers."""
    pieces = [tokens[match.first].text]
    for place in range(match.first + 1, match.last + 1):
        token = tokens[place]
        is_of_number = token.text.startswith("(") and tokens[place - 1].kind is not Kind.TEXT
        if token.kind is Kind.TEXT and not is_of_number and not begins_harmless(token.text):
            pieces.append(token.text)
    return " ".join(dict.fromkeys(pieces))


def _renamed_columns(text: str, lexicon: Lexicon, year: int | None) -> Iterator[str]:
    """Yield the columns that a text names, as a whole or word by word, but says another thing of."""
    for word in [text] if column_of(text, lexicon) else _words(text):
        named = column_of(word, lexicon)
        if named is not None:
            if is_renamed(word, named[0], lexicon, year):
                yield named[0]
            continue
        upper = key(word.partition("(")[0])
        over = over_columns(lexicon).get(upper, ())
        if over and says_another_thing(word, (upper,), lexicon, year):
            yield from over


def _words(text: str) -> list[str]:
    """Return the words of a text, each with the remark in brackets behind it."""
    words: list[str] = []
    for word in text.split():
        if word.startswith("(") and words:
            words[-1] = f"{words[-1]} {word}"
        else:
            words.append(word)
    return words


def _rows_below(place: int, column: str, matches: LabelMatches, table: Table) -> list[str]:
    """Return the rows below a header of a column, down to the next one; all, where they stand beside it."""
    if table.one_row:
        return list(table.row)
    next_places = [
        header.place for header in matches.headers if header.place > place and column in header.columns
    ]
    end = min(next_places, default=None)
    below = [
        match.row for match in matches.rows if place < match.first and (end is None or match.first < end)
    ]
    return below or list(table.row)
