"""Finds what a page prints of the units of a table's numbers: of money, and thousands of what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from nlp.form.form import Column, Table
from nlp.form.labels.normalised import key, label_key
from nlp.tables.page.brackets import IN_BRACKETS, is_in_brackets, without_brackets
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import COUNTED, COUNTER, DECREASES, MONEY, MONEY_UNIT, SHARES, UNIT
from nlp.text.enumerators import shape
from nlp.text.lines import Line

UNKNOWN = ""
"""The unit of an amount for which neither the page nor the form's own label has one."""
THE_FORMS = "form"
"""The unit of an amount for which the page has none, and the form's own label of the column has."""
CONTRADICTED = "?"
"""The unit of a number for which the page prints two, or says that it is none of the form's."""
_ABOVE = 4
"""So many lines above a table's first label may print the unit of all of it."""
_BELOW = 5
"""So many lines below a table's last label may, its numbers among them."""
_UNIT_BEHIND = re.compile(r"\([^()]*\)?$|单位.*$|/.*$")
_TITLE = re.compile(rf"\s*{shape('row')}")
_BETWEEN_UNITS = re.compile("[、,/或和]")
_UNIT_AT_START = re.compile(UNIT)
_SAYS_UNIT = re.compile(rf"单位|[以按为]{UNIT}")

_Texts = tuple[str, list[str], list[str]]
"""A row, the texts above it, and those of its own label."""
Labels = Mapping[str, tuple[int, int]]
"""The places of the first and the last token of each row's label."""


def units_of(
    table: Table, tokens: Sequence[Token], labels: Labels, lines: Sequence[Line]
) -> dict[tuple[str, str], str]:
    """Return units by row and column: of each amount of money, and of counts where the page prints one.

    A unit stands in the row's own label, or in the header above it, which holds for the rows below as well,
    up to the next one; one of money also in the lines around the table, or anywhere among its texts. It is
    `CONTRADICTED` where two are printed, for changes that are decreases alone or shares of a whole, and for
    counts where a multiple is printed of which nobody can tell for which rows it holds, as where a row has no
    header above it and others have a column's multiple in theirs; for amounts
    `THE_FORMS` or `UNKNOWN` where none is.
    """
    anywhere = _texts(tokens)
    around = _around(tokens, labels, lines)
    has_multiples = bool(_multiples_in([*anywhere, *around]))
    if not has_multiples and not any(column.unit or column.signed for column in table.columns):
        return {}
    headers = list(_headers(tokens, labels))
    of_counts = _multiples_of(table, headers, anywhere, around) if has_multiples else {}
    printed = {row: (above, own) for row, above, own in headers}
    units: dict[tuple[str, str], str] = {}
    for row in table.rows:
        above, own = printed.get(row.id, ([], []))
        for column in (table.column[id] for id in row.columns):
            cell = (row.id, column.id)
            if column.unit:
                of_form = THE_FORMS if _units_in([column.label]) else UNKNOWN
                found = _units_in([*above, *own, *around]) or _units_in(anywhere)
                units[cell] = _only(found) if found else of_form
            elif column.signed and any(map(_is_no_change, above)):
                units[cell] = CONTRADICTED
            elif cell in of_counts:
                units[cell] = of_counts[cell]
    return units


def _multiples_of(
    table: Table, headers: Sequence[_Texts], anywhere: Sequence[str], around: Sequence[str]
) -> dict[tuple[str, str], str]:
    """Return the multiples of counts by row and column; `CONTRADICTED` where nobody can tell whose one is."""
    of_columns = {row: _multiples_above(above, table) for row, above, _ in headers}
    of_rows = {row: _multiples_in(own) for row, _, own in headers}
    placed = [own.union(*of_columns[row].values()) for row, own in of_rows.items()]
    of_first_row = placed[0] if placed else set()
    unplaced = _multiples_in(anywhere).difference(*placed) | (_multiples_in(around) - of_first_row)
    with_multiples: set[str] = set()
    for row, named in of_columns.items():
        with_multiples.update(column for column in table.row[row].columns if named.get(column))
    multiples: dict[tuple[str, str], str] = {}
    for row in table.row:
        above = of_columns.get(row, {})
        for column in table.row[row].columns:
            found = of_rows.get(row) or above.get(column)
            if found:
                multiples[row, column] = _only(found)
            elif unplaced or (column in with_multiples and column not in above):
                multiples[row, column] = CONTRADICTED
    return multiples


