"""Says what is wrong with a correction, before it is kept or used."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

from msgspec import UNSET

from nlp.correcting.fields import BadField, Field, Kind, parsed
from nlp.form import form as forms
from nlp.record.corrections import Correction
from nlp.record.model import OnPage

_ID = re.compile(r"[0-9a-f]{16}(?:-[1-9]\d{0,3})?")
_YEARS = range(1900, 2200)
_GREATEST = 10**15
"""The greatest number of a cell: databases and workbooks hold all up to it exactly."""
_LONGEST = 100_000
"""The most characters of a text: more than any whole report has."""


def fault(correction: Correction) -> str:
    """Return what is wrong with a correction, in words that a person can act on; "" if nothing is.

    >>> fault(Correction(id="0123456789abcdef", field="year", value=2022, read=2021))
    ''
    >>> fault(Correction(id="0123456789abcdef", field="year", value="last"))
    '“last” is no year: write a number such as 2023, or null'
    """
    if not _ID.fullmatch(correction.id):
        return f"“{correction.id[:40]}” is no id of a report: it has 16 digits from 0 to f"
    try:
        field = parsed(correction.field)
    except BadField as reason:
        return str(reason)
    if correction.state in ("withdrawn", "disputed"):
        return ""
    if correction.read is not UNSET:
        words = _fault_of_read(correction.read, field)
        if words:
            return f"`read`: {words}"
    if correction.state == "missing":
        return _fault_of_missing(correction, field)
    if correction.state == "confirmed":
        return _fault_of_confirmation(correction, field)
    return _fault_of_value(correction, field)


def _fault_of_read(read: Any, field: Field) -> str:
    """Return what is wrong with what a correction says was read."""
    if field.kind == "reason":
        return "" if isinstance(read, str) or _is_reason(read) else "this is no reason: write its `message`"
    if read is None and field.kind != "list":
        return ""
    if field.kind == "cell" and isinstance(read, dict):
        if read.get("state") not in get_args(OnPage):
            return f"“{read.get('state')}” is no state; there are {', '.join(get_args(OnPage))}"
        return _fault_of_cell(read.get("value"), field)
    if field.kind == "section" and isinstance(read, list):
        read = {"lines": read}
    return _FAULTS[field.kind](read, field)


def _is_reason(read: Any) -> bool:
    if not isinstance(read, dict) or not isinstance(read.get("cells", []), list):
        return False
    return all(isinstance(cell, str) for cell in read.get("cells", []))


def _fault_of_missing(correction: Correction, field: Field) -> str:
    if field.kind not in ("cell", "item", "section"):
        return f"“{correction.field}” cannot be missing: only cells, items and sections can"
    if correction.value not in (UNSET, None):
        return "what is missing has no value"
    return ""


def _fault_of_confirmation(correction: Correction, field: Field) -> str:
    if correction.read is UNSET and field.kind != "reason":
        return "a confirmation says in `read` what was read"
    return ""


def _fault_of_value(correction: Correction, field: Field) -> str:
    if correction.value is UNSET:
        return "a correction says in `value` what the page has (null for a blank cell)"
    return _FAULTS[field.kind](correction.value, field)


def _fault_of_cell(value: Any, field: Field) -> str:
    if value is None:
        return ""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or value != value:  # the second: it is NaN
        return f"“{value}” is no number"
    if abs(value) > _GREATEST:
        return "the number is greater than any that a report prints"
    table, _, rest = field.name.partition(".")
    if value != int(value) and not _holds_money(table, rest.partition(".")[2]):
        return f"{value} is no whole number, and the form counts here"
    return ""


def _holds_money(table: str, column: str) -> bool:
    """Return whether any edition has an amount of money in a column."""
    for form in forms.editions():
        form_column = form.table(table).column.get(column)
        if form_column is not None and form_column.unit is not None:
            return True
    return False


def _fault_of_fact(value: Any, field: Field) -> str:
    if field.name == "year":
        is_year = isinstance(value, int) and not isinstance(value, bool) and value in _YEARS
        return (
            "" if is_year or value is None else f"“{value}” is no year: write a number such as 2023, or null"
        )
    if field.name == "form":
        editions = [form.edition for form in forms.editions()]
        return "" if value in editions else f"there is no form “{value}”; there are {', '.join(editions)}"
    if value is None:
        return ""
    return _fault_of_text(value)


def _fault_of_text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        return "this needs a text"
    return "" if len(value) <= _LONGEST else f"the text is longer than {_LONGEST:,} characters"


def _fault_of_list(value: Any, field: Field) -> str:
    if not isinstance(value, list):
        return "the value of a list is a list of items: [] where the page has none"
    for n, item in enumerate(value):
        words = _fault_of_item(item, field)
        if words:
            return f"item {n}: {words}"
    return ""


def _fault_of_item(value: Any, field: Field) -> str:
    if isinstance(value, str):
        return _fault_of_text(value)
    if not isinstance(value, dict):
        return "an item is a text, or an object with a `text`"
    words = _fault_of_text(value.get("text")) or _fault_of_places(value)
    if words:
        return words
    answers = value.get("answers", [])
    if not isinstance(answers, list) or not all(isinstance(text, str) for text in answers):
        return "`answers` lists the texts of the problems that a measure answers"
    if field.name == "problems" and answers:
        return "a problem answers nothing"
    return ""


def _fault_of_section(value: Any, field: Field) -> str:
    if not isinstance(value, dict) or value.get("lines") is None:
        return 'a section is an object with its first and last line: {"lines": [18, 25]}'
    for name in ("title", "text"):
        if not isinstance(value.get(name, ""), str):
            return f"the `{name}` of a section is a text"
    return _fault_of_places(value)


def _fault_of_places(value: dict[str, Any]) -> str:
    """Return what is wrong with the lines and the span of an item or a section, where it gives them."""
    for name, least in (("lines", 1), ("span", 0)):
        place = value.get(name)
        if place is not None and not _is_span(place, least):
            return f"`{name}` are two whole numbers, the first and the last, from {least}"
    return ""


def _is_span(place: Any, least: int) -> bool:
    if not isinstance(place, list) or len(place) != 2:
        return False
    if not all(isinstance(end, int) and not isinstance(end, bool) for end in place):
        return False
    return bool(least <= place[0] <= place[1])


def _fault_of_reason(value: Any, field: Field) -> str:
    return "a reason to look is confirmed or withdrawn: it has no value"


_FAULTS: dict[Kind, Callable[[Any, Field], str]] = {
    "cell": _fault_of_cell,
    "fact": _fault_of_fact,
    "list": _fault_of_list,
    "item": _fault_of_item,
    "section": _fault_of_section,
    "reason": _fault_of_reason,
}
