"""The lines of a decoded text: as they stand, as they are read, where they start."""

from __future__ import annotations

from msgspec import Struct

from nlp.text.folding import filled, fold, unified


class Line(Struct, frozen=True, gc=False):
    """Line `n` (1-based) of a text that is split at line feeds.

    `raw[i]` is `text[start + i]`, `typed[i]` the character that everyone types for it, and `folded[i]` how
    it is read (`normalising.HOLE` where it is not); `plain` is the folded line without holes and outer white
    space.
    """

    n: int
    start: int
    raw: str
    typed: str
    folded: str
    plain: str

    @property
    def blank(self) -> bool:
        return not self.plain


def split(text: str) -> list[Line]:
    """Return every line of a text, blank ones included.

    >>> [(line.n, line.start, line.plain) for line in split("一、总体情况\\n\\n１　")]
    [(1, 0, '一、总体情况'), (2, 7, ''), (3, 8, '1')]
    """
    lines, start = [], 0
    whole = fold(text)
    views = (view.split("\n") for view in (text, unified(text), whole, filled(whole)))
    for n, (raw, typed, folded, plain) in enumerate(zip(*views, strict=True), 1):
        lines.append(Line(n, start, raw, typed, folded, plain.strip()))
        start += len(raw) + 1
    return lines
