"""The lines of a Word document: one for each paragraph, one of tabbed cells for each table row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from nlp.reading.document import Unreadable
from nlp.reading.docx.fields import default_value
from nlp.reading.docx.parts import W
from nlp.reading.spans import WIDEST, Block, MarkupCell, flat, in_one_line, tabbed

Element = etree._Element
"""An element of the document's XML."""
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
_DIGITS = re.compile(r"[0-9]{1,6}")
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
        """Return a paragraph's own lines, then those of its text boxes, then its footnotes."""
        text, notes, boxes = self._text(paragraph)
        lines = [line.strip() for line in (self.number(paragraph) + text).split("\n")]
        return [*(line for line in lines if line), *boxes, *notes]

    def _text(self, paragraph: Element) -> tuple[str, list[str], list[Block]]:
        """Return a paragraph's own text, its footnotes, and what the text boxes anchored in it hold."""
        parts: list[str] = []
        notes: list[str] = []
        boxes: list[Block] = []
        value_of_field = ""
        walk = etree.iterwalk(paragraph, events=("start",))
        for _, node in walk:
            if node.tag in _LEFT_OUT or (node.tag == f"{W}r" and _is_hidden(node)):
                walk.skip_subtree()
            elif node.tag == f"{W}txbxContent":
                boxes += self.blocks(node)
                walk.skip_subtree()
            elif node.tag == f"{W}t":
                parts.append(node.text or "")
                value_of_field = ""  # the field shows its value itself
            elif node.tag == f"{W}fldChar":
                kind = node.get(f"{W}fldCharType")
                if kind == "begin":
                    value_of_field = default_value(node)
                elif kind == "end":
                    parts.append(value_of_field)
                    value_of_field = ""
            elif node.tag == f"{W}footnoteReference":
                note = self.footnotes.get(node.get(f"{W}id", ""))
                if note:
                    notes.append(note)
            elif isinstance(node.tag, str) and node.tag.startswith(W):
                parts.append(_CHARACTERS.get(node.tag[len(W) :], ""))
        return "".join(parts), notes, boxes

    def _table(self, table: Element) -> list[Block]:
        rows = []
        for row in _outermost(table, ("tr",)):
            if not _is_deleted(row):
                rows.append((row, list(_outermost(row, ("tc",)))))
        cells = [cell for _, cells_of_row in rows for cell in cells_of_row]
        if len(cells) < 2 or _holds_tables(cells):
            return [block for cell in cells for block in self.blocks(cell)]
        return [tabbed(self._markup_row(row, cells_of_row) for row, cells_of_row in rows)]

    def _markup_row(self, row: Element, cells: list[Element]) -> list[MarkupCell]:
        """Return the cells of a row of a table.

        Word repeats a cell that spans several rows in each of them: the repetitions are empty cells that
        continue the one above. The repetitions of a cell that spans several columns widen it.
        """
        columns_before = _number(_settings(row, f"{W}trPr").get(f"{W}gridBefore"), 0)
        given: list[MarkupCell] = []
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
                text = in_one_line("\n".join(self.lines(cell)))
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
        elif node.tag in _LEFT_OUT:
            walk.skip_subtree()


def _holds_tables(cells: list[Element]) -> bool:
    """Return whether another table of several cells stands in some cells, which then lay out a page."""
    for cell in cells:
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
