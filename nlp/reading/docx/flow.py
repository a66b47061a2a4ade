"""The lines of a Word document: one for each paragraph, one of tabbed cells for each table row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from nlp.reading.document import Unreadable
from nlp.reading.docx.fields import OpenFields, shown_by
from nlp.reading.docx.parts import LEFT_OUT, W
from nlp.reading.spans import WIDEST, Block, MarkupCell, flat, in_one_line, tabbed
from nlp.text.cells import NOTES, UNREAD

Element = etree._Element
"""An element of the document's XML."""
NOTE_MARKS = (f"{W}footnoteReference", f"{W}endnoteReference")
"""The elements of which the mark of a note is made."""
_BEGINNINGS = tuple(NOTES["beginning"])
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline",
    "{http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing}inline",
    f"{W}object",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
"""The elements of pictures that stand in the line, as what floats over a page, such as a seal, does not."""
_FLOATING = "position:absolute"
_DEEPEST = 24
"""How deep tables and text boxes may be nested; deeper documents are refused."""
_DIGITS = re.compile(r"[0-9]{1,6}")
_TEXT, _CODE, _BOX = f"{W}t", f"{W}instrText", f"{W}txbxContent"
_FIELD_MARK, _SIMPLE_FIELD = f"{W}fldChar", f"{W}fldSimple"
_CHARACTERS = {
    **dict.fromkeys((f"{W}tab", f"{W}ptab"), "\t"),
    **dict.fromkeys((f"{W}br", f"{W}cr"), "\n"),
    f"{W}noBreakHyphen": "-",
}

Numbering = Callable[[Element], str]
"""A function that returns the number that Word prints before a paragraph, empty for none."""


@dataclass
class Flow:
    """Turns the blocks of a document into lines.

    `number` returns each paragraph's number, and must be called for every paragraph once, in order;
    `notes` are the texts of footnotes and endnotes by the names of their marks and their ids; `depth` is how
    deep the tables being read are nested.
    """

    number: Numbering
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    depth: int = 0

    def blocks(self, parent: Element) -> list[Block]:
        """Return the lines and tables of an element that holds paragraphs and tables, without blank lines.

        Raises Unreadable (`too_deep`) where tables or text boxes are nested too deep.
        """
        blocks: list[Block] = []
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable("too_deep", f"tables are nested more than {_DEEPEST} deep; no report's are.")
        for node in _outermost(parent, ("p", "tbl")):
            if node.tag == f"{W}p":
                blocks += self._paragraph(node)
            else:
                blocks += self._table(node)
        self.depth -= 1
        return blocks

    def lines(self, parent: Element) -> list[str]:
        """Return the lines of an element, those of its tables tabbed; raises as `blocks` does."""
        return flat(self.blocks(parent))

    def _paragraph(self, paragraph: Element) -> list[Block]:
        """Return a paragraph's own lines, then those of its text boxes, then its notes."""
        text, notes, boxes = self._text(paragraph)
        lines = [line.strip() for line in (self.number(paragraph) + text).split("\n")]
        return [*(line for line in lines if line), *boxes, *notes]

    def _text(self, paragraph: Element) -> tuple[str, list[str], list[Block]]:
        """Return a paragraph's own text, its notes, and what the text boxes anchored in it hold."""
        parts: list[str] = []
        notes: list[str] = []
        boxes: list[Block] = []
        fields = OpenFields()
        walk = etree.iterwalk(paragraph, events=("start",))
        for _, node in walk:
            tag = node.tag
            if tag == _TEXT:
                if not fields.hide_text:
                    parts.append(node.text or "")
                    fields.read_text()
            elif tag in LEFT_OUT:
                walk.skip_subtree()
                if tag == _CODE:
                    fields.read_code(node.text or "")
            elif tag == _BOX:
                boxes += self.blocks(node)
                walk.skip_subtree()
            elif tag == _FIELD_MARK:
                parts.append(fields.pass_mark(node))
            elif tag == _SIMPLE_FIELD:
                if node.find(f".//{_TEXT}") is None:
                    parts.append(shown_by(node.get(f"{W}instr", "")))
            elif tag in NOTE_MARKS:
                notes += self._note(node)
            elif tag in _CHARACTERS:
                parts.append(_CHARACTERS[tag])
        return "".join(parts), notes, boxes

    def _note(self, mark: Element) -> list[str]:
        """Return the text of the note of a mark, none where it has no text."""
        text = self.notes.get((str(mark.tag), mark.get(f"{W}id", "")))
        return [text] if text else []

    def _table(self, table: Element) -> list[Block]:
        rows = []
        for row in _outermost(table, ("tr",)):
            if not _is_deleted(row):
                rows.append((row, list(_outermost(row, ("tc",)))))
        cells = [cell for _, cells_of_row in rows for cell in cells_of_row]
        if len(cells) < 2 or _holds_tables(cells):
            return [block for cell in cells for block in self.blocks(cell)]
        lines = tabbed(self._markup_row(row, cells_of_row) for row, cells_of_row in rows)
        return [lines, *self._notes_below(table)]

    def _notes_below(self, table: Element) -> list[str]:
        """Return the notes whose marks stand in the cells of a table, each once, told to be notes."""
        notes: dict[str, None] = {}
        for mark in table.iter(*NOTE_MARKS):
            if not any(around.tag in LEFT_OUT for around in mark.iterancestors()):
                notes.update(dict.fromkeys(self._note(mark)))
        return [note if note.startswith(_BEGINNINGS) else f"{_BEGINNINGS[0]}：{note}" for note in notes]

    def _markup_row(self, row: Element, cells: list[Element]) -> list[MarkupCell]:
        """Return the cells of a row of a table.

        Word repeats a cell that spans several rows in each of them: the repetitions are empty cells that
        continue the one above. The repetitions of a cell that spans several columns widen it.
        """
        columns_before = _number(_settings(row, f"{W}trPr").get(f"{W}gridBefore"), 0)
        given: list[MarkupCell] = []
        without_notes = Flow(self.number, depth=self.depth)
        for cell in cells:
            settings = _settings(cell, f"{W}tcPr")
            columns = _number(settings.get(f"{W}gridSpan"), 1)
            if _continues(settings.get(f"{W}hMerge")):
                if given:
                    given[-1] = given[-1]._replace(column_span=given[-1].column_span + columns)
            elif _continues(settings.get(f"{W}vMerge")):
                given.append(MarkupCell("", 1, columns, columns_before, continues=True))
                columns_before = 0
            else:
                text = in_one_line("\n".join(without_notes.lines(cell)))
                if given and not text and _holds_picture(cell):
                    text = UNREAD
                given.append(MarkupCell(text, 1, columns, columns_before))
                columns_before = 0
        return given


