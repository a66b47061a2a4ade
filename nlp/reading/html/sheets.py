"""Reads the rules of a style sheet that hold on a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.resources import knowledge

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}]""", re.DOTALL)
"""A brace, or a string, whose braces are none of the sheet's."""
_ALWAYS = ("@supports", "@layer")
"""Groups of rules that are taken to hold."""
_TYPE = re.compile(r"(?:(?P<not>not) |only )?(?P<type>[a-z-]+)")
_ON_SCREEN = ("all", "screen")
_WIDTH = re.compile(
    r"\( *(?P<edge>min|max)-(?:device-)?width *: *(?P<length>\d+(?:\.\d+)?)(?P<unit>px|r?em) *\)"
)
_PIXELS_OF_EM = 16


def rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations of each rule of a sheet that holds on a wide screen.

    The end of the sheet ends what is open.

    >>> list(rules("@import 'a'; .a, b {top:1px} @media print { .c {top:0} } @media all { i{} }"))
    [('.a, b', 'top:1px'), ('i', '')]
    """
    sheet = _COMMENT.sub("", sheet)
    open_groups: list[tuple[str, bool]] = []
    start = 0
    for brace in _BRACE.finditer(sheet):
        if brace.group() == "{":
            selectors = sheet[start : brace.start()].rpartition(";")[2].strip()
            open_groups.append((selectors, _holds_within(open_groups)))
            start = brace.end()
        elif brace.group() == "}" and open_groups:
            selectors, holds = open_groups.pop()
            if holds and not selectors.startswith("@"):
                yield selectors, sheet[start : brace.start()]
            start = brace.end()
    if open_groups:
        selectors, holds = open_groups[-1]
        if holds and not selectors.startswith("@"):
            yield selectors, sheet[start:]


def _holds_within(open_groups: list[tuple[str, bool]]) -> bool:
    """Return whether what stands in some groups, the outermost first, holds on a screen."""
    if not open_groups:
        return True
    group, holds = open_groups[-1]
    return holds and _is_group_on_screen(group)


def _is_group_on_screen(group: str) -> bool:
    if group.startswith("@media"):
        return is_for_screen(group.removeprefix("@media"))
    return group.startswith(_ALWAYS)


def is_for_screen(media: str) -> bool:
    """Return whether any of some media is a screen as wide as data/reading.toml says.

    Conditions on other things than its width are taken not to hold.

    >>> is_for_screen(""), is_for_screen("print"), is_for_screen("only screen and (min-width: 768px)")
    (True, False, True)
    >>> is_for_screen("(max-width:40em)"), is_for_screen("print, not print")
    (False, True)
    """
    queries = [" ".join(query.lower().split()) for query in media.split(",")]
    return any(map(_is_query_of_screen, queries))


def _is_query_of_screen(query: str) -> bool:
    if not query:
        return True
    first, *others = query.split(" and ")
    kind = _TYPE.fullmatch(first)
    if kind is None:
        return all(map(_is_as_wide, [first, *others]))
    holds = kind["type"] in _ON_SCREEN and all(map(_is_as_wide, others))
    return holds != bool(kind["not"])


def _is_as_wide(condition: str) -> bool:
    """Return whether a condition holds of the width of the screen."""
    width = _WIDTH.fullmatch(condition.strip())
    if width is None:
        return False
    length = float(width["length"]) * (1 if width["unit"] == "px" else _PIXELS_OF_EM)
    screen: int = knowledge("reading")["markup"]["screen"]["width"]
    return length <= screen if width["edge"] == "min" else length >= screen
