"""Says how the workbooks look: formats, widths, fills of cells by what is known of them."""

from __future__ import annotations

from typing import Any

_BORDER = {"border": 1, "border_color": "#9AA5B1"}
_TEXT = {"num_format": "@", "valign": "top", "text_wrap": True}
_VALUE = {**_BORDER, "align": "center", "valign": "vcenter", "text_wrap": True, "locked": False}
_FILL_IN = {**_BORDER, "bg_color": "#FFF9D6", "valign": "top", "text_wrap": True, "locked": False}

FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "valign": "vcenter"},
    "heading": {"bold": True, "font_size": 12, "font_color": "#1A4F8B", "valign": "bottom"},
    "facts": {"font_color": "#56616E", "valign": "top", "text_wrap": True},
    "head": {**_BORDER, "bold": True, "bg_color": "#DDE6F0", "valign": "vcenter", "text_wrap": True},
    "text": {**_TEXT, **_BORDER},
    "number": {**_BORDER, "valign": "top", "align": "center"},
    "link": {**_TEXT, **_BORDER, "font_color": "#0563C1", "underline": 1},
    "fill_in": _FILL_IN,
    "fill_in_text": {**_FILL_IN, "num_format": "@"},
    "label": {**_BORDER, "bg_color": "#F1F4F8", "align": "center", "valign": "vcenter", "text_wrap": True},
    "value": {**_VALUE, "bold": True},
    "broken": {**_VALUE, "bold": True, "bg_color": "#FDE4E2", "font_color": "#B3261E"},
    "ambiguous": {**_VALUE, "bg_color": "#FFC9C9"},
    "doubtful": {**_VALUE, "bold": True, "bg_color": "#FFECB8"},
    "missing": {**_VALUE, "bg_color": "#E3E7EC", "font_color": "#56616E"},
    "blank": {**_VALUE, "pattern": 8, "fg_color": "#C3CAD3", "bg_color": "#FFFFFF"},
    "decided": {**_VALUE, "bold": True, "bg_color": "#DBEAFE"},
}
"""The formats by their names; those from `broken` on are the marks of the legend, in its order."""
MARKS = tuple(FORMATS)[tuple(FORMATS).index("broken") :]

WIDTHS = (9,) * 15
"""The widths of the columns of an agency's sheet, in characters: a grid in which cells are merged."""
SUMMARY_WIDTHS = (34, 26, 7, 20, 9, 9, 9, 9, 9, 9, 52, 12)


def width(first: int, last: int) -> int:
    """Return how wide columns of an agency's sheet are together, from 0, both included.

    >>> width(0, 1)
    18
    """
    return sum(WIDTHS[first : last + 1])
