"""Reads the rules of a style sheet that hold on a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.resources import knowledge

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
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
    around: list[str] = []
    start = 0
    for brace in _BRACE.finditer(sheet):
        if brace.group() == "{":
            around.append(sheet[start : brace.start()].rpartition(";")[2].strip())
            start = brace.end()
        elif brace.group() == "}" and around:
            selectors = around.pop()
            if _holds(selectors, around):
                yield selectors, sheet[start : brace.start()]
            start = brace.end()
    if around and _holds(around[-1], around[:-1]):
        yield around[-1], sheet[start:]


def _holds(selectors: str, around: list[str]) -> bool:
    """Return whether a rule is one for elements, within groups that hold on a screen."""
    return not selectors.startswith("@") and all(map(_is_group_on_screen, around))


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
