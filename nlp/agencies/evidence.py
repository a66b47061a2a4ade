"""What the path and the text of a record say of its agency's place, for names that do not tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import PurePath
from typing import Any, NamedTuple

from nlp.agencies.divisions import LONGEST, Division, above, area_codes, by_name, by_stem, in_year, lies_in
from nlp.agencies.spelling import simplified, spelled
from nlp.record.model import Report, Section
from nlp.resources import knowledge

_LEVELS = re.compile("[省市县区州旗盟]")
_ADDRESS_LENGTH = 40
_PHONE_LENGTH = 30
_SIGNATURE_LENGTH = 80
_LONGEST_TEXT = 20_000
"""Longer texts are read so far only."""
_SURE_MENTIONS = 2
"""A city that a text names so often, and no other, is its agency's; as an authority in a preface, once."""
_PHONE = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[-—–]{0,2}\d{7,8}(?!\d)")
_OTHERS = re.compile("要求|印发|部署|下发|制定|转发|有关|相关|《|关于")
_AUTHORITY = re.compile("人民政府|政府|[市县区]?委|[^,。;《》]{0,10}[局厅]|关于|[省市县区]")
"""What follows a place in a preface whose authorities the agency obeys: 洛阳市人民政府办公室的要求."""
_SENTENCE_END = re.compile("[。;；]")
_FEWEST_SELF = 2
_SELF_LEAD = 4


class Mention(NamedTuple):
    """A division that a text names: where the name starts and ends, and what it may mean."""

    start: int
    end: int
    meant: Sequence[Division]


class Evidence:
    """What a record says beside its agency's name; nothing is searched before it is asked for."""

    def __init__(self, report: Report) -> None:
        """Take the record; its year says which divisions there were."""
        self._report = report
        self._year = report.year

    @cached_property
    def path(self) -> list[Mention]:
        """The places in the path of the file, from its folders to its name."""
        found: list[Mention] = []
        path = PurePath(self._report.source.path)
        for part in (*path.parts[:-1], path.stem):
            text = spelled(part)
            inside = mentions(text, self._year)
            if not inside and text in by_stem():
                meant = [place for place in in_year(by_stem()[text], self._year) if place.level != "county"]
                inside = [Mention(0, len(text), meant)] if len(meant) == 1 else []
            found += inside
        return found

    @cached_property
    def preface(self) -> str:
        """The text before the first chapter."""
        parts = [section.text for section in self._report.sections if section.kind == "preface"]
        return _plain("".join(parts))

    @cached_property
    def text(self) -> str:
        """All running text with the titles."""
        return _plain("\n".join(_texts(self._report.sections)))

    @cached_property
    def mentioned(self) -> list[Mention]:
        """The places that the running text names."""
        return mentions(self.text, self._year)

    @cached_property
    def addresses(self) -> list[list[Mention]]:
        """The places in each address of the text."""
        words = "|".join(_words()["address"])
        ends = [match.end() for match in re.finditer(words, self.text)]
        texts = [_SENTENCE_END.split(self.text[end : end + _ADDRESS_LENGTH])[0] for end in ends]
        found = [mentions(text, self._year) for text in texts]
        return [places for places in found if places]

    @cached_property
    def area_codes(self) -> set[str]:
        """The codes of the places that the area codes of telephone numbers in the text may mean."""
        codes: set[str] = set()
        for match in _PHONE.finditer(self.text):
            before = self.text[max(match.start() - _PHONE_LENGTH, 0) : match.start()]
            if any(word in before for word in _words()["phone"]):
                codes |= area_codes().get(match[1], frozenset())
        return codes

    @cached_property
    def unit(self) -> str:
        """The level by which the text calls its own place: 县 where it says 我县; "" where it is not told."""
        counts: dict[str, int] = {}
        for unit, words in _words()["units"].items():
            counts[unit] = sum(self.text.count(word) for word in words)
        first, second = sorted(counts.values(), reverse=True)[:2]
        if first < _FEWEST_SELF or first < _SELF_LEAD * second:
            return ""
        return max(counts, key=lambda unit: counts[unit])

    def names(self, name: str) -> bool:
        """Return whether the text or the path holds a name in full."""
        return name in self.text or name in spelled(self._report.source.path)

    def before(self, body: str) -> list[Mention]:
        """Return the places right before a body in preface and signature: 新安县 in 新安县财政局."""
        found = []
        for text in (self.preface, self.text[-_SIGNATURE_LENGTH:]):
            places = mentions(text, self._year)
            for mention in places:
                is_before = text.startswith(body, mention.end)
                if is_before and not _OTHERS.match(text, mention.end + len(body)):
                    found.append(mention)
        return found


