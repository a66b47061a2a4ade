"""Cuts a paragraph into numbers, words by their roles, and marks that part clauses."""

from __future__ import annotations

import re

from msgspec import Struct

from nlp.claims.numerals import Numeral, is_numeral, numeral_at
from nlp.claims.vocabulary import may_speak, name_ends, names_requests, word_at

NUMBER, STOP, COMMA, PAUSE, OPEN, CLOSE, UNKNOWN, SOMEBODY = (
    "number",
    "stop",
    "comma",
    "pause",
    "open",
    "close",
    "unknown",
    "somebody",
)
SEMICOLON = "semicolon"
"""Roles beside those of data/claims.toml: ends of sentences and clauses, 、, brackets, anything else, ;.

`somebody` is an unknown character with which the name of a body or a person may end.
"""

_MARKS = {
    **dict.fromkeys("。!?\n", STOP),
    ";": SEMICOLON,
    **dict.fromkeys(",:", COMMA),
    "、": PAUSE,
    "(": OPEN,
    "[": OPEN,
    ")": CLOSE,
    "]": CLOSE,
}
_YEAR = re.compile(r"(20\d\d)\s?年(?:度)?")
_DAY = re.compile(r"\d{1,2}\s?月(?:份|\s?\d{1,2}\s?日)?|\d{1,2}\s?日")
_SENTENCE = re.compile(r"[^。!?\n]+[。!?\n]*|[。!?\n]+")
_SHORTEST_NAME = 2
_LONGEST_HEADING = 20
"""A sentence of so many characters may say what the next ones are about: 依法办理依申请公开工作。"""


class Token(Struct, frozen=True):
    """A piece of a paragraph: its role, its place, its number where it is one."""

    role: str
    start: int
    end: int
    numeral: Numeral | None = None


def tokens(text: str, year: int | None, organization: str | None) -> list[Token]:
    """Return the tokens of a folded paragraph of a report on `year` by `organization`.

    White space is in none. A sentence that can have no number of cells is one token, a stop, behind one that
    says so where it is a heading on applications. Pieces of the organization's name are words of the role
    `self`.

    >>> [token.role for token in tokens("2023年,收到申请两件。", 2023, None)]
    ['this_year', 'comma', 'receive', 'application', 'number', 'stop']
    >>> [token.role for token in tokens("县水利局2022年碧", 2023, "某县水利局")]
    ['stop']
    >>> [token.role for token in tokens("县水利局2022年碧收到3件", 2023, "某县水利局")]
    ['self', 'other_year', 'unknown', 'receive', 'number']
    """
    found: list[Token] = []
    for sentence in _SENTENCE.finditer(text):
        if may_speak(sentence[0]):
            _read(text, sentence.start(), sentence.end(), year, organization or "", found)
        else:
            end = sentence.end()
            if len(sentence[0]) <= _LONGEST_HEADING and names_requests(sentence[0]):
                found.append(Token("about_requests", sentence.start(), end))
            found.append(Token(STOP, end, end))
    return found


def _read(text: str, place: int, end: int, year: int | None, organization: str, found: list[Token]) -> None:
    """Put the tokens of a stretch of a text behind those that were found."""
    while place < end:
        if text[place].isspace():
            place += 1
            continue
        token = _token_at(text, place, year, organization)
        found.append(token)
        place = token.end


def _token_at(text: str, place: int, year: int | None, organization: str) -> Token:
    mark = _MARKS.get(text[place])
    if mark is not None:
        return Token(mark, place, place + 1)
    if text[place].isdigit():
        dated = _YEAR.match(text, place)
        if dated is not None:
            return Token(_role_of_year(int(dated[1]), year), place, dated.end())
        day = _DAY.match(text, place)
        if day is not None:
            return Token("filler", place, day.end())
    word = word_at(text, place)
    numeral = numeral_at(text, place) if is_numeral(text[place]) else None
    if numeral is not None and (word is None or len(word[0]) < numeral.end - place):
        return Token(NUMBER, place, numeral.end, numeral)
    end_of_name = _end_of_name(text, place, organization)
    if word is not None and len(word[0]) >= end_of_name - place:
        return Token(word[1], place, place + len(word[0]))
    if end_of_name - place >= _SHORTEST_NAME:
        return Token("self", place, end_of_name)
    return Token(SOMEBODY if text[place] in name_ends() else UNKNOWN, place, place + 1)


def _role_of_year(told: int, year: int | None) -> str:
    if year is None:
        return "other_year"
    if told == year:
        return "this_year"
    return "next_year" if told == year + 1 else "other_year"


def _end_of_name(text: str, place: int, organization: str) -> int:
    """Return where the longest piece of the organization's name ends that stands at a place."""
    end = place
    while end < len(text) and text[place : end + 1] in organization:
        end += 1
    return end
