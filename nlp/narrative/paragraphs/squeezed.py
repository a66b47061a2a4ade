"""Takes the white space out of a text as printed and as read, character by character."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from nlp.text.folding import HOLE
from nlp.text.lines import Line

_READ = re.compile(rf"(?:[^\s{HOLE}]|\n)+")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]{0,60}\]")


def shown(line: Line) -> str:
    """Return a folded line with the bookmarks out that hold digits, which `fold` never takes out.

    >>> from nlp.text.lines import split
    >>> shown(split("[bookmark: _Toc9]五、")[0]).replace(HOLE, "")
    '五、'
    """
    if "[bookmark" not in line.folded:
        return line.folded
    return _BOOKMARK.sub(lambda match: HOLE * len(match.group()), line.folded)


class Squeezed(Struct, frozen=True, gc=False):
    """A text without white space, as printed and as read: `text[i]` is read `folded[i]`."""

    text: str
    folded: str


def squeeze(text: str, folded: str) -> Squeezed:
    """Return a text without its white space but line feeds, and without what was taken out.

    >>> squeeze("２０２３ 年\\n（一）", "2023 年\\n(一)")
    Squeezed(text='２０２３年\\n（一）', folded='2023年\\n(一)')
    """
    pieces = [piece.span() for piece in _READ.finditer(folded)]
    return Squeezed(*("".join([said[start:end] for start, end in pieces]) for said in (text, folded)))


def joined(parts: Iterable[Squeezed], glue: str = "") -> Squeezed:
    """Return several as one."""
    listed = list(parts)
    return Squeezed(glue.join(part.text for part in listed), glue.join(part.folded for part in listed))
