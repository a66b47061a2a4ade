"""Which column of a table a text names, and how well it fits."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key, label_key
from nlp.text.cells import COMPARING

WHOLE, SHUFFLED, SHORT, PIECE = 1.0, 0.99, 0.9, 0.8
"""How well a text fits a column's label: the same, a unit or remark apart; its characters in another order; a
spelling that is part of a longer one; a beginning that no other label has, or more than the label."""
_ALIKE = 60.0
"""The least similarity, of 100, at which a header names a column that those beside it do not."""
_CLEARLY = 8.0
"""So much more, of 100, a header is like one column than like another that it may name."""
_SHORTEST_PIECE = 2
"""A piece of a column's label that names the column has at least so many characters."""
REMARK_BEHIND = re.compile(r"\([^()]*\)$")
"""The remark in brackets that ends a label: 规章(含修订)."""


def own_label(text: str, lexicon: Lexicon) -> str:
    """Return the label of the form that a text is, normalised, empty where it is none or in several words."""
    label = key(text)
    is_own = label in all_labels(lexicon) and "(" not in text and len(text.split()) == 1
    return label if is_own else ""


@cache
def all_labels(lexicon: Lexicon) -> frozenset[str]:
    """Return the normalised labels of a table of the form, those that stand over columns among them."""
    return lexicon.own.union(over_columns(lexicon))


def column_of(text: str, lexicon: Lexicon) -> tuple[str, float] | None:
    """Return the column that a folded text names, and how well it fits; None for no column.

    Where the two lines of a narrow header overlap, its characters come in another order: 维结持果.

    >>> from nlp.form.form import named
    >>> lexicon = Lexicon(named("2021").table("requests"))
    >>> column_of("总 计", lexicon), column_of("社会公", lexicon), column_of("法人", lexicon)
    (('total', 1.0), ('public_welfare_organization', 0.8), None)
    """
    label = own_label(text, lexicon)
    return _column_of_label(label, lexicon) if label else _column_of_text(text, lexicon)


def _surest_column(text: str, lexicon: Lexicon) -> tuple[str, float] | None:
    for column, fit in _columns_of(text, lexicon):
        if column:
            return column, fit
    return None


_column_of_label = cache(_surest_column)
"""The column that a label of the form names, which is the same on every page."""
_column_of_text = lru_cache(maxsize=1 << 12)(_surest_column)


def _columns_of(text: str, lexicon: Lexicon) -> Iterator[tuple[str | None, float]]:
    """Yield the column that a folded text names in each of the ways in which it may, the surest first."""
    label = key(text)
    yield whole_column(text, lexicon), WHOLE
    yield lexicon.columns.get(label), SHORT
    yield lexicon.shuffled_column(label), SHUFFLED
    yield _behind_upper_level(text, lexicon), SHORT
    yield _pieces(lexicon).get(label), PIECE
    yield _with_more(label, lexicon), PIECE


def whole_column(text: str, lexicon: Lexicon) -> str | None:
    """Return the column whose whole label a folded text is, but for what stands in brackets behind it."""
    column = lexicon.whole_columns.get(key(text))
    if column is None and "(" in text:
        column = lexicon.whole_columns.get(key(text.partition("(")[0]))
    return column


def _behind_upper_level(text: str, lexicon: Lexicon) -> str | None:
    """Return the column that ends a text, behind names of an upper level or parts of them: 组织-商业企业(家).

    A tool that flattens headers of two levels writes both.
    """
    upper = _characters_above(lexicon)
    if text[:1] not in upper:
        return None
    for label in dict.fromkeys((key(text), key(REMARK_BEHIND.sub("", text)))):
        for known, column in lexicon.whole_columns.items():
            before = label.removesuffix(known)
            if _SHORTEST_PIECE <= len(before) < len(label) and upper.issuperset(before):
                return column
    return None


@cache
def _characters_above(lexicon: Lexicon) -> frozenset[str]:
    """Return the characters of the labels of what stands over columns, and of other headers."""
    return frozenset("".join(lexicon.headers.union(over_columns(lexicon))))


