"""The numbers that Word prints before paragraphs: （一）, 1. and the like, which are not in their text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from nlp.reading.docx.flow import W
from nlp.text.enumerators import circled, in_words

Element = etree._Element
_PLACE = re.compile(r"%([1-9])")


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": in_words,
    "chineseCountingThousand": in_words,
    "japaneseCounting": in_words,
    "ideographDigital": in_words,
    "taiwaneseCounting": in_words,
    "taiwaneseCountingThousand": in_words,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "bullet": lambda _: "",
    "none": lambda _: "",
}


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: where from, in which format, with what around."""

    start: int
    format: str
    text: str


@dataclass
class Numbers:
    """Counts the paragraphs of each list of a document."""

    levels: dict[str, dict[int, Level]]
    styles: dict[str, Element]
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def __call__(self, paragraph: Element) -> str:
        """Return the number before a paragraph, and count on."""
        found = self._list(paragraph)
        if found is None:
            return ""
        id, depth = found
        level = self.levels.get(id, {}).get(depth)
        if level is None or level.format == "bullet":
            return ""
        counted = self.counted.setdefault(id, {})
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [other for other in counted if other > depth]:
            del counted[deeper]
        return _PLACE.sub(lambda place: self._printed(id, int(place.group(1)) - 1), level.text)

    def _printed(self, id: str, depth: int) -> str:
        level = self.levels[id].get(depth, Level(1, "decimal", ""))
        number = self.counted[id].get(depth, level.start)
        return _FORMATS.get(level.format, str)(number)

    def _list(self, paragraph: Element) -> tuple[str, int] | None:
        settings = paragraph.find(f"{W}pPr")
        if settings is None:
            return None
        numbering = settings.find(f"{W}numPr")
        style = settings.find(f"{W}pStyle")
        if numbering is None and style is not None:
            numbering = self.styles.get(style.get(f"{W}val", ""))
        if numbering is None:
            return None
        id, depth = _value(numbering, "numId"), _value(numbering, "ilvl") or "0"
        return (id, int(depth)) if id not in (None, "0") and depth.isdigit() else None


def numbers(numbering: Element | None, styles: Element | None) -> Numbers:
    """Return what numbers the paragraphs of a document whose parts these are."""
    return Numbers(_levels(numbering), _styles(styles))


def _levels(numbering: Element | None) -> dict[str, dict[int, Level]]:
    if numbering is None:
        return {}
    lists = numbering.iterchildren(f"{W}abstractNum")
    abstract = {one.get(f"{W}abstractNumId"): _of_list(one) for one in lists}
    return {
        one.get(f"{W}numId", ""): abstract.get(_value(one, "abstractNumId"), {})
        for one in numbering.iterchildren(f"{W}num")
    }


def _of_list(abstract: Element) -> dict[int, Level]:
    levels = {}
    for level in abstract.iterchildren(f"{W}lvl"):
        depth, start = level.get(f"{W}ilvl", "0"), _value(level, "start") or "1"
        if depth.isdigit() and start.isdigit():
            format = _value(level, "numFmt") or "decimal"
            levels[int(depth)] = Level(int(start), format, _value(level, "lvlText") or "")
    return levels


def _styles(styles: Element | None) -> dict[str, Element]:
    found = {}
    for style in styles.iterchildren(f"{W}style") if styles is not None else ():
        numbering = style.find(f"{W}pPr/{W}numPr")
        if numbering is not None:
            found[style.get(f"{W}styleId", "")] = numbering
    return found


def _value(parent: Element, name: str) -> str | None:
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")
