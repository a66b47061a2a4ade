"""The text of a Word document: a line a paragraph, a row of cells a row of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from nlp.reading.document import Unreadable
from nlp.reading.spans import Box, in_one_line, written

Element = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DEEPEST = 24
"""How deep tables and text boxes may be nested."""
_LEFT_OUT = frozenset(
    (
        *(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText")),
        *(f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr")),
        _FALLBACK,
    )
)
"""What is not shown: deleted and moved text, the codes of fields, settings, copies for old programs."""
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}

Numbering = Callable[[Element], str]
"""Gives the number that Word prints before a paragraph."""


@dataclass
class Flow:
    """Writes the lines of a document; `footnotes` are the texts of its notes by id."""

    number: Numbering
    footnotes: dict[str, str] = field(default_factory=dict)
    depth: int = 0

    def lines(self, parent: Element) -> list[str]:
        """Return the lines of what holds paragraphs and tables, blank ones left out."""
        found: list[str] = []
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable("too_deep", f"tables are nested more than {_DEEPEST} deep; no report's are.")
        for block in _blocks(parent, ("p", "tbl")):
            if block.tag == f"{W}p":
                found += self._paragraph(block)
            else:
                found += self._table(block)
        self.depth -= 1
        return found

    def _paragraph(self, paragraph: Element) -> list[str]:
        text, notes, boxes = self._text(paragraph)
        lines = [line.strip() for line in (self.number(paragraph) + text).split("\n")]
        return [line for line in lines if line] + boxes + notes

    def _text(self, paragraph: Element) -> tuple[str, list[str], list[str]]:
        """Return a paragraph's own text, its notes, and the lines of the text boxes that hang on it."""
        parts: list[str] = []
        notes: list[str] = []
        boxes: list[str] = []
        walk = etree.iterwalk(paragraph, events=("start",))
        for _, node in walk:
            if node.tag in _LEFT_OUT or (node.tag == f"{W}r" and _vanished(node)):
                walk.skip_subtree()
            elif node.tag == f"{W}txbxContent":
                boxes += self.lines(node)
                walk.skip_subtree()
            elif node.tag == f"{W}t":
                parts.append(node.text or "")
            elif node.tag == f"{W}footnoteReference":
                notes += filter(None, [self.footnotes.get(node.get(f"{W}id", ""), "")])
            elif isinstance(node.tag, str) and node.tag.startswith(W):
                parts.append(_CHARACTERS.get(node.tag[len(W) :], ""))
        return "".join(parts), notes, boxes

    def _table(self, table: Element) -> list[str]:
        rows = [list(_blocks(row, ("tc",))) for row in _blocks(table, ("tr",)) if not _deleted(row)]
        if sum(map(len, rows)) < 2 or _holds_tables(rows):
            return [line for row in rows for cell in row for line in self.lines(cell)]
        return written(self._boxes(rows))

    def _boxes(self, rows: list[list[Element]]) -> Iterator[list[Box]]:
        """Yield the cells of each row; one that goes on from above is empty, as `spans` would have it."""
        for row in rows:
            yield [
                Box("" if _goes_on(cell) else in_one_line("\n".join(self.lines(cell))))
                for cell in row
                if not _goes_on(cell, "hMerge")
            ]


def _blocks(parent: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """Yield the blocks below an element, those within content controls and insertions as well."""
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
    """Tell whether a table lays out a page: another table of several cells stands in it."""
    inner = (table for row in rows for cell in row for table in cell.iterdescendants(f"{W}tbl"))
    return any(sum(1 for _ in table.iterdescendants(f"{W}tc")) > 1 for table in inner)


def _vanished(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false", "off")


def _deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _goes_on(cell: Element, name: str = "vMerge") -> bool:
    merge = cell.find(f"{W}tcPr/{W}{name}")
    return merge is not None and merge.get(f"{W}val") != "restart"
