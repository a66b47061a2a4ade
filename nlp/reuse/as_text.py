"""Writes what reports share in Chinese, for people to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from nlp.record.model import Span
from nlp.resources import knowledge
from nlp.reuse.findings import Chain, Copy, LeftBehind, Overview, Place, Promise, Repeat
from nlp.reuse.search import Reuse

_LONGEST = 200
"""A text is shown up to so many characters."""
_IDEOGRAPHIC_SPACE = "\u3000"


def pieces(found: Reuse) -> Iterator[bytes]:
    """Yield what was found, a heading for each kind, and how much of each at the end."""
    for line in _lines(found):
        yield f"{line}\n".encode()


def _lines(found: Reuse) -> Iterator[str]:
    yield _title(found.overview())
    counts: Counter[str] = Counter()
    for chain in found.copied():
        yield from _heading("copied", counts)
        yield from _chain_lines(chain, counts["copied"])
    for left in found.left():
        yield from _heading("left", counts)
        yield from _left_lines(left, counts["left"])
    for repeat in found.repeated():
        yield from _heading("repeated", counts)
        yield from _repeat_lines(repeat, counts["repeated"])
    for promise in found.promises():
        counts[f"state_{promise.state}"] += 1
        yield from _heading("promises", counts)
        yield from _promise_lines(promise, counts["promises"])
    findings = counts.total()
    for stock in found.stock():
        yield from _heading("stock", counts)
        share = _phrase("agencies_share", agencies=stock.agencies)
        yield f"  {counts['stock']}. {_shown(stock.text)}　{share}"
    yield ""
    yield _summary(counts) if findings else _word("none")
    if found.overview().unread:
        yield _phrase("unread", count=found.overview().unread)


def _title(overview: Overview) -> str:
    unknown = _word("unknown_year")
    return _phrase(
        "title",
        reports=overview.reports,
        agencies=overview.agencies,
        first=overview.first_year or unknown,
        last=overview.last_year or unknown,
    )


def _summary(counts: Counter[str]) -> str:
    names = ("copied", "left", "repeated", "promises")
    states = ("state_repeated", "state_taken_up", "state_not_found", "state_not_assessable")
    return _phrase("summary", **{name: counts[name] for name in (*names, *states)})


def _heading(kind: str, counts: Counter[str]) -> Iterator[str]:
    """Count a finding, and yield the heading of its kind before the first."""
    counts[kind] += 1
    if counts[kind] == 1:
        yield ""
        yield _word(kind)


def _chain_lines(chain: Chain, number: int) -> Iterator[str]:
    kind = "over_years" if chain.agencies == 1 else "between_agencies"
    yield f"  {number}. {_word(kind)}　{_shown(chain.copies[0].text)}"
    for copy in chain.copies:
        yield f"     - {_where(copy)}　{_likeness(copy, chain)}"


def _likeness(copy: Copy, chain: Chain) -> str:
    if copy.likeness == "first":
        return _word("first" if chain.first_known else "same_year")
    if copy.likeness == "changed":
        return _phrase("changed", same=f"{copy.same:.0%}")
    return _word(copy.likeness)


def _left_lines(left: LeftBehind, number: int) -> Iterator[str]:
    words = f"{left.kind}_doubtful" if left.doubtful else left.kind
    yield f"  {number}. {_where(left)}：{_phrase(words, found=left.found, expected=left.expected)}"
    yield f"     {_shown(left.text)}"


def _repeat_lines(repeat: Repeat, number: int) -> Iterator[str]:
    yield f"  {number}. {_word(repeat.kind)}　{_shown(repeat.second.text)}"
    yield f"     - {_where(repeat.first)}"
    yield f"     - {_where(repeat.second)}"


def _promise_lines(promise: Promise, number: int) -> Iterator[str]:
    measure = promise.measure
    yield (
        "  "
        + f"{number}. "
        + _phrase(
            "measure",
            organization=measure.organization or _word("unknown_agency"),
            last=measure.year,
            year=promise.year,
        )
        + f"：{_word(f'state_{promise.state}')}"
    )
    yield f"     {_shown(measure.text)}"
    for answer in promise.answer:
        yield f"     - {_where(answer)}　{_shown(answer.text)}"


def _where(place: Place) -> str:
    return _phrase(
        "member",
        organization=_one_line(place.organization or _word("unknown_agency")),
        year=place.year or _word("unknown_year"),
        place=place_name(place.place),
        lines=_span(place.lines),
    )


def place_name(place: str) -> str:
    """Return what a place in a report is called in Chinese; items are counted from 1 there.

    >>> place_name("overview.platforms"), place_name("problems.0")
    ('公开平台', '问题 1')
    """
    names: dict[str, str] = knowledge("reuse")["places"]
    first, _, last = place.partition(".")
    if last.isdecimal():
        return names[first].format(number=int(last) + 1)
    last = place.rpartition(".")[2]
    return names.get(last) or names.get(first) or _word("of_text")


def _span(lines: Span | None) -> str:
    if lines is None:
        return _word("unknown_year")
    return str(lines[0]) if lines[0] == lines[1] else f"{lines[0]}–{lines[1]}"


def _shown(text: str) -> str:
    shortened = text if len(text) <= _LONGEST else text[:_LONGEST] + "……"
    return _phrase("text", text=_one_line(shortened))


def _one_line(text: str) -> str:
    """Return a text with `?` for every character by which a text could control a terminal."""
    return "".join(
        character if character.isprintable() or character == _IDEOGRAPHIC_SPACE else "?" for character in text
    )


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = knowledge("reuse")["words"]
    return words


def _word(name: str) -> str:
    return _words()[name]


def _phrase(name: str, /, **facts: object) -> str:
    return _words()[name].format(**facts)
