"""Reads a Word document into a text."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree

from nlp.reading.document import DecodedText, Unreadable
from nlp.reading.docx.flow import Flow
from nlp.reading.docx.marked import leave_marked_digits_out
from nlp.reading.docx.numbering import numbers
from nlp.reading.docx.parts import STRICT, W, opened, part
from nlp.reading.places import TablePlaces
from nlp.reading.spans import joined


def read(content: bytes) -> DecodedText:
    """Return the text of a Word document without its headers and footers; raises Unreadable."""
    with opened(content) as archive:
        document = _part(archive, "document")
        body = None if document is None else document.find(f"{W}body")
        if body is None:
            raise Unreadable("damaged", "the document has no body; save it again with a word processor.")
        styles = _part(archive, "styles")
        leave_marked_digits_out(body, styles)
        number = numbers(_part(archive, "numbering"), styles)
        flow = Flow(number, _footnotes(_part(archive, "footnotes")))
        text, tables = joined(flow.blocks(body))
    if not text:
        raise Unreadable("empty", "the document holds no text.")
    return DecodedText(text, None, tables=tables, places=TablePlaces(text, tables))


def _part(archive: ZipFile, name: str) -> etree._Element | None:
    """Return the tree of a part of a document, in the usual variant of the format; None where it has none."""
    tree = part(archive, f"word/{name}.xml")
    if tree is not None and str(tree.tag).startswith(STRICT):
        _rename_strict_elements(tree)
    return tree


def _rename_strict_elements(root: etree._Element) -> None:
    """Give the elements and attributes of the strict variant their names in the usual one."""
    for node in root.iter(f"{STRICT}*"):
        node.tag = W + str(node.tag)[len(STRICT) :]
        for name, value in list(node.attrib.items()):
            if str(name).startswith(STRICT):
                del node.attrib[name]
                node.set(W + str(name)[len(STRICT) :], value)


def _footnotes(part: etree._Element | None) -> dict[str, str]:
    """Return the texts of the footnotes by their ids, each in one line."""
    if part is None:
        return {}
    without_numbers = Flow(lambda _: "")
    texts = {}
    for note in part.iterchildren(f"{W}footnote"):
        is_separator = note.get(f"{W}type") is not None
        if not is_separator:
            texts[note.get(f"{W}id", "")] = "".join(without_numbers.lines(note))
    return texts
