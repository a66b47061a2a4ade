"""Renders texts as cells of a workbook, never as formulas or links; repeated ones are shared."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlp.writers.remarks import Remarks
from nlp.writers.xlsx_workbook import Frame

LONGEST_TEXT = 32_767
"""How many UTF-16 units a cell of Excel holds."""
_NOTICE = 50
"""How many UTF-16 units are kept free for the notice that a text was cut."""
_MOST_SHARED, _LONGEST_SHARED = 20_000, 80
"""How many texts are shared, and of how many characters at most: ids, labels, names."""
_SPECIAL = re.compile(r"[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ILLEGAL = "Texts with characters that XLSX cannot hold, written as _xHHHH_, which Excel reads back"
_CUT = f"Texts longer than the {LONGEST_TEXT:,} characters of an Excel cell, cut"


class Texts:
    r"""Renders texts for all sheets of a workbook: the XML that follows the reference of a cell.

    `known` holds what was rendered for each shared text, `shared` the entries of the table of shared texts.

    >>> texts, remarks = Texts(Frame(text_style=2, shared_texts=100)), Remarks()
    >>> texts.cell("=1+1", "a", remarks), texts.cell("a\x01", "b", remarks)
    ('" s="2" t="s"><v>100</v></c>', '" s="2" t="inlineStr"><is><t>a_x0001_</t></is></c>')
    >>> texts.shared, remarks.sentences()[0][-13:]
    (['<si><t>=1+1</t></si>'], '1 (first: b).')
    """

    def __init__(self, frame: Frame) -> None:
        self.known: dict[str, str] = {}
        self.shared: list[str] = []
        self._frame = frame

    @property
    def text_style(self) -> int:
        """The number of the style of texts."""
        return self._frame.text_style

    def other_styles(self, table: str) -> Mapping[int, int]:
        """Return the styles of the columns of a table that have another, by their places from 0."""
        return self._frame.other_styles.get(table, {})

    def cell(self, value: str, where: str, remarks: Remarks) -> str:
        """Return the XML that follows the reference of a cell with a text; `where` is for remarks."""
        shown = _short_enough(value, where, remarks)
        escaped, special = _SPECIAL.subn(_escaped, shown)
        if special and _has_illegal(shown):
            remarks.add(_ILLEGAL, where)
        has_outer_space = shown != shown.strip() or "\n" in shown
        space = ' xml:space="preserve"' if has_outer_space else ""
        xml = f"<t{space}>{escaped}</t>"
        if special or len(value) > _LONGEST_SHARED or len(self.shared) == _MOST_SHARED:
            return f'" s="{self._frame.text_style}" t="inlineStr"><is>{xml}</is></c>'
        return self._share(value, xml)

    def _share(self, value: str, xml: str) -> str:
        number = self._frame.shared_texts + len(self.shared)
        self.shared.append(f"<si>{xml}</si>")
        self.known[value] = f'" s="{self._frame.text_style}" t="s"><v>{number}</v></c>'
        return self.known[value]


def _short_enough(value: str, where: str, remarks: Remarks) -> str:
    """Return a text as long as a cell may be; one that is cut says how much is missing."""
    if len(value) * 2 <= LONGEST_TEXT:  # a character has two units at most
        return value
    encoded = value.encode("utf-16-le")
    units = len(encoded) // 2
    if units <= LONGEST_TEXT:
        return value
    remarks.add(_CUT, where)
    more = units - LONGEST_TEXT + _NOTICE
    notice = f"…（以下约 {more} 字被截去 / about {more} characters cut）"
    kept = encoded[: 2 * (LONGEST_TEXT - len(notice))]
    return kept.decode("utf-16-le", "ignore") + notice


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    return _ESCAPES.get(character) or f"_x{ord(character):04X}_"


def _has_illegal(text: str) -> bool:
    """Return whether a text has a character that XLSX cannot hold, not only ones that are escaped."""
    return any(character not in "&<>\r_" for character in _SPECIAL.findall(text))
