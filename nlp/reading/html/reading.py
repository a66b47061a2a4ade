"""Reads a page of a site, or one that a browser saved, into a text."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import compat32

from lxml import etree

from nlp.reading import text
from nlp.reading.document import Read, Unreadable
from nlp.reading.html.body import attachments, find, title
from nlp.reading.html.flow import lines
from nlp.reading.markdown import with_lines

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_TABLE = re.compile(r"(<table\b.*?</table>)", re.IGNORECASE | re.DOTALL)
_TAG_ALONE = re.compile(r"\s*(?:</?[a-z][^<>]*>\s*)+", re.IGNORECASE)
_SOME_TEXT = 600
"""A page of less text than this, with links to documents and no chapter, only announces a report."""
_NAMED = 5


def read(content: bytes) -> Read:
    """Return the text of a page; Unreadable with `no_report` where it only links to the report."""
    found = _CHARSET.search(content[:_DECLARED_WITHIN])
    decoded = text.decode(content, found.group(1).decode("ascii") if found else None)
    page = _parsed(decoded.text)
    body = find(page)
    written = lines(page if body is None else body)
    if body is None:
        _refuse_announcements(page, written)
    elif heading := title(page, body):
        written = [heading, *written]
    if not written:
        raise Unreadable("empty", "the page shows no text; fetch it with a browser and save what it shows.")
    return Read("\n".join(written), decoded.encoding, decoded.replaced)


def read_saved(content: bytes) -> Read:
    """Return the text of a page that a browser saved as one file (MHTML)."""
    message = message_from_bytes(content, policy=compat32)  # the newer policy trips over broken headers
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return read(payload)
    raise Unreadable("no_report", "the saved page holds no HTML.")


def read_markdown(content: bytes) -> Read:
    """Return the text of Markdown: its own lines, and the rows of the tables that it has as markup.

    A report that is all in one cell gets its lines back.
    """
    decoded = text.decode(content)
    written = [line for piece in _TABLE.split(decoded.text) for line in _lines_of(piece)]
    return Read("\n".join(written), decoded.encoding, decoded.replaced)


def _lines_of(piece: str) -> list[str]:
    if _TABLE.match(piece):
        return lines(_parsed(piece))
    written = [line for line in piece.strip("\n").split("\n") if not _TAG_ALONE.fullmatch(line)]
    return list(with_lines(written))


def _parsed(markup: str) -> etree._Element:
    """Return the tree of a page: entities of its own are not expanded, nothing is fetched."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    page = etree.fromstring(_CONTROL.sub("", markup).encode("utf-8"), parser)
    if page is None:
        raise Unreadable("empty", "the page shows no text; fetch it with a browser and save what it shows.")
    return page


def _refuse_announcements(page: etree._Element, written: list[str]) -> None:
    links = attachments(page)
    if links and sum(map(len, written)) < _SOME_TEXT:
        more = f" and {len(links) - _NAMED} more" if len(links) > _NAMED else ""
        named = ", ".join(links[:_NAMED]) + more
        raise Unreadable("no_report", f"the page holds no report, it only links to {named}; fetch that.")
