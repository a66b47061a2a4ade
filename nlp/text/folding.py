"""Folding: named repairs that make spellings of a text alike and keep its length, so that offsets hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from unicodedata import normalize

from msgspec import Struct

from nlp.resources import knowledge

HOLE = "\0"
"""The character that stands in a folded text for one that was removed, so that positions stay the same."""

Repair = Callable[[str], str]


class Step(Struct, frozen=True):
    """A repair of a text and the name of what it repairs; it keeps the text's length and every digit."""

    name: str
    repair: Repair


def fold(text: str) -> str:
    """Return a text, of one line or many, after all steps: each character is replaced by one character.

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
    """Return data/characters.toml: for each step the characters that it replaces, and their replacements."""
    return knowledge("characters")


def _replacing(*sections: str) -> Repair:
    """Return the repair that replaces the characters of some sections of data/characters.toml.

    A character whose replacement is empty there becomes a HOLE.
    """
    table: dict[str, str] = {}
    for section in sections:
        for characters, replacements in _characters()[section].items():
            table.update(zip(characters, replacements or HOLE, strict=True))
    replaced = re.compile("[" + re.escape("".join(table)) + "]")

    def repair(text: str) -> str:
        for character in set(replaced.findall(text)):
            text = text.replace(character, table[character])
        return text

    return repair


def in_simplified_words(text: str) -> str:
    """Return a text with the words simplified that stay traditional when single characters are replaced.

    >>> in_simplified_words("大量反覆申请，覆盖率")
    '大量反复申请，覆盖率'
    """
    for word, simplified in _characters()["traditional_words"].items():
        text = text.replace(word, simplified)
    return text


def unified(text: str) -> str:
    """Return a text with radicals and compatibility ideographs replaced by the usual characters.

    Unicode has these characters twice: they look the same, but a search for one does not find the other.

    >>> unified("⼈⺠政府⼯作")
    '人民政府工作'
    """
    table = _characters()["radicals"]
    for character in set(_ENCODED_TWICE.findall(text)):
        text = text.replace(character, table.get(character) or _compatible(character))
    return text


def _compatible(character: str) -> str:
    """Return the NFKC form of a character, or the character itself where that is not one character."""
    normalized = normalize("NFKC", character)
    return normalized if len(normalized) == 1 else character


def _removing(pattern: str, first_characters: str, replacement: str) -> Repair:
    """Return the repair that writes `replacement` for every character of each match.

    Every match begins with one of `first_characters`: a text without them is not searched.
    """
    search = re.compile(pattern, re.MULTILINE)

    def repair(text: str) -> str:
        if not any(character in text for character in first_characters):
            return text
        return search.sub(lambda match: replacement * len(match.group()), text)

    return repair


_ENCODED_TWICE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
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
    Step("residue", _removing(f"{_BOOKMARK}|{_EMPHASIS}|{_ESCAPE}", "[*#<\\", HOLE)),
    Step("breaks", _removing(_BREAK, "<&", " ")),
)
"""The repairs in the order in which they are applied."""
