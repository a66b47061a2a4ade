"""Finds the order in which a page prints the groups and columns of a table of one row of values (四)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise, takewhile

from msgspec.structs import replace

from nlp.form.form import Row, Table
from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key, label_key
from nlp.tables.labels.column_names import alike_name
from nlp.tables.labels.header_orders import stand_in_order
from nlp.tables.labels.headers import labels_in, may_be_header
from nlp.tables.labels.printed_columns import with_columns
from nlp.tables.on_lines import lines_of
from nlp.tables.page.runs import CELL_KINDS, numbers_of
from nlp.tables.page.tokens import Token

_SEVERAL = 2
"""A word that holds so many labels is made of them."""


def printed_row(tokens: Sequence[Token], lexicon: Lexicon, matched: Sequence[str] = ()) -> Table | None:
    """Return a table of one row with its groups, and the columns of each, in the order of their headers.

    What stands on one line stands from left to right; lines do not tell what is to the left of what, unless
    every value has a line of its own: then a tool wrote the page cell by cell. The form's order stands where
    no line contradicts it. None where one does, and the headers are not whole: which value stands where
    cannot be told. `matched` are rows whose labels were found among all texts.
    """
    table = lexicon.table
    lines = _labelled_lines(tokens, lexicon)
    labels = list(chain.from_iterable(lines))
    is_in_line = any(_begins_with_last(line, table) for line in lines)
    is_last_first = is_in_line and _begins_with_last(labels, table)
    levels = [list(table.row), _upper_level(table)]
    if all(_is_official(line, table, levels) for line in lines) and not is_last_first:
        are_last = _are_totals_last(tokens, lexicon)
        return _with_named_rows([*labels, *matched], tokens, table) if are_last else None
    rows = _rows_in_order(labels, table)
    columns = _columns_among(labels, table)
    width = len(table.columns)
    if len(rows) != len(table.rows) or len(columns) != width * len(rows):
        return None
    printed = []
    for row in rows:
        order, columns = columns[:width], columns[width:]
        if set(order) != set(row.columns):
            return None
        printed.append(replace(row, columns=tuple(order)))
    return with_columns(replace(table, rows=tuple(printed)))


def _with_named_rows(labels: Sequence[str], tokens: Sequence[Token], table: Table) -> Table:
    """Return a table with just the rows that are named, where columns and values are those of no others."""
    rows = tuple(row for row in table.rows if row.id in labels)
    columns, values = _columns_among(labels, table), numbers_of(tokens)
    is_whole = len(columns) == len(values) == len(table.columns) * len(rows)
    return replace(table, rows=rows) if rows and is_whole else table


def _labelled_lines(tokens: Sequence[Token], lexicon: Lexicon) -> list[list[str]]:
    """Return the rows, groups and columns that each line above the values names.

    All of them count as one line where a tool wrote the page, or its headers, cell by cell.
    """
    lines_of_values = [token.line for token in numbers_of(tokens)]
    above = above_values(tokens)
    names = _names(above, lexicon)
    is_cell_by_cell = len(set(lines_of_values)) == len(lines_of_values) > 1
    lines = [above] if is_cell_by_cell else lines_of(above)
    named = [list(_labels(line, names, lexicon.table)) for line in lines]
    is_stacked = max(map(len, named), default=0) == 1
    return [list(chain.from_iterable(named))] if is_stacked else named


def above_values(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens before the first number."""
    return list(takewhile(lambda token: token.kind not in CELL_KINDS, tokens))


