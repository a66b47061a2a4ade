"""The values that are filled in the form fields of a page."""

from __future__ import annotations

from lxml import etree

FIELDS = frozenset(("input", "select", "textarea"))
"""The elements of form fields."""
BUTTONS = frozenset(("button", "input"))
"""The elements of buttons."""
_PRESSED = frozenset(("button", "submit", "reset"))
"""The types of `<input>` that are buttons."""
_TYPED = frozenset(("", "text", "number", "tel", "search"))
"""The types of `<input>` that show a value; others are buttons, boxes to tick or hidden."""


def value(field: etree._Element) -> str:
    """Return what a form field shows: typed text or the chosen option; empty for other fields.

    >>> from lxml.html import fragment_fromstring
    >>> value(fragment_fromstring('<input type="number" value="12">'))
    '12'
    >>> value(fragment_fromstring("<select><option>0<option selected>3</select>"))
    '3'
    """
    if field.tag == "input":
        kind = (field.get("type") or "").strip().lower()
        return field.get("value") or "" if kind in _TYPED else ""
    if field.tag == "select":
        return _chosen(field)
    return "".join(map(str, field.itertext()))


def label_of_button(button: etree._Element) -> str:
    """Return what stands on a button; empty for other elements.

    >>> from lxml.html import fragment_fromstring
    >>> label_of_button(fragment_fromstring("<button> 0 </button>"))
    '0'
    >>> label_of_button(fragment_fromstring('<input type="button" value="3">'))
    '3'
    """
    if button.tag == "button":
        return "".join(map(str, button.itertext())).strip()
    kind = (button.get("type") or "").strip().lower()
    return (button.get("value") or "").strip() if kind in _PRESSED else ""


def _chosen(select: etree._Element) -> str:
    """Return the text of the option that is selected, of the first one where none is."""
    options = list(select.iter("option"))
    selected = [option for option in options if option.get("selected") is not None]
    # A browser shows the last one that is selected.
    shown = selected[-1:] or options[:1]
    return "".join(str(text) for option in shown for text in option.itertext())
