"""Takes off what a kind of page prints round each of its lines, where a model has learnt it from records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Annotated

from msgspec import Meta, Struct

SHARE = 0.8
"""A page wears a dress where so great a share of its lines, blank ones left out, stand in it."""

_FEWEST_LINES = 10
"""A page of fewer lines is left as it is: they may begin alike by chance."""

_LONGEST = 80
_NUMBER, _CAPITALS, _SPACE = "0", "A", " "
_RUN = re.compile(r"(?P<number>\d+)|(?P<capitals>[A-Z]+)|(?P<space>[^\S\t\n]+)")
_OF_RUN = {_NUMBER: r"\d+", _CAPITALS: "[A-Z]+", _SPACE: r"[^\S\t\n]+"}
_ESCAPE = re.compile(r'\\(u[0-9A-Fa-f]{4}|[bfnrt"\\/])')

Shape = Annotated[str, Meta(max_length=_LONGEST)]
"""What stands before or behind a line, any number written `0`, capitals `A`, white space as one space."""


class Affixes(Struct, frozen=True):
    """What stands before and behind a line: `('` and `', 0.0)` in `('行政许可', 0.9731)`."""

    before: Shape
    behind: Shape = ""


Dress = tuple[Affixes, ...]
"""All that one kind of page prints round its lines; the first that fits a line is taken off."""


def shape(text: str) -> str:
    """Return a text with its runs of digits, capitals and white space told by one character each.

    >>> shape("AB12:   「")
    'A0: 「'
    """
    return _RUN.sub(_shape_of_run, text)


def _shape_of_run(run: re.Match[str]) -> str:
    if run["number"]:
        return _NUMBER
    return _CAPITALS if run["capitals"] else _SPACE


def undressed(text: str, dresses: Iterable[Dress]) -> str:
    """Return a text with spaces in place of the first dress that it wears; the text itself if it wears none.

    The length stays the same, so that a place in one text is the place in the other.

    >>> page = "\\n".join(f"('本年新收{n}', 0.97)" for n in range(10))
    >>> undressed(page, [(Affixes("('", "', 0.0)"),)]).split("\\n")[3]
    '  本年新收3        '
    """
    lines = text.split("\n")
    for dress in dresses:
        bare = [bare_line(line, dress) for line in lines]
        if _is_worn(lines, bare):
            pairs = zip(lines, bare, strict=True)
            return "\n".join(line if inside is None else inside for line, inside in pairs)
    return text


def _is_worn(lines: Sequence[str], bare: Sequence[str | None]) -> bool:
    """Return whether enough of the lines stand in a dress, those left out that hold nothing else."""
    standing = [inside for line, inside in zip(lines, bare, strict=True) if line.strip()]
    filled = [inside for inside in standing if inside is None or inside.strip()]
    fitting = sum(inside is not None for inside in filled)
    return fitting >= _FEWEST_LINES and fitting >= SHARE * len(filled)


def bare_line(line: str, dress: Dress) -> str | None:
    """Return a line with spaces in place of its affixes, as long as before; None where no affixes fit.

    Between the quotation marks of JSON a tab is a tab, not a backslash and a letter. Of a blank line the last
    space of its affix may be cut off.

    >>> bare_line('"规章\\\\t0",', (Affixes('"', '",'),))
    ' 规章 \\t0  '
    """
    for affixes in dress:
        pattern = _pattern(affixes)
        if pattern.fullmatch(f"{line} ") and shape(f"{line} ") == affixes.before:
            return _blanked(line)
        match = pattern.fullmatch(line)
        if match is None:
            continue
        inside = match[2]
        if affixes.before.endswith('"') and affixes.behind.startswith('"'):
            inside = _ESCAPE.sub(_unescaped, inside)
        return _blanked(match[1]) + inside + _blanked(match[3])
    return None


def _blanked(affix: str) -> str:
    """Return spaces in place of an affix; tabs stay, they divide cells."""
    return "".join("\t" if character == "\t" else " " for character in affix)


def _unescaped(escape: re.Match[str]) -> str:
    """Return the character that an escape of JSON stands for, with spaces before it that keep the length."""
    character = str(json.loads(f'"{escape[0]}"'))
    if character in "\n\r\b\f":
        character = " "
    return character.rjust(len(escape[0]))


@cache
def _pattern(affixes: Affixes) -> re.Pattern[str]:
    before, behind = _expression(affixes.before), _expression(affixes.behind)
    return re.compile(f"({before})(.*)({behind})", re.DOTALL)


def _expression(affix: str) -> str:
    """Return the regular expression of an affix; equal runs never stand side by side, so it cannot stall."""
    return "".join(_OF_RUN.get(character, re.escape(character)) for character in shape(affix))
