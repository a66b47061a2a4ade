"""Finds the enumerators of running text: 一是, (一), 一、, 1., (1), ①, 首先, 第一，, bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from nlp.narrative.wording import wording
from nlp.text.enumerators import filled_in, from_circled, from_words

_BEFORE = "\n。;:!?,、 \t])”》-"
_DIGITS = re.compile("[0-9]+")
_STRONG = frozenset("\n。;:!?”")
"""An enumerator stands at the start of a paragraph or a sentence; elsewhere only where it counts on."""
_LATE = 3
"""此外 goes on with an enumeration that came so far."""


class Enumerator(Struct, frozen=True, gc=False):
    """`text[start:end]` counts; `number` is None where it does not say which, as a bullet."""

    style: str
    number: int | None
    start: int
    end: int
    strong: bool


def _pattern(forms: str) -> str:
    """Return the forms of data/enumerators.toml under a key, each a group of its name."""
    listed = wording("enumerators")[forms]
    return "|".join(f"(?P<{form['name']}>{filled_in(form['form'])})" for form in listed)


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?:{_pattern('style')})\s*")


@cache
def _inline() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[{re.escape(_BEFORE)}]))(?:{_pattern('style')})[ \t]*|{_pattern('loose')}")


@cache
def _styles() -> dict[str, tuple[str, str | None]]:
    """Map the name of each form to its style and to what must stand before it."""
    forms = (*wording("enumerators")["style"], *wording("enumerators")["loose"])
    return {form["name"]: (form.get("is", form["name"]), form.get("before")) for form in forms}


@cache
def _first() -> frozenset[str]:
    return frozenset(wording("enumerators")["first"])


def leading(text: str) -> Enumerator | None:
    """Return the enumerator that a folded text opens with.

    >>> leading("(二)依申请公开情况").number, leading("1.5万元"), leading("第二十条")
    (2, None, None)
    """
    if text[:1] not in _first():
        return None
    match = _leading().match(text)
    return _enumerator(match, True) if match else None


def enumerators(text: str) -> list[Enumerator]:
    """Return every enumerator of a folded text, paragraphs at line feeds; those of doubt are left out.

    >>> [(e.style, e.number) for e in enumerators("主要有:一是宣传不够;二是更新较慢。\\n(一)改进措施")]
    [('is', 1), ('is', 2), ('paren_chinese', 1)]
    """
    return list(_believable(text, list(_all(text))))


def _all(text: str) -> Iterator[Enumerator]:
    for match in _inline().finditer(text):
        name = match.lastgroup or ""
        wanted = _styles()[name][1]
        before = text[match.start() - 1] if match.start() else "\n"
        if wanted is None or before in wanted:
            yield _enumerator(match, before in _STRONG and name == _styles()[name][0])


def _enumerator(match: re.Match[str], strong: bool) -> Enumerator:
    name = match.lastgroup or ""
    return Enumerator(_styles()[name][0], number_of(match.group(name)), match.start(), match.end(), strong)


def _believable(text: str, found: Sequence[Enumerator]) -> Iterator[Enumerator]:
    """Keep a weak one where it counts on from one of its style, or where the next counts on from it."""
    last: dict[str, int] = {}
    for enumerator, following in zip(found, _following(found), strict=True):
        counts_on = _counts_on(enumerator, last.get(enumerator.style))
        if enumerator.strong or counts_on or _opens(enumerator, following, text):
            last[enumerator.style] = enumerator.number or 0
            yield enumerator


def _following(found: Sequence[Enumerator]) -> list[int | None]:
    """Return the number of the next enumerator of the same style for each."""
    known: dict[str, int | None] = {}
    after = []
    for enumerator in reversed(found):
        after.append(known.get(enumerator.style))
        known[enumerator.style] = enumerator.number
    return after[::-1]


def _counts_on(enumerator: Enumerator, before: int | None) -> bool:
    if before is None or enumerator.number is None:
        return False
    return before == enumerator.number - 1 or (
        enumerator.style == "order" and before >= _LATE < enumerator.number
    )


def _opens(enumerator: Enumerator, following: int | None, text: str) -> bool:
    """Tell whether a weak enumerator is the first of an enumeration inside a sentence."""
    if enumerator.number != 1:
        return False
    if following == 2 and enumerator.style in wording("enumerators")["inline"]:
        return True
    return enumerator.style in wording("enumerators")["after_commas"] and text[enumerator.start - 1] in ",、"


@lru_cache(1024)
def number_of(said: str) -> int | None:
    """Read the number of an enumerator; None of one that does not say it.

    >>> [number_of(said) for said in ("十二、", "(3)", "⑤", "其次，", "-", "二十一、", "5.2")]
    [12, 3, 5, 2, None, 21, 2]
    """
    if digits := _DIGITS.findall(said):
        return int(digits[-1])
    if word := _sequence().match(said):
        return int(wording("enumerators")["sequence"][word.group()])
    numeral = _numeral().search(said)
    return from_words(numeral.group()) if numeral else from_circled(said)


@cache
def _sequence() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, wording("enumerators")["sequence"])))


@cache
def _numeral() -> re.Pattern[str]:
    return re.compile(wording("numbers")["numeral"])
