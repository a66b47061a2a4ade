"""Reads a Word document into a text."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree

from nlp.reading.document import DecodedText, Unreadable
from nlp.reading.docx.flow import NOTE_MARKS, Flow
from nlp.reading.docx.formulas import write_formulas_as_runs
from nlp.reading.docx.looks import Looks
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
        looks = Looks.of(styles)
        _mend(body, looks)
        number = numbers(_part(archive, "numbering"), styles)
        flow = Flow(number, _notes(archive, looks))
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


def _mend(part: etree._Element, looks: Looks) -> None:
    """Make of a part what it shows: formulas as text, nothing hidden, no marks beside numbers of cells."""
    write_formulas_as_runs(part)
    leave_marked_digits_out(part, looks)


def _notes(archive: ZipFile, looks: Looks) -> dict[tuple[str, str], str]:
    """Return the texts of footnotes and endnotes by the names and ids of their marks, each in one line."""
    without_numbers = Flow(lambda _: "")
    texts = {}
    for mark in NOTE_MARKS:
        name = mark.removesuffix("Reference")
        part = _part(archive, f"{name.removeprefix(W)}s")
        if part is None:
            continue
        _mend(part, looks)
        for note in part.iterchildren(name):
            is_separator = note.get(f"{W}type") is not None
            if not is_separator:
                texts[mark, note.get(f"{W}id", "")] = "".join(without_numbers.lines(note))
    return texts
