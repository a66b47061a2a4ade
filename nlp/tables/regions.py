"""Tells which lines hold which table, and which edition of the form they follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct, structs

from nlp import forms
from nlp.lines import Line
from nlp.report import Span
from nlp.tables.glued import is_string, parted, string_at, unglued
from nlp.tables.keys import key, parts
from nlp.tables.lexicon import Lexicon, lexicon
from nlp.tables.page_numbers import FRAME, alone, may_be_one, page_numbers
from nlp.tables.placing import FILLINGS
from nlp.tables.run_on import rows_of
from nlp.tables.tokens import UNIT, Kind, Pipes, Token, pipes_of, texts, tokens

_FLAT = 5
"""From so many numbers and labels on a line is a table set in one line, whatever its label."""
_NUMBERS, _WORDY = 5, 2
"""So many numbers, and no more texts, are a row however the line was labelled."""
_DIGITS = re.compile(r"\d+")
_TELLING = 4
"""A label of fewer characters (其他), without a number, may be a piece of another table's."""
_SHORT = 3
"""Lines of so few characters among a table's are pieces of its labels, however they were labelled."""
_ENDS = re.compile(rf"^\d|[\d)/\\〇*无空用-](?:\s?{UNIT})?$|\d\D{{0,2}}$")
"""What a text begins or ends with to which a number may be glued."""
_COMMA = re.compile(r"\d,$")
_WHOLE_TABLE = 80
"""A table in one line is no shorter."""
_FEW = 3
"""So many labels of the table of one row are its headers."""
_STUCK = 3
"""From so many rows on whose cells stick to their labels, and no fewer than others, a page is glued."""
_TABLE_LABELS = ("table_row", "numeric_cell")
_WORDS = ("heading", "narrative")
"""What ends a piece of a table that stands behind its chapter."""


class Region(Struct, frozen=True):
    """The tokens of one table, in page order; `elsewhere` are lines far from it that look like its own.

    `glued`: nothing parts the cells of a row of this page, nor its label from them.
    """

    table: str
    tokens: list[Token] = []
    elsewhere: list[int] = []
    glued: bool = False


class _Regions(dict[str, Region]):
    """Regions by table, each made when something is first found of it."""

    glued = False

    def __missing__(self, table: str) -> Region:
        region = self[table] = Region(table, glued=self.glued)
        return region


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
    regions = _Regions()
    pipes = pipes_of(lines)
    chapters = _chapters(len(lines), spans)
    of_pages = page_numbers(lines, chapters)
    read = [
        () if line.n in of_pages else _tokens(line, label, pipes, here is not None)
        for line, label, here in zip(lines, labels, chapters, strict=True)
    ]
    _with_taken_for_pages(read, lines, labels, chapters, of_pages)
    _with_pieces(read, lines, chapters)
    _without_groups(read)
    run_on = _run_on(lines, chapters)
    if run_on or _is_glued(read):
        regions.glued = True
        read = [
            run_on.get(line.n) or _glued_line(line, here, pipes, found)
            for line, here, found in zip(lines, chapters, read, strict=True)
        ]
    known = [_known(found) for found in read]
    at_home = {label for label, here in zip(known, chapters, strict=True) if _owners().get(label) == here}
    current = chapter = None
    for n, (label, here, found) in enumerate(zip(labels, chapters, read, strict=True), 1):
        if here != chapter or (label in _WORDS and current in spans):
            current = chapter = here
        owner = _owners().get(known[n - 1], "")
        behind = (
            owner in spans and n > spans[owner][1] and known[n - 1] not in at_home and _is_row(found, owner)
        )
        if owner and (owner == chapter or owner not in spans or behind):
            current = owner
        elif owner:
            regions[owner].elsewhere.append(n)
        if current and found:
            regions[current].tokens.extend(found)
    _with_row_astray(regions, lines, labels, chapters)
    return regions


def _with_row_astray(
    regions: _Regions, lines: Sequence[Line], labels: Sequence[str | None], chapters: Sequence[str | None]
) -> None:
    """Add the row of a table of one row (四) that a tool set far below its headers, where its cells tell.

    A page may end between headers and values; pdfplumber gives the words of the next one first. No other
    table has rows of so many cells.
    """
    for table, cells in _in_one_row().items():
        region = regions.get(table)
        if region is None or any(token.kind in FILLINGS for token in region.tokens):
            continue
        astray = [
            found
            for line, label, chapter in zip(lines, labels, chapters, strict=True)
            if label in _TABLE_LABELS and chapter is None and "\t" in line.raw
            if len(found := tokens(line)) == cells and all(token.kind is Kind.VALUE for token in found)
        ]
        if len(astray) == 1:
            region.tokens.extend(astray[0])


