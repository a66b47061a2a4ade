"""Damages texts and bytes: the ways that every kind of file has in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Literal

Damage = Callable[[bytes, Random], bytes]
"""Returns a file with one thing in it changed."""

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_NUMBERS = (
    *(b"0", b"-1", b"1", b"65536", b"2147483648", b"4294967295", b"99999999999999999999", b"1e308", b"1e-9"),
    *(b"nan", b"inf", b"-0", b"0.0000001", b"", b"1.2.3", b"9" * 5000, "二".encode(), "²".encode()),
    *("１２".encode(), "٣".encode(), "①".encode(), "½".encode(), "〇".encode()),
)
"""What stands in place of a number: limits of its storage, no numbers, digits that are none to `int`."""
_ODD = (
    *(
        b"\0",
        b"\x0b",
        b"\x0c",
        b"\x1a",
        b"\x85",
        b"\xef\xbb\xbf",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
    ),
    *(
        b"\r",
        b"\n\n",
        b"\t\t",
        b"|",
        b"&#0;",
        b"&#xffff;",
        b"&#1114112;",
        b"&x;",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
    ),
    *("\u2028".encode(), "\u202e".encode(), "\u0301".encode(), "\U00020000".encode(), "\ue000".encode()),
    *(
        "\u3000".encode(),
        "\ufffd".encode(),
        "İ".encode(),
        "ﬀ".encode(),
        "㍿".encode(),
        "（".encode(),
        "一、".encode(),
    ),
)
"""Characters that programs stumble on, and bytes that are no characters."""
_STORED = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_LARGEST = 3 * 2**20
"""In bytes: what is repeated grows no file beyond this."""


def flipped(content: bytes, chance: Random) -> bytes:
    """Change some bits."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 40)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def stored(content: bytes, chance: Random) -> bytes:
    """Write a number of one to eight bytes over others."""
    size = chance.choice((1, 2, 4, 8))
    order: Literal["little", "big"] = chance.choice(("little", "big"))
    number = int(chance.choice(_STORED) % 2 ** (8 * size)).to_bytes(size, order)
    at = chance.randrange(len(content) + 1)
    return content[:at] + number + content[at + size :]


def cut(content: bytes, chance: Random) -> bytes:
    """Break the file off."""
    return content[: chance.randrange(len(content) + 1)]


def lost(content: bytes, chance: Random) -> bytes:
    """Take a piece out."""
    start, end = _piece(content, chance)
    return content[:start] + content[end:]


def repeated(content: bytes, chance: Random) -> bytes:
    """Write a piece several times."""
    start, end = _piece(content, chance)
    times = min(chance.choice((2, 2, 3, 30, 1000)), max(2, _LARGEST // max(1, end - start)))
    return content[:start] + content[start:end] * times + content[end:]


def moved(content: bytes, chance: Random) -> bytes:
    """Move a piece elsewhere."""
    start, end = _piece(content, chance)
    rest = content[:start] + content[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + content[start:end] + rest[at:]


def renumbered(content: bytes, chance: Random) -> bytes:
    """Change a number that is written in digits."""
    found = list(_NUMBER.finditer(content[:_LARGEST]))
    if not found:
        return flipped(content, chance)
    number = chance.choice(found)
    return content[: number.start()] + chance.choice(_NUMBERS) + content[number.end() :]


def odd(content: bytes, chance: Random) -> bytes:
    """Put odd characters somewhere."""
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(_ODD) * chance.choice((1, 1, 1, 50)) + content[at:]


def lines_mixed(content: bytes, chance: Random) -> bytes:
    """Lose, repeat, join or exchange lines."""
    lines = content.split(b"\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    way = chance.randrange(4)
    if way == 0:
        del lines[first]
    elif way == 1:
        lines[first:first] = [lines[second]] * chance.choice((1, 2, 200))
    elif way == 2:
        lines[first], lines[second] = lines[second], lines[first]
    else:
        start, end = sorted((first, second))
        lines[start : end + 1] = [chance.choice((b"", b" ", b"\t", b"|")).join(lines[start : end + 1])]
    return b"\n".join(lines)


def in_encoding(content: bytes, chance: Random) -> bytes:
    """Write a text in another encoding, or as if it were in another one."""
    text = content.decode("utf-8", "replace")
    encoding = chance.choice(
        ("gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "hz")
    )
    if chance.random() < 0.2:
        return text.encode("utf-8").decode("gb18030", "replace").encode("utf-8", "replace")
    return text.encode(encoding, "replace")


BYTES: Sequence[Damage] = (flipped, stored, cut, lost, repeated, moved)
TEXT: Sequence[Damage] = (
    renumbered,
    renumbered,
    odd,
    odd,
    lines_mixed,
    lines_mixed,
    lost,
    repeated,
    moved,
    cut,
)


def _piece(content: bytes, chance: Random) -> tuple[int, int]:
    """Return the start and the end of a piece, mostly a short one."""
    length = chance.choice((1, 4, 16, 100, 1000, 20_000))
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.randrange(length) + 1)
