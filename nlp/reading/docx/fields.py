"""What the fields in the text of a Word document show, where no text of theirs shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from nlp.reading.docx.parts import W
from nlp.text.cells import UNREAD
from nlp.text.enumerators import circled

Element = etree._Element

_PLACE = re.compile(r"[0-9]{1,4}")
_EQUATION = re.compile(r"\s*EQ\s+(?P<shown>.*?)\s*", re.IGNORECASE | re.DOTALL)
_SWITCH = re.compile(r'\\\*\s*(?:"[^"]*"|\w+)\s*', re.IGNORECASE)
_CIRCLED = re.compile(r"\\o(?:\s*\\a[clr])?\s*\(\s*[○〇◯]\s*[,;，]\s*(?P<number>\d{1,2})\s*\)", re.IGNORECASE)
_WITH_READING = re.compile(
    r"\\o\s*\\a[a-z]\s*\(\s*\\s\s*\\up\s*\d+\s*\([^()]*\)\s*[,;，]\s*(?P<base>[^()\\]*)\)", re.IGNORECASE
)


@dataclass
class _Field:
    """A field that is open.

    `default` is the value in its settings, `is_in_code` says that its code has not ended yet, and `is_shown`
    that text of its own has been passed.
    """

    default: str
    code: str = ""
    is_in_code: bool = True
    is_shown: bool = False


@dataclass
class OpenFields:
    """The fields around a place of a paragraph, the outermost first."""

    fields: list[_Field] = field(default_factory=list)

    @property
    def hide_text(self) -> bool:
        """Whether text stands in the code of a field here, which is not shown."""
        return any(field.is_in_code for field in self.fields)

    def read_code(self, code: str) -> None:
        """Add to the code of the innermost field."""
        if self.fields:
            self.fields[-1].code += code

    def read_text(self) -> None:
        """Take note of text that is shown: the fields around it show it instead of what they would."""
        for open_field in self.fields:
            open_field.is_shown = True

    def pass_mark(self, mark: Element) -> str:
        """Pass a `fldChar`: a field begins, its code ends, or it ends; return what it shows without text."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append(_Field(default_value(mark)))
        elif kind == "separate" and self.fields:
            self.fields[-1].is_in_code = False
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if not ended.is_shown and not self.hide_text:
                return ended.default or shown_by(ended.code)
        return ""


def shown_by(code: str) -> str:
    """Return what a field shows by its code alone: UNREAD for an equation that is no plain text, "" for most.

    >>> shown_by(" EQ 35 "), shown_by(r"eq \\o\\ac(○,3)"), shown_by(r"EQ \\f(1,2)"), shown_by("PAGE")
    ('35', '③', '\ufffd', '')
    >>> shown_by(r'EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(guī),规)')
    '规'
    """
    equation = _EQUATION.fullmatch(code)
    if equation is None:
        return ""
    shown = _SWITCH.sub("", equation["shown"]).strip()
    if "\\" not in shown:
        return shown
    ring = _CIRCLED.fullmatch(shown)
    if ring is not None:
        character = circled(int(ring["number"]))
        return UNREAD if character.isascii() else character
    with_reading = _WITH_READING.fullmatch(shown)
    return UNREAD if with_reading is None else with_reading["base"]


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