def _with_taken_for_pages(
    read: list[Sequence[Token]],
    lines: Sequence[Line],
    labels: Sequence[str | None],
    chapters: Sequence[str | None],
    of_pages: Mapping[int, int],
) -> None:
    """Read numbers in tables' chapters that were labelled furniture, but fit not among the pages' own.

    Pages that are numbered have a number outside these chapters as well: the last page has.
    """
    taken = {n: alone(line) for n, line in enumerate(lines) if labels[n] == "furniture"}
    numbers = {n: number for n, number in taken.items() if number is not None}
    if not of_pages and any(chapters[n] is None for n in numbers):
        return
    for n, number in numbers.items():
        line, table = lines[n], chapters[n]
        if table is None or line.n in of_pages or not line.plain.strip(FRAME).isdigit():
            continue
        fits = of_pages and may_be_one(number, line.n, of_pages)
        if not fits and (table not in _in_one_row() or _is_beside_a_number(n, lines)):
            read[n] = tokens(line)


def _with_pieces(read: list[Sequence[Token]], lines: Sequence[Line], chapters: Sequence[str | None]) -> None:
    """Read the shortest lines among those of a table as pieces of its labels: 计 above 这一情形."""
    filled = [n for n, line in enumerate(lines) if not line.blank]
    for before, n, behind in zip(filled, filled[1:], filled[2:], strict=False):
        among = read[before] and (read[behind] or len(lines[behind].plain) <= _SHORT)
        if chapters[n] and not read[n] and among and len(lines[n].plain) <= _SHORT:
            read[n] = [token for token in tokens(lines[n]) if token.kind is Kind.TEXT]


def _is_beside_a_number(n: int, lines: Sequence[Line]) -> bool:
    """Tell whether the line before or behind is a number: boxes of one row that a tool scatters are not."""
    return any(lines[m].plain.isdigit() for m in (n - 1, n + 1) if 0 <= m < len(lines))


@cache
def _in_one_row() -> dict[str, int]:
    """Map each table that is one row to the number of its cells."""
    known = (table for form in forms.editions() for table in form.tables if table.one_row)
    return {table.id: len(table.rows) * len(table.columns) for table in known}


def _without_groups(read: list[Sequence[Token]]) -> None:
    """Make a 无 a text that is a piece of a group's label (无法提供), set from top to bottom.

    An enumerator alone stands before it: `（四）` above 无, 法, 提, 供; or a row's label and its numbers
    stand in the cells behind it.
    """
    filled = [n for n, found in enumerate(read) if found]
    for before, n in pairwise(filled):
        first, last = read[n][0], read[before][-1]
        alone = len(read[n]) == 1 and _is_none(first)
        if alone and last.kind is Kind.TEXT and not key(last.text):
            read[n] = [structs.replace(first, kind=Kind.TEXT)]
    for n in filled:
        if (at := _before_label(read[n])) is not None:
            read[n] = [*read[n][:at], structs.replace(read[n][at], kind=Kind.TEXT), *read[n][at + 1 :]]


def _before_label(found: Sequence[Token]) -> int | None:
    """Return where a line has a 无 before its row's label, the first of what may be its numbers."""
    at = next((at for at, token in enumerate(found) if token.kind in FILLINGS), None)
    if at is None or found[at].cells < 2 or not _is_none(found[at]):
        return None
    behind = [token.kind for token in found[at + 1 :] if token.kind is not Kind.EMPTY]
    return at if len(behind) > 1 and behind[0] is Kind.TEXT and behind[1] in FILLINGS else None


def _is_none(token: Token) -> bool:
    return token.kind is Kind.PLACEHOLDER and token.text == "无"


def _chapters(lines: int, spans: Mapping[str, Span]) -> list[str | None]:
    """Return the table's chapter that each line is in."""
    chapters: list[str | None] = [None] * lines
    for table, (first, last) in spans.items():
        last = min(last, lines)
        chapters[first - 1 : last] = [table] * (last - first + 1)
    return chapters


def _tokens(line: Line, label: str | None, pipes: Pipes, in_chapter: bool) -> Sequence[Token]:
    """Return the tokens of a table's line; a blank line that holds a tab is an empty cell.

    In a table's chapter a line that was labelled otherwise is one too if it names one of its labels or
    holds a row of numbers.
    """
    if not label:
        return [Token(Kind.EMPTY, line.n, 0, 0, "", 0, 1)] if "\t" in line.raw else ()
    if label in _TABLE_LABELS:
        return _unglued(tokens(line, pipes))
    if not in_chapter or (label == "furniture" and len(_DIGITS.findall(line.plain)) < _NUMBERS):
        return ()
    found = tokens(line, pipes)
    if _holds_a_row(found):
        return _unglued(found)
    if label == "furniture":
        return ()
    named = any(token.kind is Kind.TEXT and key(token.text) in _owners() for token in found)
    return found if named or _is_flat(found) else ()


def _holds_a_row(found: Sequence[Token]) -> bool:
    """Tell whether a line is hardly more than numbers: the first line of `3、` above 其他, with its cells."""
    numbers = sum(token.kind is Kind.VALUE for token in found)
    return numbers >= _NUMBERS and sum(token.kind is Kind.TEXT for token in found) <= _WORDY


