"""Finds the title of a report: the lines above its text that name agency, year and report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.narrative.identity.agencies import is_name
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.squeezed import Squeezed, joined, squeeze
from nlp.narrative.wording import expression
from nlp.text.lines import Line

_MOST_LINES = 3
_GOVERNMENT = 2
"""The characters of 政府 in 人民政府信息公开, which are of the name."""
_SHORT = 40
_LONGEST = 80


class Title(Struct, frozen=True, gc=False):
    """The title's lines by position, what it says, and what of that stands before 政府信息公开."""

    first: int
    last: int
    whole: Squeezed
    before: Squeezed


def title(lines: Sequence[Line], labels: Sequence[str | None], end: int) -> Title | None:
    """Return the title that stands above line `end`; None where the text has none."""
    found = list(_titles(lines, labels, end))
    headed = [title for title in found if labels[title.last] == "heading"]
    return next(iter(headed or found), None) or _among_furniture(lines, end)


def _among_furniture(lines: Sequence[Line], end: int) -> Title | None:
    """Return a title that was taken for one of the site's lines: it names the year, and stands last."""
    last = next((at for at in reversed(range(end)) if lines[at].plain), None)
    if last is None or expression("identity", "year_in_title").search(lines[last].plain) is None:
        return None
    return next(_titles(lines, [*["furniture"] * last, None], last + 1), None)


def _titles(lines: Sequence[Line], labels: Sequence[str | None], end: int) -> Iterator[Title]:
    parts = [at for at in range(end) if _is_part(lines[at], labels[at])]
    texts = [_squeezed(lines[at]) for at in parts]
    for place, text in enumerate(texts):
        if _report().search(text):
            found = _title(lines, labels, parts, texts, place, place)
        elif place + 1 < len(parts) and _is_torn(text, texts[place + 1]):
            found = _title(lines, labels, parts, texts, place, place + 1)
        else:
            found = None
        if found is not None:
            yield found


def _report() -> re.Pattern[str]:
    return expression("identity", "report")


def _is_torn(text: str, below: str) -> bool:
    """Tell whether the words that make a title stand half on a line and half on the next."""
    return (
        len(below) <= _SHORT
        and _report().search(below) is None
        and _report().search(text + below) is not None
    )


def _is_part(line: Line, label: str | None) -> bool:
    if not 0 < len(line.plain) < 2 * _LONGEST or label in ("furniture", "numeric_cell"):
        return False
    text = _squeezed(line)
    return (
        len(text) <= _LONGEST
        and expression("identity", "no_part").search(text) is None
        and not is_furniture(text)
    )


def _title(
    lines: Sequence[Line],
    labels: Sequence[str | None],
    parts: Sequence[int],
    texts: Sequence[str],
    first: int,
    last: int,
) -> Title | None:
    """Join the lines that name a report with those above them and the year below them."""
    if last + 1 < len(parts) and _follows(lines, parts[last], parts[last + 1]):
        last += expression("identity", "year_line").fullmatch(texts[last + 1]) is not None
    least = max(last - _MOST_LINES, 0)
    while first > least and _follows(lines, parts[first - 1], parts[first]):
        if not _leads(texts[first - 1], labels[parts[first - 1]]):
            break
        first -= 1
    whole = joined(squeeze(lines[at].typed, lines[at].folded) for at in parts[first : last + 1])
    match = expression("identity", "whole").fullmatch(whole.folded)
    if match is None:
        return None
    end = match.end("before") + (_GOVERNMENT if match["people"] else 0)
    return Title(parts[first], parts[last], whole, Squeezed(whole.text[:end], whole.folded[:end]))


def _leads(text: str, label: str | None) -> bool:
    """Tell whether a line may be the first part of a title."""
    if len(text) > _SHORT or _report().search(text) or leading(text):
        return False
    return label == "heading" or is_name(text) or expression("identity", "leads").search(text) is not None


def _follows(lines: Sequence[Line], at: int, after: int) -> bool:
    """Tell whether nothing but blank lines stands between two lines, and not many."""
    return after - at < 8 and not any(lines[between].plain for between in range(at + 1, after))


def _squeezed(line: Line) -> str:
    return "".join(line.plain.split())
