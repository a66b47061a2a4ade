"""Builds elements of HTML and SVG such that text can never become markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from unicodedata import category

from nlp.text.cells import NUMBER_BELOW


class Markup(str):
    """Text that is markup already; any other text is escaped where it is put in."""

    __slots__ = ()


Child = str | Markup | None
"""What stands in an element: text, markup, or nothing."""

_SELF_CLOSING = frozenset(
    ("meta", "br", "line", "circle", "rect", "polyline", "path", "polygon", "input", "link", "image")
)
_HIDDEN_CATEGORIES = frozenset(("Cc", "Cs", "Cf", "Co"))
"""Control characters, surrogates, those that turn the direction of the text after them, private ones."""


def element(tag: str, *children: Child, **attributes: object) -> Markup:
    """Return an element.

    An attribute `class_` is written `class`, `font_size` as `font-size`; one that is None is left out.

    >>> element("td", "<script>", title='"><img onerror=1>', class_="wrong")
    '<td title="&quot;&gt;&lt;img onerror=1&gt;" class="wrong">&lt;script&gt;</td>'
    """
    opening = tag
    for name, value in attributes.items():
        if value is not None:
            html_name = name.rstrip("_").replace("_", "-")
            opening += f' {html_name}="{text(str(value))}"'
    if tag in _SELF_CLOSING and not children:
        return Markup(f"<{opening}/>")
    return Markup(f"<{opening}>{joined(children)}</{tag}>")


def joined(children: Iterable[Child], between: str = "") -> Markup:
    """Return children one after the other, each escaped unless it is markup."""
    pieces: list[str] = []
    for child in children:
        if isinstance(child, Markup):
            pieces.append(child)
        elif child is not None:
            pieces.append(text(child))
    return Markup(between.join(pieces))


def text(raw: str) -> str:
    r"""Return a text escaped for HTML, with U+FFFD for invisible characters and those that no page may hold.

    A line break between two numbers of a cell is shown as one.

    >>> text("a\x00<b>"), text("\u202etxt"), text("5\v69")
    ('a\ufffd&lt;b&gt;', '\ufffdtxt', '5\n69')
    """
    if not raw.isprintable():
        raw = raw.replace(NUMBER_BELOW, "\n")
        raw = "".join("\ufffd" if _is_hidden(character) else character for character in raw)
    return escape(raw)


def _is_hidden(character: str) -> bool:
    return character not in "\t\n" and category(character) in _HIDDEN_CATEGORIES


def table(rows: Iterable[Iterable[Child]], class_: str | None = None) -> Markup:
    """Return a table whose first row is its head; it can be scrolled if it is wider than the page."""
    head, *body = rows
    head_cells = [element("th", cell) for cell in head]
    body_rows: list[Markup] = []
    for row in body:
        cells = [element("td", cell) for cell in row]
        body_rows.append(element("tr", *cells))
    table_element = element(
        "table",
        element("thead", element("tr", *head_cells)),
        element("tbody", *body_rows),
        class_=class_,
    )
    return element("div", table_element, class_="scrolled")
