"""The numbers of lists that Word prints before paragraphs, （一）or 1., which their text does not hold."""

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
"""For each number format of Word what writes a number in it; all others are written in digits."""


@dataclass(frozen=True)
class Level:
    """The numbering of one level of a list.

    `start` is its first number, `format` a key of _FORMATS, and `text` what is printed: in `（%1）` the `%1`
    stands for the number of the first level, `%2` would for that of the second, and so on.
    """

    start: int
    format: str
    text: str


@dataclass
class Numbers:
    """Numbers the paragraphs of a document in their order.

    `levels` are the levels of each list, by the ids of the lists and the levels' depth from 0; `styles` are
    the list settings of paragraph styles by their ids; `counted` is the last number of each level so far.
    """

    levels: dict[str, dict[int, Level]]
    styles: dict[str, Element]
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def __call__(self, paragraph: Element) -> str:
        """Return what Word prints before a paragraph, and count it; empty for one in no list."""
        list_level = self._list_level(paragraph)
        if list_level is None:
            return ""
        id, depth = list_level
        level = self.levels.get(id, {}).get(depth)
        if level is None or level.format == "bullet":
            return ""
        counted = self.counted.setdefault(id, {})
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [other for other in counted if other > depth]:
            del counted[deeper]
        return _PLACE.sub(lambda place: self._printed(id, int(place.group(1)) - 1), level.text)

    def _printed(self, id: str, depth: int) -> str:
        """Return the number that a level of a list has at present, in the level's format."""
        level = self.levels[id].get(depth, Level(1, "decimal", ""))
        number = self.counted[id].get(depth, level.start)
        written = _FORMATS.get(level.format, str)
        return written(number)

    def _list_level(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the list of a paragraph and its depth, from 0, by its own settings or its style's."""
        settings = paragraph.find(f"{W}pPr")
        if settings is None:
            return None
        numbering = settings.find(f"{W}numPr")
        style = settings.find(f"{W}pStyle")
        if numbering is None and style is not None:
            numbering = self.styles.get(style.get(f"{W}val", ""))
        if numbering is None:
            return None
        id = _value(numbering, "numId")
        depth = _value(numbering, "ilvl") or "0"
        if id is None or id == "0" or not depth.isdigit():
            return None
        return id, int(depth)


def numbers(numbering: Element | None, styles: Element | None) -> Numbers:
    """Return the numbering of a document from its parts numbering.xml and styles.xml, None if missing."""
    return Numbers(_levels(numbering), _styles(styles))


def _levels(numbering: Element | None) -> dict[str, dict[int, Level]]:
    """Return the levels of each list by its id; several lists can have the levels of one abstract list."""
    if numbering is None:
        return {}
    abstract: dict[str | None, dict[int, Level]] = {}
    for node in numbering.iterchildren(f"{W}abstractNum"):
        abstract[node.get(f"{W}abstractNumId")] = _levels_of_list(node)
    levels = {}
    for node in numbering.iterchildren(f"{W}num"):
        levels[node.get(f"{W}numId", "")] = abstract.get(_value(node, "abstractNumId"), {})
    return levels


def _levels_of_list(abstract: Element) -> dict[int, Level]:
    levels = {}
    for level in abstract.iterchildren(f"{W}lvl"):
        depth = level.get(f"{W}ilvl", "0")
        start = _value(level, "start") or "1"
        if depth.isdigit() and start.isdigit():
            format = _value(level, "numFmt") or "decimal"
            levels[int(depth)] = Level(int(start), format, _value(level, "lvlText") or "")
    return levels


def _styles(styles: Element | None) -> dict[str, Element]:
    """Return the list settings of the paragraph styles that have any, by the ids of the styles."""
    settings: dict[str, Element] = {}
    if styles is None:
        return settings
    for style in styles.iterchildren(f"{W}style"):
        numbering = style.find(f"{W}pPr/{W}numPr")
        if numbering is not None:
            settings[style.get(f"{W}styleId", "")] = numbering
    return settings


def _value(parent: Element, name: str) -> str | None:
    """Return the `val` attribute of a child element; None where there is no such child or attribute."""
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")
