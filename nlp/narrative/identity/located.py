"""Text without its white space, each character of which knows its offset in the decoded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from nlp.narrative.paragraphs.passage import Passage
from nlp.narrative.paragraphs.squeezed import readable
from nlp.record.model import Span
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_NO_OFFSET = -1
_WORD = re.compile(rf"[^{HOLE}\s]+")


class Located(Struct, frozen=True, gc=False):
    """A text as printed (`text`) and as read (`folded`), character by character, with their offsets.

    A line feed between two lines or paragraphs has no offset.
    """

    text: str
    folded: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return the offsets in the decoded text of `text[start:end]`, white space inside it included."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def part(self, start: int, end: int) -> Located:
        """Return the characters from `start` up to `end`."""
        return Located(self.text[start:end], self.folded[start:end], self.offsets[start:end])

    def without(self, character: str) -> Located:
        """Return the text without what is read as a character.

        >>> Located("｜甲｜", "|甲|", (0, 1, 2)).without("|")
        Located(text='甲', folded='甲', offsets=[1])
        """
        if character not in self.folded:
            return self
        kept = [place for place, folded in enumerate(self.folded) if folded != character]
        text = "".join([self.text[place] for place in kept])
        return Located(text, self.folded.replace(character, ""), [self.offsets[place] for place in kept])


EMPTY = Located("", "", ())


def located_line(line: Line) -> Located:
    """Return a line without its white space.

    >>> from nlp.text.lines import split
    >>> located_line(split("甲\\n２０２３ 年")[1])
    Located(text='２０２３年', folded='2023年', offsets=[2, 3, 4, 5, 7])
    """
    folded = readable(line)
    text: list[str] = []
    read: list[str] = []
    offsets: list[int] = []
    for word in _WORD.finditer(folded):
        first, last = word.span()
        text.append(line.typed[first:last])
        read.append(folded[first:last])
        offsets.extend(range(line.start + first, line.start + last))
    return Located("".join(text), "".join(read), offsets)


def located_passage(passage: Passage) -> Located:
    """Return running text without its white space; paragraphs stay apart by a line feed.

    A piece of a passage has none inside: a space or a line feed may stand behind it.
    """
    if not passage.places:
        return EMPTY
    text: list[str] = []
    read: list[str] = []
    offsets: list[int] = []
    ends = [*passage.places[1:], len(passage.folded)]
    for start, end, offset in zip(passage.places, ends, passage.offsets, strict=True):
        piece = passage.folded[start:end].rstrip(" ")
        text.append(passage.text[start : start + len(piece)])
        read.append(piece)
        offsets.extend(range(offset, offset + len(piece)))
    return Located("".join(text), "".join(read), offsets)


def joined(parts: Iterable[Located], glue: str = "") -> Located:
    """Return several texts as one; `glue` between them has no offset."""
    listed = list(parts)
    offsets: list[int] = []
    for number, part in enumerate(listed):
        if number:
            offsets.extend([_NO_OFFSET] * len(glue))
        offsets.extend(part.offsets)
    text = glue.join([part.text for part in listed])
    folded = glue.join([part.folded for part in listed])
    return Located(text, folded, offsets)
