"""Finds the enumerators of running text: 一是, (一), 一、, 1., (1), ①, 首先, 第一，, bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from nlp.narrative.paragraphs.enumerator_numbers import number_of
from nlp.narrative.wording import expression, wording
from nlp.text.enumerators import filled_in

_BEFORE = "\n。;:!?,、 \t])”》】-"
"""What an enumerator inside a text stands behind."""

_SENTENCE_ENDS = frozenset("\n。;:!?”】")
"""An enumerator behind one of these opens a paragraph or a sentence; elsewhere it must count on."""

_LATEST = 3
"""A word of sequence may go on with an enumeration that came so far: 第三, then 最后."""


_SIDE, _SECOND = "side", 2
"""The style of 一方面; behind the second side, 另一方面, others may follow."""


class Enumerator(Struct, frozen=True, gc=False):
    """`text[start:end]` counts a point in a style of data/enumerators.toml.

    `number` is None where it does not say which point, as a bullet; `opens_sentence` tells whether it
    stands at the start of a sentence or a paragraph.
    """

    style: str
    number: int | None
    start: int
    end: int
    opens_sentence: bool

    @property
    def is_doubtful(self) -> bool:
        """Whether it is often a quantity or a page's number, so that it counts only beside others."""
        return self.style in wording("enumerators")["doubtful"]


class _Form(Struct, frozen=True):
    """How one form of enumerator is read: as which style, and behind which characters, if not any."""

    style: str
    before: str | None


def leading(text: str) -> Enumerator | None:
    """Return the enumerator that a folded text opens with.

    >>> leading("(二)依申请公开情况").number, leading("1.5万元"), leading("第二十条")
    (2, None, None)
    """
    if text[:1] not in _first_characters():
        return None
    match = _leading_pattern().match(text)
    if match is None:
        return None
    mark = _enumerator(match, opens_sentence=True)
    return None if _is_quantity(mark, text) else mark


def enumerators(text: str) -> list[Enumerator]:
    """Return the enumerators of a folded text in order, paragraphs at line feeds; doubtful ones are left out.

    >>> [(e.style, e.number) for e in enumerators("主要有:一是宣传不够;二是更新较慢。\\n(一)改进措施")]
    [('is', 1), ('is', 2), ('paren_chinese', 1)]
    """
    candidates = _candidates(text)
    next_numbers = _next_numbers(candidates)
    last_numbers: dict[str, int] = {}
    believed: list[Enumerator] = []
    for candidate, next_number in zip(candidates, next_numbers, strict=True):
        enumerator = _further_side(candidate, believed, text) or candidate
        style = enumerator.style
        is_sure = enumerator.opens_sentence and not enumerator.is_doubtful
        if (
            is_sure
            or _counts_on(enumerator, last_numbers.get(style))
            or _opens_inside_sentence(enumerator, next_number, text)
        ):
            last_numbers[style] = enumerator.number or 0
            believed.append(enumerator)
    return believed


def _further_side(late: Enumerator, before: Sequence[Enumerator], text: str) -> Enumerator | None:
    """Return 此外 or 同时 as the next side of a matter; None where its paragraph follows none that is a side.

    >>> marks = enumerators("一方面,甲。\\n另一方面,乙。\\n此外,丙。\\n同时,丁。")
    >>> [(mark.style, mark.number) for mark in marks]
    [('side', 1), ('side', 2), ('side', 3), ('side', 4)]
    """
    if not before or before[-1].style != _SIDE or (late.number or 0) <= _LATEST:
        return None
    last = before[-1]
    if (last.number or 0) < _SECOND or not _opens_paragraph(last, text) or not _opens_paragraph(late, text):
        return None
    return replace(late, style=_SIDE, number=(last.number or 0) + 1)


def _opens_paragraph(enumerator: Enumerator, text: str) -> bool:
    return enumerator.start == 0 or text[enumerator.start - 1] == "\n"


def _candidates(text: str) -> list[Enumerator]:
    """Return all that is written like an enumerator and stands where one of its form may stand."""
    candidates = []
    for match in _inline_pattern().finditer(text):
        name = match.lastgroup or ""
        form = _forms()[name]
        before = text[match.start() - 1] if match.start() else "\n"
        if form.before is None or before in form.before:
            is_variant = name != form.style
            opens_sentence = before in _SENTENCE_ENDS and not is_variant
            enumerator = _enumerator(match, opens_sentence)
            if not _is_quantity(enumerator, text):
                candidates.append(enumerator)
    return candidates


def _is_quantity(enumerator: Enumerator, text: str) -> bool:
    """Return whether a doubtful enumerator is the number of what is named behind it: 3 件."""
    return (
        enumerator.is_doubtful and expression("sections", "counted").match(text, enumerator.end) is not None
    )


def _enumerator(match: re.Match[str], opens_sentence: bool) -> Enumerator:
    name = match.lastgroup or ""
    number = number_of(match.group(name))
    return Enumerator(_forms()[name].style, number, match.start(), match.end(), opens_sentence)


def _next_numbers(candidates: Sequence[Enumerator]) -> list[int | None]:
    """Return for each enumerator the number of the next one of its style."""
    nearest: dict[str, int | None] = {}
    numbers = []
    for enumerator in reversed(candidates):
        numbers.append(nearest.get(enumerator.style))
        nearest[enumerator.style] = enumerator.number
    numbers.reverse()
    return numbers


def _counts_on(enumerator: Enumerator, last_number: int | None) -> bool:
    """Return whether an enumerator follows the last one of its style, which counted `last_number`."""
    if last_number is None or enumerator.number is None:
        return False
    if enumerator.number == last_number + 1:
        return True
    return enumerator.style == "order" and last_number >= _LATEST and enumerator.number > _LATEST


def _opens_inside_sentence(enumerator: Enumerator, next_number: int | None, text: str) -> bool:
    """Return whether an enumerator is the first of an enumeration inside a sentence."""
    if enumerator.number != 1:
        return False
    if next_number == 2 and enumerator.style in wording("enumerators")["inline"]:
        return True
    follows_comma = text[enumerator.start - 1] in ",、"
    return follows_comma and enumerator.style in wording("enumerators")["after_commas"]


def _pattern(key: str) -> str:
    """Return the forms of data/enumerators.toml under a key, each as a group of its name."""
    groups = []
    for form in wording("enumerators")[key]:
        groups.append(f"(?P<{form['name']}>{filled_in(form['form'])})")
    return "|".join(groups)


@cache
def _leading_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{_pattern('style')})\s*")


@cache
def _inline_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[{re.escape(_BEFORE)}]))(?:{_pattern('style')})[ \t]*|{_pattern('loose')}")


@cache
def _forms() -> dict[str, _Form]:
    """Return how each form of data/enumerators.toml is read, by its name."""
    forms = {}
    for form in (*wording("enumerators")["style"], *wording("enumerators")["loose"]):
        forms[form["name"]] = _Form(form.get("is", form["name"]), form.get("before"))
    return forms


@cache
def _first_characters() -> frozenset[str]:
    counted = wording("enumerators")
    unicode_romans = counted["romans"][0]
    return frozenset(counted["first"]).union(counted["bullets"], unicode_romans)
