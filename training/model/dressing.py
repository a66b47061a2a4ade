"""Learns what a kind of page prints round its lines, and puts the same round generated pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from typing import NamedTuple

from training.labels.label_files import Labelled

Row = tuple[str, str]
"""A line and its label."""

SHARE = 0.8
"""The least share of the lines of each label that must carry a prefix or suffix; set by trial."""

FEWEST = 5
"""Labels with fewer lines than this are not looked at."""

LONGEST = 40
"""The most pieces (numbers, words of capitals, white space, single characters) of a prefix or suffix."""

_DRESSED_LABELS = ("heading", "table_row", "numeric_cell", "narrative")
"""The labels whose lines are dressed; furniture, which the site or tool prints itself, may be left bare."""

_PIECE = re.compile(r"\d+|[A-Z]+|\s+|.", re.DOTALL)
_SPACE = r"\s+"


class Dressing(NamedTuple):
    """What one label file prints round its lines.

    `affixes` are the prefix and suffix of each dressed line, in order. `above` and `below` are the rows
    before the first and after the last dressed line. `blanks` are the rows in between that stand for blank
    lines; there are none where the file drops blank lines.
    """

    affixes: tuple[tuple[str, str], ...]
    above: tuple[Row, ...]
    below: tuple[Row, ...]
    blanks: tuple[Row, ...]


def dressed(documents: Sequence[Labelled], share: float) -> Iterator[Labelled]:
    """Yield generated documents with the dressing of each kind of label file among the documents.

    `share` is the part of the generated documents that is dressed for each kind (less where there are so
    many kinds that they would not suffice); the documents most like the files of the kind are taken. A kind
    without a dressing yields nothing.

    A few files hold only some of the lines that their site or tool could print, the corpus holds all of
    them: so what hides between `> ` or `{"text": "…"},` does not have to be labelled again.
    """
    files = [document for document in documents if document.file]
    corpus = [document for document in documents if not document.file]
    learnt: list[tuple[list[Labelled], list[Dressing]]] = []
    for kind in dict.fromkeys(file.kinds for file in files):
        files_of_kind = [file for file in files if file.kinds == kind]
        dressings_of_kind = dressings(files_of_kind)
        if dressings_of_kind:
            learnt.append((files_of_kind, dressings_of_kind))
    for files_of_kind, dressings_of_kind in learnt:
        count = round(min(share, 1 / len(learnt)) * len(corpus))
        pages = by_likeness(files_of_kind, corpus)[:count]
        for page, dressing in zip(pages, cycle(dressings_of_kind), strict=False):
            yield _put_on(page, dressing)


def dressings(files: Sequence[Labelled]) -> list[Dressing]:
    """Return the dressing of each file of one kind; an empty list where the lines stand bare.

    >>> labels = ("heading", "narrative") * 5
    >>> page = Labelled("a", "a", "\\n".join(f"{n}> {chr(20000 + n)}" for n in range(10)), labels)
    >>> dressings([page])[0].affixes[:2]
    (('0> ', ''), ('1> ', ''))
    """
    lines_by_label: list[list[str]] = []
    for label in _DRESSED_LABELS:
        lines = [line for file in files for line, own_label in _rows(file) if own_label == label]
        if len(lines) >= FEWEST:
            lines_by_label.append(lines)
    reversed_lines = [[line[::-1] for line in lines] for lines in lines_by_label]
    prefix = _common_beginning(lines_by_label)
    suffix = _common_beginning(reversed_lines)
    suffix.reverse()
    if all(piece.startswith(r"\s") for piece in [*prefix, *suffix]):
        return []
    pattern = re.compile(f"({''.join(prefix)})(.*?)({''.join(suffix)})", re.DOTALL)
    learnt = [_dressing(_rows(file), pattern) for file in files]
    return [dressing for dressing in learnt if dressing.affixes]


def by_likeness(files: Iterable[Labelled], corpus: Sequence[Labelled]) -> list[Labelled]:
    """Return the corpus sorted by how near the shares of its labels are to those of the files."""
    wanted = _label_shares(files)

    def distance(page: Labelled) -> float:
        return sum(abs(own - share) for own, share in zip(_label_shares([page]), wanted, strict=True))

    return sorted(corpus, key=distance)


def _label_shares(pages: Iterable[Labelled]) -> list[float]:
    counts = Counter(label for page in pages for label in page.labels)
    total = sum(counts[label] for label in _DRESSED_LABELS) or 1
    return [counts[label] / total for label in _DRESSED_LABELS]


def _rows(page: Labelled) -> list[Row]:
    return list(zip(page.text.split("\n"), page.labels, strict=True))


def _shapes(line: str) -> list[str]:
    """Return a regular expression for each piece of a line; numbers, capitals and white space may vary.

    >>> _shapes("B12: 无")
    ['[A-Z]+', '\\\\d+', ':', '\\\\s+', '无']
    """
    return [_shape(piece) for piece in _PIECE.findall(line)]


def _shape(piece: str) -> str:
    if piece.isspace():
        return _SPACE
    if "A" <= piece[0] <= "Z":
        return "[A-Z]+"
    if piece[0].isdecimal():
        return r"\d+"
    return re.escape(piece)


def _common_beginning(lines_by_label: Sequence[Sequence[str]]) -> list[str]:
    """Return the shapes of the pieces that most lines of every label begin with.

    With fewer than two labels the result is empty: what only the rows of a table or only the items of a
    list begin with is no dressing. White space at the end is cut to the shortest that any line has, since
    the rest may be the indentation of the line itself.
    """
    common = _common_shapes([[_shapes(line) for line in lines] for lines in lines_by_label])
    if common[-1:] != [_SPACE]:
        return common
    beginning = re.compile(f"{''.join(common[:-1])}({_SPACE})")
    matches = [beginning.match(line) for lines in lines_by_label for line in lines]
    shortest = min(len(match[1]) for match in matches if match)
    return [*common[:-1], rf"\s{{{shortest}}}"]


def _common_shapes(lines_by_label: Sequence[Sequence[list[str]]]) -> list[str]:
    """Return the longest run of shapes that at least `SHARE` of the lines of every label begin with."""
    common: list[str] = []
    if len(lines_by_label) < 2:
        return common
    totals = [len(lines) for lines in lines_by_label]
    matching = [list(lines) for lines in lines_by_label]
    while len(common) < LONGEST:
        position = len(common)
        shape, share = _most_shared(matching, totals, position)
        if share < SHARE:
            break
        matching = [_with_shape(lines, position, shape) for lines in matching]
        common.append(shape)
    return common


def _with_shape(lines: Iterable[list[str]], position: int, shape: str) -> list[list[str]]:
    return [line for line in lines if len(line) > position and line[position] == shape]


def _most_shared(
    matching: Sequence[Sequence[list[str]]], totals: Sequence[int], position: int
) -> tuple[str, float]:
    """Return the shape at a position that most lines of every label have, and its least share of a label.

    `totals` are the numbers of lines of each label, of which `matching` has only those that agreed so far.
    """
    counts = [Counter(line[position] for line in lines if len(line) > position) for lines in matching]
    best_share, best_shape = 0.0, ""
    for shape in counts[0]:
        share = min(count[shape] / total for count, total in zip(counts, totals, strict=True))
        best_share, best_shape = max((best_share, best_shape), (share, shape))
    return best_shape, best_share


def _dressing(rows: Sequence[Row], pattern: re.Pattern[str]) -> Dressing:
    """Return the dressing of one file; its groups of `pattern` are prefix, line, suffix."""
    affixes: list[tuple[str, str]] = []
    places: list[int] = []
    for place, (line, _) in enumerate(rows):
        match = pattern.fullmatch(line)
        if match and match[2].strip():
            affixes.append((match[1], match[3]))
            places.append(place)
    if not places:
        return Dressing((), (), (), ())
    first, last = places[0], places[-1]
    blanks = [row for row in rows[first:last] if _is_blank(row[0], pattern)]
    return Dressing(tuple(affixes), tuple(rows[:first]), tuple(rows[last + 1 :]), tuple(blanks))


def _is_blank(line: str, pattern: re.Pattern[str]) -> bool:
    """Return whether a line is blank or holds only its prefix and suffix, the last space perhaps cut off."""
    if not line.strip():
        return True
    for candidate in (line, f"{line} "):
        match = pattern.fullmatch(candidate)
        if match and not match[2].strip():
            return True
    return False


def _put_on(page: Labelled, dressing: Dressing) -> Labelled:
    affixes, blanks = cycle(dressing.affixes), cycle(dressing.blanks)
    rows = list(dressing.above)
    for line, label in _rows(page):
        if label:
            prefix, suffix = next(affixes)
            rows.append((f"{prefix}{line}{suffix}", label))
        elif dressing.blanks:
            rows.append(next(blanks))
    texts, labels = zip(*rows, *dressing.below, strict=True)
    return replace(page, text="\n".join(texts), labels=labels)
