"""How agencies are called: what may be a name, and the sentences that hold one (data/identity.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from nlp.narrative.paragraphs.squeezed import Squeezed
from nlp.narrative.wording import expression, wording
from nlp.record.model import Span
from nlp.text.enumerators import filled_in

_CHARACTERS = "[\u4e00-\u9fff\u3007()·]"


def is_name(folded: str) -> bool:
    """Return whether a folded text may be the name of an agency or of a place.

    >>> [is_name(text) for text in ("某某县水利局", "我局", "某某市2023年度", "按照国务院办公厅")]
    [True, False, False, False]
    """
    return _name().fullmatch(folded) is not None and _no_name().search(folded) is None


def is_full_name(folded: str) -> bool:
    """Return whether a folded text may be the name of an agency in full, with the place that it governs.

    >>> is_full_name("某某县水利局"), is_full_name("县水利局"), is_full_name("某某县")
    (True, False, False)
    """
    return is_name(folded) and _short_name().search(folded) is None


def is_site_name(folded: str) -> bool:
    """Return whether a name may be the web site's, which stands above whatever the site publishes."""
    return re.search(_knowledge()["sites"], folded) is not None


def names_in_sentences(text: Squeezed, kind: str) -> Iterator[Span]:
    """Yield where the sentences of a kind (a key of `organization` in data/identity.toml) have their names.

    >>> text = Squeezed("本报告由某某县水利局编制", "本报告由某某县水利局编制")
    >>> [text.text[start:end] for start, end in names_in_sentences(text, "said")]
    ['某某县水利局', '某某县水利局']
    """
    for sentence in _sentences(kind):
        for match in sentence.finditer(text.folded):
            yield match.span("name")


def before_name(folded: str) -> int:
    """Return how many characters of a title stand before the name in it: 关于印发."""
    return _length(_opening_words().match(folded))


def after_name(folded: str) -> int:
    """Return how many characters of a title stand behind the name in it: 年度."""
    return _length(_closing_words().search(folded))


def office_in_name(folded: str) -> int:
    """Return how many characters at the end of a name are an office that answers for its agency.

    >>> office_in_name("某某县水利局政务公开办")
    5
    """
    return _length(_offices().search(folded))


def signature_start(folded: str) -> int:
    """Return where the agency and the date begin that stand under a text; its length where none do.

    >>> signature_start("请专家培训。\\n某某县水利局\\n2024年1月12日")
    6
    """
    match = expression("identity", "signed").search(folded)
    if match is None:
        return len(folded)
    is_signed_by_agency = not match["name"] or is_name(match["name"])
    return match.start() if is_signed_by_agency else len(folded)


def _length(match: re.Match[str] | None) -> int:
    return match.end() - match.start() if match else 0


def _knowledge() -> dict[str, Any]:
    return wording("identity")["organization"]  # type: ignore[no-any-return]


@cache
def _last_words() -> str:
    return "|".join(sorted(_knowledge()["ends"], key=len, reverse=True))


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"{_CHARACTERS}{{1,40}}(?:{_last_words()})")


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile("|".join(_knowledge()["never"]))


@cache
def _short_name() -> re.Pattern[str]:
    return re.compile("|".join(_knowledge()["short"]))


@cache
def _sentences(kind: str) -> tuple[re.Pattern[str], ...]:
    """Return the sentences of a kind, with NAME for the shortest name that fits and LONG for the longest."""
    shortest = rf"{_CHARACTERS}{{1,36}}?(?:{_last_words()})"
    longest = rf"{_CHARACTERS}{{1,36}}(?:{_last_words()})"
    sentences = []
    for form in _knowledge()[kind]:
        with_names = re.sub("NAME|LONG", lambda word: longest if word.group() == "LONG" else shortest, form)
        sentences.append(re.compile(filled_in(with_names)))
    return tuple(sentences)


@cache
def _opening_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_knowledge()['before'])})+")


@cache
def _closing_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_knowledge()['after'])})+$")


@cache
def _offices() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_knowledge()['desks'])})+$")
