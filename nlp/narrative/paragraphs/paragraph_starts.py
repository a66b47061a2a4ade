"""Tells where paragraphs begin, on pages that wrap their lines and on those that do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from nlp.narrative.paragraphs.enumerators import enumerators, leading
from nlp.narrative.paragraphs.half_width_stops import ends_in_half_width_stop
from nlp.narrative.wording import expression
from nlp.text.lines import Line

_FULL_STOPS = tuple("。!?;:…")
_OPEN_ENDS = tuple("(《“-第")
_PAUSES = tuple("、,")
_NEVER_FIRST = tuple("、,。;:!?)》”")
"""What no paragraph begins with."""

_WIDEST_PAGE = 60
"""No printed page has as many Chinese characters in a line: a longer line is a whole paragraph."""

_NARROWEST_PAGE = 16
"""Lines that are all narrower, in Chinese characters, are no wrapped text."""

_NEARLY_FULL = 0.8
"""Share of the widest line from which a line that ends no sentence shows that the page wraps its lines."""

_FULL = 0.9
"""Share of the widest line from which a line is full: punctuation and numbers do not fit in everywhere."""

_LONGEST_HEADING = 40
"""A line labelled as a heading that has as many characters is a paragraph."""

_TELLING_TITLE = 5
"""A title of so many characters is not torn off a sentence, as one of two is (上述 / 问题:)."""

_SHORTEST_TITLE = 4
"""A title that has its line to itself below a list is as long: 改进措施."""

TitleLength = Callable[[str], int]
"""Returns how many characters of a folded line are a title that opens a paragraph; 0 where it has none."""


def no_title(plain: str) -> int:
    """Return 0: lines have no titles of their own."""
    return 0


class Layout(Struct, frozen=True):
    """How lines are laid out: the width of the widest, and whether sentences run on over their ends."""

    labels: Sequence[str | None]
    titled: TitleLength
    widest: float
    wraps: bool

    @classmethod
    def of(cls, lines: Sequence[Line], labels: Sequence[str | None], titled: TitleLength) -> Layout:
        """Measure some lines of running text; `labels` are those of the whole document."""
        widths = [_width(line) for line in lines]
        widest = max(widths, default=0)
        wraps = False
        if _NARROWEST_PAGE <= widest <= _WIDEST_PAGE:
            for line, width in zip(lines[:-1], widths, strict=False):
                is_heading = labels[line.n - 1] == "heading" or titled(line.plain) >= len(line.plain)
                if width >= _NEARLY_FULL * widest and not is_heading and not ends_sentence(line):
                    wraps = True
                    break
        return cls(labels, titled, widest, wraps)

    def starts_paragraph(self, before: Line, line: Line, torn: bool) -> bool:
        """Return whether a paragraph starts with `line`; `torn` where furniture stands between the two."""
        if before.plain.endswith(_OPEN_ENDS) or line.plain.startswith(_NEVER_FIRST):
            return False
        if is_enumerator_alone(before):
            return False
        mark = leading(line.plain)
        if mark is not None and not (mark.is_doubtful and self._is_full(before)):
            return True
        if before.plain.endswith(_PAUSES):
            return False
        ended = ends_sentence(before)
        if not ended and self._is_title(before):
            return True
        if self._opens_with_title(before, line, ended):
            return True
        if not self.wraps:
            return ended or not torn
        return ended and (not self._is_full(before) or _margin(line) > _margin(before))

    def _is_full(self, line: Line) -> bool:
        return _width(line) >= self.widest * _FULL

    def _is_title(self, line: Line) -> bool:
        if self.labels[line.n - 1] == "heading" and len(line.plain) < _LONGEST_HEADING:
            return True
        return self.titled(line.plain) >= len(line.plain)

    def _opens_with_title(self, before: Line, line: Line, ended: bool) -> bool:
        """Return whether a line that is or has a title opens a paragraph.

        The end of a sentence may look like a title: behind a full line that is not `ended`, one is believed
        only where it opens the next list, or has its line to itself below the last point of one.
        """
        if expression("items", "torn").search(before.plain):
            return False
        title = self.titled(line.plain)
        if not 0 < title < len(line.plain):
            if ended:
                return self._is_title(line)
            is_wrapped = self.wraps and self._is_full(before)
            words = line.plain[:title].rstrip(":")
            return len(words) >= _SHORTEST_TITLE and (not is_wrapped or _ends_in_later_point(before))
        if ended or not self.wraps or not self._is_full(before):
            return True
        return _ends_in_later_point(before) and _leads_to_first_point(line, title)


def _ends_in_later_point(line: Line) -> bool:
    """Return whether a line's last enumerator counts beyond one, or counts nothing."""
    marks = enumerators(line.plain)
    return bool(marks) and marks[-1].number != 1


def _leads_to_first_point(line: Line, title: int) -> bool:
    """Return whether a title says enough to be one, and the first point of a list follows it."""
    if title < _TELLING_TITLE:
        return False
    mark = leading(line.plain[title:])
    return mark is not None and mark.number == 1


def ends_sentence(line: Line) -> bool:
    """Return whether a line closes a sentence, or a clause that leads to a list."""
    return line.plain.endswith(_FULL_STOPS) or ends_in_half_width_stop(line.plain)


def is_enumerator_alone(line: Line) -> bool:
    """Return whether an enumerator has its line to itself."""
    mark = leading(line.plain)
    return mark is not None and mark.end == len(line.plain)


def _margin(line: Line) -> int:
    return len(line.folded) - len(line.folded.lstrip())


def _width(line: Line) -> float:
    """Return how wide a line is in Chinese characters; Latin ones are half as wide.

    UTF-8 has three bytes for a Chinese character and one for a Latin one.
    """
    visible = line.raw.strip()
    is_spaced_out = visible.count(" ") * 8 > len(visible)
    if is_spaced_out:
        visible = "".join(visible.split())
    return (len(visible.encode("utf-8", "replace")) + len(visible)) / 4
