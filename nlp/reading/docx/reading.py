"""Reads a Word document into a text."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree

from nlp.reading.document import Read, Unreadable
from nlp.reading.docx.flow import STRICT, Flow, W
from nlp.reading.docx.numbering import numbers
from nlp.reading.docx.parts import opened, part


def read(content: bytes) -> Read:
    """Return the text of a Word document; headers and footers are no part of it."""
    with opened(content) as archive:
        document = _part(archive, "document")
        if document is None or (body := document.find(f"{W}body")) is None:
            raise Unreadable("damaged", "the document has no body; save it again with a word processor.")
        number = numbers(_part(archive, "numbering"), _part(archive, "styles"))
        flow = Flow(number, _footnotes(_part(archive, "footnotes")))
        lines = flow.lines(body)
    if not lines:
        raise Unreadable("empty", "the document holds no text.")
    return Read("\n".join(lines), None)


def _part(archive: ZipFile, name: str) -> etree._Element | None:
    found = part(archive, f"word/{name}.xml")
    if found is not None and str(found.tag).startswith(STRICT):
        _named_as_usual(found)
    return found


def _named_as_usual(root: etree._Element) -> None:
    """Rename what the strict variant of the format names otherwise."""
    for node in root.iter(f"{STRICT}*"):
        node.tag = W + str(node.tag)[len(STRICT) :]
        for name, value in list(node.attrib.items()):
            if str(name).startswith(STRICT):
                del node.attrib[name]
                node.set(W + str(name)[len(STRICT) :], value)


def _footnotes(part: etree._Element | None) -> dict[str, str]:
    """Return the notes by id, each in one line."""
    if part is None:
        return {}
    plain = Flow(lambda _: "")
    notes = (note for note in part.iterchildren(f"{W}footnote") if note.get(f"{W}type") is None)
    return {note.get(f"{W}id", ""): "".join(plain.lines(note)) for note in notes}
