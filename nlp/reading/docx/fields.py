"""The values of form fields in the text of a Word document, where no text of the field shows them."""

from __future__ import annotations

import re

from lxml import etree

from nlp.reading.docx.parts import W

Element = etree._Element

_PLACE = re.compile(r"[0-9]{1,4}")


def default_value(field: Element) -> str:
    """Return the value that a form field holds in its settings; empty where it has none.

    `field` is the `fldChar` that begins a field. That of a list is the entry that was chosen, that of a box
    to type in its default text.
    """
    entries = field.find(f"{W}ffData/{W}ddList")
    if entries is not None:
        return _chosen(entries)
    default = field.find(f"{W}ffData/{W}textInput/{W}default")
    return "" if default is None else default.get(f"{W}val", "")


def _chosen(entries: Element) -> str:
    """Return the entry of a list that was chosen, by its place from 0: the default, else the first one."""
    texts = [entry.get(f"{W}val", "") for entry in entries.iterchildren(f"{W}listEntry")]
    place = 0
    for name in ("result", "default"):
        setting = entries.find(f"{W}{name}")
        digits = "" if setting is None else setting.get(f"{W}val", "")
        if _PLACE.fullmatch(digits):
            place = int(digits)
            break
    return texts[place] if place < len(texts) else ""
