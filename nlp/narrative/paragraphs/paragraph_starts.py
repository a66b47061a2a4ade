"""Tells where paragraphs begin, on pages that wrap their lines and on those that do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from nlp.narrative.paragraphs.enumerators import enumerators, leading
from nlp.text.lines import Line

_FULL_STOPS = tuple("。!?;:…")
_OPEN_ENDS = tuple("(《“-第")
_PAUSES = tuple("、,")
_CLOSING = tuple("、,。;:!?)》”")
"""What no paragraph begins with."""
_WIDEST_PAGE = 60
"""No printed page has as many characters in a line: a longer line is a whole paragraph."""
_NARROWEST_PAGE = 16
_TELLING = 6
"""A title of so many characters is not torn off a sentence, as one of two is (上述 / 问题:)."""
_RAGGED = 0.9
"""A full line is so much of the widest: punctuation and numbers do not fit in everywhere."""


class Layout(Struct, frozen=True):
    """How lines are laid out: the width of the widest, and whether sentences run on over their ends.

    `titled` tells how many characters of a folded line are a title that opens a paragraph.
    """

    labels: Sequence[str | None]
    titled: Callable[[str], int]
    wide: float
    wraps: bool

    @classmethod
    def of(cls, lines: Sequence[Line], labels: Sequence[str | None], titled: Callable[[str], int]) -> Layout:
        """Measure some lines of running text."""
        widths = [_width(line) for line in lines]
        wide = max(widths, default=0)
        full = (line for line, width in zip(lines[:-1], widths, strict=False) if width >= 0.8 * wide)
        wraps = _NARROWEST_PAGE <= wide <= _WIDEST_PAGE and any(
            not is_ended(line) and labels[line.n - 1] != "heading" and titled(line.plain) < len(line.plain)
            for line in full
        )
        return cls(labels, titled, wide, wraps)

    def breaks(self, before: Line, line: Line, torn: bool) -> bool:
        """Tell whether a paragraph starts with `line`; `torn` where furniture stands between the two."""
        if before.plain.endswith(_OPEN_ENDS) or line.plain.startswith(_CLOSING) or is_mark(before):
            return False
        if leading(line.plain) is not None:
            return True
        if before.plain.endswith(_PAUSES):
            return False
        ended = is_ended(before)
        if (not ended and self._is_title(before)) or self._opens(before, line, ended):
            return True
        if not self.wraps:
            return ended or not torn
        return ended and (_width(before) < self.wide * _RAGGED or _margin(line) > _margin(before))

    def _is_title(self, line: Line) -> bool:
        headed = self.labels[line.n - 1] == "heading" and len(line.plain) < 40
        return headed or self.titled(line.plain) >= len(line.plain)

    def _opens(self, before: Line, line: Line, ended: bool) -> bool:
        """Tell whether a line that is or has a title opens a paragraph; a torn sentence may look like one."""
        title = self.titled(line.plain)
        if not 0 < title < len(line.plain):
            return ended and self._is_title(line)
        full = self.wraps and _width(before) >= self.wide * _RAGGED
        return ended or not full or (_is_last_of_list(before) and _leads_to_first(line, title))


def _is_last_of_list(line: Line) -> bool:
    """Tell whether a line ends in a list that has got beyond its first point."""
    *_, last = (None, *enumerators(line.plain))
    return last is not None and (last.number or 0) > 1


def _leads_to_first(line: Line, title: int) -> bool:
    """Tell whether a title says enough to be one, and the first point of a list follows it."""
    mark = leading(line.plain[title:]) if title >= _TELLING else None
    return mark is not None and mark.number == 1


def is_ended(line: Line) -> bool:
    """Tell whether a line closes a sentence, or a clause that leads to a list."""
    return line.plain.endswith(_FULL_STOPS)


def is_mark(line: Line) -> bool:
    """Tell whether an enumerator has its line to itself."""
    mark = leading(line.plain)
    return mark is not None and mark.end == len(line.plain)


def _margin(line: Line) -> int:
    return len(line.folded) - len(line.folded.lstrip())


def _width(line: Line) -> float:
    """Return how wide a line is in Chinese characters; Latin ones are half as wide."""
    visible = line.raw.strip()
    if visible.count(" ") * 8 > len(visible):
        visible = "".join(visible.split())
    return (len(visible.encode("utf-8", "replace")) + len(visible)) / 4
