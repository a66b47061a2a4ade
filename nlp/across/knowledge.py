"""What is compared between reports, and how it is said: data/across.toml."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct

from nlp.auditing.words import Language, spoken
from nlp.resources import knowledge
from nlp.writers.tables import form_cells

_LAST = "last "
_SIGNS = {"+": 1, "-": -1}


class Term(Struct, frozen=True):
    """A cell in a sum between years: the column of the collection, its sign, whether it is last year's."""

    cell: int
    sign: int
    of_last_year: bool


class Equation(Struct, frozen=True):
    """A sum between two years: this year's cell `left` comes to the terms `right`."""

    kind: str
    id: str
    left: Term
    right: tuple[Term, ...]


class Kind(Struct, frozen=True):
    """A kind of finding: what is checked, its name where it does not hold, what is expected, in words."""

    id: str
    checked: str
    zh: str
    expects: str


def kinds() -> dict[str, Kind]:
    """Return the kinds of findings by their ids.

    >>> kinds()["carried_over"].zh
    '上年结转与上年报告不符'
    """
    return _kinds(spoken())


@cache
def _kinds(language: Language) -> dict[str, Kind]:
    listed = {kind["id"]: Kind(**kind) for kind in knowledge("across")["kind"]}
    if language == "zh":
        return listed
    english: dict[str, list[str]] = knowledge("across_en")["kinds"]
    return {id: Kind(id, *english[id]) for id in listed}


@cache
def equations() -> tuple[Equation, ...]:
    """Return every sum between years, one for each column.

    >>> [equation.id for equation in equations()][:8]
    ['carried_over', 'carried_over', 'carried_over', 'carried_over', 'carried_over', 'carried_over', \
'carried_over', 'regulations']
    """
    return tuple(found for told in known("equation") for found in _equations(told))


def known(part: str) -> Any:
    """Return a part of the file; of words those of the language in which findings are told."""
    if spoken() == "en" and part in knowledge("across_en"):
        return knowledge("across_en")[part]
    return knowledge("across")[part]


def phrase(name: str, /, **facts: object) -> str:
    """Return one of the words with its facts filled in.

    >>> phrase("years", years=2022)
    '2022 年度'
    """
    words: dict[str, str] = known("words")
    return words[name].format(**facts)


def matching(pattern: str) -> list[int]:
    """Return the columns of a collection whose cells match `table.row.column`, where `*` is any id.

    >>> len(matching("requests.carried_over.*"))
    7
    """
    wanted = pattern.split(".")
    return [
        n
        for n, cell in enumerate(form_cells())
        if all(part in ("*", own) for part, own in zip(wanted, cell.split("."), strict=True))
    ]


def _equations(told: dict[str, str]) -> list[Equation]:
    left_side, right_side = told["rule"].split(" = ")
    lefts = _term(left_side, 1)
    rights = [_term(*signed) for signed in _signed(right_side)]
    return [
        Equation(told["kind"], told["id"], left, tuple(terms[n] for terms in rights))
        for n, left in enumerate(lefts)
    ]


def _signed(side: str) -> list[tuple[str, int]]:
    """Return the terms of a side with their signs."""
    terms: list[tuple[str, int]] = []
    sign = 1
    words: list[str] = []
    for word in side.split():
        if word in _SIGNS:
            terms.append((" ".join(words), sign))
            sign, words = _SIGNS[word], []
        else:
            words.append(word)
    return [*terms, (" ".join(words), sign)]


def _term(words: str, sign: int) -> list[Term]:
    is_last = words.startswith(_LAST)
    return [Term(cell, sign, is_last) for cell in matching(words.removeprefix(_LAST).strip())]
