"""Tells text whose characters are others than the page shows: fonts that map them wrongly, or not at all."""

from __future__ import annotations

import re
from functools import cache

from nlp.resources import knowledge
from nlp.text.folding import filled, fold
from nlp.text.words import cutter

_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LETTER = re.compile(r"[^\W\d_]")
_COMMON_ROWS = range(0xB0, 0xD8)
_CELLS = range(0xA1, 0xFF)
"""The rows of GB 2312 that hold the 3,755 most common characters, and the cells of each."""


def is_damaged(text: str) -> bool:
    """Return whether most of a text, such as that of a page, cannot be what the page shows.

    Its characters are unknown, or of other scripts, or Chinese ones that are rare, or that form no words.
    Too little text tells nothing.

    >>> is_damaged("本机关全年主动公开政府信息，受理政府信息公开申请，按时答复，没有引起行政诉讼。" * 2)
    False
    >>> is_damaged("乬亪仜伔佈侁俥倣偐傕僣儓兞冓凊刕勠匂匤卍厁叏呰咵哷唀嗀噐嚋囍" * 3)
    True
    """
    return _is_damaged(text) and _is_damaged(filled(fold(text)))


def _is_damaged(text: str) -> bool:
    """Return whether most of a text, as printed or as read, cannot be what the page shows."""
    facts = knowledge("damage")
    unknown = len(_UNKNOWN.findall(text))
    letters = _LETTER.findall(text)
    if len(letters) + unknown < facts["least_letters"]:
        return False
    if unknown > facts["unknown"] * len(letters):
        return True
    chinese = _CHINESE.findall(text)
    if len(chinese) < facts["chinese"] * len(letters):
        return _is_garbled_latin(letters)
    common = sum(map(_common().__contains__, chinese))
    if common < facts["common"] * len(chinese):
        return True
    in_words = sum(len(word) for word in cutter()("".join(chinese)) if len(word) > 1)
    return bool(in_words < facts["in_words"] * len(chinese))


def _is_garbled_latin(letters: list[str]) -> bool:
    """Return whether letters are not of a language that is written without accents, as `ÖÐ¹ú` for 中国."""
    plain = sum(letter.isascii() for letter in letters)
    return bool(plain < knowledge("damage")["plain"] * len(letters))


@cache
def _common() -> frozenset[str]:
    """Return the most common characters: the first level of GB 2312."""
    pairs = bytes(byte for row in _COMMON_ROWS for cell in _CELLS for byte in (row, cell))
    return frozenset(pairs.decode("gb2312", "ignore"))