def _are_totals_last(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Return whether each group's last column stands last on lines of the words of whole groups.

    Words may be halves of labels (结果 above 维持) that name no column.
    """
    width = len(lexicon.table.columns)
    last = set(map(label_key, lexicon.table.columns[-1].spellings))
    for line in lines_of(above_values(tokens)):
        words = [key(word) for token in line for word in token.text.split()]
        places = [place % width for place, word in enumerate(words) if word in last]
        are_whole = len(words) == width * len(places) and all(map(lexicon.is_header, words))
        if are_whole and len(set(places)) == 1 and places[0] != width - 1:
            return False
    return True


def _names(headers: Sequence[Token], lexicon: Lexicon) -> Mapping[str, str]:
    """Return what labels above the values may name: rows and columns by their ids, groups by their labels.

    Short for a column (维持) is its label only where no label is torn: then a word stands alone that is a
    piece of several columns' labels (结果); or a word that is much like
    one label alone, where all others name something.
    """
    words = {key(word) for token in headers for word in token.text.split()}
    is_torn = any(len(_owners_of_piece(word, lexicon)) > 1 for word in words - {""})
    names = _names_of_form(lexicon, is_torn)
    if is_torn:
        return names
    named = [names.get(key(word), "") for token in headers for word in token.text.split()]
    unknown = [word for word in words if word not in names]
    if not unknown:
        return names
    among = lacking_names(named, lexicon.table)
    single = [word for word in unknown if sum(label in word for label in names) < _SEVERAL]
    found = {word: alike_name(word, among, lexicon) for word in single}
    others = {word: name for word, name in found.items() if name and may_be_header(word)}
    is_whole = all(word in others for word in unknown if may_be_header(word))
    return {**others, **names} if is_whole else names


@cache
def _names_of_form(lexicon: Lexicon, is_torn: bool) -> Mapping[str, str]:
    """Return what the form's labels, and the ends of its groups', name; whole names of columns where torn."""
    groups = {piece: group for group in lexicon.groups for piece in _ends(group)}
    return {**groups, **lexicon.rows, **(lexicon.whole_columns if is_torn else lexicon.columns)}


def _ends(group: str) -> Iterator[str]:
    """Yield the label of a group and its ends of two characters or more: 诉讼 of 行政诉讼."""
    return (group[start:] for start in range(len(group) - 1))


def lacking_names(named: Sequence[str], table: Table) -> set[str]:
    """Return the columns that headers name for some groups alone or for none, and the rows not named."""
    times = Counter(named)
    most = max(times[column] for column in table.column)
    return {column for column in table.column if times[column] < most}.union(set(table.row).difference(named))


def _owners_of_piece(word: str, lexicon: Lexicon) -> set[str]:
    """Return the columns in whose whole labels a word stands that is none itself."""
    if word in lexicon.whole_columns:
        return set()
    return {column for label, column in lexicon.whole_columns.items() if word in label}


def _labels(tokens: Sequence[Token], names: Mapping[str, str], table: Table) -> Iterator[str]:
    """Yield what texts name, as wholes or word by word."""
    for token in tokens:
        whole = _glued(token.text, names, table)
        words = [] if whole else token.text.split()
        yield from chain(whole, *[_glued(word, names, table) for word in words])


def _glued(text: str, names: Mapping[str, str], table: Table) -> list[str]:
    """Return what the labels name of which a text is made: two, a name behind its groups, or whole groups.

    Others are torn: the rest of them stands on another line.
    """
    labels = [names[label] for label in labels_in(key(text), names)]
    named = [name for name in labels if not _is_group_of(name, labels, table)]
    columns = len(_columns_among(named, table))
    is_one = columns == 1 and named[-1] in table.column
    return named if len(named) <= 2 or is_one or columns % len(table.columns) == 0 else []


def _is_group_of(name: str, labels: Sequence[str], table: Table) -> bool:
    """Return whether a name is the group of one of the rows among labels: 行政诉讼-复议后起诉."""
    return any(_group(table.row[label]) == name != label for label in labels if label in table.row)


def _rows_in_order(named: Sequence[str], table: Table) -> list[Row]:
    """Return the rows that are named in their order, a group's rows where the group is named."""
    order: dict[str, None] = {}
    for name in named:
        inside = [row for row in named if row in table.row and _group(table.row[row]) == name]
        order |= dict.fromkeys(inside or [name])
    return [table.row[name] for name in order if name in table.row]


def _is_official(line: Sequence[str], table: Table, levels: Sequence[Sequence[str]]) -> bool:
    """Return whether the labels on a line stand in the order of the form, columns anew for each group.

    A line may lack some columns of a group, which stand a little higher or lower. `levels` are the rows, and
    the groups, in the order of the form.
    """
    if not all(stand_in_order(line, level) for level in levels):
        return False
    order = list(table.column)
    places = [order.index(label) for label in _columns_among(line, table)]
    of_groups = [places[at : at + len(order)] for at in range(0, len(places), len(order))]
    if all(sorted(group) == list(range(len(order))) for group in of_groups):
        return all(group == sorted(group) for group in of_groups)
    begins_anew = [one for one, two in pairwise(places) if one > two]
    groups_more = max(map(places.count, places), default=1) - 1
    return len(begins_anew) <= max(groups_more, begins_anew.count(len(order) - 1))


def _begins_with_last(labels: Sequence[str], table: Table) -> bool:
    """Return whether the columns of each group begin with the form's last one, 总计."""
    first = _columns_among(labels, table)[: len(table.columns)]
    return first[:1] == [table.columns[-1].id] and set(first) == set(table.column)


def _columns_among(labels: Sequence[str], table: Table) -> list[str]:
    return [label for label in labels if label in table.column]


def _group(row: Row) -> str:
    """Return the normalised label of a row's group; the row's id where it is in none."""
    return label_key(row.group) if row.group else row.id


def _upper_level(table: Table) -> list[str]:
    """Return the rows without a group, and the groups, in the order of the form."""
    return list(dict.fromkeys(map(_group, table.rows)))
