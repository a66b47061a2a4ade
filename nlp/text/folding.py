"""Named repairs of a line, each as long as the line it repairs, so that offsets stay true."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from unicodedata import normalize

from msgspec import Struct

from nlp.resources import knowledge
from nlp.text.mirrors import with_own_words, without_readings

HOLE = "\0"
"""Stands where a step took a character out: a position in the repaired line is one in the raw line."""

Repair = Callable[[str], str]


class Step(Struct, frozen=True):
    """A repair with the name of what it mends; `repair` keeps the length of a string and every digit."""

    name: str
    repair: Repair


def fold(text: str) -> str:
    """Apply every step to a line, or to all lines at once: one character for one character.

    >>> fold("１．属于国家秘密（一）　０")
    '1.属于国家秘密(一) 0'
    """
    for step in STEPS:
        text = step.repair(text)
    return text


def filled(line: str) -> str:
    """Return a folded line without its holes.

    >>> filled(fold("[bookmark: _GoBack]一是"))
    '一是'
    """
    return line.replace(HOLE, "")


@cache
def _characters() -> dict[str, dict[str, str]]:
    """data/characters.toml: for each step, the characters it replaces and by what."""
    return knowledge("characters")


def _replacing(*names: str) -> Repair:
    """Replace single characters, those that the line holds."""
    rows = [row for name in names for row in _characters()[name].items()]
    table = {one: other for keys, values in rows for one, other in zip(keys, values or HOLE, strict=True)}
    wanted = re.compile("[" + re.escape("".join(table)) + "]")

    def repair(line: str) -> str:
        for character in set(wanted.findall(line)):
            line = line.replace(character, table[character])
        return line

    return repair


def in_simplified_words(text: str) -> str:
    """Replace words that the change of single characters leaves traditional.

    >>> in_simplified_words("大量反覆申请，覆盖率")
    '大量反复申请，覆盖率'
    """
    for word, simplified in _characters()["traditional_words"].items():
        text = text.replace(word, simplified)
    return text


def in_mainland_words(text: str) -> str:
    """Replace words of Taiwan and Hong Kong by those of the form, once their characters are simplified.

    >>> in_mainland_words("政府资讯公开，行政规范性档案，档案局")
    '政府信息公开，行政规范性文件，档案局'
    """
    for word, other in _characters()["taiwan_words"].items():
        text = text.replace(word, other)
    return text


def unified(text: str) -> str:
    """Replace radicals and characters that Unicode has twice by those that everyone types.

    They look the same on the page; a search does not find them.

    >>> unified("⼈⺠政府⼯作")
    '人民政府工作'
    """
    table = _characters()["radicals"]
    for character in set(_TWICE.findall(text)):
        text = text.replace(character, table.get(character) or _compatible(character))
    return text


def _compatible(character: str) -> str:
    """Return what NFKC makes of a character where that is one character, too."""
    other = normalize("NFKC", character)
    return other if len(other) == 1 else character


def _taking_out(pattern: str, signs: str, leaving: str) -> Repair:
    """Put `leaving` in place of every character of what matches, which begins with one of the signs."""
    search = re.compile(pattern, re.MULTILINE)

    def repair(text: str) -> str:
        if not any(sign in text for sign in signs):
            return text
        return search.sub(lambda found: leaving * len(found.group()), text)

    return repair


_TWICE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_BOOKMARK = r"\[bookmark:[^\]\d\n]{0,60}\]|\[_?(?:GoBack|Toc)\]"
_EMPHASIS = r"\*\*(?=\S)|(?<=\S)\*\*|^#{1,6}(?= )|</?(?:b|strong|u|em|span) ?/?>"
_ESCAPE = r"(?<=\d)\\(?=\.)|(?<!\S)\\(?=[-+*#])"
_BREAK = r"</?(?:br|p|div|td|tr) ?/?>|&(?:nbsp|emsp|ensp);"

STEPS: tuple[Step, ...] = (
    Step("width", _replacing("width")),
    Step("invisible", _replacing("invisible")),
    Step("radicals", unified),
    Step("traditional", _replacing("traditional", "traditional_prose")),
    Step("traditional_words", in_simplified_words),
    Step("taiwan_words", in_mainland_words),
    Step("readings", partial(without_readings, leaving=HOLE)),
    Step("replaced_words", partial(with_own_words, leaving=HOLE)),
    Step("residue", _taking_out(f"{_BOOKMARK}|{_EMPHASIS}|{_ESCAPE}", "[*#<\\", HOLE)),
    Step("breaks", _taking_out(_BREAK, "<&", " ")),
)
