"""Tells whether headers too damaged to be read as names still tell another order than the form's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key, label_key
from nlp.tables.labels.column_names import over_columns
from nlp.tables.labels.header_orders import stand_in_order
from nlp.tables.labels.printed_groups import above_values
from nlp.tables.labels.row_matches import LabelMatches
from nlp.tables.on_lines import lines_of
from nlp.tables.page.runs import CELL_KINDS
from nlp.tables.page.tokens import Kind, Token

_SHORT = 2
"""A name of so many characters may be whole where all others are parted: 其他, 总计."""


def is_other_order_told(
    tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon, in_rows: bool
) -> bool:
    """Return whether headers tell an order of a table's columns, or groups, that is not the form's.

    Of names that lost characters (业企业, 研机构; 结果维) some are left that no other column's name has: a
    line tells an order where it has some of each column of a level. Names that go on on the next line are
    whole, one behind the other, where lines are joined. `in_rows` tells whether rows stand below each other.
    """
    for lines in _headers(tokens, matches) if in_rows else [_texts(above_values(tokens))]:
        if in_rows and _is_moved(_broken_names(lines, lexicon), lexicon):
            return True
        for line in lines:
            if lexicon.table.one_row:
                is_moved = _are_groups_moved(line, lexicon) or _are_columns_moved(line, lexicon)
            else:
                is_moved = _is_moved(_columns_told(key(line), lexicon), lexicon) and not _is_torn(
                    line, lexicon
                )
            if is_moved:
                return True
    return False


def _is_moved(columns: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether columns are all of a level, in another order than the form's."""
    for level in _levels(lexicon):
        order = [column for column in columns if column in level]
        if len(order) == len(level) and order != list(level):
            return True
    return False


def _is_torn(line: str, lexicon: Lexicon) -> bool:
    """Return whether whole names and pieces, each sort for itself, stand on a line in the form's order.

    Pieces stand a little higher than whole names; a tool may set them before these.
    """
    words = line.split()
    whole = [word for word in words if key(word) in lexicon.whole_columns]
    pieces = [word for word in words if word not in whole]
    sorts = [_columns_told(key(" ".join(sort)), lexicon) for sort in (whole, pieces)]
    return all(stand_in_order(sort, level) for sort in sorts for level in _levels(lexicon))


def _broken_names(lines: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return the columns whose names stand in joined lines, in their order, where lines part each of them.

    Cells are written side by side where a line has the end of one and the beginning of the next. A tool that
    gives each piece a line of its own, or leaves some names whole, may set them by their heights.
    """
    if all(len(line.split()) == 1 for line in lines):
        return []
    joined = _without_upper(key("".join(lines)), lexicon)
    places: dict[str, int] = {}
    for column in lexicon.table.columns:
        names = [name for name in map(label_key, column.spellings) if name in joined]
        if not names:
            continue
        longest = max(names, key=len)
        if len(longest) > _SHORT and any(longest in key(line) for line in lines):
            return []
        places[column.id] = joined.index(longest)
    return sorted(places, key=lambda column: places[column])


def _are_columns_moved(line: str, lexicon: Lexicon) -> bool:
    """Return whether each word of a line tells a column, those of whole groups, not in the form's order.

    A word that tells none is a piece that several names share: names are torn over lines.
    """
    words = [word for word in line.split() if not _begins_row(word, lexicon)]
    told = [_columns_told(key(word), lexicon) for word in words]
    order = [columns[0] for columns in told if len(columns) == 1]
    width = len(lexicon.table.columns)
    if not order or len(order) != len(words) or len(order) % width:
        return False
    groups = [order[at : at + width] for at in range(0, len(order), width)]
    are_whole = all(len(set(group)) == width for group in groups)
    return are_whole and any(group != list(lexicon.table.column) for group in groups)


def _begins_row(word: str, lexicon: Lexicon) -> bool:
    return key(word) in lexicon.rows or bool(lexicon.starting_with(key(word)))


def _headers(tokens: Sequence[Token], matches: LabelMatches) -> Iterator[list[str]]:
    """Yield the lines of each header: the texts between rows that stand beside no number."""
    row_at = matches.row_at
    numbered = {token.line for token in tokens if token.kind in CELL_KINDS and token.text}
    header: list[Token] = []
    for place, token in enumerate(tokens):
        if place in row_at:
            yield _texts(header)
            header = []
        elif token.line not in numbered:
            header.append(token)
    yield _texts(header)


def _texts(header: Sequence[Token]) -> list[str]:
    """Return the text of each line of a header."""
    texts = [token for token in header if token.kind is Kind.TEXT]
    return [" ".join(token.text for token in line) for line in lines_of(texts)]


@cache
def _levels(lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """Return the columns that surely stand on one line: those under one name, else those of each kind of row.

    Names of an upper level stand higher, lower or in the middle of those below.
    """
    table = lexicon.table
    under = [over.columns for over in table.over]
    if under:
        return (min(under, key=len),)
    return tuple({row.columns for row in table.rows if len(row.columns) > 1})


def _columns_told(text: str, lexicon: Lexicon) -> list[str]:
    """Return the columns of which a text has characters that no other name has, in the order of these."""
    text = _without_upper(text, lexicon)
    telling = _telling(lexicon)
    return list(dict.fromkeys(telling[character] for character in text if character in telling))


def _without_upper(text: str, lexicon: Lexicon) -> str:
    """Return a text without the names over columns, of groups and of rows that are groups of columns."""
    upper = {*over_columns(lexicon), *lexicon.headers, *lexicon.groups}
    if lexicon.table.one_row:
        upper |= lexicon.rows.keys()
    for label in sorted(upper, key=len, reverse=True):
        text = text.replace(label, "")
    return text


@cache
def _telling(lexicon: Lexicon) -> dict[str, str]:
    """Map each character that the names of one column alone have to the column."""
    owners: dict[str, set[str]] = {}
    names = {**lexicon.whole_columns, **(lexicon.rows if lexicon.table.one_row else {})}
    for label, name in names.items():
        for character in label:
            owners.setdefault(character, set()).add(name)
    return {
        character: name
        for character, (name, *others) in owners.items()
        if not others and name in lexicon.table.column
    }


def _are_groups_moved(line: str, lexicon: Lexicon) -> bool:
    """Return whether words of a line are beginnings of the names of rows, in another order."""
    order = list(lexicon.table.row)
    rows = [_row_begun(key(word), lexicon) for word in line.split()]
    places = [order.index(row) for row in rows if row]
    return places != sorted(places)


def _row_begun(word: str, lexicon: Lexicon) -> str | None:
    """Return the row whose names alone begin with a word; a word within other names is a piece of any."""
    rows = {lexicon.rows[label] for label in lexicon.starting_with(word)}
    others = [*lexicon.groups, *(label for label, row in lexicon.rows.items() if row not in rows)]
    is_within = any(word in label for label in others)
    return rows.pop() if len(rows) == 1 and len(word) > 1 and not is_within else None
