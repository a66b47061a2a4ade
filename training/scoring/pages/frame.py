"""The frame of every page: one file, no network, nothing to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.resources import folder
from nlp.showing.markup import Markup, element, joined

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Should any text ever become markup, the browser would still load and run nothing."""


def page(title: str, lead: str, tiles: Sequence[Markup], chapters: Mapping[str, Markup | None]) -> str:
    """Return a page: a title, tiles with the main figures, chapters by their headings."""
    kept = {heading: body for heading, body in chapters.items() if body}
    names = {heading: f"c{n}" for n, heading in enumerate(kept)}
    links = (element("a", heading, href=f"#{names[heading]}") for heading in kept)
    sections = (
        element("section", element("h2", heading), body, id=names[heading]) for heading, body in kept.items()
    )
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
    """Return a tile: a large figure, what it is, and what there is to say about it."""
    lines = (element("span", note) for note in notes if note)
    return element("div", element("span", name), element("b", value), *lines, class_=f"tile {mood}".strip())


def card(*parts: Markup | str | None) -> Markup:
    return element("div", *parts, class_="card")


def both(*parts: Markup | None) -> Markup:
    return joined(parts)
