"""Puts parts together to one HTML file, which needs no network and runs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.resources import folder
from nlp.showing.markup import Markup, element, joined

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Forbids the browser to load or run anything, should text from a document ever become markup."""


def page(title: str, lead: str, tiles: Sequence[Markup], chapters: Mapping[str, Markup | None]) -> str:
    """Return an HTML file: title, lead, tiles with the main figures, and the chapters that are not empty."""
    links: list[Markup] = []
    sections: list[Markup] = []
    for heading, chapter in chapters.items():
        if chapter:
            id = f"c{len(sections)}"
            links.append(element("a", heading, href=f"#{id}"))
            sections.append(element("section", element("h2", heading), chapter, id=id))
    body = element(
        "main",
        element("header", element("h1", title), element("p", lead, class_="lead"), element("nav", *links)),
        element("div", *tiles, class_="tiles"),
        *sections,
        element("footer", "nianbao 年报 · one file, no network, no script"),
    )
    return f"<!DOCTYPE html>\n{element('html', _head(title), element('body', body), lang='en')}\n"


def _head(title: str) -> Markup:
    style = (folder("data") / "score.css").read_text(encoding="utf-8")
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        Markup(f"<style>\n{style}</style>"),
    )


def tile(value: str, name: str, *notes: str, mood: str = "") -> Markup:
    """Return a tile: a name, a large figure, and notes; `mood` is a CSS class, `calm` or `alarm`."""
    lines = [element("span", note) for note in notes if note]
    return element("div", element("span", name), element("b", value), *lines, class_=f"tile {mood}".strip())


def card(*parts: Markup | str | None) -> Markup:
    """Return parts in one box."""
    return element("div", *parts, class_="card")


def both(*parts: Markup | None) -> Markup:
    """Return parts one after the other, without those that are None."""
    return joined(parts)
