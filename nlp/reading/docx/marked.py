"""Leaves raised, lowered and struck-out digits out of the number cells of a Word document."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from nlp.reading.docx.parts import W
from nlp.reading.marked_digits import are_left_out

Element = etree._Element

_OFF = ("0", "false", "off")
_LOOKS = tuple(f"{W}{name}" for name in ("vertAlign", "strike", "dstrike", "rStyle"))
"""The settings of a run by which it may be raised, lowered or struck out."""


def leave_marked_digits_out(body: Element, styles: Element | None) -> None:
    """Empty the raised, lowered and struck-out runs of a document's cells that stand beside a number.

    The tree is changed in place. `styles` is the part styles.xml, None where there is none: a run can have
    its look from a style. Content controls that only show what should be typed there are emptied as well.
    """
    for hint in body.iter(f"{W}showingPlcHdr"):
        control = next(hint.iterancestors(f"{W}sdt"), None)
        if control is not None and _cell_of(control) is not None:
            _empty(control)
    raised_styles, struck_styles = _styles(styles)
    raised_in: dict[Element, list[Element]] = {}
    struck_in: dict[Element, list[Element]] = {}
    for run, look in _formatted_runs(body):
        style = look.find(f"{W}rStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        is_struck = _is_struck(look) or name in struck_styles
        is_raised = _is_raised(look) or name in raised_styles
        cell = _cell_of(run) if is_struck or is_raised else None
        if cell is not None:
            marked_in = struck_in if is_struck else raised_in
            marked_in.setdefault(cell, []).append(run)
    for cell in {**raised_in, **struck_in}:
        struck = struck_in.get(cell, [])
        marked = [*struck, *raised_in.get(cell, [])]
        texts = [_text(run) for run in marked]
        left_out = set(marked)
        rest = [_text(run) for run in cell.iter(f"{W}r") if run not in left_out]
        if are_left_out("".join(texts), "".join(rest), struck=len(struck) == len(marked)):
            for run in marked:
                _empty(run)


def _formatted_runs(body: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each run that may be marked, with its settings."""
    last = None
    for setting in body.iter(*_LOOKS):
        look = setting.getparent()
        run = None if look is None else look.getparent()
        if look is not None and run is not None and run.tag == f"{W}r" and run is not last:
            yield run, look
            last = run


def _cell_of(element: Element) -> Element | None:
    """Return the innermost cell around an element; None where it stands in no table."""
    return next(element.iterancestors(f"{W}tc"), None)


def _styles(styles: Element | None) -> tuple[set[str], set[str]]:
    """Return the ids of the styles that raise or lower, and of those that strike out."""
    raised: set[str] = set()
    struck: set[str] = set()
    for style in () if styles is None else styles.iterchildren(f"{W}style"):
        look = style.find(f"{W}rPr")
        if look is None:
            continue
        id = style.get(f"{W}styleId", "")
        if _is_struck(look):
            struck.add(id)
        elif _is_raised(look):
            raised.add(id)
    return raised, struck


def _is_struck(look: Element) -> bool:
    for name in ("strike", "dstrike"):
        setting = look.find(f"{W}{name}")
        if setting is not None and setting.get(f"{W}val") not in _OFF:
            return True
    return False


def _is_raised(look: Element) -> bool:
    setting = look.find(f"{W}vertAlign")
    return setting is not None and setting.get(f"{W}val") in ("superscript", "subscript")


def _text(run: Element) -> str:
    return "".join(text.text or "" for text in run.iterchildren(f"{W}t"))


def _empty(element: Element) -> None:
    for text in element.iter(f"{W}t"):
        text.text = None
