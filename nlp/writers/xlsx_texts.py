"""Texts as cells of a workbook: as text, never as formula or link; those that come again are shared."""

from __future__ import annotations

import re

from nlp.writers.remarks import Remarks
from nlp.writers.xlsx_workbook import Frame

LONGEST_TEXT = 32_767
"""So many UTF-16 units a cell of Excel holds."""
_SAID = 50
"""So many units the words take that tell of a cut."""
_SHARED, _SHORT = 20_000, 80
"""So many texts of so many characters are shared: ids, labels, names."""
_SPECIAL = re.compile(r"[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ILLEGAL = "Texts with characters that XLSX cannot hold, written as _xHHHH_, which Excel reads back"
_CUT = f"Texts longer than the {LONGEST_TEXT:,} characters of an Excel cell, cut"


class Texts:
    r"""Turns texts into what follows the place of a cell, for all sheets of a workbook.

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

    def cell(self, value: str, where: str, remarks: Remarks) -> str:
        """Return the XML of a text behind the place of its cell."""
        shown = _short_enough(value, where, remarks)
        escaped, special = _SPECIAL.subn(_escaped, shown)
        if special and _has_illegal(shown):
            remarks.add(_ILLEGAL, where)
        keeping = ' xml:space="preserve"' if shown != shown.strip() or "\n" in shown else ""
        xml = f"<t{keeping}>{escaped}</t>"
        if special or len(value) > _SHORT or len(self.shared) == _SHARED:
            return f'" s="{self._frame.text_style}" t="inlineStr"><is>{xml}</is></c>'
        return self._share(value, xml)

    def _share(self, value: str, xml: str) -> str:
        number = self._frame.shared_texts + len(self.shared)
        self.shared.append(f"<si>{xml}</si>")
        self.known[value] = f'" s="{self._frame.text_style}" t="s"><v>{number}</v></c>'
        return self.known[value]


def _short_enough(value: str, where: str, remarks: Remarks) -> str:
    """Return a text as long as a cell may be; one that is cut says how much is missing."""
    units = len(value) if len(value) * 2 <= LONGEST_TEXT else len(value.encode("utf-16-le")) // 2
    if units <= LONGEST_TEXT:
        return value
    remarks.add(_CUT, where)
    more = units - LONGEST_TEXT + _SAID
    said = f"…（以下约 {more} 字被截去 / about {more} characters cut）"
    kept = value.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(said))]
    return kept.decode("utf-16-le", "ignore") + said


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return _NAMED.get(character) or f"_x{ord(character):04X}_"


def _has_illegal(text: str) -> bool:
    return any(one not in "&<>\r_" for one in _SPECIAL.findall(text))
