"""Spells a name in one way: simplified characters, half-width signs, no white space."""

from __future__ import annotations

import re
from functools import cache

from nlp.resources import folder
from nlp.text.folding import HOLE, fold

_UNSEEN = re.compile(rf"[\s{HOLE}]+")


def spelled(text: str) -> str:
    """Return a name or a text as all spellings of it are read, its white space taken out.

    >>> spelled("洛陽市 西工區（城市管理局）")
    '洛阳市西工区(城市管理局)'
    """
    return simplified(_UNSEEN.sub("", fold(text)))


def simplified(text: str) -> str:
    """Return a text in simplified characters; characters that simplified names use stay.

    >>> simplified("鹽城市臺辦"), simplified("乾县")
    ('盐城市台办', '乾县')
    """
    return text.translate(_traditional())


@cache
def _traditional() -> dict[int, str]:
    path = folder("data") / "divisions" / "traditional.txt"
    traditional, simple = path.read_text(encoding="utf-8").splitlines()
    return {ord(one): other for one, other in zip(traditional, simple, strict=True)}
