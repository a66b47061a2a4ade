"""Texts that a page may hold to harm whoever opens the output: formulas, links, markup, what XML forbids."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

STARTS = (
    *(
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "'",
        '"',
        " =",
        "\0=",
        "＝",
        "＋",
        "－",
        "＠",
        "\ufeff=",
        "\u00a0=",
    ),
    *("http://", "https://", "ftp://", "file:///", "mailto:", "internal:Sheet1!", "external:", "\\\\host\\"),
    *("<f>", "</t></is></c>", "<![CDATA[", "]]>", "&#x3D;", "&amp;", "<!--", "_x003D_", "_x000D_", "{=", "{"),
    *(
        "\x00",
        "\x01",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\ufffe",
        "\uffff",
        "\U0001f600",
        "\u202e",
    ),
    "",
)
MIDDLES = (
    *(
        "cmd|' /C calc'!A0",
        'HYPERLINK("http://example.org","点此")',
        "SUM(1+1)*cmd|' /C calc'!A0",
        "1+1",
        "1",
    ),
    *(
        'WEBSERVICE("http://example.org")',
        "DDE(...)",
        "example.org/报告",
        "没有收到申请",
        "someone@example.org",
        "",
    ),
    *(
        '","=1+1',
        '"\r\n=1+1,',
        "a\r\nb",
        "a\tb",
        "２０２３",
        "1e308",
        "#REF!",
        "TRUE",
        "2023-01-01",
        "<a href='x'>",
    ),
)
ENDS = ("", "", "", "\r", "\n", "\t", " ", "\x00", '"', "'", "&", "<", "_x0041_", "；", "x" * 40)


def hostile(number: int, seed: int = 1) -> Iterator[str]:
    """Yield so many of them, each another."""
    return islice(_unlike(Random(seed)), number)


def _unlike(rng: Random) -> Iterator[str]:
    seen = set()
    while True:
        text = rng.choice(STARTS) + rng.choice(MIDDLES) + rng.choice(ENDS)
        if text in seen:
            text += chr(rng.randrange(0x4E00, 0x9FA5)) + rng.choice(STARTS) + rng.choice(MIDDLES)
        if text not in seen:
            seen.add(text)
            yield text