def _unglued(found: list[Token]) -> list[Token]:
    """Return tokens with labels parted from the digits that are glued to them."""
    found = _with_thousands(found)
    glued = [token for token in found if token.kind is Kind.TEXT and _ENDS.search(token.text)]
    if not glued:
        return found
    return [part for token in found for part in (unglued(token) if token in glued else (token,))]


def _is_glued(read: Iterable[Sequence[Token]]) -> bool:
    """Tell whether the cells of most rows on a page stick to their labels, and to each other."""
    rows = [found for found in read if len(found) > 1 and found[-1].kind is Kind.VALUE]
    stuck = sum([found[-1].start == found[-2].end and len(found[-1].text) > 1 for found in rows])
    return stuck >= _STUCK and 2 * stuck >= len(rows)


def _run_on(lines: Sequence[Line], chapters: Sequence[str | None]) -> dict[int, Sequence[Token]]:
    """Return the tokens of lines that are whole tables, by the numbers of the lines."""
    long = (
        line
        for line, here in zip(lines, chapters, strict=True)
        if here and len(line.plain) >= _WHOLE_TABLE and "\t" not in line.raw and "|" not in line.raw
    )
    return {line.n: found for line in long if (found := rows_of(line))}


def _glued_line(line: Line, table: str | None, pipes: Pipes, found: Sequence[Token]) -> Sequence[Token]:
    return _apart(found) if found or table is None else _lost(line, table, pipes)


def _apart(found: Sequence[Token]) -> list[Token]:
    return [part for token in found for part in (parted(token) if token.kind is Kind.TEXT else (token,))]


def _lost(line: Line, table: str, pipes: Pipes) -> Sequence[Token]:
    """Return the tokens of a line in a glued table that was labelled otherwise, or taken for a rule.

    It must name a row before its cells; where the table is one row (四), columns, or be nothing but cells.
    """
    text = line.plain
    if is_string(text) and table in _in_one_row():
        start = line.folded.index(text)
        return (Token(Kind.VALUE, line.n, start, start + len(text), text),)
    if not string_at(text):
        return ()
    if (
        table in _in_one_row()
        and sum(known in text for known, of in _owners().items() if of == table) >= _FEW
    ):
        return _apart(texts(line, 0, len(line.folded)))
    found = _unglued(tokens(line, pipes))
    return found if found and found[-1].kind is not Kind.TEXT else ()


def _with_thousands(found: list[Token]) -> list[Token]:
    """Return tokens with those joined that a comma between digits parted: 行政许可3, and 725."""
    whole: list[Token] = []
    for token in found:
        before = whole[-1] if whole else None
        if before and before.kind is Kind.TEXT and before.end == token.start and _COMMA.search(before.text):
            whole[-1] = structs.replace(before, end=token.end, text=before.text + token.text)
        else:
            whole.append(token)
    return whole


def _is_flat(found: Sequence[Token]) -> bool:
    """Tell whether tokens are a whole table in one line: headers that only spaces part, then numbers."""
    numbers = sum(token.kind is Kind.VALUE for token in found)
    words = (word for token in found if token.kind is Kind.TEXT for word in token.text.split())
    return numbers >= _FLAT and sum(key(word) in _owners() for word in words) >= _FLAT


def _is_row(found: Sequence[Token], table: str) -> bool:
    """Tell whether a line says by itself that it is a row of a table: by a long label, or by a number."""
    long = (label for token in found if len(label := key(token.text)) >= _TELLING)
    return any(token.kind is Kind.VALUE for token in found) or any(_owners().get(x) == table for x in long)


def _known(found: Iterable[Token]) -> str:
    """Return the key of the first label that one table alone has; empty where there is none."""
    owners = _owners()
    for token in found:
        if token.kind is Kind.TEXT:
            enumerator, label = parts(token.text)
            for known in (label, enumerator + label):
                if known in owners:
                    return known
    return ""


def edition(regions: Iterable[Region], year: int | None) -> forms.Form | None:
    """Return the edition that the page follows: by its labels, else by its year.

    Where neither tells, the one that knows most of the labels; of several, the newest.
    """
    witnesses = _witnesses()
    texts = [token.text for region in regions for token in region.tokens if token.kind is Kind.TEXT]
    keys = [known for text in texts for known in _keys(text, witnesses)]
    votes = Counter(witnesses[known] for known in keys if known in witnesses)
    in_force = forms.for_year(year)
    if not votes:
        return in_force if year is not None else _best_known(keys)
    winner, count = votes.most_common(1)[0]
    if in_force is not None and votes[in_force.edition] == count:
        return in_force
    return forms.named(winner)


def _keys(text: str, witnesses: Mapping[str, str]) -> list[str]:
    """Return a text's key, or those of its words where they bear witness: headers that only spaces part."""
    words = [key(word) for word in text.split()] if " " in text else []
    return words if any(word in witnesses for word in words) else [key(text)]


def _best_known(keys: Sequence[str]) -> forms.Form | None:
    def known(form: forms.Form) -> int:
        tables = [lexicon(form.edition, table.id) for table in form.tables]
        return sum(any(label in table.rows for table in tables) for label in keys)

    best = max(reversed(forms.editions()), key=known)
    return best if known(best) else None