def mentions(text: str, year: int | None) -> list[Mention]:
    """Return the divisions that a text names in full, in their order.

    >>> [mention.meant[0].name for mention in mentions("地址:洛阳市西工区某路1号", 2022)]
    ['洛阳市', '西工区']
    """
    found: list[Mention] = []
    start = 0
    for match in _LEVELS.finditer(text):
        for first in range(max(match.end() - LONGEST, start), match.end() - 1):
            meant = by_name().get(text[first : match.end()])
            if meant:
                found.append(Mention(first, match.end(), in_year(meant, year)))
                start = match.end()
                break
    return found


def chain(found: Sequence[Mention]) -> list[Division]:
    """Return the lowest place that mentions lead to, each within the one before; none where they do not.

    More than one is returned where it cannot be told which of the name is meant.
    """
    meant: list[Division] = []
    for mention in found:
        inside = [one for one in mention.meant if not meant or any(lies_in(one, outer) for outer in meant)]
        if inside:
            meant = inside
        elif not any(lies_in(outer, one) for one in mention.meant for outer in meant):
            return []
    return meant


def supported(candidates: Sequence[Division], evidence: Evidence, with_own: bool = False) -> list[Division]:
    """Return those of some divisions of one name that the record speaks for; all where it does for none.

    `with_own` is whether a candidate's own name speaks for it, as that of a town's county does.
    """
    left = list(candidates)
    spoken = [kind for kind in _strong(candidates, evidence, with_own) if kind]
    for kind in spoken:
        left = [place for place in left if place in kind]
    if not left:
        return list(candidates)
    if sum(_is_named_in_full(place, evidence) for place in left) > 1:
        return left
    return left if len(left) == 1 else _by_mentions(left, evidence, with_own)


def _strong(candidates: Sequence[Division], evidence: Evidence, with_own: bool) -> Iterator[list[Division]]:
    """Yield the candidates that the path speaks for; those of the full name, an address, the telephone.

    Nothing but the path counts where a text names several of them in full.
    """
    yield _told_by(evidence.path, candidates, with_own)
    named = [place for place in candidates if _is_named_in_full(place, evidence)]
    if len(named) <= 1:
        yield named
        for places in evidence.addresses:
            yield _told_by(places, candidates, with_own)
        yield [place for place in candidates if _codes_above(place) & evidence.area_codes]


def _told_by(found: Sequence[Mention], candidates: Sequence[Division], with_own: bool) -> list[Division]:
    """Return the candidates of which mentions name the places above, as many as for any other."""
    counts = {}
    for place in candidates:
        wanted = _codes_above(place) | ({place.code} if with_own else set())
        counts[place.code] = sum(any(one.follows in wanted for one in mention.meant) for mention in found)
    most = max(counts.values(), default=0)
    return [place for place in candidates if most and counts[place.code] == most]


def _codes_above(place: Division) -> set[str]:
    return {parent.code for parent in above(place)}


def _is_named_in_full(place: Division, evidence: Evidence) -> bool:
    for parent in above(place):
        stem = parent.name[:-1]
        if evidence.names(parent.name + place.name) or (len(stem) > 1 and evidence.names(stem + place.name)):
            return True
    return False


def _by_mentions(candidates: Sequence[Division], evidence: Evidence, with_own: bool) -> list[Division]:
    """Return the one candidate that alone has its city or province named; all where none has."""
    preface = evidence.preface
    above_it = [place for place in mentions(preface, None) if _AUTHORITY.match(preface, place.end)]
    named = _told_by(above_it, candidates, with_own)
    if len(named) == 1:
        return named
    counts = {}
    for place in candidates:
        wanted = _codes_above(place) | ({place.code} if with_own else set())
        counts[place.code] = sum(any(one.code in wanted for one in m.meant) for m in evidence.mentioned)
    told = [place for place in candidates if counts[place.code]]
    if len(told) == 1 and counts[told[0].code] >= _SURE_MENTIONS:
        return told
    return list(candidates)


def _plain(text: str) -> str:
    return simplified(_unspaced().sub("", text[:_LONGEST_TEXT]).translate(_WIDTH))


_WIDTH = str.maketrans("（）：－", "():-")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(r"\s+")


def _texts(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield section.title
        yield section.text


def _words() -> dict[str, Any]:
    return knowledge("agencies")["text"]  # type: ignore[no-any-return]