def _outermost(parent: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """Yield the outermost elements of some names below an element, also within content controls."""
    wanted = {f"{W}{name}" for name in names}
    walk = etree.iterwalk(parent, events=("start",))
    for _, node in walk:
        if node is parent:
            continue
        if node.tag in wanted:
            yield node
            walk.skip_subtree()
        elif node.tag in LEFT_OUT:
            walk.skip_subtree()


def _holds_tables(cells: list[Element]) -> bool:
    """Return whether another table of several cells stands in some cells, which then lay out a page."""
    for cell in cells:
        for table in cell.iterdescendants(f"{W}tbl"):
            first_two = list(islice(table.iterdescendants(f"{W}tc"), 2))
            if len(first_two) == 2:
                return True
    return False


def _holds_picture(cell: Element) -> bool:
    """Return whether a picture stands in a cell, which may be one of a number."""
    for picture in cell.iter(*_PICTURES):
        shape = picture.getparent()
        if shape is None or _FLOATING not in shape.get("style", ""):
            return True
    return False


def _is_deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _settings(element: Element, name: str) -> dict[str, Element]:
    """Return the settings of a row or cell by their names; `name` is that of the element with them."""
    for child in element.iterchildren(name):
        return {str(setting.tag): setting for setting in child}
    return {}


def _continues(merge: Element | None) -> bool:
    """Return whether a merge says that its cell continues the one above (`vMerge`) or before (`hMerge`)."""
    return merge is not None and merge.get(f"{W}val") != "restart"


def _number(setting: Element | None, missing: int) -> int:
    """Return the number that a setting holds, at most WIDEST; `missing` for none."""
    digits = "" if setting is None else setting.get(f"{W}val", "")
    return min(int(digits), WIDEST) if _DIGITS.fullmatch(digits) else missing
