"""Reduces the text of a label to the characters by which it is known."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.text.enumerators import shape
from nlp.text.folding import HOLE, fold

_NOT_KEY = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]")
_ENUMERATOR = re.compile(shape("label"))
_SHORT = 4
_IN_TURN = re.compile(r"(\d)([\u4e00-\u9fff])[.、]([\u4e00-\u9fff])")
"""The two lines of a label whose characters a tool gives in turn: `3 他 .其`."""


@lru_cache(maxsize=1 << 12)
def key(folded: str) -> str:
    """Return the key of a folded label: no enumerator, no punctuation, no white space.

    >>> key("(三) 不予公开"), key("3.危及“三安全一稳定”"), key("总 计")
    ('不予公开', '危及三安全一稳定', '总计')
    """
    return parts(folded)[1]


def enumerator(folded: str) -> str:
    """Return what enumerates a folded label, `""` where nothing does.

    >>> enumerator("(三) 不予公开"), enumerator("8.属于行政查询事项"), enumerator("总计")
    ('三', '8', '')
    """
    return parts(folded)[0]


@lru_cache(maxsize=1 << 12)
def parts(folded: str) -> tuple[str, str]:
    """Return the enumerator of a folded label and its key.

    >>> parts("3 他 .其")
    ('3', '其他')
    """
    text = "".join(folded.replace(HOLE, "").split())
    if len(text) == _SHORT and (found := _IN_TURN.fullmatch(text)):
        return found[1], found[3] + found[2]
    found = _ENUMERATOR.match(text)
    if not found:
        return "", _NOT_KEY.sub("", text)
    return _NOT_KEY.sub("", found.group()), _NOT_KEY.sub("", text[found.end() :])


def label_key(label: str) -> str:
    """Return the key of a label as the form prints it.

    >>> label_key("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    '部分公开区分处理的只计这一情形不计其他情形'
    """
    return key(fold(label))
