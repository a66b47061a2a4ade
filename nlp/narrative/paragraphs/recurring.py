"""Tells which lines a document prints on each page: running heads, watermarks, marks of pages."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.narrative.wording import expression
from nlp.text.lines import Line

_LEAST = 2
"""Between paragraphs a line that is no sentence and stands so often is one of these."""

_LONGEST = 60
"""Longer lines, in characters, are text."""


def recurring_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the positions of lines that stand again and again, their numbers left out.

    They hold no mark of a clause, and count something or name the report: titles of parts recur as well.

    >>> from nlp.text.lines import split
    >>> text = "某某县水利局年报\\n甲。\\n第七版\\n某某县水利局年报\\n乙。\\n第八版\\n丙。"
    >>> sorted(recurring_lines(split(text)))
    [0, 2, 3, 5]
    """
    positions: dict[str, list[int]] = {}
    for position, line in enumerate(lines):
        if not line.plain or len(line.plain) > _LONGEST:
            continue
        folded = "".join(line.plain.split())
        if expression("sections", "of_each_page").fullmatch(folded) is None:
            continue
        form = expression("sections", "any_number").sub("0", folded)
        positions.setdefault(form, []).append(position)
    recurring = set()
    for places in positions.values():
        if len(places) >= _LEAST:
            recurring.update(places)
    return frozenset(recurring)
