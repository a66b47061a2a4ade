"""Tells which recognised cells hold numbers, what they are read as, and which of these are in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from nlp.reading.scan.engine import Letter, Line
from nlp.resources import knowledge
from nlp.text.cell_text import Content, read_cell
from nlp.text.cells import UNREAD
from nlp.text.folding import fold

_MAY_BE_NUMBER = re.compile(r"[^\u3400-\u9fff]{0,14}[\u3400-\u9fff]{0,3}")
_MOST_LINES = 2
"""A cell of more lines holds words."""
_WIDEST, _BESIDE = 0.85, 0.3
"""In heights of the ink: no digit with the space before the next one is wider, nor a digit's bold strokes."""
_AS_DIGITS = 0.4
"""In heights of characters: no dash is as high, every digit is higher."""
_SLASH, _ONE = "/", "1"
_STROKES = frozenset((_SLASH, _ONE))
_LEANING, _UPRIGHT = 0.25, 0.15
"""In widths for each height: a slash leans more to the right, the digit one less."""
_SIGN = re.compile(r"\S")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_OF_CELLS = frozenset((Content.NUMBER, Content.BLANK, Content.UNREADABLE))
"""What a text says if it is one of a cell of numbers."""
_TELLING = frozenset((Content.NUMBER, Content.BLANK))


class Extent(NamedTuple):
    """The shape of the ink of a cell, in heights of the characters of the table.

    `width` is that of its tall ink, `slant` how far the ink leans to the right on its way up.
    """

    width: float
    height: float
    slant: float = 0.0


class CellRead(NamedTuple):
    """A cell that holds a number, a sign in its place, or something that could not be read.

    `score` is the probability that `text` is right, 0 to 1. `options` are the texts that it may be, where it
    is in doubt, None where it is not; there are none for a text of which nothing was recognised.
    """

    text: str
    score: float
    options: tuple[str, ...] | None = None


def may_be_number(lines: Sequence[Line]) -> bool:
    """Return whether the lines of a cell are a number, a sign in its place, or what may be a misread one."""
    text = "".join(line.text for line in lines)
    return not text or (len(lines) <= _MOST_LINES and bool(_MAY_BE_NUMBER.fullmatch(text)))


def is_certain(lines: Sequence[Line]) -> bool:
    """Return whether a cell was read with such certainty that it need not be read a second time."""
    certain = knowledge("recognition")["certain"]
    return bool(_score(lines) >= certain and _among(lines) >= certain)


def cell_read(first: Sequence[Line], second: Sequence[Line], extent: Extent) -> CellRead | None:
    """Return a cell by two readings of its lines, which were cut out in two ways; None for words.

    Ink that is too wide for the number of characters that were recognised shows that some may be lost.
    """
    facts = knowledge("recognition")
    if _is_word(first):
        return None
    one, two = _text(first), _text(second)
    contents = (_content(one), _content(two))
    is_other = min(_among(first), _among(second)) < facts["among"]
    if not set(contents) & _OF_CELLS:
        return CellRead(UNREAD, 0.0, ())
    score = min(_score(first), _score(second))
    if _is_dash(one) and _is_dash(two) and not is_other:
        return _dash(one, two, score, extent)
    if {one, two} <= _STROKES and not is_other:
        return _stroke(one, two, score, extent)
    text = (one if contents[0] in _OF_CELLS else two) or UNREAD
    signs = len(_SIGN.findall(text)) + len(_CHINESE.findall(text))
    is_wider = extent.width > extent.height * (_WIDEST * signs + _BESIDE)
    if one == two and score >= facts["sure"] and not is_other and not is_wider:
        return CellRead(text, score)
    letters = [letter for line in first for letter in line.as_number]
    options = [option for option in (one, two, *_others(letters, one)) if _content(option) in _TELLING]
    return CellRead(text, score, tuple(dict.fromkeys(options)))


def _dash(one: str, two: str, score: float, extent: Extent) -> CellRead:
    """Return a cell that holds a dash: it is blank, unless more than a dash is there.

    Which of the dashes it is does not matter; that no digit is so low shows that it is one. One that may be
    the numeral is so unsure that a person is asked.
    """
    facts = knowledge("recognition")
    if extent.height >= _AS_DIGITS:
        return CellRead(one, score, ())
    numeral, dash = facts["dashes"][:2]
    if numeral in one + two:
        return CellRead(dash, facts["unlike"])
    return CellRead(one, max(score, facts["sure"]))


def _stroke(one: str, two: str, score: float, extent: Extent) -> CellRead:
    """Return a cell that holds one stroke, a slash or the digit one: its slant has to agree."""
    seen = _SLASH if extent.slant >= _LEANING else _ONE if abs(extent.slant) <= _UPRIGHT else ""
    if one == two == seen:
        return CellRead(one, score)
    if seen in (one, two):
        return CellRead(seen, max(score, knowledge("recognition")["slanted"]))
    return CellRead(one, score, (_ONE, _SLASH))


def _is_dash(text: str) -> bool:
    return bool(text) and set(text) <= set(knowledge("recognition")["dashes"])


def _is_word(lines: Sequence[Line]) -> bool:
    """Return whether a cell holds a word: Chinese characters that no number has, several or a sure one."""
    facts = knowledge("recognition")
    letters = [letter for line in lines for letter in line.letters]
    words = [letter for letter in letters if letter.text not in facts["numerals"]]
    chinese = [letter.score for letter in words if _CHINESE.fullmatch(letter.text)]
    return len(chinese) > 1 or (len(chinese) == 1 and chinese[0] >= facts["word"])


def _content(text: str) -> Content:
    return read_cell(fold(text)).content if text else Content.WORDS


def _text(lines: Sequence[Line]) -> str:
    return "".join(letter.text for line in lines for letter in line.as_number).strip()


def _score(lines: Sequence[Line]) -> float:
    """Return the lowest score of the characters of a cell.

    Of a single one it is that among characters alone: ink shows that there is one.
    """
    letters = [letter for line in lines for letter in line.as_number]
    if len(letters) == 1 and letters[0].score >= knowledge("recognition")["among"]:
        return letters[0].score / letters[0].present
    return min((letter.score for letter in letters), default=0.0)


def _others(letters: Sequence[Letter], text: str) -> list[str]:
    """Return what a number may be if one of its characters is another one."""
    others = []
    for n, letter in enumerate(letters):
        for other in letter.others:
            changed = text[:n] + other + text[n + 1 :]
            others.append(changed)
    return others


def _among(lines: Sequence[Line]) -> float:
    return min((letter.among for line in lines for letter in line.as_number), default=0.0)
