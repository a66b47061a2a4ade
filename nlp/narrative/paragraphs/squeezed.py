"""Text without its white space, as printed and as read, and the way back to the columns of its line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from nlp.text.folding import HOLE
from nlp.text.lines import Line

_BOOKMARK = re.compile(r"\[bookmark:[^\]]{0,60}\]")


def readable(line: Line) -> str:
    """Return a folded line in which bookmarks that hold digits are holes; `fold` takes no digit out.

    >>> from nlp.text.lines import split
    >>> readable(split("[bookmark: _Toc9]五、")[0]).replace(HOLE, "")
    '五、'
    """
    if "[bookmark" not in line.folded:
        return line.folded
    return _BOOKMARK.sub(lambda match: HOLE * len(match.group()), line.folded)


def column_of(line: Line, count: int) -> int:
    """Return the column of the visible character number `count`, from 0; the line's length if it has fewer.

    >>> from nlp.text.lines import split
    >>> column_of(split("一 、 总体情况")[0], 2)
    4
    """
    seen = 0
    for column, character in enumerate(readable(line)):
        if character == HOLE or character.isspace():
            continue
        if seen == count:
            return column
        seen += 1
    return len(line.raw)


class Squeezed(Struct, frozen=True, gc=False):
    """A text without white space, as printed (`text`) and as read: `text[i]` is read `folded[i]`."""

    text: str
    folded: str

    def part(self, start: int, end: int) -> Squeezed:
        """Return the characters from `start` up to `end`."""
        return Squeezed(self.text[start:end], self.folded[start:end])

    def without(self, character: str) -> Squeezed:
        """Return the text without what is read as a character.

        >>> Squeezed("｜甲｜", "|甲|").without("|")
        Squeezed(text='甲', folded='甲')
        """
        if character not in self.folded:
            return self
        kept = [place for place, folded in enumerate(self.folded) if folded != character]
        text = "".join([self.text[place] for place in kept])
        return Squeezed(text, self.folded.replace(character, ""))


def joined(parts: Iterable[Squeezed], glue: str = "") -> Squeezed:
    """Return several texts as one."""
    listed = list(parts)
    text = glue.join([part.text for part in listed])
    folded = glue.join([part.folded for part in listed])
    return Squeezed(text, folded)
