"""Makes text of the formulas of a Word document."""

from __future__ import annotations

from lxml import etree

from nlp.reading.docx.parts import W
from nlp.text.cells import UNREAD

Element = etree._Element

_NAMESPACES = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)
_PLAIN = frozenset(("oMath", "r", "t", "rPr", "sty", "nor", "lit", "scr", "ctrlPr", "brk", "aln"))
"""The elements of a formula that is a line of characters."""


def write_formulas_as_runs(part: Element) -> None:
    """Make of each formula of a part a run with what it prints, or with UNREAD where it is no plain line.

    The tree is changed in place.
    """
    for namespace in _NAMESPACES:
        for formula in list(part.iter(f"{namespace}oMath")):
            _write(formula, namespace)


def _write(formula: Element, namespace: str) -> None:
    """Make runs of the runs of a formula, which keep their settings, or one of all of it."""
    names = {str(node.tag) for node in formula.iter(f"{namespace}*")}
    if names <= {namespace + name for name in _PLAIN}:
        for node in formula.iter(f"{namespace}r", f"{namespace}t"):
            node.tag = W + str(node.tag)[len(namespace) :]
        return
    if any((text.text or "").strip() for text in formula.iter(f"{namespace}t", f"{W}t")):
        for child in list(formula):
            formula.remove(child)
        run = etree.SubElement(formula, f"{W}r")
        etree.SubElement(run, f"{W}t").text = UNREAD
