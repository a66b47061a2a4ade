"""Tells which numbers on lines of their own may be a web site's or a page's, and no cell of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from nlp.form.labels.normalised import key
from nlp.tables.page.page_numbers import FRAME
from nlp.tables.page.tokens import Token
from nlp.text.cell_text import Content, read_cell
from nlp.text.cells import NUMBER_BELOW
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_NUMBER = re.compile(r"\d{1,3}")
_DRESS = re.compile(r"[^\w\s]{0,3}\d{1,3}[^\w\s]{0,3}")
_WORD = re.compile(r"[^\W\d_]")
_AROUND = FRAME + "\t" + NUMBER_BELOW + HOLE
"""What stands around a number and says nothing."""


class StrayNumbers(Struct, frozen=True, dict=True):
    """The lines of a page, those `outside` its tables or beside their rows, and the report's year."""

    lines: Sequence[Line]
    outside: Sequence[Line]
    year: int | None

    def holds(self, token: Token) -> bool:
        """Return whether a number may be none of its table's, by what stands on its line and on others.

        So it may where words stand behind it or a mark before it (`68 views`, `★ 68`), where it is the year,
        and where the nearest lines outside that hold a number alone, dressed alike, count up to it and on
        from it: `(6)` and `(8)` around `(7)`.
        """
        if token.cells > 1:
            return False
        line = self.lines[token.line - 1]
        behind = line.folded[token.end :].strip(_AROUND)
        before = line.folded[: token.start].strip(_AROUND)
        if before or behind:
            if read_cell("".join(line.plain.split())).content is Content.NUMBER:
                return False  # a counter behind it, a mark of a footnote before it
            has_words_behind = not before and _WORD.match(behind) is not None
            has_mark_before = bool(before) and not behind and not key(before) and "(" not in before
            return has_words_behind or has_mark_before
        return token.text == str(self.year) or self._counts_pages(line)

    def _counts_pages(self, line: Line) -> bool:
        dress = _dress(line)
        if dress is None:
            return False
        number = _number(line)
        alike = self._alone.get(dress, ())
        above = [_number(other) for other in alike if other.n < line.n]
        below = [_number(other) for other in alike if other.n > line.n]
        return above[-1:] == [number - 1] and below[:1] == [number + 1]

    @cached_property
    def _alone(self) -> Mapping[str, Sequence[Line]]:
        """The lines of a number alone that no table has, by what stands around the number."""
        lines: dict[str, list[Line]] = {}
        for line in self.outside:
            dress = _dress(line)
            if dress is not None:
                lines.setdefault(dress, []).append(line)
        return lines


def _dress(line: Line) -> str | None:
    """Return what stands around the number that is all of a line; None where it holds anything else."""
    plain = line.plain.strip(_AROUND)
    return _NUMBER.sub("0", plain) if _DRESS.fullmatch(plain) is not None else None


def _number(line: Line) -> int:
    found = _NUMBER.search(line.plain)
    return int(found.group()) if found is not None else 0
