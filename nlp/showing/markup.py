"""Elements of HTML and SVG, built so that text can never become markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from unicodedata import category


class Markup(str):
    """Text that is markup already; any other text is escaped where it is put in."""

    __slots__ = ()


Child = str | Markup | None
_ENDLESS = frozenset(("meta", "br", "line", "circle", "rect", "polyline", "path", "polygon"))


def element(tag: str, *children: Child, **attributes: object) -> Markup:
    """Return an element; an attribute `class_` is written `class`, `x_y` as `x-y`, None left out.

    >>> element("td", "<script>", title='"><img onerror=1>', class_="wrong")
    '<td title="&quot;&gt;&lt;img onerror=1&gt;" class="wrong">&lt;script&gt;</td>'
    """
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _ENDLESS and not children:
        return Markup(f"<{tag}{told}/>")
    return Markup(f"<{tag}{told}>{joined(children)}</{tag}>")


def joined(children: Iterable[Child], between: str = "") -> Markup:
    """Return children one after the other, each escaped unless it is markup."""
    return Markup(between.join(c if isinstance(c, Markup) else text(c) for c in children if c is not None))


def text(raw: str) -> str:
    r"""Escape a text; what no page may hold is shown as U+FFFD.

    >>> text("a\x00<b>"), text("\u202etxt")
    ('a\ufffd&lt;b&gt;', '\ufffdtxt')
    """
    if not raw.isprintable():
        raw = "".join("\ufffd" if _hidden(character) else character for character in raw)
    return escape(raw)


def _hidden(character: str) -> bool:
    """Control characters, and those that turn the direction of the text after them."""
    return category(character) in ("Cc", "Cs", "Cf", "Co") and character not in "\t\n"


def table(rows: Iterable[Iterable[Child]], class_: str | None = None) -> Markup:
    """Return a table, the first row its head; it can be scrolled where it is wider than the page."""
    head, *body = rows
    parts = [
        element("thead", element("tr", *(element("th", cell) for cell in head))),
        element("tbody", *(element("tr", *(element("td", cell) for cell in row)) for row in body)),
    ]
    return element("div", element("table", *parts, class_=class_), class_="scrolled")
