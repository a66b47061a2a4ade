"""Normalises labels: without enumerator, punctuation and white space, they can be looked up."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nlp.text.enumerators import shape
from nlp.text.folding import HOLE, fold

_NOT_KEY = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]")
_ENUMERATOR = re.compile(shape("label"))
_INTERLEAVED_LENGTH = 4
_INTERLEAVED = re.compile(r"(\d)([\u4e00-\u9fff])[.、]([\u4e00-\u9fff])")
"""The label `3.其他`, of two lines whose characters a tool interleaves: `3 他 .其`."""


@lru_cache(maxsize=1 << 12)
def key(folded: str) -> str:
    """Return the normalised form of a folded label: without enumerator, punctuation and white space.

    >>> key("(三) 不予公开"), key("3.危及“三安全一稳定”"), key("总 计")
    ('不予公开', '危及三安全一稳定', '总计')
    """
    return parts(folded)[1]


def enumerator(folded: str) -> str:
    """Return the number or letter of the enumerator of a folded label, empty where it has none.

    >>> enumerator("(三) 不予公开"), enumerator("8.属于行政查询事项"), enumerator("总计")
    ('三', '8', '')
    """
    return parts(folded)[0]


@lru_cache(maxsize=1 << 12)
def parts(folded: str) -> tuple[str, str]:
    """Return the enumerator and the normalised form of a folded label.

    >>> parts("3 他 .其")
    ('3', '其他')
    """
    text = "".join(folded.replace(HOLE, "").split())
    if len(text) == _INTERLEAVED_LENGTH:
        interleaved = _INTERLEAVED.fullmatch(text)
        if interleaved:
            number, second, first = interleaved.groups()
            return number, first + second
    match = _ENUMERATOR.match(text)
    if match is None:
        return "", _NOT_KEY.sub("", text)
    return _NOT_KEY.sub("", match.group()), _NOT_KEY.sub("", text[match.end() :])


@cache
def label_key(label: str) -> str:
    """Return the normalised form of a label as the form prints it, not folded yet: it is told once.

    >>> label_key("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    '部分公开区分处理的只计这一情形不计其他情形'
    """
    return key(fold(label))