def _with_more(label: str, lexicon: Lexicon) -> str | None:
    """Return the column whose label ends a text behind a piece of another, or begins it before a unit."""
    for known, column in lexicon.whole_columns.items():
        if label.endswith(known):
            before = label.removesuffix(known)
            if lexicon.is_header(before) and before not in lexicon.whole_columns:
                return column
    return next((column for name, column in lexicon.money.items() if label.startswith(name)), None)


def alike_name(word: str, among: Container[str], lexicon: Lexicon) -> str | None:
    """Return the column or row of some that a word which names none is clearly most like: 商业性企业.

    It has half of the characters at least that no other label has, and speaks of no other year.

    >>> from nlp.form.form import named
    >>> lexicon = Lexicon(named("2021").table("requests"))
    >>> alike_name("商业性企业", {"commercial_enterprise"}, lexicon), alike_name("媒体", {"total"}, lexicon)
    ('commercial_enterprise', None)
    """
    label_of_word = key(word)
    if any(comparing in label_of_word for comparing in COMPARING):
        return None
    likeness: dict[str, float] = {}
    for label, name in (*lexicon.rows.items(), *lexicon.whole_columns.items()):
        if name not in among:
            continue
        telling = _telling_characters(lexicon, name).intersection(label)
        if 2 * len(telling.intersection(label_of_word)) >= len(telling) > 0:
            likeness[name] = max(likeness.get(name, 0.0), ratio(label_of_word, label))
    alike = sorted([(score, name) for name, score in likeness.items() if score >= _ALIKE], reverse=True)
    if not alike:
        return None
    (best, name), *others = alike
    is_clear = not others or best - others[0][0] >= _CLEARLY
    return name if is_clear else None


@cache
def _telling_characters(lexicon: Lexicon, name: str) -> frozenset[str]:
    """Return the characters that only the labels of one column or row have: 废 and 止 of 本年废止件数."""
    labels = lexicon.whole_columns if name in lexicon.table.column else lexicon.rows
    own = "".join(label for label, of in labels.items() if of == name)
    return frozenset(own).difference("".join(label for label, of in labels.items() if of != name))


def is_piece(text: str, lexicon: Lexicon) -> bool:
    """Return whether a text is a part of the labels of headers or groups, but none of them, nor a row's."""
    label = key(text)
    whole = (lexicon.headers, lexicon.groups, lexicon.rows, over_columns(lexicon))
    return lexicon.is_header_or_group(label) and not any(label in labels for labels in whole)


@cache
def over_columns(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Map the labels that stand over several columns, normalised, to these columns."""
    return {label_key(spelling): over.columns for over in lexicon.table.over for spelling in over.spellings}


@cache
def _pieces(lexicon: Lexicon) -> dict[str, str]:
    """Map each beginning of a column's label that no other column's has to the column: 社会公, 法律服."""
    owners: dict[str, set[str]] = {}
    for spelling, column in lexicon.whole_columns.items():
        longest = 0 if spelling in lexicon.words else len(spelling)
        for end in range(_SHORTEST_PIECE, longest):
            owners.setdefault(spelling[:end], set()).add(column)
    return {piece: ids.pop() for piece, ids in owners.items() if len(ids) == 1}


@lru_cache(maxsize=1 << 12)
def columns_in(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the columns whose labels a folded text holds, however they are glued or broken, in their order.

    A label is where its own character is, the last one that no other column's label has: tools break headers
    anywhere, and set those side by side line by line.

    >>> from nlp.form.form import named
    >>> lexicon = Lexicon(named("2021").table("review_litigation"))
    >>> columns_in("审结总计", lexicon), columns_in("结果", lexicon)
    (('pending', 'total'), ())
    """
    label = key(text)
    above = [*lexicon.headers, *over_columns(lexicon)]
    for other in above:
        label = label.replace(other, "")
    if label in "\n".join(above) and label not in "\n".join(lexicon.columns):
        return ()
    own = _own_characters(lexicon)
    return tuple(own[character] for character in label if character in own)


@cache
def _own_characters(lexicon: Lexicon) -> dict[str, str]:
    """Map the last character of each spelling that is no other column's to its column: 持, 正, 他, 审, 计."""
    own: dict[str, str] = {}
    for spelling, column in lexicon.columns.items():
        others = "".join(other for other, id in lexicon.columns.items() if id != column)
        own |= dict.fromkeys([character for character in spelling if character not in others][-1:], column)
    return own
