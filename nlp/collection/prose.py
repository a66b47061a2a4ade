"""What the running text of a report tells when reports are compared: its fingerprint, the years it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from msgspec import Struct

_YEAR = re.compile(r"20\d\d")
_NAMED_YEAR = re.compile(r"20\d\d(?=年)")
_YEARS_MASK = "····"


class Prose(Struct, frozen=True, gc=False):
    """The running text of a report in a few numbers.

    `fingerprint` is that of the text without white space, `without_years` that of the text whose years are
    masked as well: 0 where there is no text. `length` counts characters. `years` tells how often `2022年`
    and the like are named.
    """

    length: int
    fingerprint: int
    without_years: int
    years: tuple[tuple[int, int], ...]


NO_PROSE = Prose(0, 0, 0, ())


def prose_of(texts: Iterable[str]) -> Prose:
    """Return what the texts of the chapters tell.

    >>> this, last = prose_of(["2022年受理 3件。"]), prose_of(["2021年受理3件。"])
    >>> this.years, this.fingerprint == last.fingerprint, this.without_years == last.without_years
    (((2022, 1),), False, True)
    """
    text = "".join("".join(texts).split())
    if not text:
        return NO_PROSE
    named = Counter(map(int, _NAMED_YEAR.findall(text)))
    masked = _YEAR.sub(_YEARS_MASK, text)
    return Prose(len(text), _fingerprint(text), _fingerprint(masked), tuple(sorted(named.items())))


def _fingerprint(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
