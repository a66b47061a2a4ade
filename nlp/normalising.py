"""Named repairs of a line, each as long as the line it repairs, so that offsets stay true."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from nlp.resources import folder

HOLE = "\0"
"""Stands where a step took a character out: a position in the repaired line is one in the raw line."""

Repair = Callable[[str], str]


@dataclass(frozen=True)
class Step:
    """A repair with a name; `repair` returns a string of the same length and keeps every digit."""

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


def repairs(line: str) -> list[str]:
    """Name the steps that change a line, for people.

    >>> repairs("（一）\\u200b主动公开")
    ['width', 'invisible']
    """
    changed = []
    for step in STEPS:
        repaired = step.repair(line)
        if repaired != line:
            changed.append(step.name)
        line = repaired
    return changed


@cache
def _characters() -> dict[str, dict[str, str]]:
    """data/characters.toml: for each step, the characters it replaces and by what."""
    return tomllib.loads((folder("data") / "characters.toml").read_text(encoding="utf-8"))


def _replacing(name: str) -> Repair:
    """Replace single characters, those that the line holds."""
    table = {key: value or HOLE for key, value in _characters()[name].items()}
    wanted = re.compile("[" + re.escape("".join(table)) + "]")

    def repair(line: str) -> str:
        for character in set(wanted.findall(line)):
            line = line.replace(character, table[character])
        return line

    return repair


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


def _taking_out(pattern: str, leaving: str) -> Repair:
    """Put `leaving`, a character, in place of every one of what matches."""
    search = re.compile(pattern, re.MULTILINE)
    return lambda text: search.sub(lambda found: leaving * len(found.group()), text)


_TWICE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_BOOKMARK = r"\[bookmark:[^\]\d\n]{0,60}\]|\[_?(?:GoBack|Toc)\]"
_EMPHASIS = r"\*\*(?=\S)|(?<=\S)\*\*|^#{1,6}(?= )|</?(?:b|strong|u|em|span) ?/?>"
_BREAK = r"</?(?:br|p|div|td|tr) ?/?>|&(?:nbsp|emsp|ensp);"

STEPS: tuple[Step, ...] = (
    Step("width", _replacing("width")),
    Step("invisible", _replacing("invisible")),
    Step("radicals", unified),
    Step("traditional", _replacing("traditional")),
    Step("residue", _taking_out(f"{_BOOKMARK}|{_EMPHASIS}", HOLE)),
    Step("breaks", _taking_out(_BREAK, " ")),
)