def _only(units: set[str]) -> str:
    return CONTRADICTED if len(units) > 1 else next(iter(units))


def _headers(tokens: Sequence[Token], labels: Labels) -> Iterator[_Texts]:
    """Yield the rows in the order of the page, with the texts above each and those of its own label."""
    above: list[str] = []
    start = 0
    for row, (first, last) in sorted(labels.items(), key=lambda label: label[1]):
        values = [at for at in range(start, first) if tokens[at].kind is Kind.VALUE]
        texts = _texts(tokens[max([start, *(at + 1 for at in values)]) : first])
        if not all(map(is_in_brackets, texts)):
            above = texts
        behind = _texts(tokens[last + 1 : last + 2])
        own = [*_texts(tokens[first : last + 1]), *(text for text in behind if text.startswith("("))]
        start = last + 1
        if "".join(own).count("(") > "".join(own).count(")"):
            start = _end_of_remark(tokens, start)
            own += _texts(tokens[last + 1 : start])
        yield row, above, own


def _end_of_remark(tokens: Sequence[Token], start: int) -> int:
    """Return where a remark ends that the next text closes, numbers before it: the label is on two lines."""
    for at in range(start, len(tokens)):
        if tokens[at].kind is Kind.TEXT:
            return at + 1 if ")" in tokens[at].text else start
    return start


def _texts(tokens: Iterable[Token]) -> list[str]:
    return [token.text for token in tokens if token.kind is Kind.TEXT]


def _around(tokens: Sequence[Token], labels: Labels, lines: Sequence[Line]) -> list[str]:
    """Return the lines of a table's chapter that speak of a unit, a few above its labels and a few below."""
    if not labels:
        return []
    label_lines = [tokens[last].line for _, last in labels.values()]
    start = max(0, tokens[0].line - 1 - _ABOVE)
    below = max(label_lines)
    around: list[str] = []
    for line in lines[start : min(label_lines) - 1]:
        around = [] if _TITLE.match(line.folded) else around
        around.append(_whole_unit(line, lines))
    for line in lines[below : below + _BELOW]:
        if _TITLE.match(line.folded):
            break
        around.append(_whole_unit(line, lines))
    return [text for text in around if _SAYS_UNIT.search(text)]


def _whole_unit(line: Line, lines: Sequence[Line]) -> str:
    """Return a line, with the next one behind it where that has the rest of a unit: 单位:万 above 元."""
    below = lines[line.n].plain if line.n < len(lines) else ""
    closed_up = "".join(line.plain.split())
    is_torn = _multiple_alone().fullmatch(closed_up) is not None and _UNIT_AT_START.match(below) is not None
    return line.folded + below if is_torn else line.folded


def _multiples_above(texts: Iterable[str], table: Table) -> dict[str, set[str]]:
    """Return the multiples that the header above a row names, by the ids of the columns that it names.

    A multiple behind the name of a column is that one's; behind that of a group, or in brackets of its own
    further down in the header, it is of all.
    """
    groups = {label_key(row.group) for row in table.rows if row.group}
    is_header = False
    found: dict[str, set[str]] = {}
    closed_up = (IN_BRACKETS.sub(lambda remark: "".join(remark.group().split()), text) for text in texts)
    for word in " ".join(closed_up).split():
        name = key(_UNIT_BEHIND.sub("", word))
        names = {name, key(without_brackets(word))} - {""}  # 本年增/减（千件） has a slash of its own
        columns = [column.id for column in table.columns if not names.isdisjoint(_labels_of(column))]
        of_word = _multiples_in([word])
        if of_word and (name in groups or (is_header and not name)):
            columns = [column.id for column in table.columns]
        is_header = is_header or bool(columns) or name in groups
        for column in columns:
            found.setdefault(column, set()).update(of_word)
    return found


