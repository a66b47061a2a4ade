"""Leaves out of a page's cells what is no part of their numbers, and sets apart what may be none."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from nlp.reading.html import sizes
from nlp.reading.html.cells import CELLS, is_of_data
from nlp.reading.html.fields import BUTTONS, FIELDS, label_of_button, value
from nlp.reading.html.hiding import hide_undisplayed
from nlp.reading.html.looks import (
    APART,
    BLOCKS,
    UNSEEN,
    is_hidden,
    is_note,
    is_white,
    look,
    markup,
    says_nothing,
)
from nlp.reading.html.styles import Style, Styles
from nlp.reading.marked_digits import are_left_out, is_number
from nlp.text.cells import UNREAD

Element = etree._Element

_LINES = ("div", "p", "li", "dd", "dt")
"""The elements of which tables are made where they are not made of cells."""

_SMALL_NUMBER = re.compile(r"\W*\d[\d.,]*\W*")
"""A number, or the decimals of one, with marks around it."""
_DIGIT = re.compile(r"\d")
_LONGEST_LINE = 120
"""In characters: a line with more is prose, and no row or cell of a table that is made of lines."""


def leave_marked_digits_out(page: Element, styles: Styles) -> None:
    """Change the cells of a page so that their text is the number that they print, where they print one.

    Raised, lowered and struck-out digits, links to notes and what cannot be seen are none of a number; small
    print beside it may be a note, or a part of it; a picture may be a number as well. Tables are made of
    lines as well: short ones are looked at like cells. What the page's own sheets do not display is marked as
    hidden. The tree is changed in place. In prose all other such elements stay, beside words those that are
    seen.
    """
    hide_undisplayed(page, styles)
    cells = [cell for cell in page.iter(*CELLS) if len(cell) and is_of_data(cell)]
    for cell in cells:
        _mend(cell, styles)
    mended = set(cells)
    for line in list(page.iter(*_LINES)):
        if len(line) and mended.isdisjoint(line.iterancestors(*CELLS)) and _may_be_of_table(line):
            _mend_line(line, styles)


def _may_be_of_table(line: Element) -> bool:
    """Return whether a block holds digits, not much else, and no other block."""
    length = 0
    has_digits = False
    for text in map(str, line.itertext()):
        text = text.strip()
        length += len(text)
        if length > _LONGEST_LINE:
            return False
        has_digits = has_digits or _DIGIT.search(text) is not None
    return has_digits and next(line.iterdescendants(*BLOCKS), None) is None


class _Marked(NamedTuple):
    """The elements in a cell, by what they say of their text."""

    unseen: list[Element]
    struck: list[Element]
    raised: list[Element]
    doubtful: list[Element]


def _mend(cell: Element, styles: Styles) -> None:
    marked = _marked(cell, styles)
    _hide(cell, marked.unseen, styles)
    _leave_out(cell, marked)
    _set_apart(cell, marked.doubtful)
    _show_buttons(cell)
    if _is_picture(cell):
        _tell_unread(cell)


def _mend_line(line: Element, styles: Styles) -> None:
    """Leave out of a line what is struck out or cannot be seen, and raised digits behind others."""
    marked = _marked(line, styles)
    if not any(marked):
        return
    if is_number(_text_without(line, itertools.chain(*marked))):
        _hide(line, marked.unseen, styles)
        _leave_out(line, marked)
        _set_apart(line, marked.doubtful)
        return
    for node in marked.unseen:
        node.set("hidden", "")
    for node in marked.struck:
        _empty(node)
    for node in marked.raised:
        before, _ = _texts_around(node, line)
        if before[-1:].isdigit() and _SMALL_NUMBER.fullmatch(_text(node)):
            _empty(node)
    for node in marked.doubtful:
        if _SMALL_NUMBER.fullmatch(_text(node)):
            _part(node, *_texts_around(node, line))


def _marked(cell: Element, styles: Styles) -> _Marked:
    """Return the marked elements of a cell; those within hidden ones are hidden with them."""
    marked = _Marked([], [], [], [])
    of_other_size = sizes.of_other_size(cell, styles)
    walk = etree.iterwalk(cell, events=("start",))
    for _, node in walk:
        if node is cell or not isinstance(node.tag, str):
            continue
        if not styles.are_of_sheets and node not in of_other_size and says_nothing(node):
            continue
        style = styles.of(node)
        is_small = node in of_other_size or look("small").is_of(node, style)
        if is_hidden(node):
            walk.skip_subtree()
        elif look("hidden").hides(node, styles) or look("unseen").hides(node, styles):
            marked.unseen.append(node)
            walk.skip_subtree()
        elif look("struck").is_of(node, style):
            marked.struck.append(node)
        elif _is_raised(node, style, is_small) or is_note(node) or is_white(node, styles):
            marked.raised.append(node)
        elif is_small or look("doubtful").is_of(node, style) or _may_be_marked(node, styles):
            marked.doubtful.append(node)
    return marked


def _is_raised(node: Element, style: Style, is_small: bool) -> bool:
    return look("raised").is_of(node, style) or (is_small and look("raised_small").is_of(node, style))


def _may_be_marked(node: Element, styles: Styles) -> bool:
    """Return whether a rule of which it is not known whether it is for an element would hide or mark it."""
    size = styles.of(node).get("font-size")

    def marks(style: Style) -> bool:
        if style.get("font-size") != size:
            return True
        return any(look(name).told_by(style) for name in ("hidden", "unseen", "struck", "raised"))

    return styles.may_be(node, marks)


def _hide(cell: Element, unseen: list[Element], styles: Styles) -> None:
    """Mark elements as hidden; a cell is unread that has nothing else but numbers that a script may show."""
    for node in unseen:
        node.set("hidden", "")
    may_be_shown = [node for node in unseen if not look("hidden").hides(node, styles)]
    if any(_DIGIT.search(_text(node)) for node in may_be_shown) and not _text_of(cell):
        _tell_unread(cell)


def _leave_out(cell: Element, marked: _Marked) -> None:
    """Empty what is struck out or raised beside the number of a cell."""
    none_of_number = [*marked.struck, *marked.raised]
    texts = "".join(map(_text, none_of_number))
    rest = _text_without(cell, none_of_number)
    if none_of_number and are_left_out(texts, rest, struck=not marked.raised):
        for node in none_of_number:
            _empty(node)


def _empty(node: Element) -> None:
    node.text = None
    del node[:]


def _set_apart(cell: Element, doubtful: list[Element]) -> None:
    """Part doubtful digits from others: they may be a note, or digits of the number of their cell."""
    notes = [node for node in doubtful if _SMALL_NUMBER.fullmatch(_text(node))]
    if notes and is_number(_text_without(cell, notes)):
        for node in notes:
            before, behind = _texts_around(node, cell)
            _part(node, before.rstrip(), behind.lstrip())


def _part(node: Element, before: str, behind: str) -> None:
    """Part the digits of an element from those of the texts straight before and behind it."""
    if behind[:1].isdigit():
        apart = etree.Element(APART)
        apart.tail, node.tail = node.tail, None
        node.addnext(apart)
    if before[-1:].isdigit():
        node.addprevious(etree.Element(APART))


def _texts_around(node: Element, line: Element) -> tuple[str, str]:
    """Return the text of a line before an element within it, and behind it."""
    before: list[str] = []
    behind: list[str] = []
    texts = before
    walk = etree.iterwalk(line, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            texts.append("" if inner is line else inner.tail or "")
        elif inner is node:
            texts = behind
            walk.skip_subtree()
        elif inner.tag in UNSEEN or is_hidden(inner):
            walk.skip_subtree()
        else:
            texts.append(inner.text or "")
    return "".join(before), "".join(behind)


def _show_buttons(cell: Element) -> None:
    """Make text of the one button that has a number, where a cell holds nothing else; several say nothing."""
    buttons = [node for node in cell.iter(*BUTTONS) if is_number(label_of_button(node))]
    if not buttons or _text_of(cell):
        return
    if len(buttons) > 1:
        _tell_unread(cell)
        return
    button = buttons[0]
    button.tail = label_of_button(button) + (button.tail or "")


def _is_picture(cell: Element) -> bool:
    """Return whether a cell holds a picture and no text, and stands where a number may stand.

    The first cell of a row may be a label's or a corner, unless others of the row hold nothing but numbers.
    """
    pictures = [node for node in cell.iter(*markup("pictures")["elements"]) if not is_hidden(node)]
    if not pictures or _text_of(cell):
        return False
    if any(_DIGIT.search(picture.get("alt") or "") for picture in pictures):
        return True
    is_first = not any(before.tag in CELLS for before in cell.itersiblings(preceding=True))
    others = [_text_of(other) for other in cell.itersiblings(*CELLS)]
    return not is_first or (any(others) and all(map(is_number, filter(None, others))))


def _tell_unread(cell: Element) -> None:
    cell.text = UNREAD + (cell.text or "")


def _text_of(cell: Element) -> str:
    """Return the text that a cell shows, form fields included, without white space at its ends."""
    return _text_without(cell, ()).strip()


def _text_without(cell: Element, left_out: Iterable[Element]) -> str:
    """Return the text that a cell shows, form fields included, without that of some elements in it."""
    return "".join(_parts_without(cell, set(left_out)))


def _parts_without(cell: Element, left_out: set[Element]) -> Iterator[str]:
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            if node is not cell:
                yield node.tail or ""
        elif node in left_out or is_hidden(node):
            walk.skip_subtree()
        elif node.tag in FIELDS:
            yield value(node)
            walk.skip_subtree()
        elif node.tag in UNSEEN:
            walk.skip_subtree()
        elif isinstance(node.tag, str):
            yield node.text or ""


def _text(node: Element) -> str:
    return "".join(map(str, node.itertext()))
