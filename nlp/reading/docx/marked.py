"""Leaves out of a Word document what is hidden, and of its number cells what is no part of their numbers."""

from __future__ import annotations

from lxml import etree

from nlp.reading.docx.looks import Looks
from nlp.reading.docx.parts import LEFT_OUT, W
from nlp.reading.marked_digits import Print, seen

Element = etree._Element


def leave_marked_digits_out(part: Element, looks: Looks) -> None:
    """Empty the hidden runs of a part of a document, and those of its cells that are none of their numbers.

    Of none are raised, lowered, struck-out and white runs beside a number. The tree is changed in place.
    Content controls that only show what should be typed there are emptied as well.
    """
    for hint in part.iter(f"{W}showingPlcHdr"):
        control = next(hint.iterancestors(f"{W}sdt"), None)
        if control is not None and _cell_of(control) is not None:
            for run in control.iter(f"{W}r"):
                _write(run, "")
    marked_in: dict[Element, dict[Element, Print]] = {}
    for run, look in list(looks.marked_runs(part)):
        if look is Print.HIDDEN:
            _empty(run)
            continue
        cell = _cell_of(run)
        if cell is not None:
            marked_in.setdefault(cell, {})[run] = look
    for cell, looks_of_runs in marked_in.items():
        runs = [run for run in cell.iter(f"{W}r") if not _is_left_out(run, cell)]
        pieces = [(_text(run), looks_of_runs.get(run, Print.PLAIN)) for run in runs]
        for run, (before, _), after in zip(runs, pieces, seen(pieces), strict=True):
            if before != after:
                _write(run, after)


def _cell_of(element: Element) -> Element | None:
    """Return the innermost cell around an element; None where it stands in no table."""
    return next(element.iterancestors(f"{W}tc"), None)


def _is_left_out(run: Element, cell: Element) -> bool:
    """Return whether a run of a cell is not shown whatever it looks like."""
    for around in run.iterancestors():
        if around is cell:
            return False
        if around.tag in LEFT_OUT:
            return True
    return False


def _text(run: Element) -> str:
    return "".join(text.text or "" for text in run.iterchildren(f"{W}t"))


def _write(run: Element, text: str) -> None:
    """Give a run with text another one."""
    for node in run.iterchildren(f"{W}t"):
        node.text = text
        text = ""


def _empty(run: Element) -> None:
    for node in list(run):
        run.remove(node)
