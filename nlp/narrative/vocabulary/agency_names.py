"""How agencies are called: what may be a name, and the sentences that hold one (data/identity.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from msgspec import Struct

from nlp.narrative.vocabulary.place_names import opens_with_city, opens_with_division, opens_with_place
from nlp.narrative.wording import expression, wording
from nlp.record.model import Span
from nlp.text.cells import longest_of
from nlp.text.enumerators import filled_in

PLACES = re.compile("(?:[\u4e00-\u9fff]{1,6}[省市县区旗州盟])+")
"""What may stand before an agency's name: the places that its own lies in."""

_OWN = re.compile("我|(?<![根基])本")
_GROUP, _LOOKS_AHEAD = "(?P<name>", "(?="
"""What begins a name in a sentence, and what may stand before that."""
_BEGINNING = "\n"
"""What is read before a text that sentences are looked for in: a search can skip to where lines begin."""
_CHARACTERS = "[\u4e00-\u9fff\u3007()·]"


def is_name(folded: str) -> bool:
    """Return whether a folded text may be the name of an agency or of a place.

    >>> [is_name(text) for text in ("某某县水利局", "我局", "某某市2023年度", "按照国务院办公厅")]
    [True, False, False, False]
    >>> is_name("和水利局"), is_name("和平区水利局")
    (False, True)
    """
    if _name().fullmatch(folded) is None or _no_name().search(folded) is not None:
        return False
    return _no_opening().match(folded) is None or opens_with_place(folded)


def is_full_name(folded: str) -> bool:
    """Return whether a folded text may be the name of an agency in full, with the place that it governs.

    >>> is_full_name("某某县水利局"), is_full_name("县水利局"), is_full_name("某某县")
    (True, False, False)
    >>> is_full_name("住房和城乡建设局"), is_full_name("盐城市规划局")
    (False, True)
    """
    if not is_name(folded) or _short_name().search(folded) is not None:
        return False
    return _placeless().fullmatch(folded) is None or opens_with_division(folded)


def has_own_place(folded: str) -> bool:
    """Return whether a name needs no place before it: it is in full, begins with a place, or is national.

    >>> has_own_place("某某县水利局"), has_own_place("某某县丙丁乡"), has_own_place("丙丁乡")
    (True, True, False)
    >>> has_own_place("洛阳师范学院"), has_own_place("中国人民银行丙丁分行"), has_own_place("师范学院")
    (True, True, False)
    """
    if is_full_name(folded):
        return True
    if not is_name(folded):
        return False
    place = expression("identity", "place_first").match(folded)
    if place is not None and place.end() < len(folded):
        return True
    return opens_with_city(folded) or expression("identity", "national").match(folded) is not None


def is_place(folded: str) -> bool:
    """Return whether a name is no more than that of a place, with those that it lies in.

    >>> is_place("某某市某某县"), is_place("某某县水利局"), is_place("政务服务专区")
    (True, False, False)
    """
    if PLACES.fullmatch(folded) is None:
        return False
    return expression("identity", "no_region").search(folded) is None


def is_site_name(folded: str) -> bool:
    """Return whether a name may be the web site's, which stands above whatever the site publishes."""
    return re.search(_knowledge()["sites"], folded) is not None


def is_carrier(folded: str) -> bool:
    """Return whether an agency is one that puts on line, or gathers, what others wrote.

    >>> is_carrier("某某县政务服务中心"), is_carrier("某某县政务公开办公室"), is_carrier("某某县水利局")
    (True, True, False)
    """
    return re.search(_knowledge()["carriers"], folded) is not None


def names_in_sentences(folded: str, kind: str) -> Iterator[Span]:
    """Yield where the sentences of a kind (a key of `organization` in data/identity.toml) have their names.

    `folded` is a text as it is read, without white space.

    >>> text = "本年报由某某县水利局编制"
    >>> [text[start:end] for start, end in names_in_sentences(text, "said")]
    ['某某县水利局', '某某县水利局']
    """
    text = _BEGINNING + folded
    for sentence in _sentences(kind):
        if sentence.lead.search(text) is None:
            continue
        for match in sentence.whole.finditer(text):
            start, end = match.span("name")
            yield start - len(_BEGINNING), end - len(_BEGINNING)


