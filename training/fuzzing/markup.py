"""Damages markup, HTML or XML: its elements and attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from training.fuzzing.pieces import TEXT, Damage, odd, renumbered

_TAG = re.compile(rb"<[^<>]{1,2000}>")
_NAME = re.compile(rb"</?([A-Za-z][\w:.-]*)")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>/]+)""")
_DEEP = (3, 30, 120, 300, 3000)
_VALUES = (
    b"",
    b"0",
    b"-1",
    b"1",
    b"100000",
    b"2147483648",
    b"1e300",
    b"nan",
    b"x",
    b"/",
    b"../..",
    b"#",
    b"true",
)


def tag_lost(content: bytes, chance: Random) -> bytes:
    """Take a tag out."""
    found = _tag(content, chance)
    return content[: found[0]] + content[found[1] :]


def tag_moved(content: bytes, chance: Random) -> bytes:
    """Write a tag once more, elsewhere."""
    start, end = _tag(content, chance)
    _, at = _tag(content, chance)
    return content[:at] + content[start:end] * chance.choice((1, 1, 5, 500)) + content[at:]


def tag_renamed(content: bytes, chance: Random) -> bytes:
    """Give a tag the name of another."""
    start, end = _tag(content, chance)
    other_start, other_end = _tag(content, chance)
    own, other = _NAME.match(content[start:end]), _NAME.match(content[other_start:other_end])
    if own is None or other is None:
        return odd(content, chance)
    first, last = start + own.start(1), start + own.end(1)
    return content[:first] + other[1] + content[last:]


def element_nested(content: bytes, chance: Random) -> bytes:
    """Put a part of the file into many elements, one in the other, closed or not."""
    start, end = sorted(_tag(content, chance)[0] for _ in range(2))
    name = _NAME.match(content[start:])
    if name is None:
        return odd(content, chance)
    deep = chance.choice(_DEEP)
    closing = b"</" + name[1] + b">" if chance.random() < 0.7 else b""
    return (
        content[:start] + (b"<" + name[1] + b">") * deep + content[start:end] + closing * deep + content[end:]
    )


def element_repeated(content: bytes, chance: Random) -> bytes:
    """Write what lies between two tags several times, or not at all."""
    start, end = sorted(_tag(content, chance)[0] for _ in range(2))
    times = chance.choice((0, 2, 2, 3, 40))
    if (end - start) * times > 2**21:
        times = 2
    return content[:start] + content[start:end] * times + content[end:]


def attribute_changed(content: bytes, chance: Random) -> bytes:
    """Give an attribute another value, the name of another, or none."""
    found = list(_ATTRIBUTE.finditer(content[: 2**21]))
    if not found:
        return renumbered(content, chance)
    attribute, other = chance.choice(found), chance.choice(found)
    value = chance.choice((*_VALUES, other[2].strip(b"\"'"), attribute[2].strip(b"\"'") * 3))
    changed = chance.choice(
        (
            attribute[1] + b'="' + value + b'"',
            other[1] + b"=" + attribute[2],
            b"",
            other[0] + b" " + attribute[0],
        )
    )
    return content[: attribute.start()] + changed + content[attribute.end() :]


MARKUP: Sequence[Damage] = (
    *(
        tag_lost,
        tag_moved,
        tag_renamed,
        element_nested,
        element_repeated,
        attribute_changed,
        attribute_changed,
    ),
    *TEXT,
)


def _tag(content: bytes, chance: Random) -> tuple[int, int]:
    """Return where some tag stands; a piece without any, where there is none."""
    found = list(_TAG.finditer(content[: 2**21]))
    return chance.choice(found).span() if found else (0, 0)
