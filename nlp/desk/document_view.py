"""Shows where something stands: on the page of a PDF in a frame, or in the decoded text with a mark."""

from __future__ import annotations

from nlp.desk.documents import NoDocument
from nlp.desk.page import hint
from nlp.desk.pictures import Picture
from nlp.desk.spots import Spot
from nlp.desk.words import Words
from nlp.record.model import Span
from nlp.showing.markup import Child, Markup, element, joined

_MARGIN = 2.0
"""In points: so far the frame stands off what it frames."""
_AROUND = 40_000
"""So many characters of a longer text are shown before and behind the mark."""


def tools(address: str, number: int | None, pages: int, words: Words) -> Markup:
    """Return the links to the other view, and to the pages before and behind page `number`.

    `number` is None where the text is shown; `address` is that of the page about the report, to which
    `view` and `page` are added.
    """
    if number is None:
        return element("nav", _link(words.say("as_page"), f"{address}&view=page", "v"))
    links: list[Child] = [_link(words.say("as_text"), f"{address}&view=text", "v")]
    if number > 1:
        links.append(_link(words.say("previous_page"), f"{address}&page={number - 1}", "["))
    links.append(f"{words.say('page', page=number)} / {pages}")
    if number < pages:
        links.append(_link(words.say("next_page"), f"{address}&page={number + 1}", "]"))
    return element("nav", *links)


def as_page(picture: Picture, number: int, address: str, spot: Spot, words: Words) -> Markup:
    """Return a page of a PDF with a frame around a spot; `address` is that of the picture."""
    frame: Markup | None = None
    if spot.box is not None and spot.page == number:
        left, bottom, right, top = spot.box
        frame = element(
            "rect",
            x=round(left - picture.left - _MARGIN, 1),
            y=round(picture.height - (top - picture.bottom) - _MARGIN, 1),
            width=round(right - left + 2 * _MARGIN, 1),
            height=round(top - bottom + 2 * _MARGIN, 1),
            class_="frame near" if spot.is_near else "frame",
        )
    size = {"width": round(picture.width, 1), "height": round(picture.height, 1)}
    return element(
        "svg",
        element("image", href=address, **size),
        frame,
        viewBox=f"0 0 {size['width']} {size['height']}",
        role="img",
        aria_label=words.say("page", page=number),
    )


def as_text(text: str, spot: Spot, words: Words) -> Markup:
    """Return a decoded text, its lines numbered, with a mark around a spot."""
    start, end = spot.span or (0, 0)
    end = min(end, start + _AROUND)
    first, last = _extent(text, max(start - _AROUND, 0), max(end + _AROUND, 0))
    number = 1 + text.count("\n", 0, first)
    lines: list[Markup] = []
    place = first
    for line in text[first:last].split("\n"):
        lines.append(
            element(
                "div", _marked(line, start - place, end - place, spot), data_line=number, id=f"line-{number}"
            )
        )
        place += len(line) + 1
        number += 1
    is_cut = first > 0 or last < len(text)
    note = element("p", words.say("cut_off")) if is_cut else None
    return joined([note, element("div", *lines, class_="text", lang="zh")])


def absent(reason: NoDocument, words: Words) -> Markup:
    """Return why a document cannot be shown."""
    return element("p", words.say(reason.code), class_="absent")


def _extent(text: str, first: int, last: int) -> Span:
    """Return a stretch of a text that begins and ends with a line, unless its lines are very long."""
    line_start = text.rfind("\n", 0, first) + 1
    line_end = text.find("\n", last)
    line_end = len(text) if line_end < 0 else line_end
    return max(line_start, first - _AROUND), min(line_end, last + _AROUND)


def _link(said: str, address: str, key: str) -> Markup:
    return element("a", said, hint(key), href=address, data_key=key)


def _marked(line: str, start: int, end: int, spot: Spot) -> Child:
    """Return a line with a mark from `start` up to `end`, as far as they lie in it."""
    start, end = max(start, 0), min(end, len(line))
    if start >= end:
        return line
    return joined(
        [line[:start], element("mark", line[start:end], class_="near" if spot.is_near else None), line[end:]]
    )