def calls_itself(folded: str) -> str | None:
    """Return the kind of agency that a text calls its author behind 我 or 本; None where it does not.

    Of several the one that is meant most often counts.

    >>> calls_itself("我镇公开信息5条,我镇受理申请1件,本局网站"), calls_itself("我县公开信息")
    ('town', None)
    """
    counts = dict.fromkeys(_self_words(), 0)
    for pronoun in _OWN.finditer(folded):
        for kind, words in _self_words().items():
            counts[kind] += words.match(folded, pronoun.end()) is not None
    kind = max(counts, key=lambda kind: counts[kind])
    return kind if counts[kind] else None


def kinds_of_name(folded: str) -> set[str]:
    """Return the kinds of agency that a name tells of, as `calls_itself` names them; none for a government.

    >>> kinds_of_name("某某县人民政府"), kinds_of_name("某某县水利局")
    (set(), {'bureau'})
    """
    words = _knowledge()["kind_words"]
    return {kind for kind, pattern in words.items() if re.search(pattern, folded)}


def before_name(folded: str) -> int:
    """Return how many characters of a title stand before the name in it: 关于印发; a place is none of these.

    >>> before_name("关于印发某某县水利局"), before_name("原某某县水利局"), before_name("原平市水利局")
    (4, 1, 0)
    """
    length = _length(_opening_words().match(folded))
    return 0 if length and opens_with_place(folded) else length


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
    return longest_of(_knowledge()["ends"])


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"{_CHARACTERS}{{1,40}}(?:{_last_words()})")


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile("|".join(_knowledge()["never"]))


@cache
def _no_opening() -> re.Pattern[str]:
    return re.compile("|".join(_knowledge()["never_first"]))


@cache
def _short_name() -> re.Pattern[str]:
    return re.compile("|".join(_knowledge()["short"]))


@cache
def no_place_words() -> re.Pattern[str]:
    """Return what finds the words of names that hold a character of a place's, and mean none (城市, 社区)."""
    return re.compile("|".join(_knowledge()["no_place"]))


@cache
def _placeless() -> re.Pattern[str]:
    """Return what a name without any place fits."""
    return re.compile(rf"(?!.*苏木)(?:{no_place_words().pattern}|[^省市县区旗州盟镇乡街])*")


class _Sentence(Struct, frozen=True, dict=True):
    """A sentence that holds a name, as data/identity.toml has it."""

    form: str

    @cached_property
    def lead(self) -> re.Pattern[str]:
        """What stands before the name: few texts have that of every sentence."""
        return re.compile(filled_in(self.form.partition(_GROUP)[0].removesuffix(_LOOKS_AHEAD)))

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """The sentence, with NAME for the shortest name that fits and LONG for the longest.

        FOLLOWS stands for the words that follow a name; no name holds one of them.
        """
        words = _knowledge()["follows"]
        follows = "|".join(words)
        firsts = "".join(dict.fromkeys(word[0] for word in words))  # most characters begin none of them
        characters = rf"(?:(?!(?=[{firsts}])(?:{follows})){_CHARACTERS})"
        meanings = {
            "NAME": rf"{characters}{{1,36}}?(?:{_last_words()})",
            "LONG": rf"{characters}{{1,36}}(?:{_last_words()})",
            "FOLLOWS": follows,
        }
        completed = re.sub("NAME|LONG|FOLLOWS", lambda word: meanings[word.group()], self.form)
        return re.compile(filled_in(completed))


@cache
def _sentences(kind: str) -> tuple[_Sentence, ...]:
    return tuple(map(_Sentence, _knowledge()[kind]))


@cache
def _self_words() -> dict[str, re.Pattern[str]]:
    """Return for each kind of agency the words by which one of that kind calls itself, behind 我 or 本."""
    return {kind: re.compile(longest_of(words)) for kind, words in _knowledge()["kinds"].items()}


@cache
def _opening_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_knowledge()['before'])})+")


@cache
def _closing_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_knowledge()['after'])})+$")


@cache
def _offices() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_knowledge()['desks'])})+$")
