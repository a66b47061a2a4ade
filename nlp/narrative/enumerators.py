"""Finds the enumerators of running text: 一是, (一), 一、, 1., (1), ①, 首先, 第一，, bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 8, "此外": 9, "另外": 9, "一方面": 1, "另一方面": 2}
_CIRCLES = (("①", 20), ("⑴", 20), ("⒈", 20), ("❶", 10), ("㈠", 10))

_STYLES = (
    ("is", f"{_NUMERAL}(?:是(?!否)|要|则是?)[,:]?"),
    ("paren_chinese", rf"[(〔\[]{_NUMERAL}[)〕\]](?![项款条]|目(?![前标录的]))[、.,:]?"),
    ("paren_arabic", r"\(\d{1,2}\)(?![项款条]|目(?![前标录的]))[、.,:]?|\d{1,2}\)[、.,:]?"),
    ("chinese", rf"{_NUMERAL}(?:、(?!{_NUMERAL}(?:[、季级类是等]))|\.)"),
    ("arabic", r"\d{1,2}\s?[、.](?!\d)[、.]?|\d{1,2}[、.](?=20\d\d ?年)"),
    ("circled", "[①-⑳⑴-⒛❶-❿㈠-㈩][、.]?"),
    ("problem", rf"(?:主要|存在|整改|改进)?的?(?:问题|措施)(?:{_NUMERAL}|\d{{1,2}})[:、.,]"),
    ("ordinal", rf"第{_NUMERAL}(?:[,、:]|是|方面)[,、:]?|其[一二三四五六][,、:是]"),
    ("order", "(?:首先|其次|再次|再者|最后)(?:是|要)?[,、:]?"),
    ("besides", "(?:此外|另外),"),
    ("side", "(?:一|另一)方面(?:是)?[,、:]?"),
    ("bullet", r"[-●•◆■▪◇○➢★▲*·](?![-\d])\s*"),
)
_PATTERN = "|".join(f"(?P<{style}>{pattern})" for style, pattern in _STYLES)
_LEADING = re.compile(rf"(?:{_PATTERN})\s*")
_FIRST = frozenset("一二三四五六七八九十0123456789(〔[第其首再最此另主存整改问措的-●•◆■▪◇○➢★▲*·①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢㈣㈤㈥⑴⑵⑶⑷⑸⑹⒈⒉⒊⒋⒌⒍❶❷❸❹❺❻")
"""What an enumerator starts with."""
_INLINE = re.compile(rf"(?:^|(?<=[\n。;:!?,、\s\])”》-]))(?:{_PATTERN})[ \t]*|(?P<loose>(?<![第之唯统其同万进专单任每周期百千零不划合]){_NUMERAL}(?:是(?!否)|要))")

STRONG = frozenset("\n。;:!?”")
"""An enumerator stands at the start of a paragraph or a sentence; elsewhere only where it counts on."""

_PLACES = {"bullet": "\n", "besides": "\n;。"}
"""What must stand before an enumerator that is often a word like any other."""
_LATE = 3
"""此外 goes on with an enumeration that came so far."""
_SAME = {"loose": "is", "besides": "order"}
_AFTER_COMMAS = ("is", "arabic", "circled", "paren_chinese", "paren_arabic")
_INLINE_STYLES = ("is", "paren_chinese", "paren_arabic", "arabic", "circled", "problem", "order", "ordinal")


@dataclass(frozen=True, slots=True)
class Enumerator:
    """`text[start:end]` counts; `number` is None where it does not say which (a bullet, 最后)."""

    style: str
    number: int | None
    start: int
    end: int
    strong: bool


def leading(text: str) -> Enumerator | None:
    """Return the enumerator that a folded text opens with.

    >>> leading("(二)依申请公开情况").number, leading("1.5万元"), leading("第二十条")
    (2, None, None)
    """
    if text[:1] not in _FIRST:
        return None
    match = _LEADING.match(text)
    return _enumerator(match, True) if match else None


def enumerators(text: str) -> list[Enumerator]:
    """Return every enumerator of a folded text, paragraphs at line feeds; those of doubt are weak.

    >>> [(e.style, e.number) for e in enumerators("主要有:一是宣传不够;二是更新较慢。\\n(一)改进措施")]
    [('is', 1), ('is', 2), ('paren_chinese', 1)]
    """
    return list(_believable(text, list(_all(text))))


def _all(text: str) -> Iterator[Enumerator]:
    for match in _INLINE.finditer(text):
        before = text[match.start() - 1] if match.start() else "\n"
        if before not in _PLACES.get(match.lastgroup or "", before):
            continue
        yield _enumerator(match, before in STRONG and match.lastgroup not in ("loose", "besides"))


def _believable(text: str, found: list[Enumerator]) -> Iterator[Enumerator]:
    """Keep a weak one where it counts on from one of its style, or where the next counts on from it."""
    last: dict[str, int] = {}
    following: dict[str, Enumerator | None] = {}
    after: list[Enumerator | None] = []
    for enumerator in reversed(found):
        after.append(following.get(enumerator.style))
        following[enumerator.style] = enumerator
    for enumerator, next_one in zip(found, reversed(after), strict=True):
        number = enumerator.number
        before = last.get(enumerator.style)
        counts_on = number is not None and before is not None and _counts_on(enumerator.style, before, number)
        opens = number == 1 and next_one is not None and next_one.number == 2
        if enumerator.strong or counts_on or (opens and enumerator.style in _INLINE_STYLES) or _after_comma(enumerator, text):
            last[enumerator.style] = number or 0
            yield enumerator


def _counts_on(style: str, before: int, number: int) -> bool:
    return before == number - 1 or (style == "order" and before >= _LATE < number)


def _after_comma(enumerator: Enumerator, text: str) -> bool:
    return enumerator.style in _AFTER_COMMAS and enumerator.number == 1 and text[enumerator.start - 1] in ",、"


def _enumerator(match: re.Match[str], strong: bool) -> Enumerator:
    style = match.lastgroup or ""
    said = match.group(style)
    return Enumerator(_SAME.get(style, style), number_of(said), match.start(), match.end(), strong)


@lru_cache(1024)
def number_of(said: str) -> int | None:
    """Read the number of an enumerator; None of one that does not say it.

    >>> [number_of(said) for said in ("十二、", "(3)", "⑤", "其次，", "-", "二十一、")]
    [12, 3, 5, 2, None, 21]
    """
    if digits := re.search(r"\d+", said):
        return int(digits.group()) if digits.group().isascii() else _circled(said)
    for word, number in _SEQUENCE.items():
        if said.startswith(word):
            return number
    if numeral := re.search(_NUMERAL, said):
        return _chinese(numeral.group())
    return _circled(said)


def _chinese(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _circled(said: str) -> int | None:
    for first, count in _CIRCLES:
        if said and 0 <= ord(said[0]) - ord(first) < count:
            return ord(said[0]) - ord(first) + 1
    return None
