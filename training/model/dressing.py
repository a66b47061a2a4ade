"""What a kind of page puts round its lines: learnt from label files, put round pages of the corpus."""

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
"""A dressing stands round at least this share of the lines of each label."""

FEWEST = 5
"""Of fewer lines of a label nothing is asked."""

LONGEST = 40
"""No dressing has more pieces on one side of a line."""

_WORN = ("heading", "table_row", "numeric_cell", "narrative")
"""These are dressed; what a site or a tool adds by itself may stand as it is."""

_PIECE = re.compile(r"\d+|[A-Z]+|\s+|.", re.DOTALL)
_SPACE = r"\s+"


class Dressing(NamedTuple):
    """How one label file dresses its lines.

    `worn` is what stands before and behind each, in their order; `above` and `below` are the rows round all
    of them, `blanks` those that stand for a blank line: none where no such line is printed.
    """

    worn: tuple[tuple[str, str], ...]
    above: tuple[Row, ...]
    below: tuple[Row, ...]
    blanks: tuple[Row, ...]


def dressed(documents: Sequence[Labelled], share: float) -> Iterator[Labelled]:
    """Yield pages of the corpus as each kind of label file among the documents dresses its own.

    Of the corpus so large a share is dressed for each kind, less where there are many kinds: those pages
    that are most like it. A kind whose lines stand as they are has no dressing. Three files show few of the
    lines that their site or tool could print, the corpus holds all of them: what `> ` or `{"text": "…"},`
    hides in each need not be labelled again.
    """
    files = [document for document in documents if document.file]
    corpus = [document for document in documents if not document.file]
    kinds = {file.kinds: [one for one in files if one.kinds == file.kinds] for file in files}
    found = [(own, learnt) for own in kinds.values() if (learnt := dressings(own))]
    for own, learnt in found:
        count = round(min(share, 1 / len(found)) * len(corpus))
        for page, dressing in zip(alike(own, corpus)[:count], cycle(learnt), strict=False):
            yield _put_on(page, dressing)


def dressings(files: Sequence[Labelled]) -> list[Dressing]:
    """Return how each file of one kind dresses its lines; none where they stand as they are.

    >>> labels = ("heading", "narrative") * 5
    >>> page = Labelled("a", "a", "\\n".join(f"{n}> {chr(20000 + n)}" for n in range(10)), labels)
    >>> dressings([page])[0].worn[:2]
    (('0> ', ''), ('1> ', ''))
    """
    lines = [[line for file in files for line, own in _rows(file) if own == label] for label in _WORN]
    asked = [those for those in lines if len(those) >= FEWEST]
    before, behind = _common(asked), _common([[line[::-1] for line in those] for those in asked])
    if all(shape.startswith(r"\s") for shape in (*before, *behind)):
        return []
    pattern = re.compile(f"({''.join(before)})(.*?)({''.join(reversed(behind))})", re.DOTALL)
    return [found for file in files if (found := _dressing(_rows(file), pattern)).worn]


def alike(files: Iterable[Labelled], corpus: Sequence[Labelled]) -> list[Labelled]:
    """Return the pages of the corpus, those first that carry each label about as often as the files do."""
    wanted = _shares(files)
    far = [sum(abs(a - b) for a, b in zip(_shares([page]), wanted, strict=True)) for page in corpus]
    return [page for _, page in sorted(zip(far, corpus, strict=True), key=lambda pair: pair[0])]


def _shares(pages: Iterable[Labelled]) -> list[float]:
    counts = Counter(label for page in pages for label in page.labels)
    total = sum(counts[label] for label in _WORN) or 1
    return [counts[label] / total for label in _WORN]


def _rows(page: Labelled) -> list[Row]:
    return list(zip(page.text.split("\n"), page.labels, strict=True))


def _shapes(line: str) -> list[str]:
    """Return a pattern for each piece of a line: numbers, capitals and white space may differ.

    >>> _shapes("B12: 无")
    ['[A-Z]+', '\\\\d+', ':', '\\\\s+', '无']
    """
    return [_shape(piece) for piece in _PIECE.findall(line)]


def _shape(piece: str) -> str:
    if piece.isspace():
        return _SPACE
    if "A" <= piece[0] <= "Z":
        return "[A-Z]+"
    return r"\d+" if piece[0].isdecimal() else re.escape(piece)


def _common(labels: Sequence[Sequence[str]]) -> list[str]:
    """Return the shapes that most lines of every label begin with; none where fewer than two are asked.

    That rules out what only a table or only a list begins with. Of white space at the end no more is the
    dressing's than stands in every line: the rest indents what is dressed.
    """
    shapes = [[_shapes(line) for line in lines] for lines in labels]
    common = _shared(shapes)
    if common[-1:] != [_SPACE]:
        return common
    spaces = re.compile(f"{''.join(common[:-1])}({_SPACE})")
    found = filter(None, (spaces.match(line) for lines in labels for line in lines))
    return [*common[:-1], rf"\s{{{min(len(match[1]) for match in found)}}}"]


def _shared(labels: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    common: list[str] = []
    left = [list(lines) for lines in labels]
    while len(left) > 1 and len(common) < LONGEST:
        held = [Counter(line[len(common)] for line in lines if len(line) > len(common)) for lines in left]
        shares = {
            piece: min(count[piece] / len(every) for count, every in zip(held, labels, strict=True))
            for piece in held[0]
        }
        best = max(shares, key=lambda piece: (shares[piece], piece), default="")
        if shares.get(best, 0) < SHARE:
            break
        left = [[line for line in lines if line[len(common) : len(common) + 1] == [best]] for lines in left]
        common.append(best)
    return common


def _dressing(rows: Sequence[Row], pattern: re.Pattern[str]) -> Dressing:
    found = [pattern.fullmatch(line) for line, _ in rows]
    worn = [at for at, match in enumerate(found) if match and match[2].strip()]
    if not worn:
        return Dressing((), (), (), ())
    first, last = worn[0], worn[-1]
    return Dressing(
        tuple((match[1], match[3]) for at in worn if (match := found[at])),
        tuple(rows[:first]),
        tuple(rows[last + 1 :]),
        tuple((line, label) for line, label in rows[first:last] if _is_blank(line, pattern)),
    )


def _is_blank(line: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether a line holds nothing, or its dressing only; the space within that may be missing."""
    matches = filter(None, (pattern.fullmatch(line), pattern.fullmatch(f"{line} ")))
    return not line.strip() or any(not match[2].strip() for match in matches)


def _put_on(page: Labelled, dressing: Dressing) -> Labelled:
    worn, blanks = cycle(dressing.worn), cycle(dressing.blanks)
    rows = list(dressing.above)
    for line, label in _rows(page):
        if label:
            before, behind = next(worn)
            rows.append((f"{before}{line}{behind}", label))
        elif dressing.blanks:
            rows.append(next(blanks))
    texts, labels = zip(*rows, *dressing.below, strict=True)
    return replace(page, text="\n".join(texts), labels=labels)
