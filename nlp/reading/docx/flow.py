"""The lines of a Word document: one for each paragraph, one of tabbed cells for each table row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from nlp.reading.document import Unreadable
from nlp.reading.spans import GivenCell, in_one_line, tabbed_lines

Element = etree._Element
"""An element of the document's XML."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of the usual variant of the format, as lxml writes it before an element's name."""
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
"""The namespace of the strict variant."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DEEPEST = 24
"""How deep tables and text boxes may be nested; deeper documents are refused."""
_LEFT_OUT = frozenset(
    (
        *(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText")),
        *(f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr")),
        _FALLBACK,
    )
)
"""Elements that are not shown: deleted and moved text, field codes, settings, copies for old programs."""
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}

Numbering = Callable[[Element], str]
"""A function that returns the number that Word prints before a paragraph, empty for none."""


@dataclass
class Flow:
    """Turns the blocks of a document into lines.

    `number` returns each paragraph's number, and must be called for every paragraph once, in order;
    `footnotes` are the texts of the notes by id; `depth` is how deep the tables being read are nested.
    """

    number: Numbering
    footnotes: dict[str, str] = field(default_factory=dict)
    depth: int = 0

    def lines(self, parent: Element) -> list[str]:
        """Return the lines of an element that holds paragraphs and tables, without blank ones.

        Raises Unreadable (`too_deep`) where tables or text boxes are nested too deep.
        """
        lines: list[str] = []
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable("too_deep", f"tables are nested more than {_DEEPEST} deep; no report's are.")
        for block in _blocks(parent, ("p", "tbl")):
            if block.tag == f"{W}p":
                lines += self._paragraph(block)
            else:
                lines += self._table(block)
        self.depth -= 1
        return lines

    def _paragraph(self, paragraph: Element) -> list[str]:
        """Return a paragraph's own lines, then those of its text boxes, then its footnotes."""
        text, notes, boxes = self._text(paragraph)
        lines = [line.strip() for line in (self.number(paragraph) + text).split("\n")]
        return [line for line in lines if line] + boxes + notes

    def _text(self, paragraph: Element) -> tuple[str, list[str], list[str]]:
        """Return a paragraph's own text, its footnotes, and the lines of the text boxes anchored in it."""
        parts: list[str] = []
        notes: list[str] = []
        boxes: list[str] = []
        walk = etree.iterwalk(paragraph, events=("start",))
        for _, node in walk:
            if node.tag in _LEFT_OUT or (node.tag == f"{W}r" and _is_hidden(node)):
                walk.skip_subtree()
            elif node.tag == f"{W}txbxContent":
                boxes += self.lines(node)
                walk.skip_subtree()
            elif node.tag == f"{W}t":
                parts.append(node.text or "")
            elif node.tag == f"{W}footnoteReference":
                note = self.footnotes.get(node.get(f"{W}id", ""))
                if note:
                    notes.append(note)
            elif isinstance(node.tag, str) and node.tag.startswith(W):
                parts.append(_CHARACTERS.get(node.tag[len(W) :], ""))
        return "".join(parts), notes, boxes

    def _table(self, table: Element) -> list[str]:
        rows = [list(_blocks(row, ("tc",))) for row in _blocks(table, ("tr",)) if not _is_deleted(row)]
        cells = sum(len(row) for row in rows)
        if cells < 2 or _holds_tables(rows):
            return [line for row in rows for cell in row for line in self.lines(cell)]
        return tabbed_lines(self.given_rows(rows))

    def given_rows(self, rows: list[list[Element]]) -> Iterator[list[GivenCell]]:
        """Yield the cells of each row of a table.

        Word repeats a cell that spans several rows in each of them: the repetitions are yielded as empty
        cells and spans as 1. The repetitions of a cell that spans several columns are left out.
        """
        for row in rows:
            cells = []
            for cell in row:
                if _continues(cell, "hMerge"):
                    continue
                if _continues(cell, "vMerge"):
                    cells.append(GivenCell(""))
                else:
                    cells.append(GivenCell(in_one_line("\n".join(self.lines(cell)))))
            yield cells


def _blocks(parent: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """Yield the outermost elements of some names below an element, also within content controls."""
    wanted = {f"{W}{name}" for name in names}
    walk = etree.iterwalk(parent, events=("start",))
    for _, node in walk:
        if node is parent:
            continue
        if node.tag in wanted:
            yield node
            walk.skip_subtree()
        elif node.tag in _LEFT_OUT:
            walk.skip_subtree()


def _holds_tables(rows: list[list[Element]]) -> bool:
    """Return whether another table of several cells stands in some rows, which then lay out a page."""
    for row in rows:
        for cell in row:
            for table in cell.iterdescendants(f"{W}tbl"):
                first_two = list(islice(table.iterdescendants(f"{W}tc"), 2))
                if len(first_two) == 2:
                    return True
    return False


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false", "off")


def _is_deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _continues(cell: Element, merge_name: str) -> bool:
    """Return whether a cell continues the one above (`vMerge`) or the one before (`hMerge`)."""
    merge = cell.find(f"{W}tcPr/{W}{merge_name}")
    return merge is not None and merge.get(f"{W}val") != "restart"
