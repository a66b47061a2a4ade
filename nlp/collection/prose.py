"""What the running text of a report tells when reports are compared: its fingerprint, the years it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b

from msgspec import Struct

from nlp.resources import knowledge

_YEAR = re.compile(r"20\d\d")
_NAMED_YEAR = re.compile(r"20\d\d(?=年)")
_YEARS_MASK = "····"


class Prose(Struct, frozen=True, gc=False):
    """The running text of a report in a few numbers.

    `fingerprint` is that of the text without white space, `without_years` that of the text whose years are
    masked as well: 0 where there is no text. `length` counts characters. `years` tells how often `2022年`
    and the like are named, years left out that are only compared with (`较2021年`). `periods` are the years
    from whose first to whose last day the text says that its numbers are.
    """

    length: int
    fingerprint: int
    without_years: int
    years: tuple[tuple[int, int], ...]
    periods: tuple[int, ...]


NO_PROSE = Prose(0, 0, 0, (), ())


def prose_of(texts: Iterable[str]) -> Prose:
    """Return what the texts of the chapters tell.

    >>> this, last = prose_of(["2022年受理 3件。"]), prose_of(["2021年受理3件。"])
    >>> this.years, this.fingerprint == last.fingerprint, this.without_years == last.without_years
    (((2022, 1),), False, True)
    """
    text = "".join("".join(texts).split())
    if not text:
        return NO_PROSE
    masked = _YEAR.sub(_YEARS_MASK, text)
    return Prose(len(text), _fingerprint(text), _fingerprint(masked), _named_years(text), _periods(text))


def _named_years(text: str) -> tuple[tuple[int, int], ...]:
    compared: str = knowledge("across")["prose"]["compared"]
    named = Counter(
        int(match[0])
        for match in _NAMED_YEAR.finditer(text)
        if not match.start() or text[match.start() - 1] not in compared
    )
    return tuple(sorted(named.items()))


def _periods(text: str) -> tuple[int, ...]:
    """Return the years that the text states as its period.

    >>> _periods("统计期限从2022年1月1日至2022年12月31日，"), _periods("自2022年1月1日起至12月31日止")
    ((2022,), (2022,))
    >>> _periods("2021年1月1日至2022年12月31日")
    ()
    """
    years = {int(first): first for first, last in _period().findall(text) if last in ("", first)}
    return tuple(sorted(years))


@cache
def _period() -> re.Pattern[str]:
    return re.compile(knowledge("across")["prose"]["period"])


def _fingerprint(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
