"""Folding: named repairs that make spellings of a text alike and keep its length, so that offsets hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from unicodedata import normalize

from msgspec import Struct

from nlp.resources import knowledge
from nlp.text.cells import NUMBER_BELOW
from nlp.text.mirrors import with_own_words, without_readings

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


def in_mainland_words(text: str) -> str:
    """Replace words of Taiwan and Hong Kong by those of the form, once their characters are simplified.

    >>> in_mainland_words("政府资讯公开，行政规范性档案，档案局")
    '政府信息公开，行政规范性文件，档案局'
    """
    for word, other in _characters()["taiwan_words"].items():
        text = text.replace(word, other)
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


def with_numbers_below(text: str) -> str:
    """Return a text with NUMBER_BELOW for the breaks that markup has between two numbers of a cell.

    >>> filled(with_numbers_below("| 行政许可 | 5<br>69 |"))
    '| 行政许可 | 5\\x0b69 |'
    """
    if "<" not in text:
        return text
    return _NUMBER_BELOW.sub(lambda match: NUMBER_BELOW + HOLE * (len(match.group()) - 1), text)


def without_quotes(text: str) -> str:
    """Return a text with the rows of a table parted by tabs whose cells all stand in quotation marks.

    >>> without_quotes('"规章","0","2"')
    ' 规章 \\t 0 \\t 2 '
    """
    if _OPENS_QUOTED.search(f"\n{text}") is None:
        return text
    return _QUOTED.sub(lambda row: _unquoted(row.group()), text)


def _unquoted(row: str) -> str:
    """Return a row without the marks around its cells; as it is where it is but words in quotation marks."""
    if not _BETWEEN.search(row) and not _QUOTED_NUMBER.fullmatch(row):
        return row
    parted = _BETWEEN.sub(lambda marks: " \t" + " " * (len(marks.group()) - 2), row)
    return _OUTER.sub(lambda marks: " " * len(marks.group()), parted)


def without_line_marks(text: str) -> str:
    """Return a text without the mark of a quotation or list with which many of its lines begin.

    >>> without_line_marks("> 规章\\n> 0\\n" * 10)[:9]
    '  规章\\n  0\\n'
    """
    for mark in knowledge("enumerators")["line_marks"]:
        if text.count(f"{mark} ") < _FEWEST_MARKED:
            continue
        begins = re.compile(rf"^[ \t]*{re.escape(mark)}(?= )", re.MULTILINE)
        if len(begins.findall(text)) >= _FEWEST_MARKED:
            text = begins.sub(lambda match: " " * len(match.group()), text)
    return text


_FEWEST_MARKED = 20
"""A text of fewer lines with a mark is left as it is: a few cells may hold one."""
_OPENING, _CLOSING = "\"“「『'‘", "\"”」』'’"
_OPENS_QUOTED = re.compile(rf"\n[ \t|]*[{_OPENING}]")
_QUOTED = re.compile(rf"^[ \t|]*[{_OPENING}].*[{_CLOSING}][ \t|]*$", re.MULTILINE)
_BETWEEN = re.compile(rf"[{_CLOSING}] *[\t|,; ] *[{_OPENING}]")
_OUTER = re.compile(rf"^[ \t|]*[{_OPENING}]|[{_CLOSING}][ \t|]*$")
_QUOTED_NUMBER = re.compile(rf"\s*[{_OPENING}][\d.,]+[{_CLOSING}]\s*")
_ENCODED_TWICE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_BOOKMARK = r"\[bookmark:[^\]\d\n]{0,60}\]|\[_?(?:GoBack|Toc)\]"
_EMPHASIS = r"\*\*(?:(?=\S)|(?<=\S\*\*))|#(?<![^\n]#)#{0,5}(?= )|</?(?:b|strong|u|em|span) ?/?>"
_ESCAPE = r"\\(?:(?<=\d\\)(?=\.)|(?<!\S\\)(?=[-+*#]))"
_NUMBER_BELOW = re.compile(r"(?<=\d)(?: ?</?(?:br|p|div) ?/?>)+ ?(?=\d[\d.,]*(?:<| *[|\t\n]| *$))")
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
    Step("residue", _removing(f"{_BOOKMARK}|{_EMPHASIS}|{_ESCAPE}", "[*#<\\", HOLE)),
    Step("numbers_below", with_numbers_below),
    Step("breaks", _removing(_BREAK, "<&", " ")),
    Step("line_marks", without_line_marks),
    Step("quoted_cells", without_quotes),
)
"""The repairs in the order in which they are applied."""
