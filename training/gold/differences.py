"""Tells what a person changed in a workbook, as corrections of the record that it was written from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from nlp.overview.workbooks.returned import Explanation, is_returned
from nlp.overview.workbooks.returned import read as read_returned
from nlp.record.corrections import Correction
from training.gold.importing import BadSheet, Gold, any_opened, opened, read_workbook
from training.gold.kept import Kept, kept

_FACTS = ("organization", "year", "form")


def corrections(name: str, content: bytes, by: str, at: str, confirm: bool) -> list[Correction]:
    """Return what was changed in a workbook since it was written; `name` is what messages call it.

    With `confirm` the cells and facts that were left as they are count as confirmed. `by` and `at` say who
    corrected it, and when. Raises BadSheet with every cell that is wrong, and for a workbook that does not
    know what it was written from.
    """
    book = any_opened(name, content)
    if is_returned(book):
        returned = read_returned(name, book, by, at)
        if returned.faults:
            raise BadSheet("\n".join(returned.faults))
        return returned.corrections
    book = opened(name, content)
    now = read_workbook(name, book)
    before = kept(book)
    if before is None:
        raise BadSheet(
            f"{name}: this workbook does not say what was read (an older version wrote it, or its record has "
            "no SHA-256): import it as gold, or export the record again."
        )
    faults: list[str] = []
    made = [
        Correction(id=before.id, by=by, at=at, field=field, **decision)
        for field, decision in _decisions(now, before, confirm, name, faults)
    ]
    if faults:
        raise BadSheet("\n".join(faults))
    return made


def explanations(name: str, content: bytes) -> list[Explanation]:
    """Return what a person explained in a workbook that `nianbao overview` wrote; nothing of any other."""
    book = any_opened(name, content)
    return read_returned(name, book, "", "").explanations if is_returned(book) else []


_Decisions = Iterator[tuple[str, dict[str, Any]]]
"""Fields with the rest of their corrections."""


def _decisions(now: Gold, before: Kept, confirm: bool, name: str, faults: list[str]) -> _Decisions:
    for fact in _FACTS:
        value, read = now.get(fact), before.read.get(fact)
        if value != before.untouched.get(fact):
            yield fact, {"read": read, "value": value}
        elif confirm and value is not None:
            yield (
                fact,
                {"read": read, "state": "confirmed"} if value == read else {"read": read, "value": value},
            )
    yield from _cells(now, before, confirm, name, faults)
    yield from _items(now, before)
    yield from _sections(now, before)


def _cells(now: Gold, before: Kept, confirm: bool, name: str, faults: list[str]) -> _Decisions:
    for id, value in _by_id(now):
        was = _cell(before.untouched, id)
        read = before.read["cells"].get(id, {"state": "missing", "value": None})
        field = f"tables.{id}"
        if value == was:
            is_told = not isinstance(value, dict) or value["state"] != "ambiguous"
            if confirm and is_told:
                yield field, _confirmation(value, read)
        elif not isinstance(value, dict):
            yield field, {"read": read, "value": value}
        elif value["state"] == "missing":
            yield field, {"read": read, "state": "missing"}
        else:
            faults.append(f"{name}: {id} was told and now is not; a correction says what the page has.")


def _confirmation(value: Any, read: dict[str, Any]) -> dict[str, Any]:
    """Return the correction of a cell that was left as it stood, which may be as a person had decided it."""
    if isinstance(value, dict):
        is_read = read["state"] == value["state"]
        return {"read": read, "state": "confirmed" if is_read else "missing"}
    if value == read["value"] and (value is not None or read["state"] == "blank"):
        return {"read": read, "state": "confirmed"}
    return {"read": read, "value": value}


def _by_id(gold: Gold) -> Iterator[tuple[str, Any]]:
    for table, rows in gold.get("tables", {}).items():
        for row, cells in rows.items():
            for column, value in cells.items():
                yield f"{table}.{row}.{column}", value


def _cell(gold: Gold, id: str) -> Any:
    table, row, column = id.split(".")
    return gold["tables"][table][row][column]


def _items(now: Gold, before: Kept) -> _Decisions:
    problems = now.get("problems", [])
    texts = [problem["text"] for problem in problems]
    if problems != before.untouched.get("problems", []):
        yield "problems", {"read": before.read["problems"], "value": texts}
    improvements = now.get("improvements", [])
    if improvements != before.untouched.get("improvements", []):
        value = [
            {"text": item["text"], "answers": [texts[n] for n in item.get("answers", []) if n < len(texts)]}
            for item in improvements
        ]
        yield "improvements", {"read": before.read["improvements"], "value": value}


def _sections(now: Gold, before: Kept) -> _Decisions:
    lines_now = _lines_by_key(now.get("sections", {}))
    lines_before = _lines_by_key(before.untouched.get("sections", {}))
    for key in {**lines_before, **lines_now}:
        if lines_now.get(key) == lines_before.get(key):
            continue
        read = before.read["sections"].get(key)
        if key in lines_now:
            yield f"sections.{key}", {"read": read, "value": {"lines": lines_now[key]}}
        else:
            yield f"sections.{key}", {"read": read, "state": "missing"}


def _lines_by_key(sections: Any) -> dict[str, list[int]]:
    """Return the lines of sections by the keys that corrections have: the second of a kind has `-2`."""
    listed = [(kind, lines) for kind, lines in sections.items()] if isinstance(sections, dict) else None
    if listed is None:
        listed = [(section["kind"], section["lines"]) for section in sections]
    counts: dict[str, int] = defaultdict(int)
    by_key: dict[str, list[int]] = {}
    for kind, lines in listed:
        key = kind.replace("/", ".")
        counts[key] += 1
        by_key[key + (f"-{counts[key]}" if counts[key] > 1 else "")] = list(lines)
    return by_key
