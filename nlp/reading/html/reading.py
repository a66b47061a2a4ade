"""Reads HTML pages, pages that a browser saved as one file, and Markdown into texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import compat32
from html import escape
from types import MappingProxyType

from lxml import etree

from nlp.reading import text
from nlp.reading.document import DecodedText, Unreadable
from nlp.reading.html.blocks import make_blocks
from nlp.reading.html.body import attachments, begins_with_title, find, title
from nlp.reading.html.flow import blocks
from nlp.reading.html.marked import leave_marked_digits_out
from nlp.reading.html.scripts import report_in
from nlp.reading.html.styles import Styles
from nlp.reading.markdown import with_lines
from nlp.reading.spans import Block, flat, joined

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
"""In bytes: an encoding is declared at the beginning of a page."""
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""Characters that XML does not allow, which lxml would refuse."""
_TABLE = re.compile(r"(<table\b.*?</table>)", re.IGNORECASE | re.DOTALL)
_TAG_ALONE = re.compile(r"\s*(?:</?[a-z][^<>]*>\s*)+", re.IGNORECASE)
_LONGEST_ANNOUNCEMENT = 600
"""In characters: a page with less text, links to documents and no chapter only announces a report."""
_MARKUP = re.compile("<[a-z]", re.IGNORECASE)
_SHOWS_NOTHING = 60
"""In characters: a page with no more (正在加载，请稍候) shows nothing, until a browser runs its scripts."""
_TOO_DEEP = "Excessive depth"
"""What the parser says where it ends before the page does."""
_MOST_NAMED = 5
"""So many links are named in the message about such a page."""


def read(content: bytes, sheets: Mapping[str, str] = MappingProxyType({})) -> DecodedText:
    """Return the text of the report on a page, or of the whole page where it has no chapter of a report.

    `sheets` are the style sheets that the page links to, as far as they came with it, by their addresses.
    Raises Unreadable: `no_report` where the page only links to the report, `empty` where it shows no text.
    A report that only the page's scripts hold is read where the page shows nothing.
    """
    charset = _CHARSET.search(content[:_DECLARED_WITHIN])
    declared = charset.group(1).decode("ascii") if charset else None
    decoded = text.decode(content, declared)
    page = _parsed(decoded.text, sheets)
    body = find(page)
    if body is None:
        shown = blocks(page)
        texts = flat(shown)
        _refuse_announcements(page, texts)
        if sum(map(len, texts)) <= _SHOWS_NOTHING:
            shown = _in_scripts(page) or shown
    else:
        shown = blocks(body)
        heading = title(page, body)
        if heading:
            shown = [heading, *shown]
    shown_text, tables = joined(shown)
    if not shown_text:
        raise Unreadable("empty", "the page shows no text; fetch it with a browser and save what it shows.")
    return DecodedText(shown_text, decoded.encoding, decoded.replaced, tables=tables)


def _in_scripts(page: etree._Element) -> list[Block]:
    """Return what the report in a page's scripts shows, its title first; nothing where there is none."""
    found = report_in(page)
    if found is None:
        return []
    markup = found.content
    if _MARKUP.search(markup) is None:
        markup = "".join(f"<p>{escape(line)}</p>" for line in markup.split("\n"))
    inner = _parsed(markup)
    body = find(inner)
    if body is None:
        return []
    heading = title(inner, body) or title(page, body)
    if heading is None and not begins_with_title(body):
        heading = found.title
    return [heading, *blocks(body)] if heading else blocks(body)


def read_saved(content: bytes) -> DecodedText:
    """Return the text of a page that a browser saved as one file (MHTML); raises Unreadable."""
    message = message_from_bytes(content, policy=compat32)  # the newer policy fails on broken headers
    page: bytes | None = None
    sheets: dict[str, str] = {}
    for part in message.walk():
        kind = part.get_content_type()
        payload = part.get_payload(decode=True) if kind in ("text/html", "text/css") else None
        if not isinstance(payload, bytes):
            continue
        if kind == "text/css":
            sheets[str(part.get("Content-Location", ""))] = text.decode(payload).text
        elif page is None:
            page = payload
    if page is not None:
        return read(page, sheets)
    raise Unreadable("no_report", "the saved page holds no HTML.")


def read_markdown(content: bytes) -> DecodedText:
    """Return the text of Markdown: its lines, and tabbed lines for the tables that it holds as HTML.

    A table in which every line of the report is one cell is split into lines again.
    """
    decoded = text.decode(content)
    shown_text, tables = joined(block for piece in _TABLE.split(decoded.text) for block in _blocks_of(piece))
    return DecodedText(shown_text, decoded.encoding, decoded.replaced, tables=tables)


def _blocks_of(piece: str) -> list[Block]:
    """Return an HTML table, or the lines of the Markdown between two tables."""
    if _TABLE.match(piece):
        return blocks(_parsed(piece))
    without_tags = [line for line in piece.strip("\n").split("\n") if not _TAG_ALONE.fullmatch(line)]
    return list(with_lines(without_tags))


def _parsed(markup: str, sheets: Mapping[str, str] = MappingProxyType({})) -> etree._Element:
    """Return the tree of a page without loading anything else; `sheets` take the places of links to them.

    Raises Unreadable: `empty` where there is none, `too_deep` where the parser leaves out what is behind.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    page = etree.fromstring(_FORBIDDEN.sub("", markup).encode("utf-8"), parser)
    if any(_TOO_DEEP in error.message for error in parser.error_log):
        raise Unreadable("too_deep", "the page is nested deeper than 256 elements; save it as plain text.")
    if page is None:
        raise Unreadable("empty", "the page shows no text; fetch it with a browser and save what it shows.")
    for link in list(page.iter("link")) if sheets else ():
        if (link.get("href") or "") in sheets:
            link.tag, link.text = "style", _FORBIDDEN.sub("", sheets[link.get("href") or ""])
    styles = Styles(page)
    leave_marked_digits_out(page, styles)
    if "display" in markup or "DISPLAY" in markup:
        make_blocks(page, styles)
    return page


def _refuse_announcements(page: etree._Element, shown: list[str]) -> None:
    """Raise Unreadable (`no_report`) where a page has little text and links to documents."""
    links = attachments(page)
    if links and sum(map(len, shown)) < _LONGEST_ANNOUNCEMENT:
        more = f" and {len(links) - _MOST_NAMED} more" if len(links) > _MOST_NAMED else ""
        named = ", ".join(links[:_MOST_NAMED]) + more
        raise Unreadable("no_report", f"the page holds no report, it only links to {named}; fetch that.")
