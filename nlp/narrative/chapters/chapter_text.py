"""Tells where the text of a section stands, after its own title and before the next chapter's."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.narrative.paragraphs.paragraphs import Extent
from nlp.narrative.paragraphs.squeezed import shown
from nlp.record.model import Section
from nlp.text.folding import HOLE
from nlp.text.lines import Line


def body(lines: Sequence[Line], section: Section, sections: Sequence[Section]) -> Extent:
    """Return the extent of a section's text; `sections` are the chapters of its report.

    >>> from nlp.text.lines import split
    >>> section = Section("other_matters", "六、其他事项", 1, (1, 1), "")
    >>> body(split("六、其他事项：无"), section, [section])
    Extent(first=0, last=0, start=6, end=None)
    """
    first, last = section.lines[0] - 1, section.lines[1] - 1
    end = _next_on_line(lines, section, sections)
    left = "".join(section.title.split())
    for at in range(first, last + 1):
        visible = _visible(lines[at])
        printed = "".join(character for _, character in visible)
        start = max(printed.find(left), 0) if at == first else 0
        if start + len(left) < len(printed):
            return Extent(at, last, visible[start + len(left)][0], end)
        left = left[len(printed) - start :]
        if not left and printed:
            return Extent(at, last, len(lines[at].raw), end)
    return Extent(last, last, len(lines[last].raw), end)


def _next_on_line(lines: Sequence[Line], section: Section, sections: Sequence[Section]) -> int | None:
    """Return the column at which the next chapter begins, if it does so on the section's last line."""
    mine = [other is section or any(part is section for part in other.sections) for other in sections]
    after = sections[mine.index(True) + 1 :] if True in mine else []
    if not after or after[0].lines[0] != section.lines[1]:
        return None
    visible = _visible(lines[after[0].lines[0] - 1])
    start = "".join(character for _, character in visible).find("".join(after[0].title.split()))
    return visible[start][0] if start > 0 else None


def _visible(line: Line) -> list[tuple[int, str]]:
    folded = shown(line)
    return [(at, raw) for at, raw in enumerate(line.raw) if folded[at] != HOLE and not folded[at].isspace()]
