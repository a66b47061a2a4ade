"""Finds the white space between two columns, and the character of each line at which the second begins."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.text.lines import Line

_FIRST_CHINESE = "\u2e80"


def columns_covered(text: str) -> int:
    """Return how wide a text is in Latin letters, a Chinese character as wide as two.

    >>> columns_covered("更新 2")
    6
    """
    return len(_shape(text, 2))


def cuts_below(
    lines: Sequence[Line], header: int, names: Sequence[str], last: int, wide: int
) -> dict[int, int]:
    """Return the lines below a header that leave a gutter between its two names, as far as they do so.

    For each line, by position, the character is returned at which the gutter ends. `wide` is how many Latin
    letters a Chinese character covers: tools set it as wide as one or as two.
    """
    free = _gutter_of_header(lines[header].raw, names, wide)
    gaps: dict[int, set[int]] = {}
    for position in range(header + 1, last + 1):
        shape = _shape(lines[position].raw, wide).rstrip()
        gap = {column for column in free if shape[column : column + 1] in ("", " ")}
        if gap:
            free = gap
        else:
            gap = _gap_beside(shape, max(free, default=0))
        if not gap:
            break
        gaps[position] = gap
    gutter = max(free, default=0)
    cuts = {}
    for position, gap in gaps.items():
        column = gutter if gutter in gap else max(gap)
        cuts[position] = _character_at(lines[position].raw, column, wide)
    return cuts


def _gutter_of_header(raw: str, names: Sequence[str], wide: int) -> set[int]:
    """Return the columns of the page between the two names of a header."""
    shape = _shape(raw, wide)
    margin = len(shape) - len(shape.lstrip())
    first = margin + len(_shape(names[0], wide))
    end = len(shape.rstrip()) - len(_shape(names[1], wide))
    return set(range(first, end))


def _gap_beside(shape: str, gutter: int) -> set[int]:
    """Return the white space right beside a gutter: tools round to whole characters."""
    return {column for column in (gutter - 1, gutter + 1) if shape[column : column + 1] == " "}


def _shape(raw: str, wide: int) -> str:
    """Return what a line covers on the page: x or a space for each Latin letter's width."""
    covered = []
    for character in raw:
        width = wide if character >= _FIRST_CHINESE else 1
        covered.append((" " if character.isspace() else "x") * width)
    return "".join(covered)


def _character_at(raw: str, column: int, wide: int) -> int:
    """Return how many characters of a line stand before a column of the page."""
    covered = 0
    for count, character in enumerate(raw):
        if covered >= column:
            return count
        covered += wide if character >= _FIRST_CHINESE else 1
    return len(raw)
