"""Tells which raised, lowered or struck-out characters of a table cell are no part of its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from nlp.text.cells import UNIT, UNREAD
from nlp.text.folding import filled, fold

_NUMBER = re.compile(rf"[+-]?\d[\d,]*(?:\.\d+)?\s*(?:{UNIT})?")
_LONGEST = 40
"""In characters: no number of a table is longer."""


def are_left_out(marked: str, rest: str, struck: bool = False) -> bool:
    """Return whether the marked characters of a cell are left out: where the rest of it is a number.

    Struck-out numbers are left out of a cell without anything else as well: the cell is blank.

    >>> are_left_out("1", "12"), are_left_out("5", " 12 件", struck=True), are_left_out("1", "规章")
    (True, True, False)
    >>> are_left_out("5", "", struck=True), are_left_out("5", "")
    (True, False)
    """
    if not rest.strip():
        return struck and is_number(marked)
    return bool(marked.strip()) and is_number(rest)


def is_number(text: str) -> bool:
    """Return whether a text is a number, with its unit or without.

    >>> is_number("1,234"), is_number("53.6 万元"), is_number("①"), is_number("3 5")
    (True, True, False, False)
    """
    text = text.strip()
    return len(text) <= _LONGEST and _NUMBER.fullmatch(filled(fold(text)).strip()) is not None


class Print(Enum):
    """How a part of a cell's text is printed, other than PLAIN.

    APART is what stands a little off the line, UNSEEN what is white on white or too small to be seen.
    """

    PLAIN = "plain"
    HIDDEN = "hidden"
    STRUCK = "struck"
    RAISED = "raised"
    APART = "apart"
    UNSEEN = "unseen"


_MARKED = frozenset((Print.STRUCK, Print.RAISED, Print.UNSEEN))


def seen(pieces: Sequence[tuple[str, Print]]) -> list[str]:
    """Return the texts of a cell's pieces, "" for those that are none of the number of the cell.

    Where nobody can tell what the number is, UNREAD stands for it, or line feeds part its pieces.

    >>> seen([("12", Print.PLAIN), ("1", Print.RAISED)]), seen([("8", Print.STRUCK), ("12", Print.PLAIN)])
    (['12', ''], ['', '12'])
    >>> seen([("8", Print.STRUCK), ("12", Print.RAISED)]), seen([("5", Print.STRUCK)])
    (['\\ufffd', ''], [''])
    """
    texts = ["" if look is Print.HIDDEN else text for text, look in pieces]
    looks = [look for _, look in pieces]
    marked = [n for n, look in enumerate(looks) if look in _MARKED and texts[n].strip()]
    if not marked:
        return _with_pieces_apart(texts, looks)
    marks = {looks[n] for n in marked}
    rest = "".join(text for n, text in enumerate(texts) if n not in marked)
    if are_left_out("".join(texts[n] for n in marked), rest, struck=marks == {Print.STRUCK}):
        texts = [text if n not in marked else "" for n, text in enumerate(texts)]
    elif not rest.strip() and (len(marks) > 1 or Print.UNSEEN in marks) and any(map(is_number, texts)):
        return [UNREAD if n == marked[0] else "" for n in range(len(texts))]
    return _with_pieces_apart(texts, looks)


def _with_pieces_apart(texts: list[str], looks: list[Print]) -> list[str]:
    """Return texts with line feeds around numbers that stand a little off the line of the others."""
    on_line = "".join(text for text, look in zip(texts, looks, strict=True) if look is not Print.APART)
    if not is_number(on_line):
        return texts
    return [
        f"\n{text}\n" if look is Print.APART and is_number(text) else text
        for text, look in zip(texts, looks, strict=True)
    ]
