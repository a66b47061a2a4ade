"""Rows of a table whose cells may be merged, written as lines of cells parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WIDEST = 200
"""No table of a report has so many columns; `colspan=100000` is cut to this."""
_BREAK = re.compile(r"[ \t\r\n\f\v]*[\n\t\r\f\v][ \t\r\n\f\v]*")
_SPACES = re.compile(r" {2,}")
_WORDS = re.compile(r"[!-~]\n[!-~]")


@dataclass(frozen=True)
class Box:
    """A cell as the document holds it: its text, the rows and columns that it spans."""

    text: str
    down: int = 1
    across: int = 1


def written(rows: Iterable[Iterable[Box]]) -> list[str]:
    """Return a line for each row that holds text: a cell stands once, an empty one where it goes on below.

    >>> written([[Box("办理结果", down=2), Box("予以公开"), Box("3")], [Box("部分公开"), Box("0")]])
    ['办理结果\\t予以公开\\t3', '\\t部分公开\\t0']
    """
    lines = ("\t".join(texts) for texts in _texts(rows))
    return [line for line in lines if line.strip("\t ")]


def _texts(rows: Iterable[Iterable[Box]]) -> Iterator[list[str]]:
    """Yield the texts of each row; a cell from above counts as one, however many columns it spans."""
    above: list[tuple[int, int, int]] = []
    for row in rows:
        texts: list[str] = []
        going_on: list[tuple[int, int, int]] = []
        column = 0
        for box in row:
            column = _passed(above, column, texts, going_on)
            across = min(max(box.across, 1), WIDEST)
            texts.append(in_one_line(box.text))
            if box.down > 1 and column < WIDEST:
                going_on.append((column, across, box.down - 1))
            column += across
        _passed(above, column, texts, going_on, to_the_end=True)
        above = sorted(going_on)
        yield texts


def _passed(
    above: list[tuple[int, int, int]],
    column: int,
    texts: list[str],
    going_on: list[tuple[int, int, int]],
    to_the_end: bool = False,
) -> int:
    """Step over the cells from above that stand here; return the column behind them."""
    while above and (to_the_end or above[0][0] <= column):
        first, across, down = above.pop(0)
        texts.append("")
        if down > 1:
            going_on.append((first, across, down - 1))
        column = max(column, first + across)
    return column


def in_one_line(text: str) -> str:
    """Return the text of a cell without its line breaks: a space is left between words and numbers only.

    >>> in_one_line("商业\\n企业"), in_one_line(" 13\\n\\n20 ")
    ('商业企业', '13 20')
    """
    text = _BREAK.sub("\n", text.strip())
    if "\n" in text:
        text = _WORDS.sub(lambda found: found.group().replace("\n", " "), text).replace("\n", "")
    return _SPACES.sub(" ", text)