@cache
def _labels_of(column: Column) -> frozenset[str]:
    """Return the normalised spellings of a column's label."""
    return frozenset(map(label_key, column.spellings))


def _units_in(texts: Iterable[str]) -> set[str]:
    """Return the units of money that texts name as a unit: by 单位, alone in brackets, or behind a slash.

    >>> _units_in(["本年收费金额(单位:万元,保留4位小数)"]), _units_in(["采购总金额(元)"]), _units_in(["元旦"])
    ({'万元'}, {'元'}, set())
    >>> _units_in(["采购总金额(人民币:元)"])
    {'元'}
    >>> _units_in(["单位:件、元"]), _units_in(["收费金额/元"]), _units_in(["注:金额以千元为单位。"])
    ({'元'}, {'元'}, {'千元'})
    >>> sorted(_units_in(["本年收费金额(单位:万元、元)"])), sorted(_units_in(["收费金额(万元/元)"]))
    (['万元', '元'], ['万元', '元'])
    """
    found = _named_in(texts, _unit_of_money())
    return {unit for units in found for unit in _BETWEEN_UNITS.split(units) if unit in MONEY}


def _multiples_in(texts: Iterable[str]) -> set[str]:
    """Return the multiples of a counter that texts name as a unit.

    >>> [_multiples_in([text]) for text in ("处理决定数量(千件)", "第(六)项(单位:万)", "数量(件)", "(万元)")]
    [{'千'}, {'万'}, set(), set()]
    >>> _multiples_in(["单位:万", "第(六)项"]), _multiples_in(["(单位:万", "元)"])
    ({'万'}, set())
    """
    texts = list(texts)
    found = _named_in(texts, _multiple_of_counter())
    for text, behind in pairwise([*texts, ""]):
        alone = _multiple_alone().fullmatch("".join(text.split()))
        if alone is not None and _UNIT_AT_START.match(behind) is None:
            found.add(alone.group("multiple"))
    return found


def _named_in(texts: Iterable[str], pattern: re.Pattern[str]) -> set[str]:
    joined = "".join("".join(texts).split())
    return {unit for match in pattern.finditer(joined) for unit in match.groups() if unit}


@cache
def _unit_of_money() -> re.Pattern[str]:
    """Return an expression for what tells a unit of money; its groups may hold several (万元、元)."""
    unit = rf"(?:人民币:?)?({MONEY_UNIT})"
    several = rf"(?:人民币:?)?({UNIT}(?:{_BETWEEN_UNITS.pattern}{UNIT})*)"
    behind = rf"单位(?:为|是)?[:：]?\(?{several}"
    in_brackets = rf"\((?:人民币:?)?({UNIT}(?:[、/或]{UNIT})+)\)"
    return re.compile(rf"{behind}|{in_brackets}|\({unit}[,)]|额/{unit}|[以按为]{unit}")


@cache
def _multiple_of_counter() -> re.Pattern[str]:
    unit = rf"({'|'.join(COUNTED)}){COUNTER}"
    bare = rf"({'|'.join(COUNTED)})(?=[)(、,/])"
    behind = rf"单位(?:为|是)?:?\(?(?:{UNIT}[、,/])*(?:{unit}|{bare})"
    return re.compile(rf"{behind}|\((?:{unit}|{bare})\)|[量数]/{unit}|[以按为]{unit}")


@cache
def _multiple_alone() -> re.Pattern[str]:
    """Return an expression for a caption that is nothing but a multiple: 单位:万."""
    unit = rf"(?:计[数量]|数量)?单位[为是]?:?(?P<multiple>{'|'.join(COUNTED)})"
    return re.compile(rf"(?P<bracket>\()?{unit}(?(bracket)\))")


def _is_no_change(header: str) -> bool:
    """Return whether a header says that its numbers are decreases alone, or shares.

    >>> [_is_no_change(text) for text in ("本年增/减", "较上年减少", "本年增/减(%)", "本年增加或减少")]
    [False, True, True, False]
    """
    is_decrease = any(word in header for word in DECREASES) and "增" not in header
    return is_decrease or any(word in header for word in SHARES)
